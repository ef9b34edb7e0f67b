"""Pages where somebody writes to many: for the lead, hosts and coordinators."""

from typing import Any

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.days.events.routes import blueprints as event_blueprints
from booking.days.places import queries as place_queries
from booking.days.places.routes import blueprint as place_blueprint
from booking.domain import circulars as domain_circulars
from booking.domain import permissions, terms
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import ButtonForm, Refusals, editing
from booking.foundation.web.paging import PAGE_SIZE, asked_page, page_of
from booking.network.circulars import locks, mail, queries, service, shelf, words
from booking.network.circulars.details import Speaker, speaker_of
from booking.network.circulars.forms import CircularForm, SendForm, filled
from booking.network.circulars.models import Circular
from booking.people.schools import acting
from booking.people.schools import queries as school_queries

circulars = Blueprint("circulars", __name__)

#: Which field a refusal is shown beside; the others go at the top.
REFUSALS: Refusals = {
    service.CircularRefused: "",
    service.AlreadySent: "",
    service.NoReaders: "",
    service.TooHeavy: "",
    service.TooSoon: "at",
    service.BadTime: "at",
}


def load_circular(public_id: str) -> Circular | None:
    """Return the circular at this address, if the person signed in may write to its readers."""
    return queries.by_public_id(public_id, current_user.actor)


def scope_of(circular: Circular) -> Scope:
    """Return for whom a circular was written."""
    return speaker_of(circular).scope


def of_a_circular(view: Any) -> Any:
    """Admit people who may write to the readers of the circular at this address."""
    return requires(Action.WRITE_CIRCULARS, load=load_circular, scope=scope_of, name="circular")(
        view
    )


@circulars.get("/circulars/")
@requires(Action.WRITE_CIRCULARS)
def listing() -> str:
    """List what was written, and what waits for its time."""
    page = page_of(queries.listing(current_user.actor), number=asked_page(), size=PAGE_SIZE)
    may_run = permissions.may(current_user.actor, Action.RUN_NETWORK)
    return render_template("network/circulars/list.html", page=page, words=words, may_run=may_run)


@circulars.route("/circulars/new", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK)
def to_network() -> ResponseReturnValue:
    """Write to everybody, to some roles or to some kinds of school."""
    return _write(Speaker())


@circulars.route("/host/events/<slug>/write", methods=["GET", "POST"])
@requires(
    Action.EDIT_EVENT,
    load=event_blueprints.load_event,
    scope=event_blueprints.scope_of,
    name="event",
)
def to_schools(event: Event) -> ResponseReturnValue:
    """Write to the schools that come to an event, or that have not asked for places."""
    return _write(Speaker(event))


@circulars.get("/host/events/<slug>/coordinators")
@requires(
    Action.SEE_EVENT_WORK,
    load=event_blueprints.load_event,
    scope=event_blueprints.scope_of,
    name="event",
)
def coordinators(event: Event) -> str:
    """Show a host who coordinates the schools that come, and how to ring them."""
    schools = school_queries.schools_by_id(tuple(place_queries.schools_concerned(event.id)))
    return render_template(
        "network/circulars/coordinators.html",
        event=event,
        schools=schools,
        coordinators=school_queries.coordinators_of([school.id for school in schools]),
    )


@circulars.route("/school/events/<slug>/write", methods=["GET", "POST"])
@requires(
    Action.REQUEST_PLACES,
    load=place_blueprint.load_event,
    scope=place_blueprint.own_school,
    name="event",
)
def to_families(event: Event) -> ResponseReturnValue:
    """Write to the school's own families about an event."""
    return _write(Speaker(event, acting.school_id()))


def _write(speaker: Speaker) -> ResponseReturnValue:
    form = CircularForm().offer(speaker)
    done = form.carry_out(
        lambda: service.write(
            actor=current_user.actor, now=clock.now(), speaker=speaker, details=form.details()
        ),
        REFUSALS,
    )
    if done:
        return redirects.see(_address(done.result))
    return _form_page(form, speaker)


