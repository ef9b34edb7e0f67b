"""A mail server, and a mail to send."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from jinja2 import DictLoader

from tests.postbox import Postbox, serving


@pytest.fixture
def postbox(app: Flask) -> Iterator[Postbox]:
    with serving() as (box, address):
        app.config["SMTP_URL"] = address
        yield box


@pytest.fixture(autouse=True)
def letters(app: Flask, monkeypatch: pytest.MonkeyPatch, db_session: Any) -> None:
    pages = DictLoader(
        {
            "emails/letter.subject.txt": "{{ title }}",
            "emails/letter.html": "<p>Please answer: {{ link }}</p>",
        }
    )
    monkeypatch.setattr(app.jinja_env, "loader", pages)
    app.jinja_env.cache.clear()  # type: ignore[union-attr]
