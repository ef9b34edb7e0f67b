"""The lead's pages about the list of themes."""

from typing import Any

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import locks, queries, service
from booking.days.events.forms import MergeThemesForm, ThemeForm
from booking.days.events.models import Theme
from booking.days.events.routes.blueprints import rules
from booking.domain import permissions
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals, editing

REFUSALS: Refusals = {service.ThemeRefused: "name"}


def load_theme(**url: Any) -> Theme | None:
    """Return the theme at an address."""
    return queries.theme(url["public_id"])


def _whole_network(_theme: Theme) -> Scope:
    return Scope()


@rules.get("/themes")
@requires(Action.SEE_NETWORK)
def themes() -> ResponseReturnValue:
    """Show the list, and to the lead a form that adds to it."""
    return _list_page(ThemeForm())


@rules.post("/themes")
@requires(Action.RUN_NETWORK)
def add_theme() -> ResponseReturnValue:
    """Add a theme."""
    form = ThemeForm()
    done = form.carry_out(
        lambda: service.add_theme(
            actor=current_user.actor, now=clock.now(), name=form.name.data or ""
        ),
        REFUSALS,
    )
    if done:
        flash(f"{done.result.name} is on the list.", "success")
        return redirects.see(url_for(".themes"))
    return _list_page(form)


@rules.route("/themes/<public_id>", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK, load=load_theme, scope=_whole_network, name="theme")
def theme(theme: Theme) -> ResponseReturnValue:
    """Give a theme another name, and offer what else can be done with it."""
    form = _naming_form(theme)
    done = form.carry_out(
        lambda: service.rename_theme(
            actor=current_user.actor, now=clock.now(), theme=theme, name=form.name.data or ""
        ),
        REFUSALS,
    )
    if done:
        flash(f"Saved as {done.result.name}, on every event that has it.", "success")
        return redirects.see(url_for(".themes"))
    return _theme_page(theme, form, _merge_form(theme))


@rules.post("/themes/<public_id>/retire")
@requires(Action.RUN_NETWORK, load=load_theme, scope=_whole_network, name="theme")
def retire_theme(theme: Theme) -> ResponseReturnValue:
    """Offer a theme no longer."""
    name = theme.name
    if acts.attempt(
        lambda: service.retire_theme(actor=current_user.actor, now=clock.now(), theme=theme),
        service.ThemeRefused,
    ):
        flash(f"{name} is no longer offered. Events that have it keep it.", "success")
    return redirects.see(url_for(".themes"))


@rules.post("/themes/<public_id>/offer")
@requires(Action.RUN_NETWORK, load=load_theme, scope=_whole_network, name="theme")
def offer_theme(theme: Theme) -> ResponseReturnValue:
    """Offer a theme again."""
    name = theme.name
    if acts.attempt(
        lambda: service.offer_theme(actor=current_user.actor, now=clock.now(), theme=theme),
        service.ThemeRefused,
    ):
        flash(f"{name} is offered again.", "success")
    return redirects.see(url_for(".themes"))


@rules.post("/themes/<public_id>/merge")
@requires(Action.RUN_NETWORK, load=load_theme, scope=_whole_network, name="theme")
def merge_theme(theme: Theme) -> ResponseReturnValue:
    """Give a theme's events another one, and take it off the list."""
    form, name = _merge_form(theme), theme.name
    done = form.carry_out(lambda: _merge(theme, form), {service.ThemeRefused: "into"})
    if done:
        flash(f"{name} is now {done.result.name}, on every event that had it.", "success")
        return redirects.see(url_for(".themes"))
    return _theme_page(theme, _naming_form(theme), form)


def _merge(theme: Theme, form: MergeThemesForm) -> Theme:
    into = queries.theme(form.into.data)
    if into is None:
        raise service.ThemeRefused("Somebody else has just changed it. Look at the list again.")
    return service.merge_themes(actor=current_user.actor, now=clock.now(), theme=theme, into=into)


def _naming_form(theme: Theme) -> ThemeForm:
    return editing(
        lambda: ThemeForm(data={"name": theme.name}),
        theme,
        changed_by=("rename_theme",),
        lock=lambda: next(iter(locks.themes((theme.name,))), None),
    )


def _merge_form(theme: Theme) -> MergeThemesForm:
    return MergeThemesForm().offer(each for each in queries.themes() if each.id != theme.id)


def _list_page(form: ThemeForm) -> ResponseReturnValue:
    return form.page(
        "people/admin/themes.html",
        themes=queries.themes(),
        used=queries.events_by_theme(),
        may_run=permissions.may(current_user.actor, Action.RUN_NETWORK),
    )


def _theme_page(theme: Theme, form: ThemeForm, merging: MergeThemesForm) -> ResponseReturnValue:
    page = merging if merging.is_submitted() and merging.errors else form
    return page.page(
        "people/admin/theme.html",
        theme=theme,
        naming=form,
        merging=merging,
        used=queries.events_by_theme().get(theme.name, 0),
    )
