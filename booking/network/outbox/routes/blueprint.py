"""The blueprint of the pages about mail."""

from flask import Blueprint

outbox = Blueprint("outbox", __name__)
