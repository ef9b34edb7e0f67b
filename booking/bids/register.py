"""What bids add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.bids import queries, routes, tasks
from booking.domain import bids as domain
from booking.fund import extras
from booking.web import tasks as home_tasks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages and the tasks, and let the fund know what is promised."""
    app.register_blueprint(routes.bids)
    app.add_template_filter(domain.words, "bid_state")
    extras.provide_promised(queries.promised)
    home_tasks.provide("fund", tasks.of_treasurer)
    home_tasks.provide("network", tasks.of_deciders)
    home_tasks.provide("school", tasks.of_school)
    home_tasks.provide("host", tasks.of_applicant)
