"""Whether the site is well: in one word for monitors, and in full for who runs the network."""

import hmac
from collections.abc import Callable

from flask import Blueprint, Response, abort, current_app, flash, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.db import let_go
from booking.foundation.web import acts, errors, hosts, redirects
from booking.foundation.web.access import public, requires
from booking.people.schools.routes import network
from booking.upkeep import deployment, doctor, ports, queries, service
from booking.upkeep import metrics as upkeep_metrics
from booking.upkeep.details import Level

blueprint = Blueprint("upkeep", __name__)
#: For how long a process gives the same answer: monitors cost next to nothing.
SECONDS_KEPT = 5
TONES = {Level.WELL: "good", Level.WATCH: "warn", Level.BROKEN: "bad"}
TAGS = {Level.WELL: "Well", Level.WATCH: "Look at this", Level.BROKEN: "Not working"}


@blueprint.get("/health")
@public
@hosts.any_name
@errors.in_json
def health() -> tuple[Response, int]:
    """Answer 200 if the whole site is well (web, database, worker, mail), and 503 otherwise."""
    return _answer("whole", _nothing_is_broken)


@blueprint.get("/health/web")
@public
@hosts.any_name
@errors.in_json
def health_of_web() -> tuple[Response, int]:
    """Answer 200 if this process and its database can serve pages: for balancers of load."""
    return _answer("web", lambda: doctor.database().level is Level.WELL)


@blueprint.get("/metrics")
@public
@hosts.any_name
@errors.in_json
def metrics() -> Response:
    """Answer numbers for Prometheus to whoever brings METRICS_TOKEN; without one, to nobody."""
    token = current_app.config["METRICS_TOKEN"]
    given = request.authorization.token if request.authorization else None
    if not token:
        abort(404)
    if not hmac.compare_digest((given or "").encode(), token.encode()):
        abort(Response("Bring the token.\n", 401, {"WWW-Authenticate": "Bearer"}))
    signs, vitals = doctor.signs_and_vitals(clock.now())
    numbers = upkeep_metrics.text(signs, vitals, jobs_waiting=ports.jobs_in_queue())
    return Response(numbers, content_type=CONTENT_TYPE_LATEST)


@blueprint.get("/admin/health")
@requires(Action.SEE_NETWORK)
def running() -> ResponseReturnValue:
    """Show how the site runs, sign by sign."""
    now = clock.now()
    found = [*doctor.signs_and_queue(now), *deployment.for_lead(now)]
    known = queries.alerts()
    shown = [
        (sign, TAGS[sign.level], TONES[sign.level], known[sign.key].seen_at)
        if sign.key in known
        else (sign, TAGS[sign.level], TONES[sign.level], None)
        for sign in found
    ]
    return network.show("upkeep/running.html", signs=shown, all_well=not doctor.wrong(found))


@blueprint.post("/admin/health/<key>/seen")
@requires(Action.RUN_NETWORK)
def see(key: str) -> ResponseReturnValue:
    """Write down that a lead has seen what is wrong: it is no task of theirs until it is over."""
    now = clock.now()
    wrong = doctor.wrong([*doctor.signs_and_queue(now), *deployment.for_lead(now)])
    found = [sign for sign in wrong if sign.key == key]
    if not found:
        flash("That is over.", "info")
        return redirects.see(url_for("upkeep.running"))
    acts.run(lambda: service.see(actor=current_user.actor, now=now, sign=found[0]))
    flash("It is no longer a task, until it is over and happens again.", "success")
    return redirects.see(url_for("upkeep.running"))


def _nothing_is_broken() -> bool:
    return all(sign.level is not Level.BROKEN for sign in doctor.signs(clock.now()))


def _answer(name: str, is_well: Callable[[], bool]) -> tuple[Response, int]:
    """Return yes or no, and one word; never why, because anybody may ask."""
    kept = current_app.extensions.setdefault("health", {})
    now = clock.now().timestamp()
    asked_at, well = kept.get(name, (0.0, False))
    if not 0 <= now - asked_at < SECONDS_KEPT:
        try:
            well = is_well()
        except SQLAlchemyError:
            let_go()
            well = False
        kept[name] = (now, well)
    answer = jsonify(status="ok" if well else "unwell")
    if not well:
        answer.headers.update(errors.RETRY)
    return answer, 200 if well else 503
