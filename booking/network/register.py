"""What the network's meetings add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.events import feeds
from booking.network import feed, tasks
from booking.network.routes import meetings
from booking.web import tasks as home_tasks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the tasks, and the entries of private calendars."""
    app.register_blueprint(meetings)
    feeds.provide(feed.SOURCE)
    home_tasks.provide("school", tasks.of_coordinator)
    for home in ("host", "fund", "network"):
        home_tasks.provide(home, tasks.of_others)
