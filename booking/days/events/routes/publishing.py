"""Pages between a draft and the public: publish, cancel."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import locks, mail, pages, ports, queries, service
from booking.days.events.forms import CancelEventForm, PublishForm
from booking.days.events.models import Event, EventState
from booking.days.events.pages import answers
from booking.days.events.pages.remarks import Severity
from booking.days.events.routes.blueprints import host_pages, load_event, scope_of
from booking.domain.charging import Remedy
from booking.domain.permissions import Action, Role
from booking.foundation import clock
from booking.foundation.tokens import token_hash
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing


@host_pages.route("/events/<slug>/publish", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def publish(event: Event) -> ResponseReturnValue:
    """Show everything once more, with what the law says about the fee; then publish."""
    if event.state is not EventState.DRAFT:
        flash(f"{event.title} has already been published.", "warning")
        return redirects.see(url_for(".work", slug=event.slug))
    form = editing(
        lambda: PublishForm(data={"fee_reason": event.fee_reason, "shown": _shown(event)}),
        changed_by=("change_event",),
        lock=lambda: locks.event(event.id),
    )
    done = form.carry_out(
        lambda: service.publish(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            fee_reason=form.fee_reason.data or "",
            ticked=form.ticked.data or (),
        ),
        {
            service.EventRefused: "",
            service.NotADraft: "",
            service.NotToPublish: "",
            service.DatesNotSeen: "ticked",
        },
    )
    if done:
        flash(f"{done.result.title} has been published. Schools have been told.", "success")
        return redirects.see(url_for(".work", slug=done.result.slug))
    return _publish_page(event, form)


def _shown(event: Event) -> str:
    return token_hash(repr(service.details_of(event)))


def _publish_page(event: Event, form: PublishForm) -> ResponseReturnValue:
    now, details = clock.now(), service.details_of(event)
    problems = service.publication_problems(current_user.actor, now=now, details=details)
    cautions = service.warnings(details)
    remarks = pages.remarks(event, problems, cautions, is_lead=current_user.actor.has(Role.LEAD))
    found = service.check_dates(details, event_id=event.id, now=now)
    form.ticked.offer(found)
    audience = queries.audience(event)
    return form.page(
        "days/host/publish.html",
        event=event,
        sections=answers.sections(event),
        problems=[remark for remark in remarks if remark.severity is Severity.PROBLEM],
        warnings=[remark for remark in remarks if remark.severity is Severity.WARNING],
        notes=[remark for remark in remarks if remark.severity is Severity.NOTE],
        asks_reason=any(caution.remedy is not Remedy.CORRECTION for caution in cautions),
        found=found,
        told=pages.told(audience),
        unreached=pages.unreached(audience),
        instead=ports.publication_panels(event, actor=current_user.actor, now=now),
    )


@host_pages.route("/events/<slug>/cancel", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def cancel(event: Event) -> ResponseReturnValue:
    """Ask whether the event should really be cancelled, and why; then cancel it."""
    if event.state is not EventState.PUBLISHED:
        flash(f"{event.title} is not published, so it cannot be cancelled.", "warning")
        return redirects.see(url_for(".work", slug=event.slug))
    try:
        service.check_not_over(event, clock.now())
    except service.OverAlready as refusal:
        flash(str(refusal), "warning")
        return redirects.see(url_for(".work", slug=event.slug))
    form = CancelEventForm()
    if form.carry_out(
        lambda: service.cancel(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            reason=form.reason.data or "",
        ),
        {service.ReasonMissing: "reason", service.NotPublished: "", service.OverAlready: ""},
    ):
        flash(f"{event.title} has been cancelled. We are telling everybody concerned.", "success")
        return redirects.see(url_for(".work", slug=event.slug))
    return form.page(
        "days/host/cancel.html",
        event=event,
        view=pages.event_page(event, left=None, now=clock.now()),
        rows=pages.if_cancelled(
            event,
            actor=current_user.actor,
            to_team=mail.keys_of_cancellation(event, current_user.actor),
        ),
    )
