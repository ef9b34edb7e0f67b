"""The page of an event's groups: proposed, moved by hand, and taken back."""

from collections.abc import Callable

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import locks as event_locks
from booking.days.events.models import Event
from booking.days.groups import forms, pages, service
from booking.days.groups.routes.blueprint import CHANGES_GROUPS, groups_pages
from booking.days.groups.words import GroupNaming
from booking.domain import english
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.forms import Form, Refusals, editing

CHANGED_BY = ("propose_groups", "fill_groups", "arrange_groups", "undo_groups")
REFUSALS: Refusals = {
    service.NoNumber: "number",
    service.TooManyGroups: "number",
    service.GroupsRefused: "",
}


@groups_pages.route("/host/events/<slug>/groups", methods=["GET", "POST"])
@CHANGES_GROUPS
def page(event: Event) -> ResponseReturnValue:
    """Show who is in which group, and move pupils between them."""
    view = pages.page_of(event)
    form = editing(
        lambda: forms.arrange_form(pages.page_of(event)),
        changed_by=CHANGED_BY,
        lock=lambda: event_locks.event(event.id),
    )
    if done := form.carry_out(lambda: _arrange(event, form, view), REFUSALS):
        moved = english.plural(done.result, "pupil")
        flash(f"Saved: {moved} moved." if done.result else "Saved.", "success")
        return redirects.see(url_for(".page", slug=event.slug))
    return form.page(
        "days/groups/groups.html", event=event, view=pages.page_of(event), fields=forms
    )


def _arrange(event: Event, form: Form, view: pages.GroupsPage) -> int:
    return service.arrange(
        actor=current_user.actor,
        now=clock.now(),
        event=event,
        names=forms.typed_names(form, view),
        spots=forms.typed_spots(form, view),
    )


@groups_pages.route("/host/events/<slug>/groups/propose", methods=["GET", "POST"])
@CHANGES_GROUPS
def propose(event: Event) -> ResponseReturnValue:
    """Ask how many groups, and propose them; whoever was moved by hand stays there."""
    form = forms.ProposeForm()
    if done := form.carry_out(lambda: _propose(event, form), REFUSALS):
        flash(f"Here are {english.plural(done.result, 'group')}.", "success")
        return redirects.see(url_for(".page", slug=event.slug))
    return form.page("days/groups/propose.html", event=event, view=pages.page_of(event))


def _propose(event: Event, form: forms.ProposeForm) -> int:
    return service.propose(
        actor=current_user.actor,
        now=clock.now(),
        event=event,
        seen=form.seen,
        naming=GroupNaming(form.naming.data),
        with_friend=bool(form.with_friend.data),
        **form.wanted(),
    )


@groups_pages.post("/host/events/<slug>/groups/fill")
@CHANGES_GROUPS
def fill(event: Event) -> ResponseReturnValue:
    """Put those without a group where they fit."""
    return _press(event, service.fill)


@groups_pages.post("/host/events/<slug>/groups/undo")
@CHANGES_GROUPS
def undo(event: Event) -> ResponseReturnValue:
    """Take the last change back."""
    return _press(event, service.undo)


def _press(event: Event, act: Callable[..., object]) -> ResponseReturnValue:
    form, now = forms.VersionForm(), clock.now()
    acts.attempt(
        lambda: act(actor=current_user.actor, now=now, event=event, seen=form.seen),
        service.GroupsRefused,
        level="warning",
    )
    return redirects.see(url_for(".page", slug=event.slug))
