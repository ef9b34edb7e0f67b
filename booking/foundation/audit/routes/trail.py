"""The audit trail, for the lead and the auditor."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation.audit import pages, queries, words
from booking.foundation.clock import LONDON
from booking.foundation.web import filters
from booking.foundation.web.access import requires
from booking.foundation.web.paging import asked_page

blueprint = Blueprint("audit", __name__)

FILTERS = ("action", "who", "school", "about", "from", "to")
DATES = ("from", "to")


@blueprint.get("/admin/audit")
@requires(Action.SEE_AUDIT)
def trail() -> str:
    """Show who did what, newest first."""
    chosen, schools = _chosen(), queries.schools()
    hidden = pages.hidden_in_trail(current_user.actor)
    return render_template(
        "foundation/audit/trail.html",
        page=queries.page(_filter(chosen), hidden=hidden, number=asked_page()),
        chosen=chosen,
        chips=_chips(chosen, dict(schools)),
        actions=[(name, words.of_name(name)) for name in queries.actions(hidden)],
        schools=schools,
    )


def _chosen() -> dict[str, str]:
    """Return the filters in the address that make sense."""
    asked = {name: request.args.get(name, "").strip() for name in FILTERS}
    for name in DATES:
        day = request.args.get(name, type=date.fromisoformat)
        asked[name] = day.isoformat() if day else ""
    return {name: value for name, value in asked.items() if value}


def _filter(chosen: dict[str, str]) -> queries.Filter:
    plain = {name: value for name, value in chosen.items() if name not in DATES}
    since, until = _midnight(chosen.get("from")), _midnight(chosen.get("to"), days=1)
    return queries.Filter(**plain, since=since, until=until)


def _midnight(day: str | None, days: int = 0) -> datetime | None:
    if not day:
        return None
    return datetime.combine(date.fromisoformat(day) + timedelta(days=days), time(), tzinfo=LONDON)


def _chips(chosen: dict[str, str], schools: dict[str, str]) -> list[tuple[str, str]]:
    """Return each filter in use in words, with the address of the trail without it."""
    found = []
    for name, value in chosen.items():
        rest: dict[str, Any] = {key: kept for key, kept in chosen.items() if key != name}
        shown = {"school": schools.get(value, value), "who": f"By {value}"}.get(
            name, words.of_name(value)
        )
        if name in DATES:
            shown = f"{name.capitalize()} {filters.day(date.fromisoformat(value))}"
        found.append((shown, url_for("audit.trail", **rest)))
    return found
