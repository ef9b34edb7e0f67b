"""Keep the list of themes, and give an event one of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update

from booking.days.events import locks, queries
from booking.days.events.details import EventDetails
from booking.days.events.models import Event, Theme
from booking.days.events.refusals import ThemeRefused
from booking.domain import names
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.foundation.audit import service as audit
from booking.foundation.db import db

NAME_MAX = 60
THEMES_MAX = 60


def with_listed_theme(
    details: EventDetails, *, kept: str = ""
) -> tuple[EventDetails, list[Problem]]:
    """Return the same with its theme as the list writes it, and what is wrong with that.

    `kept` is the theme that the event has already, which it may keep when it is no longer offered.
    """
    if not details.theme:
        return details, []
    found = locks.listed_theme(_folded(details.theme))
    if found is None or (found.retired_at is not None and found.name != kept):
        offered = ", ".join(queries.offered_themes(kept))
        return details, [Problem("theme", f"Choose a theme from the list: {offered}.")]
    return replace(details, theme=found.name), []


def without_retired_theme(details: EventDetails) -> EventDetails:
    """Return the same, without a theme that is no longer offered: somebody chooses a new one."""
    offered = details.theme in queries.offered_themes()
    return details if offered else replace(details, theme="")


def add_theme(*, actor: Actor, now: datetime, name: str) -> Theme:
    """Add a theme to the list. Raises ThemeRefused."""
    name = _checked(name)
    if len(queries.themes()) >= THEMES_MAX:
        raise ThemeRefused(f"The list has {THEMES_MAX} themes already. Merge some first.")
    theme = Theme(name=name, folded=_folded(name))
    db.session.add(theme)
    _record(actor, "add_theme", theme, now)
    return theme


def rename_theme(*, actor: Actor, now: datetime, theme: Theme, name: str) -> Theme:
    """Give a theme another name, on every event that has it. Raises ThemeRefused.

    Events refer to its name, so a row with the new name takes the place of the one before.
    """
    theme = _locked(theme)
    name = _checked(name, theme)
    if name == theme.name:
        return theme
    theme.folded = f"{theme.folded} {theme.public_id}"  # only its case may have changed
    db.session.flush()
    renamed = Theme(name=name, folded=_folded(name), retired_at=theme.retired_at)
    db.session.add(renamed)
    before = _replace(theme, renamed, now)
    _record(actor, "rename_theme", renamed, now, before=before)
    return renamed


def retire_theme(*, actor: Actor, now: datetime, theme: Theme) -> Theme:
    """Offer a theme no longer; events that have it keep it."""
    theme = _locked(theme)
    if theme.retired_at is None:
        theme.retired_at = now
        _record(actor, "retire_theme", theme, now)
    return theme


def offer_theme(*, actor: Actor, now: datetime, theme: Theme) -> Theme:
    """Offer a theme again."""
    theme = _locked(theme)
    if theme.retired_at is not None:
        theme.retired_at = None
        _record(actor, "offer_theme", theme, now)
    return theme


def merge_themes(*, actor: Actor, now: datetime, theme: Theme, into: Theme) -> Theme:
    """Give every event of one theme another one, and take the first off the list.

    Raises ThemeRefused.
    """
    if theme.id == into.id:
        raise ThemeRefused("Choose another theme to merge it with.")
    found = {each.id: each for each in locks.themes((theme.name, into.name))}
    if theme.id not in found or into.id not in found:
        raise ThemeRefused("Somebody else has just changed one of them. Look at the list again.")
    theme, into = found[theme.id], found[into.id]
    before = _replace(theme, into, now)
    _record(actor, "merge_theme", into, now, before=before)
    return into


def _replace(theme: Theme, by: Theme, now: datetime) -> str:
    """Give the events of one theme another; return the name of the one that is gone.

    Calendars say the theme too, so these events have changed for them.
    """
    before = theme.name
    db.session.flush()
    db.session.execute(
        update(Event).where(Event.theme == before).values(theme=by.name, modified_at=now)
    )
    db.session.delete(theme)
    return before


def _locked(theme: Theme) -> Theme:
    found = locks.themes((theme.name,))
    if not found:
        raise ThemeRefused("Somebody else has just changed this theme. Look at the list again.")
    return found[0]


def _checked(name: str, theme: Theme | None = None) -> str:
    name = names.tidy(name)
    for words in _wrong(name, theme):
        raise ThemeRefused(words)
    return name


def _wrong(name: str, theme: Theme | None) -> Iterator[str]:
    if not name:
        yield "Enter a name, such as Science."
    if len(name) > NAME_MAX:
        yield f"Shorten this to {NAME_MAX} characters."
    same = db.session.scalars(select(Theme).where(Theme.folded == _folded(name))).one_or_none()
    if same is not None and (theme is None or same.id != theme.id):
        yield f"{same.name} is on the list already. You can merge two themes on their pages."


def _folded(name: str) -> str:
    return names.tidy(name).casefold()


def _record(actor: Actor, action: str, theme: Theme, now: datetime, *, before: str = "") -> None:
    db.session.flush()
    audit.record(actor=actor, action=action, subject=theme, now=now, name=theme.name, before=before)
