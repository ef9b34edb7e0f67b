"""The floor: bare Flask with the same statements, the same rows and a plain template."""

import json
import threading
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, render_template, request
from jinja2 import DictLoader
from sqlalchemy import create_engine

from booking.foundation.db import sqlite_driver

PLAIN = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ name }}</title></head>
<body><h1>{{ name }}</h1>
{% for rows in results %}<ul>
{% for row in rows %}<li>{{ row|join(" · ") }}</li>
{% endfor %}</ul>
{% endfor %}</body></html>
"""
Statements = Sequence[tuple[str, Any]]
Results = Sequence[Sequence[Any]]
Read = Callable[[Statements], Results]
CONSTANT = "<!doctype html><title>Constant</title><h1>Constant</h1>"


def create_app(plan: str) -> Flask:
    """Return an application with a view of each kind for each page in the plan."""
    wanted = json.loads(Path(plan).read_text())
    readers = {"driver": by_driver(wanted["database"]), "library": by_library(wanted["database"])}
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"plain.html": PLAIN})
    for number, page in enumerate(wanted["pages"]):
        app.add_url_rule(f"/constant/{number}", f"constant{number}", constant(page))
        for name, read in readers.items():
            app.add_url_rule(f"/{name}/{number}", f"{name}{number}", rows(page, read))
    return app


def by_driver(path: str) -> Read:
    """Return a reader through the database's own driver, with one connection kept per thread."""
    own = threading.local()

    def read(statements: Statements) -> Results:
        if not hasattr(own, "connection"):
            own.connection = sqlite_driver().connect(path)
        return [own.connection.execute(sql, values).fetchall() for sql, values in statements]

    return read


def by_library(path: str) -> Read:
    """Return a reader through SQLAlchemy, with a connection from its pool for each request."""
    engine = create_engine(f"sqlite:///{path}", module=sqlite_driver())

    def read(statements: Statements) -> Results:
        with engine.connect() as connection:
            return [
                connection.exec_driver_sql(sql, tuple(values)).all() for sql, values in statements
            ]

    return read


def constant(page: dict[str, Any]) -> Any:
    """Return a view that answers with a constant, or 304 if the reader already has it."""

    def view() -> Response:
        response = Response(CONSTANT, content_type=page["content_type"])
        return conditional(response, page)

    return view


def rows(page: dict[str, Any], read: Read) -> Any:
    """Return a view that sends the page's statements and writes their rows."""

    def view() -> Response:
        results = read(page["statements"])
        if page["status"] == 304:
            tag = sha256(repr(results).encode()).hexdigest()
            response = Response(content_type=page["content_type"])
            response.headers["X-Rows"] = tag
            return conditional(response, page)
        body = render_template("plain.html", name=page["name"], results=results)
        return Response(body, content_type=page["content_type"])

    return view


def conditional(response: Response, page: dict[str, Any]) -> Response:
    """Return 304 if the page is asked for by its tag."""
    if page["status"] == 304:
        response.set_etag(page["headers"]["If-None-Match"].strip('"'))
        response.make_conditional(request)
    return response
