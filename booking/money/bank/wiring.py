"""What bank adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation.web import task_lists
from booking.money.bank import routes, tasks, year_end
from booking.money.fund import year_end as fund_year_end


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the treasurer's tasks and the bank's point of a year's check list."""
    app.register_blueprint(routes.bank)
    task_lists.provide("fund", tasks.of_treasurer)
    fund_year_end.provide(year_end.points)