def _form_page(
    form: CircularForm, speaker: Speaker, circular: Circular | None = None
) -> ResponseReturnValue:
    names = dict.fromkeys(
        name for each in speaker.readerships for name in domain_circulars.blanks_of(each)
    )
    return form.page(
        "network/circulars/form.html",
        speaker=speaker,
        circular=circular,
        blanks={name: domain_circulars.BLANKS[name] for name in names},
    )


@circulars.get("/circulars/<public_id>")
@of_a_circular
def show(circular: Circular) -> ResponseReturnValue:
    """Show a circular as its first reader sees it, whom it reaches, and what became of it."""
    return _page(circular, SendForm())


def _page(circular: Circular, form: SendForm) -> ResponseReturnValue:
    facts: dict[str, Any] = {
        "circular": circular,
        "words": words,
        "status": words.status(circular),
        "shelf": shelf.of_page(circular),
    }
    if circular.addressed_at is not None:
        facts["page"] = page_of(queries.copies(circular), number=asked_page(), size=PAGE_SIZE)
        facts["fates"] = queries.fates(facts["page"].items)
        facts["counts"] = queries.counts(circular)
        facts["shown"] = None
    else:
        facts["reach"] = queries.reach(circular)
        first = facts["reach"].first
        facts["shown"] = mail.preview(circular, first) if first else None
    return form.page("network/circulars/circular.html", **facts)


@circulars.route("/circulars/<public_id>/change", methods=["GET", "POST"])
@of_a_circular
def change(circular: Circular) -> ResponseReturnValue:
    """Change what has not gone out."""
    speaker = speaker_of(circular)
    form = editing(
        lambda: CircularForm(data=filled(circular)).offer(speaker),
        circular,
        changed_by=("change_circular",),
        lock=lambda: locks.circular(circular.id),
    )
    done = form.carry_out(
        lambda: service.change(
            actor=current_user.actor, now=clock.now(), circular=circular, details=form.details()
        ),
        REFUSALS,
    )
    if done:
        flash("Saved.", "success")
        return redirects.see(_address(circular))
    return _form_page(form, speaker, circular)


@circulars.post("/circulars/<public_id>/try")
@of_a_circular
def try_out(circular: Circular) -> ResponseReturnValue:
    """Send a copy to the person who presses."""
    done = acts.attempt(
        lambda: service.try_out(
            actor=current_user.actor, now=clock.now(), circular=circular, to=current_user.email
        ),
        service.NoReaders,
    )
    if done:
        flash(f"A copy is on its way to {current_user.email}.", "success")
    return redirects.see(_address(circular))


@circulars.post("/circulars/<public_id>/send")
@of_a_circular
def send(circular: Circular) -> ResponseReturnValue:
    """Let it go out, at once or on a day to come."""
    form = SendForm()
    done = form.carry_out(
        lambda: service.send(
            actor=current_user.actor, now=clock.now(), circular=circular, at=form.instant()
        ),
        REFUSALS,
    )
    if not done:
        db.session.refresh(circular)
        return _page(circular, form)
    now = form.instant() is None
    when = "within a few minutes" if now else f"at {terms.in_sentence(done.result)}"
    flash(f"It goes out {when}.", "success")
    return redirects.see(_address(circular))


@circulars.post("/circulars/<public_id>/stop")
@of_a_circular
def stop(circular: Circular) -> ResponseReturnValue:
    """Make it a draft again."""
    if acts.attempt(
        lambda: service.stop(actor=current_user.actor, now=clock.now(), circular=circular),
        service.AlreadySent,
    ):
        flash("Stopped. It is a draft again, and nobody has received it.", "success")
    return redirects.see(_address(circular))


@circulars.route("/circulars/<public_id>/discard", methods=["GET", "POST"])
@of_a_circular
def discard(circular: Circular) -> ResponseReturnValue:
    """Ask first, then throw away what has not gone out."""
    form = ButtonForm()
    if form.carry_out(
        lambda: service.discard(actor=current_user.actor, now=clock.now(), circular=circular),
        REFUSALS,
    ):
        flash("Discarded. Nobody has received it.", "success")
        return redirects.see(url_for(".listing"))
    return form.page("network/circulars/discard.html", circular=circular)


def _address(circular: Circular) -> str:
    return url_for(".show", public_id=circular.public_id)
