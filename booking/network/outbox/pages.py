"""What the pages about mail show, worked out before a template sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope
from booking.foundation.notifications import sending, transports
from booking.foundation.notifications.models import WAITING, Message, MessageState
from booking.foundation.notifications.queries import Fate
from booking.network.outbox import examples as outbox_examples
from booking.network.outbox import queries, words
from booking.network.outbox.details import Undelivered

#: Who gets a mail whose address the reader has no part in.
A_PARENT = "A parent"
A_PARENT_AT = "A parent at {school}"
NOT_SHOWN = "Address not shown"


@dataclass(frozen=True)
class OutboxRow:
    """One mail, as whoever looks after the outbox sees it: subjects may name a child."""

    id: int
    kind: str
    to: str
    queued_at: datetime
    tries: int
    sent_at: datetime | None
    tag: tuple[str, str]
    #: Why it has not gone out, without any address.
    why: str
    may_retry: bool


def outbox_rows(messages: Sequence[Message], *, actor: Actor, now: datetime) -> list[OutboxRow]:
    """Return the rows of a page of the outbox."""
    shown = _recipients(messages, actor)
    may_keep = permissions.may(actor, Action.KEEP_OUTBOX)
    return [
        OutboxRow(
            id=message.id,
            kind=words.kind(message.template),
            to=shown[message.id],
            queued_at=message.queued_at,
            tries=message.attempts,
            sent_at=message.sent_at,
            tag=words.tag(message.state, message.queued_at, now),
            why=words.without_addresses(message.last_error),
            may_retry=may_keep and _has_text(message, now),
        )
        for message in messages
    ]


def _has_text(message: Message, now: datetime) -> bool:
    """Return whether there is something to send: a body is kept while it is worth sending."""
    if message.state in WAITING:
        return True
    kept = message.keep_until is not None and message.keep_until > now
    # What was sent, and refused later, has no body any more.
    return message.state is not MessageState.SENT and message.sent_at is None and kept


def _recipients(messages: Sequence[Message], actor: Actor) -> dict[int, str]:
    """Return whom each mail goes to, as far as the reader may know.

    A parent's address is for the pupil's own school alone; people with roles are known anyway.
    """
    schools = queries.schools_of({message.about for message in messages})
    staff = queries.staff_among({message.recipient for message in messages})
    return {message.id: _recipient(message, actor, schools, staff) for message in messages}


def _recipient(
    message: Message, actor: Actor, schools: Mapping[str, tuple[int, str]], staff: set[str]
) -> str:
    to_family = message.template in queries.TO_FAMILIES
    if not to_family or message.about not in schools:
        unknown = A_PARENT if to_family else NOT_SHOWN
        return message.recipient if message.recipient in staff else unknown
    school_id, school = schools[message.about]
    if permissions.may(actor, Action.KEEP_PUPILS, Scope(school_id)):
        return message.recipient
    return A_PARENT_AT.format(school=school)


@dataclass(frozen=True)
class FamilyMail:
    """One mail to a family, for the pupil's own school."""

    subject: str
    kind: str
    #: The event it is about.
    event: str
    to: str
    #: When it was sent, or was queued if it has not been.
    at: datetime
    tag: tuple[str, str]


def family_mail(
    mails: Sequence[Fate], events: Mapping[str, str], *, now: datetime
) -> list[FamilyMail]:
    """Return what was sent to a family; `events` are titles by what mail is about."""
    return [
        FamilyMail(
            subject=mail.subject,
            kind=words.kind(mail.template),
            event=events.get(mail.about, ""),
            to=mail.recipient,
            at=mail.sent_at or mail.queued_at,
            tag=words.tag(mail.state, mail.queued_at, now),
        )
        for mail in mails
    ]


@dataclass(frozen=True)
class TroubleRow:
    """A mail that did not arrive, in words, with what to do about it."""

    said: str
    tag: tuple[str, str]
    pupil_name: str
    pupil: str
    booking: str
    title: str
    slug: str
    #: Whether the family's answer is still missing, so that it can be asked on paper.
    may_ask_on_paper: bool
    is_refused: bool


def trouble_rows(found: Sequence[Undelivered]) -> list[TroubleRow]:
    """Return what did not arrive."""
    return [
        TroubleRow(
            said=words.said_of(mail),
            tag=words.tag_of(mail),
            pupil_name=f"{mail.forename} {mail.surname}".strip(),
            pupil=mail.pupil,
            booking=mail.booking,
            title=mail.title,
            slug=mail.slug,
            may_ask_on_paper=mail.is_awaited,
            is_refused=mail.is_refused,
        )
        for mail in found
    ]


@dataclass(frozen=True)
class MailExample:
    """An invented example of a kind of mail, as it would be sent."""

    kind: str
    name: str
    subject: str
    #: Name and text of each header; who gets it back first, which is not one of the mail's own.
    headers: Sequence[tuple[str, str]]
    text: str


def example(kind: str) -> MailExample:
    """Return an example of a kind of mail with its headers."""
    outgoing = sending.outgoing(outbox_examples.message(kind))
    message = transports.compose(outgoing)
    back_to = ("Returned to", transports.returned_to(outgoing))
    headers = [back_to, *((name, str(text)) for name, text in message.items())]
    return MailExample(kind, words.kind(kind), outgoing.subject, headers, outgoing.text)


def examples() -> list[MailExample]:
    """Return an example of each kind, by its name."""
    return sorted((example(kind) for kind in words.KINDS), key=lambda each: each.name)
