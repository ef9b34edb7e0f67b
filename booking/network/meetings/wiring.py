"""What the network's meetings add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import feeds
from booking.foundation.web import task_lists
from booking.network.meetings import feed, tasks
from booking.network.meetings.routes import meetings


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the tasks, and the entries of private calendars."""
    app.register_blueprint(meetings)
    feeds.provide(feed.SOURCE)
    task_lists.provide("school", tasks.of_coordinator)
    for home in ("host", "fund", "network"):
        task_lists.provide(home, tasks.of_others)
