"""Found a group, change and end it, write notes, and call its meetings."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing
from booking.network.colleague_groups import locks, service
from booking.network.colleague_groups.details import details_of
from booking.network.colleague_groups.forms import (
    EndGroupForm,
    GroupNoteForm,
    StaffGroupForm,
    filled,
)
from booking.network.colleague_groups.models import StaffGroup, StaffGroupNote
from booking.network.colleague_groups.routes.blueprint import (
    REFUSALS,
    address_of,
    colleague_groups,
    keeps_group,
    load_note,
    of_a_group,
    of_note,
    pressed,
)
from booking.network.colleague_groups.routes.reading import page_of_group
from booking.network.meetings import words as meeting_words
from booking.network.meetings.forms import MeetingForm
from booking.people.schools import queries as school_queries


@colleague_groups.route("/groups/new", methods=["GET", "POST"])
@requires(Action.SEE_NETWORK_LIFE)
def found() -> ResponseReturnValue:
    """Found a group and lead it."""
    form = StaffGroupForm()
    if done := form.carry_out(
        lambda: service.found(actor=current_user.actor, now=clock.now(), details=form.details()),
        REFUSALS,
    ):
        flash("The group is there, and you lead it. Ask others in.", "success")
        return redirects.see(address_of(done.result))
    return form.page("network/groups/form.html", group=None)


@colleague_groups.route("/groups/<public_id>/change", methods=["GET", "POST"])
@keeps_group
def change(group: StaffGroup) -> ResponseReturnValue:
    """Change what is said about a group."""
    form = editing(
        lambda: StaffGroupForm(data=filled(details_of(group))),
        changed_by=("change_group",),
        lock=lambda: locks.group(group.id),
    )
    if form.carry_out(
        lambda: service.change(
            actor=current_user.actor, now=clock.now(), group=group, details=form.details()
        ),
        REFUSALS,
    ):
        flash("Saved.", "success")
        return redirects.see(address_of(group))
    return form.page("network/groups/form.html", group=group)


@colleague_groups.route("/groups/<public_id>/end", methods=["GET", "POST"])
@keeps_group
def end(group: StaffGroup) -> ResponseReturnValue:
    """End a group."""
    form = EndGroupForm()
    if form.carry_out(
        lambda: service.end(
            actor=current_user.actor, now=clock.now(), group=group, reason=form.word.data or ""
        ),
        REFUSALS,
    ):
        flash("The group has ended. You can begin it again on its page.", "success")
        return redirects.see(address_of(group))
    return form.page("network/groups/end.html", group=group)


@colleague_groups.post("/groups/<public_id>/begin-again")
@keeps_group
def begin_again(group: StaffGroup) -> ResponseReturnValue:
    """Begin a group again that had ended."""
    return pressed(group, service.begin_again, "The group goes on.", group=group)


@colleague_groups.post("/groups/<public_id>/notes")
@of_a_group
def write(group: StaffGroup) -> ResponseReturnValue:
    """Write a note for the members."""
    form = GroupNoteForm()
    if form.carry_out(
        lambda: service.write(
            actor=current_user.actor, now=clock.now(), group=group, words=form.words.data or ""
        ),
        REFUSALS,
    ):
        flash("Noted for everybody in the group.", "success")
        return redirects.see(address_of(group))
    return page_of_group(group, form)


@colleague_groups.post("/groups/notes/<public_id>/take-back")
@requires(Action.KEEP_GROUP_NOTE, load=load_note, scope=of_note, name="note")
def take_note_back(note: StaffGroupNote) -> ResponseReturnValue:
    """Delete a note."""
    back = address_of(note.group)
    acts.run(lambda: service.take_note_back(actor=current_user.actor, now=clock.now(), note=note))
    flash("The note is deleted.", "success")
    return redirects.see(back)


@colleague_groups.route("/groups/<public_id>/meetings/new", methods=["GET", "POST"])
@keeps_group
def call_meeting(group: StaffGroup) -> ResponseReturnValue:
    """Call a meeting of the members."""
    form = MeetingForm().offer_hosts(school_queries.member_schools()).of_circle()
    if done := form.carry_out(
        lambda: service.call_meeting(
            actor=current_user.actor, now=clock.now(), group=group, details=form.details()
        ),
        REFUSALS,
    ):
        flash("The meeting is called. We have e-mailed everybody in the group.", "success")
        return redirects.see(url_for("meetings.meeting", public_id=done.result.public_id))
    return form.page("network/meetings/form.html", words=meeting_words, meeting=None, group=group)
