"""The pages of the fund: balances, entries, events, charts and downloads."""

from booking.fund.routes import by_hand, downloads, entries, events, home
from booking.fund.routes.blueprint import fund

__all__ = ["by_hand", "downloads", "entries", "events", "fund", "home"]
