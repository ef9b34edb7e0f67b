"""How acts about schools, people, roles and school days are told in a history."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from booking.domain import year_groups
from booking.domain.permissions import ROLE_WORDS, Role
from booking.foundation.audit import words as audit_words
from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, Topic, act
from booking.foundation.db import db
from booking.people.schools.models import Invitation, Person, School

_FIELDS = {
    "name": "the name",
    "urn": "the reference number",
    "phase": "the kind of school",
    "town": "the town",
    "postcode": "the postcode",
    "address": "the address",
    "low_year": "the youngest year",
    "high_year": "the oldest year",
    "roll": "the number of pupils on roll",
    "office_phone": "the office telephone",
    "emergency_phone": "the emergency telephone",
    "safeguarding_name": "the safeguarding lead",
    "safeguarding_phone": "the telephone of the safeguarding lead",
    "deputy_safeguarding_name": "the deputy safeguarding lead",
    "deputy_safeguarding_phone": "the telephone of the deputy",
    "head_name": "the head’s name",
    "head_email": "the head’s address",
    "website": "the website",
    "day_starts": "when the school day starts",
    "day_ends": "when the school day ends",
    "easting": "the position on the map",
    "northing": "the position on the map",
    "mobile": "the mobile number",
}
_YEARS = {"low_year", "high_year"}
_DETAILS, _DAYS_OFF = "The school’s details", "School days"
_ACCOUNT, _ROLES, _SIGN_IN = "Accounts", "Roles", "Signing in"


def _changes(facts: Mapping[str, Any]) -> Mapping[str, str]:
    return {"changes": audit_words.changes(facts, lambda name: _FIELDS.get(name, name), _value)}


def _value(name: str, value: Any) -> str:
    return year_groups.name(value) if name in _YEARS else str(value)


def _role(facts: Mapping[str, Any]) -> Mapping[str, str]:
    return {"role_words": f"“{ROLE_WORDS[Role(facts['role'])]}”"}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about schools and people are told."""
    return _OF_SCHOOLS | _OF_ROLES | _OF_ACCOUNTS


_OF_SCHOOLS = {
    "add_school": act(_DETAILS, "added {subject} to the network"),
    "change_school": act(
        _DETAILS, "{changes}{subject.more}", "changed the details of {subject}", parts=_changes
    ),
    "leave_network": act(_DETAILS, "recorded that {subject} left the network on {left_on}"),
    "rejoin_network": act(_DETAILS, "made {subject} a member again"),
    "add_term": act(_DAYS_OFF, "added a term from {first_on} to {last_on}"),
    "remove_term": act(_DAYS_OFF, "removed the term from {first_on} to {last_on}"),
    "add_closure": act(
        _DAYS_OFF,
        "added days off from {first_on} to {last_on}{school.more}",
        "added days off from {first_on} to {last_on} for all schools",
    ),
    "remove_closure": act(
        _DAYS_OFF,
        "removed the days off from {first_on} to {last_on}{school.more}",
        "removed the days off from {first_on} to {last_on} for all schools",
    ),
}
_OF_ROLES = {
    "grant_role": act(
        _ROLES,
        "gave {subject} the role {role_words}{event_id.more}",
        "gave {subject} the role {role_words} at {school}",
        "gave {subject} the role {role_words}",
        topic=Topic.ACCOUNTS,
        parts=_role,
    ),
    "revoke_role": act(
        _ROLES,
        "took the role {role_words} away from {subject}{event_id.more}",
        "took the role {role_words} at {school} away from {subject}",
        "took the role {role_words} away from {subject}",
        topic=Topic.ACCOUNTS,
        parts=_role,
    ),
    "stop_role": act(
        _ROLES,
        "stopped the role {role_words} of {subject} at {school}, as wrong",
        "stopped the role {role_words} of {subject}, as wrong",
        topic=Topic.ACCOUNTS,
        parts=_role,
    ),
    "invite_person": act(
        _ROLES,
        "invited {subject} to a role at {school}",
        "invited {subject} to a role",
        topic=Topic.ACCOUNTS,
    ),
    "send_invitation_again": act(
        _ROLES, "sent the invitation to {subject} again", topic=Topic.ACCOUNTS
    ),
    "change_invited_address": act(
        _ROLES, "changed the address that {subject} is invited at", topic=Topic.ACCOUNTS
    ),
    "withdraw_invitation": act(
        _ROLES, "withdrew the invitation to {subject}", topic=Topic.ACCOUNTS
    ),
    "accept_invitation": act(
        _ROLES, "accepted the invitation sent to {subject}", topic=Topic.ACCOUNTS
    ),
    "decline_invitation": act(
        _ROLES, "declined the invitation sent to {subject}", topic=Topic.ACCOUNTS
    ),
    "allow_hand_over": act(
        _ROLES, "allowed the role to be handed over to {subject}", topic=Topic.ACCOUNTS
    ),
    "allow_invitation": act(_ROLES, "allowed the invitation to {subject}", topic=Topic.ACCOUNTS),
}
_OF_ACCOUNTS = {
    "add_person": act(_ACCOUNT, "opened the account of {subject}", topic=Topic.ACCOUNTS),
    "change_person": act(
        _ACCOUNT,
        "{changes} in the account of {subject}",
        "changed the account of {subject}",
        topic=Topic.ACCOUNTS,
        parts=_changes,
    ),
    "forget_person": act(_ACCOUNT, "erased a person who asked for it", topic=Topic.ACCOUNTS),
    "disable_person": act(_ACCOUNT, "closed the account of {subject}", topic=Topic.ACCOUNTS),
    "enable_person": act(_ACCOUNT, "reopened the account of {subject}", topic=Topic.ACCOUNTS),
    "change_address": act(
        _ACCOUNT, "changed the address that {subject} signs in with", topic=Topic.ACCOUNTS
    ),
    "ask_new_address": act(
        _ACCOUNT, "asked for another address to sign in with, for {subject}", topic=Topic.ACCOUNTS
    ),
    "change_password": act(_SIGN_IN, "changed the password of {subject}", topic=Topic.ACCOUNTS),
    "ask_reset": act(_SIGN_IN, "asked for a new password for {subject}", topic=Topic.ACCOUNTS),
    "sign_in": act(_SIGN_IN, "signed in", topic=Topic.ACCOUNTS),
    "begin_sign_in": act(_SIGN_IN, "signed in as far as the second step", topic=Topic.ACCOUNTS),
    "sign_out": act(_SIGN_IN, "signed out", topic=Topic.ACCOUNTS),
    "end_session": act(_SIGN_IN, "signed {subject} out of one browser", topic=Topic.ACCOUNTS),
    "end_other_sessions": act(
        _SIGN_IN, "signed {subject} out of {count:other browser}", topic=Topic.ACCOUNTS
    ),
}


def namers() -> Sequence[Namer]:
    """Return how people, schools and invitations are named."""
    return (
        Namer(("people",), _people, Named("somebody whose account no longer exists")),
        Namer(("schools",), _schools, Named("a school"), facts=("school_id",)),
        Namer(("invitations",), _invited, Named("somebody")),
    )


def _people(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {id_: Named(name) for id_, name in found}


def _schools(ids: Collection[int], reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(select(School.id, School.name).where(School.id.in_(ids)))
    return {
        id_: Named("the school") if reads.is_about("schools", id_) else Named(name, f" for {name}")
        for id_, name in found
    }


def _invited(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    """Return whom invitations were for; they are deleted after a while, and their names go too."""
    found = db.session.execute(select(Invitation.id, Invitation.name).where(Invitation.id.in_(ids)))
    return {id_: Named(name) for id_, name in found if name}
