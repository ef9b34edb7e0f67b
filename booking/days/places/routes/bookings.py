"""One pupil's booking: move a reserve or give them a place, withdraw a pupil, swap one for
another."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.days.places import forms, pages, queries
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.days.places.routes import event_page
from booking.days.places.routes.blueprint import (
    load_booking,
    load_event,
    own_school,
    school_pages,
    scope_of,
)
from booking.domain import booking_states, english
from booking.domain.booking_states import BookingState, MoveNotAllowed
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.audit.routes import histories
from booking.foundation.db import db
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Form
from booking.people.pupils import service as pupils
from booking.people.pupils.models import Pupil
from booking.people.schools import acting

#: Pupils to choose from instead of one who is withdrawn.
SWAPS_MAX = 500
TELL_THEM = "No parent has an e-mail address, so please tell the family yourself."


@school_pages.post("/bookings/<public_id>/reserve")
@requires(Action.REQUEST_PLACES, load=load_booking, scope=scope_of, name="booking")
def reserve(booking: Booking) -> ResponseReturnValue:
    """Move a reserve up or down, remove one from the list, or give one a place."""
    form, event = forms.ReserveForm(), booking.event
    if not form.carry_out(lambda: _change(booking, form.do.data), {places.PlaceRefused: ""}):
        return event_page.render(event, form), 422
    do = form.do.data
    if do == "name":
        said = f"The pupil has a place. {pages.asked_words([booking.pupil])}"
        return event_page.back(event, said, "answers")
    return event_page.back(event, _DONE[do], "reserves")


_DONE = {
    "up": "The reserve list has a new order.",
    "down": "The reserve list has a new order.",
    "off": "The pupil has been removed from the reserve list.",
}


def _change(booking: Booking, do: str) -> None:
    actor, now = current_user.actor, clock.now()
    if booking.state is not BookingState.RESERVE:
        raise places.NotAReserve("This pupil is no longer a reserve.")
    if do == "name":
        places.name_pupil(
            actor=actor, now=now, event=booking.event, school=booking.school, pupil=booking.pupil
        )
    elif do == "off":
        places.withdraw(actor=actor, now=now, booking=booking)
    else:
        places.move_reserve(actor=actor, now=now, booking=booking, up=do == "up")


@school_pages.post("/bookings/<public_id>/asked-on-paper")
@requires(Action.REQUEST_PLACES, load=load_booking, scope=scope_of, name="booking")
def asked_on_paper(booking: Booking) -> ResponseReturnValue:
    """Record that the family was given a letter, or take that back."""
    form, event = forms.OnPaperForm(), booking.event
    if not form.carry_out(lambda: _ask_on_paper(booking, form.do.data), {places.PlaceRefused: ""}):
        return event_page.render(event, form), 422
    name = booking.pupil.name
    said = {
        "asked": f"{name}’s family has been asked on paper.",
        "undo": f"{name}’s family has not been asked on paper after all.",
    }
    return event_page.back(event, said[form.do.data or ""], "answers")


@school_pages.post("/events/<slug>/asked-on-paper")
@requires(Action.REQUEST_PLACES, load=load_event, scope=own_school, name="event")
def all_asked_on_paper(event: Event) -> ResponseReturnValue:
    """Record that all families that a page named were given their letters."""
    form = forms.AllOnPaperForm()
    done = form.carry_out(lambda: _ask_all_on_paper(event, form), {places.PlaceRefused: ""})
    if done is None:
        form.lift()
        return event_page.render(event, form), 422
    said = f"{english.plural(len(done.result), 'family', 'families')} asked on paper."
    return event_page.back(event, said, "answers")


def _ask_all_on_paper(event: Event, form: forms.AllOnPaperForm) -> list[Booking]:
    found = queries.bookings_by_public_id(event.id, acting.school().id, form.bookings.data or [])
    return places.ask_on_paper(
        actor=current_user.actor, now=clock.now(), event_id=event.id, booking_ids=found
    )


def _ask_on_paper(booking: Booking, do: str | None) -> None:
    actor, now = current_user.actor, clock.now()
    if do == "undo":
        places.take_back_asking(actor=actor, now=now, booking=booking)
    else:
        places.ask_on_paper(
            actor=actor, now=now, event_id=booking.event_id, booking_ids=[booking.id]
        )


@school_pages.get("/bookings/<public_id>/withdraw")
@requires(Action.REQUEST_PLACES, load=load_booking, scope=scope_of, name="booking")
def withdraw_page(booking: Booking) -> str:
    """Ask whether a pupil should be withdrawn, and who comes instead."""
    return _render(booking, _form(booking))


@school_pages.post("/bookings/<public_id>/withdraw")
@requires(Action.REQUEST_PLACES, load=load_booking, scope=scope_of, name="booking")
def withdraw(booking: Booking) -> ResponseReturnValue:
    """Withdraw a pupil; the place goes to the pupil chosen instead, or is passed on."""
    form = _form(booking)
    field = "instead" if form.instead.data else ""
    done = form.carry_out(
        lambda: _withdraw(booking, form.instead.data or ""),
        {places.PlaceRefused: field, MoveNotAllowed: field},
    )
    if done is None:
        return _render(booking, form), 422
    return event_page.back(booking.event, _withdrawn(booking, done.result), "answers")


def _withdraw(booking: Booking, instead: str) -> list[Pupil]:
    """Withdraw a pupil, or swap; return who now has the place, if anybody."""
    actor, now = current_user.actor, clock.now()
    chosen = queries.pupils_by_public_id(booking.school_id, [instead])
    if chosen:
        places.swap_pupil(actor=actor, now=now, booking=booking, pupil=chosen[0])
        return chosen
    waiting = queries.reserves(booking.event_id, booking.school_id)
    places.withdraw(actor=actor, now=now, booking=booking)
    return [each.pupil for each in waiting if each.state is BookingState.INVITED]


@school_pages.get("/bookings/<public_id>/link")
@requires(Action.REQUEST_PLACES, load=load_booking, scope=scope_of, name="booking")
def new_link(booking: Booking) -> str:
    """Ask whether the parents should get a new private link."""
    return _render_link(booking, Form(formdata=None))


@school_pages.post("/bookings/<public_id>/link")
@requires(Action.REQUEST_PLACES, load=load_booking, scope=scope_of, name="booking")
def send_new_link(booking: Booking) -> ResponseReturnValue:
    """Send the parents a new private link; the earlier ones end."""
    form = Form()
    done = form.carry_out(
        lambda: places.send_new_links(actor=current_user.actor, now=clock.now(), booking=booking),
        {places.PlaceRefused: ""},
    )
    if done is None:
        return _render_link(booking, form), 422
    sent = done.result
    names = english.listed(parent.name or parent.email for parent in sent)
    said = english.agree(len(sent), "A new link is", "New links are")
    return event_page.back(booking.event, f"{said} on the way to {names}.", "answers")


def _render_link(booking: Booking, form: Form) -> str:
    parents = places.reachable_parents(booking)
    return render_template(
        "days/school/new_link.html",
        booking=booking,
        event=booking.event,
        form=form,
        parents=parents,
    )


def _withdrawn(booking: Booking, come: list[Pupil]) -> str:
    told = "We have told the parents." if _can_be_told(booking) else TELL_THEM
    said = f"{booking.pupil.name} has been withdrawn. {told}"
    if come:
        said += f" {come[0].name} now has the place. {pages.asked_words(come)}"
    return said


def _can_be_told(booking: Booking) -> bool:
    return any(parent.email for parent in booking.pupil.parents)


def _form(booking: Booking) -> forms.WithdrawPupilForm:
    form = forms.WithdrawPupilForm()
    found = db.session.scalars(
        queries.choosable(booking.event, booking.school_id).limit(SWAPS_MAX)
    ).all()
    waiting = queries.reserves(booking.event_id, booking.school_id)
    names = pupils.names_apart(found)
    form.instead.choices = [
        ("", "Nobody: pass the place on"),
        *((b.pupil.public_id, f"{b.pupil.name} (reserve)") for b in waiting),
        *((pupil.public_id, names[pupil.id]) for pupil in found),
    ]
    return form


def _render(booking: Booking, form: forms.WithdrawPupilForm) -> str:
    waiting = queries.reserves(booking.event_id, booking.school_id)
    return render_template(
        "days/school/withdraw.html",
        booking=booking,
        event=booking.event,
        form=form,
        first_reserve=waiting[0].pupil if waiting else None,
        told=_can_be_told(booking),
        may_withdraw=booking_states.may_move(booking.state, BookingState.WITHDRAWN),
    )


@school_pages.get("/bookings/<public_id>/history")
@requires(Action.REQUEST_PLACES, load=load_booking, scope=scope_of, name="booking")
def history(booking: Booking) -> str:
    """Show who did what about one pupil's place, to the pupil's own school only."""
    event = booking.event
    return histories.show(
        table="bookings",
        row_id=booking.id,
        of=f"{booking.pupil.name}, {event.title}",
        back=(url_for("school.event", slug=event.slug), event.title),
    )
