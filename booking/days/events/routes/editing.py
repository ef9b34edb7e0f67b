"""Pages where an event is written, changed or deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import locks, pages, ports, queries, service, words
from booking.days.events.details import COLUMNS
from booking.days.events.forms import EventForm
from booking.days.events.forms.event import filled, offer_themes, put_back
from booking.days.events.models import Event, EventState
from booking.days.events.routes import starting
from booking.days.events.routes.blueprints import host_pages, load_event, scope_of
from booking.domain import terms
from booking.domain.allocation.claims import Basis
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import ButtonForm, editing
from booking.people.schools.models import School


@host_pages.route("/events/new", methods=["GET", "POST"])
@requires(Action.WRITE_EVENTS)
def new() -> ResponseReturnValue:
    """Write an event and save it as a draft."""
    if not queries.host_choices(current_user.actor):
        flash("An event needs a host school. Add your schools first.", "warning")
        return redirects.see(url_for(".home"))
    form = _form(None)
    if not form.is_submitted() or form.add_row(request.form.get("add", "")):
        return _page(form, None)
    done = form.carry_out(
        lambda: service.write(actor=current_user.actor, now=clock.now(), details=form.details()),
        {service.EventRefused: ""},
    )
    if done:
        flash(
            f"{done.result.title} has been saved as a draft. Nobody else can see it yet.", "success"
        )
        return _next(done.result)
    return _page(form, None), 422


@host_pages.get("/events/proposed")
@requires(Action.WRITE_EVENTS)
def proposed() -> dict[str, Any]:
    """Return what a form as typed so far proposes and says, for the page that is being filled in.

    Only rules, dates and amounts are asked about; no texts, and nothing is saved.
    """
    form = EventForm.so_far(request.args)
    form.offer_hosts(queries.host_choices(current_user.actor))
    form.validate()
    deadlines, notice = _proposal(form, None)
    asked = {name.partition("-")[0] for name in request.args}
    folds = pages.folds(form.facts() | deadlines, asked=asked, wrong=())
    said = {name: fold.sentence for name, fold in folds.items()}
    return {"deadlines": _as_typed(deadlines), "said": {"notice": notice} | said}


@host_pages.route("/events/<slug>/edit", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def edit(event: Event) -> ResponseReturnValue:
    """Change an event; a published one changes for everybody."""
    if event.state not in {EventState.DRAFT, EventState.PUBLISHED}:
        flash(f"{event.title} is {event.state.value}; it can no longer be changed.", "warning")
        return redirects.see(url_for(".work", slug=event.slug))
    form = editing(
        lambda: _form(event),
        changed_by=("change_event", "publish_event"),
        lock=lambda: locks.event(event.id),
    )
    if not form.is_submitted() or form.add_row(request.form.get("add", "")):
        return _page(form, event)
    done = form.carry_out(
        lambda: service.change(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            details=form.details(event),
            ticked=form.ticked.data or (),
        ),
        {service.EventRefused: "", service.EventIsOver: "", service.DatesNotSeen: "ticked"},
    )
    if done:
        flash("Your changes have been saved." if done.result else "Nothing has changed.", "success")
        return _next(event)
    return _page(form, event), 422


@host_pages.post("/events/<slug>/discard")
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def discard(event: Event) -> ResponseReturnValue:
    """Delete a draft."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    title = event.title
    if not acts.attempt(
        lambda: service.discard(actor=current_user.actor, now=clock.now(), event=event),
        service.EventIsOver,
    ):
        return redirects.see(url_for(".work", slug=event.slug))
    flash(f"The draft {title} has been deleted.", "success")
    return redirects.see(url_for(".home"))


def _next(event: Event) -> ResponseReturnValue:
    """Lead on to where the pressed button says: the last check, or the work on the event."""
    checks = event.state is EventState.DRAFT and request.form.get("then") == "check"
    return redirects.see(url_for(".publish" if checks else ".work", slug=event.slug))


def _form(event: Event | None) -> EventForm:
    hosts = queries.host_choices(current_user.actor)
    if event is None:
        form = EventForm(data={"dates": [{}], **_begun_with(hosts)})
    else:
        written = asdict(service.details_of(event))
        columns = {name: written[name] for name in COLUMNS}
        form = EventForm(data=columns | {"places": written["places"] or None} | filled(event))
        if form.basis.data is Basis.FIRST_COME:
            # Not a choice in the form, but what the event would start with if its sharing changed.
            form.basis.data = queries.network_rules().basis
    form.of_draft = event is None or event.state is EventState.DRAFT
    if event is not None and not form.is_submitted():
        put_back(form, event)
    form.offer_hosts(hosts)
    offer_themes(form, queries.offered_themes(event.theme if event else ""))
    if event is not None and event.state is EventState.PUBLISHED:
        form.fix_what_is_published()
    return form


def _begun_with(hosts: Sequence[School]) -> dict[str, Any]:
    """Return what a new event begins with: the network's rules, and what is known of the host."""
    begun = asdict(queries.network_rules())
    if len(hosts) == 1:
        begun |= words.of_host(hosts[0])
        begun |= {"contact_name": current_user.name, "contact_phone": hosts[0].office_phone}
    return begun


def _page(form: EventForm, event: Event | None) -> str:
    found = form.refusal.found if isinstance(form.refusal, service.DatesNotSeen) else None
    if found is not None:
        form.ticked.offer(found)
    published = event is not None and event.state is EventState.PUBLISHED
    deadlines, notice = ({}, "") if published else _proposal(form, event)
    wrong = {*form.errors, *(() if event is None or form.is_submitted() else _lacking(event))}
    return render_template(
        "days/host/event_form.html",
        found=found,
        form=form,
        event=event,
        hosts=queries.host_choices(current_user.actor),
        folds=pages.folds(form.facts(event) | deadlines, asked=form._fields, wrong=wrong),
        notice=notice,
        starts=starting.starts() if event is None and not form.is_submitted() else None,
        proposed=_as_typed(service.left_alone(event)) if event is not None else {},
        sharing_hints=words.SHARING_HINTS,
        basis_hints=words.BASIS_HINTS,
        fee_hints=words.FEE_HINTS,
        told=pages.of_change(*ports.told_of_change(event, actor=current_user.actor))
        if event is not None and published
        else "",
        event_sharing=words.SHARING_NAMES[event.sharing].lower() if event else "",
    )


def _proposal(form: EventForm, event: Event | None) -> tuple[dict[str, datetime], str]:
    """Return the deadlines proposed for what the form holds, and what to know about them."""
    outline = form.outline(event)
    if outline is None:
        return {}, ""
    return service.proposal_for(outline, now=clock.now())


def _as_typed(deadlines: Mapping[str, datetime]) -> dict[str, str]:
    """Return deadlines as a browser's field for a date and a time holds them."""
    return {name: f"{terms.london(at):%Y-%m-%dT%H:%M}" for name, at in deadlines.items()}


def _lacking(event: Event) -> set[str]:
    """Return the fields of a draft that keep it from being published, to show them open."""
    if event.state is not EventState.DRAFT:
        return set()
    problems = service.publication_problems(
        current_user.actor, now=clock.now(), details=service.details_of(event)
    )
    return {problem.field.partition(".")[0] for problem in problems}
