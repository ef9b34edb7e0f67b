"""The contacts of one row: who is linked, who is left out and why. A gap stays a gap."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from booking.domain import names, spreadsheets
from booking.foundation import contacts
from booking.people.pupils.details import (
    NAME_MAX,
    NAMELESS_PARENT,
    PARENTS_MAX,
    ParentDetails,
    parent_key,
)
from booking.people.pupils.imports import permissions
from booking.people.pupils.imports.columns import PupilColumns
from booking.people.pupils.imports.groups import Group
from booking.people.pupils.imports.permissions import Takes
from booking.people.pupils.imports.titles import Contact

#: So many parts of a cell are looked at for an address.
ADDRESSES_TRIED = 10
#: So much of a cell is looked at for a telephone number.
PHONE_MAX = 200
#: How systems write that there is nothing.
_NOTHING = frozenset({"none", "n/a", "na", "nil", "null", "-", "–", "no", "not known", "unknown"})
_IN_BRACKETS = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True)
class GivenContact:
    """One of a pupil's contacts, as the file has it."""

    name: str
    email: str
    phone: str = ""
    relationship: str = ""
    #: Which of the pupil's contacts this is, from 1; the form has room for two.
    rank: int = 1
    #: The column that forbids writing to this contact, or "".
    forbidden_by: str = ""
    notes: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The name as shown to people, with the contact's relationship to the pupil."""
        name = self.name or NAMELESS_PARENT
        return f"{name} ({self.relationship})" if self.relationship else name

    @property
    def key(self) -> str:
        """What is this contact's alone: the address or, without one, name and number."""
        return parent_key(self.name, self.email, self.phone)

    @property
    def details(self) -> ParentDetails:
        """The contact as a parent on the list."""
        return ParentDetails(self.name or NAMELESS_PARENT, self.email, self.phone)


@dataclass(frozen=True)
class LeftOut:
    """A contact who is not linked, and why."""

    contact: GivenContact
    why: str


def of_row(cells: Sequence[str], known: PupilColumns) -> tuple[GivenContact, ...]:
    """Return the contacts in a row, each from the columns of one group."""
    for_all = _forbidding(cells, known.takes, known.header)
    ranked = {id(group): number for number, group in enumerate(_by_address(known.contacts), 1)}
    found = []
    for group in known.contacts:
        given = _given(cells, group, ranked[id(group)], known.header)
        if given is not None:
            found.append(replace(given, forbidden_by=given.forbidden_by or for_all))
    return tuple(found)


def sorted_out(
    given: Iterable[GivenContact],
) -> tuple[tuple[GivenContact, ...], tuple[LeftOut, ...]]:
    """Return who is kept as a parent, and who is left out and why.

    Who has no address is kept by name and number, and asked on paper. A forbidden address is linked
    to nobody, even if it has another name beside it, because mail sent there would reach the person
    who must not get it.
    """
    contacts_ = sorted(given, key=lambda one: (one.rank, one.email, one.name))
    forbidden = {one.key: one for one in contacts_ if one.forbidden_by and _is_somebody(one)}
    linked: dict[str, GivenContact] = {}
    left_out = []
    for one in contacts_:
        why = _why_not(one, forbidden, linked)
        if why:
            left_out.append(LeftOut(one, why))
        elif one.key not in linked and not _is_said_better(one, contacts_):
            linked[one.key] = one
    return tuple(linked.values()), tuple(left_out)


def _why_not(
    one: GivenContact, forbidden: dict[str, GivenContact], linked: dict[str, GivenContact]
) -> str:
    if one.forbidden_by:
        return f"must not be written to (“{one.forbidden_by}”)"
    if not _is_somebody(one):
        return "has no e-mail address"
    if one.key in forbidden:
        what = "address" if one.email else "name and number"
        return f"has the {what} of {forbidden[one.key].shown}, who must not be written to"
    if one.key in linked:
        return _why_not_twice(one, linked[one.key])
    if one.rank > PARENTS_MAX or len(linked) == PARENTS_MAX:
        return "is left out: only a pupil’s first two contacts are kept"
    return ""


def _is_somebody(one: GivenContact) -> bool:
    """Return whether a contact can be asked: by mail, or on paper by name or number."""
    return bool(one.email or one.name or one.phone)


