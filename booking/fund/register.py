"""What fund adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.events import extras as event_pages
from booking.fund import checklist, commands, routes, tasks, year_end
from booking.fund.routes import publicity, words
from booking.web import tasks as home_tasks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the commands and the treasurer's tasks."""
    app.register_blueprint(routes.fund)
    app.register_blueprint(publicity.fees)
    app.add_template_global(publicity.public_address, "where_fees_go")
    event_pages.provide_panel(publicity.panel)
    app.cli.add_command(commands.group)
    words.init_app(app)
    home_tasks.provide("fund", tasks.of_treasurer)
    home_tasks.provide("network", tasks.of_lead)
    year_end.provide(checklist.points)
