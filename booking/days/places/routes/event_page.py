"""One event as a school sees it: ask, name pupils, rank reserves, follow replies, give back, answer
offers."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import locks as event_locks
from booking.days.events import pages as event_pages
from booking.days.events.models import Event
from booking.days.places import forms, pages, ports, queries
from booking.days.places import service as places
from booking.days.places.models import Offer, PlaceRequest
from booking.days.places.routes.blueprint import (
    load_event,
    load_offer,
    own_school,
    school_pages,
    scope_of,
)
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import paging, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Form, Refusals, editing
from booking.people.pupils import service as pupils
from booking.people.pupils.models import Pupil
from booking.people.schools import acting
from booking.people.schools.models import School

#: Enough for a whole year group on one page.
PUPILS_PER_PAGE = 100


class NotOnTheList(Exception):
    """Somebody was chosen who is not, or no longer, on the school's list of pupils."""

    def __str__(self) -> str:
        """Say what to do."""
        return "Somebody you chose is not on your list of pupils. Choose again."


@school_pages.get("/events/<slug>/")
@requires(Action.REQUEST_PLACES, load=load_event, scope=own_school, name="event")
def event(event: Event) -> str:
    """Show everything about the school's places at one event."""
    return render(event)


def render(event: Event, wrong: Form | None = None) -> str:
    """Return the page; `wrong` is the form that was sent and needs correcting."""
    school, now = acting.school(), clock.now()
    view = pages.SchoolEvent(event, school, now)
    shown: dict[str, Any] = {
        "request_form": _request_form(event, school, formdata=None),
        "names_form": forms.NamesForm(formdata=None),
    }
    kinds = {
        forms.RequestForm: "request_form",
        forms.NamesForm: "names_form",
    }
    if wrong is not None and type(wrong) in kinds:
        shown[kinds[type(wrong)]] = wrong
    drawn = {
        forms.RequestForm: view.may_ask and not view.is_planned,
        forms.NamesForm: view.shows_names,
    }
    if wrong is not None and not drawn.get(type(wrong), True):
        wrong.lift()
    return render_template(
        "days/school/event.html",
        event=event,
        school=school,
        view=view,
        wrong=wrong,
        stages=event_pages.stages(event, now),
        panels=ports.panels(event, school=school, now=now),
        **shown,
        **_choices(event, shown["names_form"]),
    )


def _request_form(event: Event, school: School, **sent: Any) -> forms.RequestForm:
    """Return the form with what the school asks for now, and may have asked for meanwhile."""

    def request() -> PlaceRequest | None:
        return queries.request_of(event.id, school.id)

    def locked() -> PlaceRequest | None:
        event_locks.event(event.id)
        return request()

    def build() -> forms.RequestForm:
        standing = request()
        return forms.RequestForm(wanted=standing.wants_now if standing else None, **sent)

    return editing(build, changed_by=("request_places", "change_request"), lock=locked)


def _choices(event: Event, form: forms.NamesForm) -> dict[str, Any]:
    """Fill the list of pupils: those already chosen, then a page of those who match the filter."""
    school_id = acting.school().id
    text, year = request.args.get("q", "").strip()[:80], request.args.get("year", type=paging.whole)
    page = paging.page_of(
        queries.choosable(event, school_id, text=text, year=year),
        number=paging.asked_page(),
        size=PUPILS_PER_PAGE,
    )
    chosen = queries.pupils_by_public_id(school_id, form.pupils.data or [])
    listed = chosen + [pupil for pupil in page.items if pupil not in chosen]
    names = pupils.names_apart(listed)
    form.pupils.choices = [(pupil.public_id, names[pupil.id]) for pupil in listed]
    if not listed:
        form.lift()
    return {
        "pupil_page": page,
        "pupil_hints": pages.hints(event, listed),
        "text": text,
        "year": year,
        "filters": bool(text) + (year is not None),
    }


def _beside(field: str) -> Refusals:
    """Return the refusals of this page's forms: beside `field`, except for two."""
    # An event that takes no requests shows no form, so its refusal belongs to no field.
    return {places.EventNotOpen: "", places.PlannedTogether: "", places.PlaceRefused: field}


