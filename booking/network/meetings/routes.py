"""The pages about meetings: for people invited, and for the lead who calls them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.routes.public import CALENDAR_TYPE
from booking.domain import permissions
from booking.domain.permissions import Action, Scope
from booking.domain.reasons import ReasonMissing
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals, editing
from booking.foundation.web.paging import PAGE_SIZE, asked_page, page_of
from booking.network.meetings import files, ical, locks, ports, queries, service, shelf, words
from booking.network.meetings.forms import (
    AnswerForm,
    CancelMeetingForm,
    MeetingForm,
    MinutesForm,
    filled,
)
from booking.network.meetings.models import Answer, Meeting
from booking.people.schools import queries as school_queries

meetings = Blueprint("meetings", __name__, url_prefix="/meetings")

#: Which field a refusal is shown beside; the others go at the top.
REFUSALS: Refusals = {
    service.MeetingRefused: "",
    ReasonMissing: "reason",
    service.MeetingIsCancelled: "",
    service.MeetingHasBegun: "",
    service.MeetingIsOver: "",
    service.MeetingNotOver: "",
    service.NotAGuest: "",
}


def load_meeting(public_id: str) -> Meeting | None:
    """Return the meeting at this address, if the person signed in may read it."""
    return queries.by_public_id(public_id, current_user.actor)


def _whole_network(_meeting: Meeting) -> Scope:
    return Scope()


def _kept(meeting: Meeting) -> Scope:
    """Return what changing a meeting belongs to: whoever leads its circle, besides the lead."""
    return Scope(person_id=current_user.person_id if _leads(meeting) else None)


def _leads(meeting: Meeting) -> bool:
    asked = ports.keeps_circle(circle=meeting.circle, actor=current_user.actor)
    return bool(meeting.circle) and any(asked)


#: Admits the lead, and whoever leads what the meeting belongs to.
keeps_meeting = requires(Action.KEEP_MEETING, load=load_meeting, scope=_kept, name="meeting")


def of_a_meeting(action: Action) -> Callable[..., Any]:
    """Admit people who may do `action` and read the meeting at this address."""
    return requires(action, load=load_meeting, scope=_whole_network, name="meeting")


@meetings.get("/")
@requires(Action.SEE_MEETINGS)
def listing() -> str:
    """List the meetings the reader is invited to, or all; past ones have a page of their own."""
    actor, now = current_user.actor, clock.now()
    past = bool(request.args.get("past"))
    page = page_of(queries.listing(actor, now=now, past=past), number=asked_page(), size=PAGE_SIZE)
    standings = queries.standings(actor.person_id, page.items)
    return render_template(
        "network/meetings/list.html",
        page=page,
        rows=[(meeting, words.status(meeting, standings, now=now)) for meeting in page.items],
        coming=queries.numbers_coming(page.items) if _may(Action.SEE_NETWORK) else {},
        words=words,
        past=past,
        may_call=_may_run(),
    )


@meetings.route("/new", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK)
def call() -> ResponseReturnValue:
    """Call a meeting."""
    form = MeetingForm().offer_hosts(school_queries.member_schools())
    done = form.carry_out(
        lambda: service.call(actor=current_user.actor, now=clock.now(), details=form.details()),
        REFUSALS,
    )
    if done:
        flash("The meeting is called. We have e-mailed everybody invited.", "success")
        return redirects.see(_address(done.result))
    return form.page("network/meetings/form.html", words=words, meeting=None, group=None)


@meetings.get("/<public_id>")
@of_a_meeting(Action.SEE_MEETINGS)
def meeting(meeting: Meeting) -> str:
    """Show a meeting: when, where, what it is about, and the reader's answer."""
    return _meeting_page(meeting, AnswerForm())


def _meeting_page(meeting: Meeting, form: AnswerForm) -> str:
    now, reads_all = clock.now(), _may(Action.SEE_NETWORK)
    may_keep = _may_run() or _leads(meeting)
    standings = queries.standings(current_user.person_id, [meeting])
    to_come = meeting.cancelled_at is None and meeting.starts_at > now
    is_over = meeting.ends_at <= now
    return render_template(
        "network/meetings/meeting.html",
        meeting=meeting,
        form=form,
        words=words,
        for_whom=queries.for_whom(meeting),
        status=words.status(meeting, standings, now=now),
        answer=standings.get(meeting.id),
        is_invited=meeting.id in standings,
        may_answer=to_come and meeting.id in standings,
        may_change=to_come and may_keep,
        may_cancel=meeting.cancelled_at is None and not is_over and may_keep,
        may_write_minutes=meeting.cancelled_at is None and is_over and may_keep,
        is_over=is_over,
        counts=queries.counts(meeting) if reads_all else None,
        answers=Answer,
        shelf=shelf.of_page(meeting, actor=current_user.actor),
    )


