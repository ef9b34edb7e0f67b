"""The health check, for monitoring."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import text

from booking.foundation.db import db
from booking.foundation.web import errors
from booking.foundation.web.access import public

blueprint = Blueprint("upkeep", __name__)


@blueprint.get("/health")
@public
@errors.in_json
def health() -> tuple[Response, int]:
    """Answer 200 if the database answers; otherwise 503, as everywhere. It is about nobody."""
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok"), 200
