"""A sent form is carried out completely or not at all, and visibly says why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, get_flashed_messages
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import InputRequired

from booking.foundation.db import db
from booking.foundation.web import acts
from booking.foundation.web.forms import Form
from booking.people.schools.models import School


class NameForm(Form):
    class Meta(Form.Meta):
        csrf = False

    name = StringField("Name", [InputRequired("Enter a name.")])
    town = StringField("Town")


class NameTaken(ValueError):
    pass


class NameTakenNearby(NameTaken):
    pass


class Unrelated(ValueError):
    pass


class Refused(ValueError):
    """A refusal that knows its own field."""

    field = "town"


@dataclass(frozen=True)
class Problem:
    field: str
    words: str


class ManyThings(ValueError):
    problems = (
        Problem("name", "Too short."),
        Problem("town", "Too far."),
        Problem("", "Too late."),
    )


@pytest.fixture
def sent(app: Flask, db_session: Any) -> Iterator[Any]:
    """Return a function that makes the form of a POST with these fields."""
    with app.test_request_context(method="POST"):

        def form(**fields: str) -> NameForm:
            return NameForm(formdata=MultiDict(fields))

        yield form


def add_school() -> School:
    school = School(slug="ashdale", name="Ashdale", phase="primary", low_year=1, high_year=6)
    db.session.add(school)
    db.session.flush()
    return school


def refuse(refusal: Exception) -> Any:
    """Return an act that writes something first and is then refused."""

    def act() -> None:
        add_school()
        raise refusal

    return act


def slugs() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(School.slug)))


def test_what_a_valid_form_asks_for_is_done_and_what_came_of_it_is_at_hand(sent: Any) -> None:
    done = sent(name="Ashdale").carry_out(add_school)

    assert done is not None
    assert done.result.name == "Ashdale"
    assert slugs() == ["ashdale"]


def test_what_came_of_it_may_be_nothing(sent: Any) -> None:
    assert sent(name="Ashdale").carry_out(lambda: None)
    assert acts.attempt(lambda: 0)


def test_nothing_is_done_while_a_field_is_wrong(sent: Any) -> None:
    form = sent(town="Ash")

    assert form.carry_out(add_school) is None
    assert form.errors == {"name": ["Enter a name."]}
    assert slugs() == []


def test_nothing_is_done_when_the_page_is_only_looked_at(app: Flask, db_session: Any) -> None:
    with app.test_request_context(method="GET"):
        form = NameForm(data={"name": "Ashdale"})

        assert form.carry_out(add_school) is None
        assert form.errors == {}
    assert slugs() == []


def test_a_button_acts_whatever_the_fields_of_its_page_hold(sent: Any) -> None:
    assert sent().attempt(add_school)
    assert slugs() == ["ashdale"]


@pytest.mark.parametrize(
    ("refusals", "shown"),
    [
        ({NameTaken: "name"}, {"name": ("Taken.",)}),
        ({NameTaken: ""}, {"": ["Taken."]}),
        ({NameTaken: "no such field"}, {"": ["Taken."]}),
        ({Unrelated: "town", NameTaken: "name"}, {"name": ("Taken.",)}),
        ({NameTakenNearby: "town", NameTaken: "name"}, {"town": ("Taken.",)}),
        ({NameTaken: "name", NameTakenNearby: "town"}, {"name": ("Taken.",)}),
        ({NameTaken: lambda refusal: "town" if refusal.args else "name"}, {"town": ("Taken.",)}),
    ],
)
def test_a_refusal_stands_where_the_first_that_fits_says(
    sent: Any, refusals: Any, shown: dict[Any, Any]
) -> None:
    form = sent(name="Ashdale")
    refusal = NameTakenNearby("Taken.")

    assert form.carry_out(refuse(refusal), refusals) is None
    assert form.errors == shown
    assert form.refusal is refusal
    assert slugs() == []


def test_a_refusal_that_knows_its_field_is_believed(sent: Any) -> None:
    form = sent(name="Ashdale")
    form.carry_out(refuse(Refused("Too far.")), {Refused: "name"})

    assert form.errors == {"town": ("Too far.",)}


def test_each_problem_of_a_refusal_stands_beside_its_own_field(sent: Any) -> None:
    form = sent(name="Ashdale")
    form.carry_out(refuse(ManyThings()), {ManyThings: "name"})

    assert form.errors == {"name": ("Too short.",), "town": ("Too far.",), "": ["Too late."]}
    assert slugs() == []


def test_what_was_not_expected_is_not_taken_for_a_refusal(sent: Any) -> None:
    with pytest.raises(Unrelated):
        sent(name="Ashdale").carry_out(refuse(Unrelated()), {NameTaken: "name"})
    with pytest.raises(Unrelated):
        acts.attempt(refuse(Unrelated()), NameTaken)
    assert slugs() == []


def test_a_button_s_refusal_is_told_on_the_page_that_follows(sent: Any) -> None:
    done = acts.attempt(refuse(NameTaken("Taken.")), NameTaken, Unrelated, level="info")

    assert done is None
    assert get_flashed_messages(with_categories=True) == [("info", "Taken.")]
    assert slugs() == []


def test_what_nobody_refuses_returns_what_came_of_it(sent: Any) -> None:
    assert acts.run(add_school).slug == "ashdale"
    assert slugs() == ["ashdale"]


@pytest.mark.parametrize(("method", "status"), [("GET", 200), ("POST", 422)])
def test_the_page_of_a_form_says_whether_it_has_to_be_put_right(
    app: Flask, db_session: Any, method: str, status: int
) -> None:
    with app.test_request_context(method=method):
        form = NameForm()
        form.carry_out(add_school)
        words, answered = form.page("people/account/reset_sent.html")

    assert answered == status
    assert "<h1" in words
