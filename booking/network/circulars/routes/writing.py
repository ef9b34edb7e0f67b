"""Pages where somebody writes to many: for the lead, hosts and coordinators."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.days.events.routes import blueprints as event_blueprints
from booking.days.places import queries as place_queries
from booking.days.places.routes import blueprint as place_blueprint
from booking.domain import circulars as domain_circulars
from booking.domain import permissions, terms
from booking.domain.circular_texts import READY_TEXTS, ReadyText
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import ButtonForm, editing
from booking.foundation.web.paging import PAGE_SIZE, asked_page, page_of
from booking.network.circulars import locks, mail, queries, service, shelf, words
from booking.network.circulars.details import Speaker, speaker_of
from booking.network.circulars.forms import CircularForm, SendForm, filled, started_form
from booking.network.circulars.models import Circular, CircularTemplate
from booking.network.circulars.routes.blueprint import REFUSALS, circulars, of_a_circular
from booking.people.schools import acting
from booking.people.schools import queries as school_queries


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
    start = _start(speaker)
    form = started_form(start).offer(speaker)
    template = start if isinstance(start, CircularTemplate) else None
    done = form.carry_out(
        lambda: service.write(
            actor=current_user.actor,
            now=clock.now(),
            speaker=speaker,
            details=form.details(),
            template=template,
        ),
        REFUSALS,
    )
    if done:
        return redirects.see(_address(done.result))
    return _form_page(form, speaker)


def _start(speaker: Speaker) -> ReadyText | CircularTemplate | None:
    """Return the text that the address asks to start from, if this speaker may."""
    asked = request.args.get("from", "")
    kept = queries.templates_for(speaker, current_user.actor) if asked else []
    offered = {**ready_for(speaker), **{template.public_id: template for template in kept}}
    return offered.get(asked)


def ready_for(speaker: Speaker) -> dict[str, ReadyText | CircularTemplate]:
    """Return the texts that come with the product for a speaker, by key."""
    return {text.key: text for text in READY_TEXTS if text.readership in speaker.readerships}


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
        kept=[] if circular else queries.templates_for(speaker, current_user.actor),
        ready=[] if circular else ready_for(speaker).values(),
        words=words,
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