@meetings.get("/<public_id>.ics")
@of_a_meeting(Action.SEE_MEETINGS)
def calendar_file(meeting: Meeting) -> Response:
    """Send a meeting as a calendar file."""
    content = ical.meeting_calendar(meeting, base_url=current_app.config["BASE_URL"])
    response = Response(content, content_type=CALENDAR_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@meetings.post("/<public_id>/answer")
@of_a_meeting(Action.SEE_MEETINGS)
def answer(meeting: Meeting) -> ResponseReturnValue:
    """Answer whether the reader will come."""
    form = AnswerForm()
    if not form.carry_out(lambda: _answer(meeting, form), REFUSALS):
        return _meeting_page(meeting, form), 422
    coming = form.answer.data == Answer.COMING
    flash(
        "Thank you. We look forward to seeing you." if coming else "Thank you for telling us.",
        "success",
    )
    return redirects.see(_address(meeting))


def _answer(meeting: Meeting, form: AnswerForm) -> None:
    said = Answer(form.answer.data)
    service.answer(actor=current_user.actor, now=clock.now(), meeting=meeting, answer=said)


@meetings.route("/<public_id>/change", methods=["GET", "POST"])
@keeps_meeting
def change(meeting: Meeting) -> ResponseReturnValue:
    """Change a meeting that has not begun."""
    form = editing(
        lambda: _change_form(meeting),
        changed_by=("change_meeting",),
        lock=lambda: locks.meeting(meeting.id),
    )
    if done := form.carry_out(lambda: _change(meeting, form), REFUSALS):
        flash(
            "Saved." if done.result else "Nothing was different, so nothing has changed.", "success"
        )
        return redirects.see(_address(meeting))
    return form.page("network/meetings/form.html", words=words, meeting=meeting, group=None)


def _change_form(meeting: Meeting) -> MeetingForm:
    form = MeetingForm(data=filled(meeting)).offer_hosts(_hosts(meeting))
    return form.of_circle() if meeting.circle else form


def _change(meeting: Meeting, form: MeetingForm) -> tuple[str, ...]:
    return service.change(
        actor=current_user.actor,
        now=clock.now(),
        meeting=meeting,
        details=replace(form.details(), circle=meeting.circle),
    )


def _hosts(meeting: Meeting) -> list[Any]:
    """Return the schools to choose from; one that has left the network keeps its meeting."""
    members, host = school_queries.member_schools(), meeting.host_school
    return members if host is None or host in members else [*members, host]


@meetings.route("/<public_id>/cancel", methods=["GET", "POST"])
@keeps_meeting
def cancel(meeting: Meeting) -> ResponseReturnValue:
    """Cancel a meeting, and say why."""
    form = CancelMeetingForm()
    if form.carry_out(lambda: _cancel(meeting, form), REFUSALS):
        flash("The meeting is cancelled. We have e-mailed everybody invited.", "success")
        return redirects.see(_address(meeting))
    return form.page("network/meetings/cancel.html", words=words, meeting=meeting)


def _cancel(meeting: Meeting, form: CancelMeetingForm) -> None:
    reason = form.reason.data or ""
    service.cancel(actor=current_user.actor, now=clock.now(), meeting=meeting, reason=reason)


@meetings.route("/<public_id>/minutes", methods=["GET", "POST"])
@keeps_meeting
def minutes(meeting: Meeting) -> ResponseReturnValue:
    """Write, correct or remove the minutes."""
    form = editing(
        lambda: MinutesForm(obj=meeting),
        changed_by=("keep_minutes",),
        lock=lambda: locks.meeting(meeting.id),
    )
    if form.carry_out(lambda: _keep_minutes(meeting, form), REFUSALS):
        flash("Saved. Everybody invited can read the minutes here.", "success")
        return redirects.see(_address(meeting))
    return form.page("network/meetings/minutes.html", words=words, meeting=meeting)


def _keep_minutes(meeting: Meeting, form: MinutesForm) -> None:
    text, link = form.minutes.data or "", form.minutes_link.data or ""
    service.keep_minutes(
        actor=current_user.actor, now=clock.now(), meeting=meeting, text=text, link=link
    )


@meetings.get("/<public_id>/answers")
@of_a_meeting(Action.SEE_NETWORK)
def answers(meeting: Meeting) -> str:
    """List who is coming, who cannot come and who has not answered."""
    page = page_of(queries.answered(meeting), number=asked_page())
    return render_template(
        "network/meetings/answers.html",
        meeting=meeting,
        page=page,
        guests=queries.with_answers(meeting, page.items),
        counts=queries.counts(meeting),
        words=words,
        answers=Answer,
    )


@meetings.get("/<public_id>/answers.csv")
@of_a_meeting(Action.SEE_NETWORK)
def answers_file(meeting: Meeting) -> Response:
    """Send the list of answers for any spreadsheet."""
    people = db.session.scalars(queries.answered(meeting)).all()
    return Response(
        files.answers_csv(queries.with_answers(meeting, people)),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="answers.csv"',
            "Cache-Control": "no-store",
        },
    )


def _address(meeting: Meeting) -> str:
    return url_for(".meeting", public_id=meeting.public_id)


def _may(action: Action) -> bool:
    return permissions.may(current_user.actor, action)


def _may_run() -> bool:
    return _may(Action.RUN_NETWORK)