def _is_said_better(one: GivenContact, others: Iterable[GivenContact]) -> bool:
    """Return whether a contact without an address is in the row once more, with it or earlier."""
    if one.email:
        return False
    is_earlier = True
    for other in others:
        if other is one:
            is_earlier = False
            continue
        same_name = other.name.casefold() == one.name.casefold() != ""
        if same_name and (other.email or is_earlier) and not other.forbidden_by:
            return True
    return False


def _why_not_twice(one: GivenContact, before: GivenContact) -> str:
    if one.name.casefold() == before.name.casefold():
        return ""
    return f"has the same address as {before.shown}, who gets the link"


def _by_address(groups: Sequence[Group]) -> list[Group]:
    """Return the groups in the order in which they count: first those that could be written to."""
    return sorted(groups, key=lambda group: Contact.EMAIL not in group.places)


def _given(
    cells: Sequence[str], group: Group, rank: int, header: Sequence[str]
) -> GivenContact | None:
    """Return the contact in the columns of a group, or None when they are empty."""
    told = {kind: _cell(cells, group.places.get(kind, ())) for kind in Contact}
    name = told[Contact.NAME] or names.tidy(f"{told[Contact.FORENAME]} {told[Contact.SURNAME]}")
    notes: list[str] = []
    if _address(name)[0]:
        notes.append("There is an e-mail address where a name belongs, and it is left out.")
        name = ""
    if len(name) > NAME_MAX:
        notes.append(f"A name longer than {NAME_MAX} characters has been cut short.")
        name = name[:NAME_MAX].rstrip()
    email, said = _address(told[Contact.EMAIL])
    phone, also = _phone(told[Contact.PHONE])
    if not (name or email or phone or said):
        return None
    forbidden_by = _forbidding(cells, group.takes, header) or _said(cells, group, header)
    order = told[Contact.PRIORITY]
    if order.isdecimal() and int(order) and rank == 1:
        rank = int(order)
    return GivenContact(
        name,
        email,
        phone,
        told[Contact.RELATIONSHIP][:NAME_MAX],
        rank,
        forbidden_by,
        (*notes, *said, *also),
    )


def _forbidding(
    cells: Sequence[str], takes: Iterable[tuple[int, Takes]], header: Sequence[str]
) -> str:
    for place, how in takes:
        if permissions.takes_away(how, _cell(cells, (place,))):
            return header[place]
    return ""


def _said(cells: Sequence[str], group: Group, header: Sequence[str]) -> str:
    """Return the group's own column that forbids writing, or ""."""
    for places in group.places.values():
        for place in places:
            if permissions.said_in(_cell(cells, (place,))):
                return header[place]
    return ""


def _address(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the first address in a cell, and any notes about it."""
    plain = text.strip()
    if not plain or plain.casefold() in _NOTHING:
        return "", ()
    inside = _IN_BRACKETS.search(plain)
    tries = [part.strip() for part in re.split(r"[;,/]|\s+(?:and|or)\s+", plain) if part.strip()]
    problem = f"“{plain[:60]}” is not an e-mail address."
    for text_ in (*((inside[1],) if inside else ()), *tries[:ADDRESSES_TRIED]):
        try:
            email = contacts.email_address(text_)
        except contacts.Unreachable as error:
            problem = str(error)
        except contacts.NotAnEmail:
            continue
        else:
            return email, tuple(_doubts(email, tries))
    return "", (problem,)


def _doubts(email: str, tries: Sequence[str]) -> Iterator[str]:
    if sum("@" in part for part in tries) > 1:
        yield "Only the first of several addresses is kept."
    meant = contacts.meant_address(email)
    if meant:
        yield f"“{email}” looks like a slip for {meant}: please check."


def _phone(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the number and any notes: a parent's bad number does not refuse the pupil."""
    if not text or text.casefold() in _NOTHING:
        return "", ()
    found = contacts.phone_in(text[:PHONE_MAX])
    if found is None:
        return "", (f"“{text[:30]}” is not a telephone number and is left out.",)
    kept = contacts.readable_phone(found.e164)
    notes = []
    if found.has_more:
        notes.append(f"Only the first of several telephone numbers is kept: {kept}.")
    elif found.words:
        notes.append(f"Of “{text[:40]}” only the number {kept} is kept.")
    if found.extension:
        notes.append(f"The extension {found.extension} of {kept} is left out.")
    return found.e164, tuple(notes)


def _cell(cells: Sequence[str], places: Sequence[int]) -> str:
    """Return the first of one person's cells that is not empty, tidied."""
    for place in places:
        text = names.tidy(spreadsheets.plain(cells[place])) if place < len(cells) else ""
        if text:
            return text
    return ""
