"""The blueprint for groups, and how its addresses find a group, a member, an ask or a note."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, abort, flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.grouping_colleagues import (
    AskKind,
    GroupFull,
    LeadersEnough,
    NoLeaderLeft,
)
from booking.domain.permissions import Action, Scope
from booking.domain.reasons import ReasonMissing
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.network.colleague_groups import queries, service
from booking.network.colleague_groups.models import (
    StaffGroup,
    StaffGroupAsk,
    StaffGroupMember,
    StaffGroupNote,
)
from booking.network.meetings import service as meetings

colleague_groups = Blueprint("colleague_groups", __name__)

#: What a press of a button may be refused with; it is said above the group's page.
PRESSES = (
    service.AskOver,
    service.GroupEnded,
    service.InIt,
    service.NotInIt,
    service.OnRequest,
    GroupFull,
    LeadersEnough,
    NoLeaderLeft,
)
#: Which field a refusal is shown beside; the others go at the top.
REFUSALS: Refusals = {
    **dict.fromkeys(PRESSES, ""),
    service.GroupNotKept: "",
    service.NobodyAtAddress: "email",
    ReasonMissing: "word",
    meetings.MeetingRefused: "",
}


def load_group(public_id: str) -> StaffGroup | None:
    """Return the group at an address."""
    return queries.by_public_id(public_id)


def load_member(public_id: str) -> StaffGroupMember | None:
    """Return the membership at an address."""
    return queries.member_by_id(public_id)


def load_note(public_id: str) -> StaffGroupNote | None:
    """Return the note at an address."""
    return queries.note(public_id)


def load_ask(public_id: str) -> StaffGroupAsk | None:
    """Return the ask at an address."""
    return queries.ask(public_id)


def led_by_reader(group_id: int) -> Scope:
    """Return what keeping a group belongs to: the reader, if they lead it."""
    person_id = current_user.person_id
    return Scope(person_id=person_id if queries.leads(group_id, person_id) else None)


def of_group(group: StaffGroup) -> Scope:
    """Return who keeps a group."""
    return led_by_reader(group.id)


def of_member(member: StaffGroupMember) -> Scope:
    """Return who keeps a membership: whoever leads its group."""
    return led_by_reader(member.group_id)


def of_note(note: StaffGroupNote) -> Scope:
    """Return who keeps a note: its author, and whoever leads its group."""
    own = note.author_id is not None and note.author_id == current_user.person_id
    return Scope(person_id=note.author_id) if own else led_by_reader(note.group_id)


def of_ask(ask: StaffGroupAsk) -> Scope:
    """Return who answers an ask: whoever leads the group, or whoever was asked in."""
    if ask.kind is AskKind.ASKED_IN:
        return Scope(person_id=ask.person_id)
    return led_by_reader(ask.group_id)


def keeps_group(view: Any) -> Any:
    """Admit whoever leads the group at an address, and the network lead."""
    return requires(Action.KEEP_GROUP, load=load_group, scope=of_group, name="group")(view)


def of_a_group(view: Any) -> Any:
    """Admit whoever sees network life to the group at an address."""

    @requires(Action.SEE_NETWORK_LIFE)
    @wraps(view)
    def found(public_id: str) -> Any:
        return view(group=load_group(public_id) or abort(404))

    return found


def address_of(group: StaffGroup) -> str:
    """Return the address of a group's page."""
    return url_for("colleague_groups.show", public_id=group.public_id)


def pressed(
    of: StaffGroup, act: Callable[..., object], words: str, /, **facts: Any
) -> ResponseReturnValue:
    """Do what a button says, say how it went, and show the group."""
    back = address_of(of)
    done = acts.attempt(
        lambda: act(actor=current_user.actor, now=clock.now(), **facts), *PRESSES, level="warning"
    )
    if done:
        flash(words, "success")
    return redirects.see(back)