def back(event: Event, words: str, anchor: str) -> ResponseReturnValue:
    """Return to the page after something was done."""
    flash(words, "success")
    return redirects.see(url_for("school.event", slug=event.slug, _anchor=anchor))


@school_pages.post("/events/<slug>/request")
@requires(Action.REQUEST_PLACES, load=load_event, scope=own_school, name="event")
def ask(event: Event) -> ResponseReturnValue:
    """Ask for places, or change how many."""
    form = _request_form(event, acting.school())
    if form.carry_out(
        lambda: places.request_places(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            school=acting.school(),
            wanted=form.wanted.data or 0,
            sure=form.sure.data,
        ),
        _beside("wanted"),
    ):
        return back(event, "Your request has been saved.", "request")
    form.questioned = isinstance(form.refusal, places.MoreThanPupils)
    return render(event, form), 422


@school_pages.post("/events/<slug>/request/withdraw")
@requires(Action.REQUEST_PLACES, load=load_event, scope=own_school, name="event")
def withdraw_request(event: Event) -> ResponseReturnValue:
    """Withdraw a request."""
    form = Form()
    if form.carry_out(
        lambda: places.withdraw_request(
            actor=current_user.actor, now=clock.now(), event=event, school=acting.school()
        ),
        {places.PlaceRefused: ""},
    ):
        return back(event, "You are no longer in the queue for this event.", "request")
    return render(event, form), 422


@school_pages.post("/events/<slug>/names")
@requires(Action.REQUEST_PLACES, load=load_event, scope=own_school, name="event")
def name(event: Event) -> ResponseReturnValue:
    """Give the chosen pupils places, or put them on the reserve list."""
    form = forms.NamesForm()
    refusals = {**_beside("pupils"), NotOnTheList: "pupils"}
    done = form.carry_out(lambda: _name(event, form), refusals)
    if done is None:
        return render(event, form), 422
    if form.into.data == "places":
        said = f"The pupils have places. {pages.asked_words(done.result)}"
        return back(event, said, "answers")
    return back(event, "The pupils are on your reserve list.", "reserves")


def _name(event: Event, form: forms.NamesForm) -> list[Pupil]:
    school, asked = acting.school(), set(form.pupils.data or [])
    chosen = queries.pupils_by_public_id(school.id, form.pupils.data or [])
    if len(chosen) < len(asked):
        raise NotOnTheList
    write = places.name_pupils if form.into.data == "places" else places.add_reserves
    write(actor=current_user.actor, now=clock.now(), event=event, school=school, pupils=chosen)
    return chosen


@school_pages.route("/events/<slug>/give-back", methods=["GET", "POST"])
@requires(Action.REQUEST_PLACES, load=load_event, scope=own_school, name="event")
def give_back(event: Event) -> ResponseReturnValue:
    """Ask how many places without a name should be given back, and say who gets them; then do."""
    school = acting.school()
    unnamed = len(queries.vacant_places(event.id, school.id))
    form = forms.GiveBackForm(data={"count": unnamed})
    if form.carry_out(
        lambda: places.give_back_places(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            school=school,
            count=form.count.data or 0,
        ),
        _beside("count"),
    ):
        return back(event, "Thank you. The places have gone to the next schools.", "names")
    if not unnamed:
        form.lift()
    return form.page(
        "days/school/give_back.html",
        event=event,
        unnamed=unnamed,
        reserves=[each.pupil.name for each in queries.reserves(event.id, school.id)],
    )


@school_pages.post("/offers/<public_id>")
@requires(Action.REQUEST_PLACES, load=load_offer, scope=scope_of, name="offer")
def answer_offer(offer: Offer) -> ResponseReturnValue:
    """Accept or decline an offered place."""
    form, event = forms.OfferForm(), offer.event
    write = places.accept_offer if form.answer.data == "accept" else places.decline_offer
    if not form.carry_out(
        lambda: write(actor=current_user.actor, now=clock.now(), offer=offer),
        {places.PlaceRefused: ""},
    ):
        return render(event, form), 422
    if form.answer.data == "accept":
        return back(event, "The place is yours. Now choose a pupil for it.", "names")
    return back(
        event, "Thank you. The place will be offered to the next school in the queue.", "request"
    )
