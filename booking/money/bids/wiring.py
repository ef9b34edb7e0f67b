"""What bids add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.domain import bidding
from booking.foundation.web import task_lists
from booking.money.bids import queries, routes, tasks
from booking.money.fund import ports as fund_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages and the tasks, and let the fund know what is promised."""
    app.register_blueprint(routes.bids)
    app.add_template_filter(bidding.words, "bid_state")
    fund_ports.provide_promised(queries.promised)
    task_lists.provide("fund", tasks.of_treasurer)
    task_lists.provide("network", tasks.of_deciders)
    task_lists.provide("school", tasks.of_school)
    task_lists.provide("host", tasks.of_applicant)
