"""Pages between a draft and everybody: preview, publish, cancel."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import answers, pages, queries, service, words
from booking.days.events.forms import CancelForm, PublishForm
from booking.days.events.models import Event, EventState
from booking.days.events.routes.blueprints import host_pages, load_event, scope_of
from booking.days.events.routes.public import render_event
from booking.domain.charging import Remedy
from booking.domain.permissions import Action, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.web import redirects
from booking.foundation.web.access import requires


@host_pages.get("/events/<slug>/preview")
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def preview(event: Event) -> str:
    """Show the event's page exactly as the public sees or will see it."""
    return render_event(event, preview=True)


@host_pages.route("/events/<slug>/publish", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def publish(event: Event) -> ResponseReturnValue:
    """Show everything once more, with what the law says to the fee; then publish."""
    if event.state is not EventState.DRAFT:
        flash(f"{event.title} has been published already.", "warning")
        return redirects.see(url_for(".work", slug=event.slug))
    form = PublishForm(data={"fee_reason": event.fee_reason})
    if not form.validate_on_submit():
        return _publish_page(event, form)
    try:
        published = _publish(event, form.fee_reason.data or "")
    except service.EventRefused as refusal:
        _show(form, refusal)
    except service.NotADraft as refusal:
        form.refuse(str(refusal))
    else:
        flash(f"{published.title} is published. Schools have been told.", "success")
        return redirects.see(url_for(".work", slug=published.slug))
    return _publish_page(event, form), 422


def _publish(event: Event, fee_reason: str) -> Event:
    with transaction():
        return service.publish(
            actor=current_user.actor, now=clock.now(), event=event, fee_reason=fee_reason
        )


def _show(form: PublishForm, refusal: service.EventRefused) -> None:
    for problem in refusal.problems:
        form.refuse(problem.words, field=problem.field)


def _publish_page(event: Event, form: PublishForm) -> str:
    now, details = clock.now(), service.details_of(event)
    warnings = service.warnings(details)
    problems = service.publication_problems(current_user.actor, now=now, details=details)
    return render_template(
        "days/host/publish.html",
        event=event,
        form=form,
        sections=answers.sections(event),
        warnings=warnings,
        guarantee_warning=words.guarantee_warning(
            event, schools=queries.count_schools((event.low_year, event.high_year))
        ),
        asks_reason=any(warning.remedy is not Remedy.CORRECTION for warning in warnings),
        # What a reason alone can put right is asked for on this page; the rest is not.
        problems=[p for p in problems if p.field != "fee_reason"],
        years=words.years(event),
        is_lead=current_user.actor.has(Role.LEAD),
    )


@host_pages.route("/events/<slug>/cancel", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def cancel(event: Event) -> ResponseReturnValue:
    """Ask whether the event is really to be cancelled, and why; then cancel it."""
    if event.state is not EventState.PUBLISHED:
        flash(f"{event.title} is not published, so it cannot be cancelled.", "warning")
        return redirects.see(url_for(".work", slug=event.slug))
    form = CancelForm()
    if not form.validate_on_submit():
        return _cancel_page(event, form)
    try:
        with transaction():
            service.cancel(
                actor=current_user.actor,
                now=clock.now(),
                event=event,
                reason=form.reason.data or "",
            )
    except service.ReasonMissing as refusal:
        form.refuse(str(refusal), field="reason")
    except service.NotPublished as refusal:
        form.refuse(str(refusal))
    else:
        flash(f"{event.title} is cancelled. Everybody concerned is being told.", "success")
        return redirects.see(url_for(".work", slug=event.slug))
    return _cancel_page(event, form), 422


def _cancel_page(event: Event, form: CancelForm) -> str:
    view = pages.event_page(event, left=None, now=clock.now())
    return render_template("days/host/cancel.html", event=event, form=form, view=view)
