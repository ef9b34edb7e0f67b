"""Where resources are shared, changed, given a new version, withdrawn and put back."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing
from booking.network.resources import locks, queries, service, words
from booking.network.resources.forms import (
    AboutFields,
    ChangeResourceForm,
    ResourceVersionForm,
    ResourceWordForm,
    ShareForm,
    filled,
)
from booking.network.resources.models import Resource
from booking.network.resources.routes.blueprint import (
    REFUSALS,
    address_of,
    of_a_kept_resource,
    offer_schools,
    quota,
    resources,
)


@resources.route("/resources/new", methods=["GET", "POST"])
@requires(Action.SEE_NETWORK_LIFE)
def add() -> ResponseReturnValue:
    """Share a resource."""
    form = ShareForm()
    offer_schools(form.school_id)
    _offer_events(form)
    done = form.carry_out(
        lambda: service.add(
            actor=current_user.actor,
            now=clock.now(),
            school_id=form.school_id.data or None,
            details=form.details(),
            content=form.content(),
            used_at_id=form.used_at_id.data or None,
            quota_bytes=quota(),
        ),
        REFUSALS,
    )
    if done:
        flash("Thank you. Colleagues of every school find it here.", "success")
        return redirects.see(address_of(done.result))
    return form.page("network/resources/form.html", resource=None, words=words)


@resources.route("/resources/<public_id>/change", methods=["GET", "POST"])
@of_a_kept_resource
def change(resource: Resource) -> ResponseReturnValue:
    """Change what is said about a resource."""
    form = editing(
        lambda: _change_form(resource),
        changed_by=("change_resource",),
        lock=lambda: locks.resource(resource.id),
    )
    if form.carry_out(
        lambda: service.change(
            actor=current_user.actor,
            now=clock.now(),
            resource=resource,
            details=form.details(),
            used_at_id=form.used_at_id.data or None,
        ),
        REFUSALS,
    ):
        flash("Saved.", "success")
        return redirects.see(address_of(resource))
    return form.page("network/resources/form.html", resource=resource, words=words)


def _change_form(resource: Resource) -> ChangeResourceForm:
    form = ChangeResourceForm(data=filled(resource))
    _offer_events(form, kept=resource.used_at_id)
    return form


def _offer_events(form: AboutFields, kept: int | None = None) -> None:
    form.offer(
        (event.id, words.event(event.title, event.first_starts_at))
        for event in queries.events_to_name(clock.now(), kept=kept)
    )


@resources.route("/resources/<public_id>/version", methods=["GET", "POST"])
@of_a_kept_resource
def add_version(resource: Resource) -> ResponseReturnValue:
    """Put a new version in the place of the newest."""
    form = ResourceVersionForm()
    done = form.carry_out(
        lambda: service.add_version(
            actor=current_user.actor,
            now=clock.now(),
            resource=resource,
            content=form.content(),
            changed=form.changed.data or "",
            quota_bytes=quota(),
        ),
        REFUSALS,
    )
    if done:
        flash(f"Version {done.result.number} is there. Earlier ones can still be read.", "success")
        return redirects.see(address_of(resource))
    return form.page("network/resources/version.html", resource=resource, words=words)


@resources.route("/resources/<public_id>/withdraw", methods=["GET", "POST"])
@of_a_kept_resource
def withdraw(resource: Resource) -> ResponseReturnValue:
    """Withdraw a resource, and say why."""
    form = ResourceWordForm().asking("Why is it withdrawn?")
    if form.carry_out(
        lambda: service.withdraw(
            actor=current_user.actor,
            now=clock.now(),
            resource=resource,
            reason=form.word.data or "",
        ),
        REFUSALS,
    ):
        flash("It is withdrawn. You can put it back for a year.", "success")
        return redirects.see(address_of(resource))
    return form.page("network/resources/withdraw.html", resource=resource)


@resources.post("/resources/<public_id>/put-back")
@of_a_kept_resource
def put_back(resource: Resource) -> ResponseReturnValue:
    """Put a resource back that was withdrawn."""
    if acts.attempt(
        lambda: service.put_back(actor=current_user.actor, now=clock.now(), resource=resource),
        service.ResourceStands,
        service.ForTheLead,
    ):
        flash("It is there again.", "success")
    return redirects.see(address_of(resource))
