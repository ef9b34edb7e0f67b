"""The blueprint for the pages about money at the card processor."""

from flask import Blueprint

clearing = Blueprint("clearing", __name__)
