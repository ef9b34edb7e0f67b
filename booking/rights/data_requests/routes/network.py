"""What adults with an account, and others, ask the network itself, for its leads."""

from flask import url_for
from flask.typing import ResponseReturnValue

from booking.domain.permissions import Action
from booking.foundation.web.access import requires
from booking.people.schools.routes.people import everywhere
from booking.rights.data_requests import queries
from booking.rights.data_requests.models import DataRequest
from booking.rights.data_requests.routes import blueprint
from booking.rights.data_requests.routes.blueprint import RequestBook, data_requests


def load(public_id: str) -> DataRequest | None:
    """Find a request to the network; those to schools are not the lead's to read."""
    found = queries.by_public_id(public_id)
    return found if found is not None and found.school_id is None else None


def _register() -> RequestBook:
    return RequestBook(
        "data_requests.network_listing",
        "data_requests.network_new",
        "data_requests.network_show",
        "data_requests.network_answer",
        "data_requests.network_longer",
        "data_requests.network_lift",
        (url_for("admin.home"), "Network"),
    )


@data_requests.get("/admin/rights/")
@requires(Action.RUN_NETWORK)
def network_listing() -> ResponseReturnValue:
    """Show what was asked of the network."""
    return blueprint.listed(_register())


@data_requests.route("/admin/rights/new", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK)
def network_new() -> ResponseReturnValue:
    """Write down a request."""
    return blueprint.taken_down(_register())


@data_requests.get("/admin/rights/<public_id>")
@requires(Action.RUN_NETWORK, load=load, scope=everywhere, name="found")
def network_show(found: DataRequest) -> ResponseReturnValue:
    """Show one request."""
    return blueprint.shown(_register(), found)


@data_requests.post("/admin/rights/<public_id>/answer")
@requires(Action.RUN_NETWORK, load=load, scope=everywhere, name="found")
def network_answer(found: DataRequest) -> ResponseReturnValue:
    """Record how it ended."""
    return blueprint.answered(_register(), found)


@data_requests.post("/admin/rights/<public_id>/longer")
@requires(Action.RUN_NETWORK, load=load, scope=everywhere, name="found")
def network_longer(found: DataRequest) -> ResponseReturnValue:
    """Put the answer off."""
    return blueprint.put_off(_register(), found)


@data_requests.post("/admin/rights/<public_id>/lift")
@requires(Action.RUN_NETWORK, load=load, scope=everywhere, name="found")
def network_lift(found: DataRequest) -> ResponseReturnValue:
    """End a restriction."""
    return blueprint.lifted(_register(), found)
