"""Come into a group and go."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.network.colleague_groups import service
from booking.network.colleague_groups.forms import AskInForm, GroupWordForm
from booking.network.colleague_groups.models import StaffGroup, StaffGroupAsk, StaffGroupMember
from booking.network.colleague_groups.routes.blueprint import (
    REFUSALS,
    address_of,
    colleague_groups,
    keeps_group,
    load_ask,
    load_member,
    of_a_group,
    of_ask,
    of_member,
    pressed,
)


@colleague_groups.post("/groups/<public_id>/join")
@of_a_group
def join(group: StaffGroup) -> ResponseReturnValue:
    """Join an open group."""
    return pressed(
        group, service.join, "You are in. Its meetings will be in your calendar.", group=group
    )


@colleague_groups.route("/groups/<public_id>/ask", methods=["GET", "POST"])
@of_a_group
def ask_to_join(group: StaffGroup) -> ResponseReturnValue:
    """Ask whoever leads a group to be let in."""
    form = GroupWordForm()
    if form.carry_out(
        lambda: service.ask_to_join(
            actor=current_user.actor, now=clock.now(), group=group, word=form.word.data or ""
        ),
        REFUSALS,
    ):
        flash("Asked. Whoever leads the group answers you by e-mail.", "success")
        return redirects.see(address_of(group))
    return form.page("network/groups/ask.html", group=group)


@colleague_groups.route("/groups/<public_id>/ask-in", methods=["GET", "POST"])
@keeps_group
def ask_in(group: StaffGroup) -> ResponseReturnValue:
    """Ask somebody into a group."""
    form = AskInForm()
    if form.carry_out(
        lambda: service.ask_in(
            actor=current_user.actor,
            now=clock.now(),
            group=group,
            email=form.email.data or "",
            word=form.word.data or "",
        ),
        REFUSALS,
    ):
        flash("Asked. We wrote to them.", "success")
        return redirects.see(address_of(group))
    return form.page("network/groups/ask_in.html", group=group)


@colleague_groups.post("/groups/asks/<public_id>/yes")
@requires(Action.KEEP_GROUP, load=load_ask, scope=of_ask, name="ask")
def say_yes(ask: StaffGroupAsk) -> ResponseReturnValue:
    """Let somebody in, or come in where one was asked in."""
    return pressed(ask.group, service.answer_ask, "Done: one member more.", ask=ask, yes=True)


@colleague_groups.post("/groups/asks/<public_id>/no")
@requires(Action.KEEP_GROUP, load=load_ask, scope=of_ask, name="ask")
def say_no(ask: StaffGroupAsk) -> ResponseReturnValue:
    """Do not let somebody in, or do not come in."""
    return pressed(ask.group, service.answer_ask, "Your answer is given.", ask=ask, yes=False)


@colleague_groups.post("/groups/<public_id>/leave")
@of_a_group
def leave(group: StaffGroup) -> ResponseReturnValue:
    """Leave a group."""
    return pressed(group, service.leave, "You are no longer in this group.", group=group)


@colleague_groups.post("/groups/members/<public_id>/take-out")
@requires(Action.KEEP_GROUP, load=load_member, scope=of_member, name="member")
def take_out(member: StaffGroupMember) -> ResponseReturnValue:
    """Take somebody out of a group."""
    name = member.person.name
    return pressed(member.group, service.take_out, f"{name} is no longer in it.", member=member)
