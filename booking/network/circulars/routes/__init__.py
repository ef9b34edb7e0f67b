"""Pages where somebody writes to many: for the lead, hosts and coordinators."""

from booking.network.circulars.routes import templates, writing
from booking.network.circulars.routes.blueprint import circulars as blueprint

__all__ = ["blueprint", "templates", "writing"]
