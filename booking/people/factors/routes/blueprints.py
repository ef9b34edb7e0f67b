"""The blueprint that the route modules of second factors add to."""

from flask import Blueprint

factors = Blueprint("factors", __name__)
