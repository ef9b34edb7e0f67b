"""What bank adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.bank import routes, tasks, year_end
from booking.fund import year_end as closing
from booking.web import tasks as home_tasks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the treasurer's tasks and the bank's point of a year's check list."""
    app.register_blueprint(routes.bank)
    home_tasks.provide("fund", tasks.of_treasurer)
    closing.provide(year_end.points)
