"""The page where a school answers a host: for itself, and for its pupils."""

from typing import Any

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import locks as event_locks
from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.days.places.routes.blueprint import load_event, own_school
from booking.days.questions import forms, queries, service
from booking.days.questions.routes.blueprint import questions
from booking.domain.asking import AskedOf
from booking.domain.booking_states import SEATED
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Form, Refusals, editing
from booking.people.schools import acting
from booking.people.schools.models import School

REFUSALS: Refusals = {
    service.QuestionUnanswered: "",
    service.AnswerRefused: "",
    service.NothingMoreToAsk: "",
}


@questions.route("/school/events/<slug>/questions", methods=["GET", "POST"])
@requires(Action.READ_ANSWERS, load=load_event, scope=own_school, name="event")
def answer(event: Event) -> ResponseReturnValue:
    """Show what the host asks of the school and its pupils, and take the answers."""
    school = acting.school()
    bookings = _seated(event, school)
    form = editing(
        lambda: _form(event, school, bookings),
        event,
        changed_by=("answer_as_school", "answer_questions"),
        school_id=school.id,
        lock=lambda: event_locks.event(event.id),
    )
    done = form.carry_out(lambda: _answer(event, school, bookings, form), REFUSALS)
    if done:
        flash("Saved. The host reads it." if done.result else "Nothing has changed.", "success")
        return redirects.see(url_for("school.event", slug=event.slug))
    return form.page(
        "days/questions/answer.html",
        event=event,
        school=school,
        own=queries.of_event(event.id, AskedOf.SCHOOL),
        of_pupils=queries.of_event(event.id, *queries.OF_PUPILS),
        parts=[form[f"b{booking.public_id}"] for booking in bookings],
        is_open=event_states.is_live(event, clock.now()),
    )


def _seated(event: Event, school: School) -> list[Booking]:
    return [b for b in place_queries.bookings_of(event.id, school.id) if b.state in SEATED]


def _form(event: Event, school: School, bookings: list[Booking]) -> Form:
    own = queries.of_event(event.id, AskedOf.SCHOOL)
    of_pupils = queries.of_event(event.id, *queries.OF_PUPILS)
    told: dict[int, dict[int, Any]] = {booking.id: {} for booking in bookings}
    for found in queries.about_pupils([q.id for q in of_pupils], school_id=school.id):
        if found.booking_id in told:
            told[found.booking_id][found.question_id] = found
    data = {"own": forms.data_of(own, queries.of_school(event.id, school.id))}
    data |= {f"b{b.public_id}": forms.data_of(of_pupils, told[b.id]) for b in bookings}
    return forms.for_school(own, of_pupils, bookings)(data=data)


def _answer(event: Event, school: School, bookings: list[Booking], form: Any) -> int:
    return service.answer_as_school(
        actor=current_user.actor,
        now=clock.now(),
        event=event,
        school=school,
        own=forms.told_in(form.own.form),
        pupils={b.id: forms.told_in(form[f"b{b.public_id}"].form) for b in bookings},
    )
