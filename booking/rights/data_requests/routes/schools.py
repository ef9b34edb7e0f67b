"""What families and adults ask a school, for its coordinators."""

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from booking.domain.permissions import Action, Scope
from booking.foundation.web.access import requires
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils import queries as pupil_queries
from booking.people.pupils.models import Pupil
from booking.people.schools import acting
from booking.people.schools.models import School
from booking.rights.data_requests import queries
from booking.rights.data_requests.models import DataRequest
from booking.rights.data_requests.routes import blueprint
from booking.rights.data_requests.routes.blueprint import RequestBook, data_requests


def load(public_id: str) -> DataRequest | None:
    """Find a request to a school."""
    found = queries.by_public_id(public_id)
    return found if found is not None and found.school_id is not None else None


def scope(found: DataRequest) -> Scope:
    """Return the school that was asked."""
    return Scope(school_id=found.school_id)


def _register(school: School) -> RequestBook:
    return RequestBook(
        "data_requests.listing",
        "data_requests.new",
        "data_requests.show",
        "data_requests.answer",
        "data_requests.longer",
        "data_requests.lift",
        (url_for("school.home"), "Your school"),
        school,
    )


def _of(found: DataRequest) -> RequestBook:
    assert found.school is not None, "loaded as a school's"
    return _register(found.school)


@data_requests.get("/school/rights/")
@requires(Action.KEEP_PUPILS)
def listing() -> ResponseReturnValue:
    """Show what was asked of the school."""
    return blueprint.listed(_register(acting.school()))


@data_requests.route("/school/rights/new", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS)
def new() -> ResponseReturnValue:
    """Write down a request; of a pupil or an adult, if the address names one of the school's."""
    school, pupil, adult = acting.school(), _pupil(), _adult()
    if any(one is not None and one.school_id != school.id for one in (pupil, adult)):
        abort(404)
    return blueprint.taken_down(_register(school), pupil, adult)


def _pupil() -> Pupil | None:
    named = request.args.get("pupil", "")
    return (pupil_queries.by_public_id(named) or abort(404)) if named else None


def _adult() -> AccompanyingAdult | None:
    named = request.args.get("adult", "")
    return (roster_queries.adult_by_public_id(named) or abort(404)) if named else None


@data_requests.get("/school/rights/<public_id>")
@requires(Action.KEEP_PUPILS, load=load, scope=scope, name="found")
def show(found: DataRequest) -> ResponseReturnValue:
    """Show one request."""
    return blueprint.shown(_of(found), found)


@data_requests.post("/school/rights/<public_id>/answer")
@requires(Action.KEEP_PUPILS, load=load, scope=scope, name="found")
def answer(found: DataRequest) -> ResponseReturnValue:
    """Record how it ended."""
    return blueprint.answered(_of(found), found)


@data_requests.post("/school/rights/<public_id>/longer")
@requires(Action.KEEP_PUPILS, load=load, scope=scope, name="found")
def longer(found: DataRequest) -> ResponseReturnValue:
    """Put the answer off."""
    return blueprint.put_off(_of(found), found)


@data_requests.post("/school/rights/<public_id>/lift")
@requires(Action.KEEP_PUPILS, load=load, scope=scope, name="found")
def lift(found: DataRequest) -> ResponseReturnValue:
    """End a restriction."""
    return blueprint.lifted(_of(found), found)
