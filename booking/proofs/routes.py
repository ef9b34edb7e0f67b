"""What was proved, for everybody: the page, and the same for programs."""

from flask import Blueprint, Response, jsonify, render_template

from booking.foundation import clock
from booking.foundation.web import remembered
from booking.foundation.web.access import public
from booking.proofs import pages

blueprint = Blueprint("proofs", __name__)


@blueprint.get("/proved")
@public
@remembered.for_visitors
def proved() -> str:
    """Show what was proved, when, and by how much."""
    return render_template("proofs/proved.html", page=pages.proved_page(clock.now()))


@blueprint.get("/proved.json")
@public
@remembered.for_visitors
def download() -> Response:
    """Send the same for programs."""
    return jsonify(pages.as_json(pages.proved_page(clock.now())))
