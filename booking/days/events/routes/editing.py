"""Pages on which an event is written, changed, taken up again or thrown away."""

from dataclasses import asdict

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import queries, service, words
from booking.days.events.details import COLUMNS, EventDetails
from booking.days.events.forms import ButtonForm, EventForm
from booking.days.events.forms.event import filled
from booking.days.events.models import Event, EventState
from booking.days.events.routes.blueprints import host_pages, load_event, scope_of
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.web import redirects
from booking.foundation.web.access import requires


@host_pages.route("/events/new", methods=["GET", "POST"])
@requires(Action.WRITE_EVENTS)
def new() -> ResponseReturnValue:
    """Write an event and save it as a draft."""
    if not queries.host_choices(current_user.actor):
        flash("An event needs a school that hosts it. First bring your schools in.", "warning")
        return redirects.see(url_for(".home"))
    form = _form(None)
    if not form.is_submitted() or form.add_row(request.form.get("add", "")):
        return _page(form, None)
    if form.validate():
        try:
            event = _write(form.details())
        except service.EventRefused as refusal:
            form.show_problems(refusal.problems)
        else:
            flash(f"{event.title} is saved as a draft. Nobody else sees it yet.", "success")
            return redirects.see(url_for(".work", slug=event.slug))
    return _page(form, None), 422


def _write(details: EventDetails) -> Event:
    with transaction():
        return service.write(actor=current_user.actor, now=clock.now(), details=details)


@host_pages.route("/events/<slug>/edit", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def edit(event: Event) -> ResponseReturnValue:
    """Change an event; a published one changes for everybody."""
    if event.state not in {EventState.DRAFT, EventState.PUBLISHED}:
        flash(f"{event.title} is {event.state.value}; it can no longer be changed.", "warning")
        return redirects.see(url_for(".work", slug=event.slug))
    form = _form(event)
    if not form.is_submitted() or form.add_row(request.form.get("add", "")):
        return _page(form, event)
    if form.validate():
        try:
            changes = _change(event, form.details(event))
        except service.EventRefused as refusal:
            form.show_problems(refusal.problems)
        except service.EventIsOver as refusal:
            form.refuse(str(refusal))
        else:
            flash("Your changes are saved." if changes else "Nothing was changed.", "success")
            return redirects.see(url_for(".work", slug=event.slug))
    return _page(form, event), 422


def _change(event: Event, details: EventDetails) -> tuple[str, ...]:
    with transaction():
        return service.change(
            actor=current_user.actor, now=clock.now(), event=event, details=details
        )


@host_pages.post("/events/<slug>/clone")
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def clone(event: Event) -> ResponseReturnValue:
    """Take an event up again for the next year, as a draft."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    try:
        with transaction():
            draft = service.clone(actor=current_user.actor, now=clock.now(), event=event)
    except service.EventRefused as refusal:
        flash(str(refusal), "error")
        return redirects.see(url_for(".work", slug=event.slug))
    flash("This is a new draft with all dates moved by a year. Check them.", "success")
    return redirects.see(url_for(".edit", slug=draft.slug))


@host_pages.post("/events/<slug>/discard")
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def discard(event: Event) -> ResponseReturnValue:
    """Delete a draft."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    title = event.title
    try:
        with transaction():
            service.discard(actor=current_user.actor, now=clock.now(), event=event)
    except service.EventIsOver as refusal:
        flash(str(refusal), "error")
        return redirects.see(url_for(".work", slug=event.slug))
    flash(f"The draft {title} is deleted.", "success")
    return redirects.see(url_for(".home"))


def _form(event: Event | None) -> EventForm:
    if event is None:
        form = EventForm(data={"dates": [{}], **asdict(queries.network_rules())})
    else:
        form = EventForm(data={name: getattr(event, name) for name in COLUMNS} | filled(event))
    form.offer_hosts(queries.host_choices(current_user.actor))
    if event is not None and event.state is EventState.PUBLISHED:
        form.fix_what_is_published()
    return form


def _page(form: EventForm, event: Event | None) -> str:
    return render_template(
        "days/host/event_form.html",
        form=form,
        event=event,
        sharing_hints=words.SHARING_HINTS,
        basis_hints=words.BASIS_HINTS,
        fee_hints=words.FEE_HINTS,
        event_sharing=words.SHARING_NAMES[event.sharing].lower() if event else "",
    )
