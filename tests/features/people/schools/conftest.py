"""What tests of schools share: a small network, its lead and one of its coordinators."""

from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import schools as build

if TYPE_CHECKING:
    from sqlalchemy.orm import scoped_session

HERE = "coordinator@hollow-lane.example"


@pytest.fixture
def network(db_session: "scoped_session") -> object:
    """Give three schools, with their people."""
    return build.make_network(schools=3)


@pytest.fixture
def lead(client: FlaskClient, network: object) -> FlaskClient:
    """Give the lead's browser."""
    build.sign_in(client, "lead@fairplace.example")
    return client


@pytest.fixture
def coordinator(app: Flask, network: object) -> FlaskClient:
    """Give the browser of Hollow Lane's coordinator."""
    client = app.test_client()
    build.sign_in(client, HERE)
    return client
