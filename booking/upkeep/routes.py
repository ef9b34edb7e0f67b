"""The health check, for monitoring."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from booking.foundation.db import db
from booking.foundation.web.access import public

blueprint = Blueprint("upkeep", __name__)


@blueprint.get("/health")
@public
def health() -> tuple[Response, int]:
    """Answer 200 if the database answers, and 503 otherwise. The answer is about nobody."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="database unavailable"), 503
    return jsonify(status="ok"), 200
