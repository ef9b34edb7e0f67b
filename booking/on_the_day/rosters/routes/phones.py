"""What phones without signal send once they have one, and the worker that opens the page offline.

The answer is read by `register.js`, which keeps every tap until it is told that it was taken.
"""

import json
import re
from datetime import UTC, datetime
from typing import Any

from flask import Response, abort, current_app, jsonify, request, url_for
from flask_login import current_user

from booking.days.events.models import Event, EventDate
from booking.domain import names, registering
from booking.domain.permissions import Action
from booking.domain.registering import Arrival, Aspect
from booking.foundation import clock
from booking.foundation.web import acts
from booking.foundation.web.access import public, requires
from booking.foundation.web.once import Sending
from booking.on_the_day.rosters import queries, service, windows
from booking.on_the_day.rosters.details import PhoneTap
from booking.on_the_day.rosters.routes.blueprint import asked_date, hosted, load_event, rosters

#: What a phone calls its taps.
KEY = re.compile(r"[a-z0-9-]{8,60}")
#: How long the name of somebody who collects a pupil may be.
NAME_MAX = 100


@rosters.post("/host/events/<slug>/register/taps")
@requires(Action.TAKE_REGISTER, load=load_event, scope=hosted, name="event")
def take_taps(event: Event) -> Response:
    """Take a phone's taps; answer which were refused and why, and how the register stands."""
    day, taps = asked_date(event), _taps()
    now = clock.now()
    refused: dict[str, str] = {}
    if taps:
        refused = acts.run(
            lambda: service.take_from_phone(actor=current_user.actor, now=now, day=day, taps=taps),
            sending=Sending.ANY,  # each tap has a key of its own
        )
    return jsonify(
        taken=[tap.key for tap in taps if tap.key not in refused],
        refused=refused,
        **facts(event, day, now),
    )


def facts(event: Event, day: EventDate, now: datetime) -> dict[str, Any]:
    """Return what a phone needs to know of a date: our time, and how the register stands."""
    return {
        "now": _milliseconds(now),
        "date": day.number,
        "closes": _milliseconds(windows.register_closes_at(day)),
        "taps_to": url_for("rosters.take_taps", slug=event.slug),
        "register": {
            pupil: {
                "arrival": [mark.arrival, _milliseconds(mark.arrival_at)],
                "departure": [mark.departure, _milliseconds(mark.departure_at), mark.left_with],
            }
            for pupil, mark in queries.register_of(day.id).items()
        },
    }


@rosters.get("/day-worker.js")
@public
def worker() -> Response:
    """Send the service worker: from the root, because a worker may not look after pages above."""
    return current_app.send_static_file("day-worker.js")


def tidy_name(typed: str) -> str:
    """Return with whom a pupil left, as far as it is kept."""
    return names.tidy(typed)[:NAME_MAX]


def _milliseconds(at: datetime | None) -> float | None:
    return at.timestamp() * 1000 if at else None


def _taps() -> list[PhoneTap]:
    """Return what the phone sent; 400 for what no phone of ours sends."""
    try:
        found = json.loads(request.form.get("taps", ""))
        if not isinstance(found, list) or len(found) > service.TAPS_MAX:
            raise ValueError
        return [_tap(**one) for one in found]
    except (ValueError, TypeError, OverflowError):
        abort(400)


def _tap(*, key: Any, pupil: Any, mark: Any, aspect: Any, at: Any, with_whom: Any = "") -> PhoneTap:
    if not (isinstance(key, str) and KEY.fullmatch(key) and isinstance(pupil, str)):
        raise ValueError
    name = tidy_name(str(with_whom or ""))
    made = registering.mark_of(Aspect(aspect), mark)
    at = datetime.fromtimestamp(float(at) / 1000, UTC)
    return PhoneTap(key, pupil, Aspect(aspect), made, at, "" if _stays(made) else name)


def _stays(mark: object) -> bool:
    return mark is None or isinstance(mark, Arrival)
