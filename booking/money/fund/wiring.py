"""What fund adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import ports as event_ports
from booking.foundation.web import task_lists
from booking.money.fund import checklist, commands, routes, tasks, year_end
from booking.money.fund.routes import publicity, words


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the commands and the treasurer's tasks."""
    app.register_blueprint(routes.fund)
    app.register_blueprint(publicity.fees)
    app.add_template_global(publicity.public_address, "where_fees_go")
    event_ports.provide_panel(publicity.panel)
    app.cli.add_command(commands.group)
    words.init_app(app)
    task_lists.provide("fund", tasks.of_treasurer)
    task_lists.provide("network", tasks.of_lead)
    year_end.provide(checklist.points)
