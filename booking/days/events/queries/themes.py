"""The list of themes: what hosts can choose, and how many events have each."""

from collections.abc import Sequence

from sqlalchemy import func, select

from booking.days.events.models import Event, Theme
from booking.foundation.db import db


def themes() -> Sequence[Theme]:
    """Return the whole list by name, with those that are no longer offered."""
    return db.session.scalars(select(Theme).order_by(Theme.folded)).all()


def offered_themes(kept: str = "") -> list[str]:
    """Return the names to choose from; an event keeps the one it has, offered or not."""
    return [theme.name for theme in themes() if theme.retired_at is None or theme.name == kept]


def theme(public_id: str) -> Theme | None:
    """Return a theme of the list."""
    return db.session.scalars(select(Theme).where(Theme.public_id == public_id)).one_or_none()


def events_by_theme() -> dict[str, int]:
    """Return how many events have each theme, drafts and past ones among them."""
    rows = db.session.execute(
        select(Event.theme, func.count()).where(Event.theme.is_not(None)).group_by(Event.theme)
    )
    return {name: count for name, count in rows}
