"""The two blueprints: a parent's private pages, and everything else."""

from flask import Blueprint

parent = Blueprint("parent", __name__, url_prefix="/parent")
checkout = Blueprint("checkout", __name__)
