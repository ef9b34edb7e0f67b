"""The part of a preview page that says how a table was read, and how it should be read instead."""

import io

import pytest

from booking.foundation.tables import reading
from booking.foundation.tables.carried import ContentTooOld
from booking.foundation.tables.records import NO_HEADER, NOT_NEEDED, TableChoices, TableDialect
from booking.foundation.web import table_forms
from booking.foundation.web.table_forms import TableFileForm

FACTS = (("forename", "Forename"), ("surname", "Surname"))
PEOPLE = TableDialect("people", lambda _cells: 0, "people", "Choose.", "a", "b", FACTS)
CONTENT = b"Vorname;Nachname\nAmara;Okoro"


@pytest.fixture(autouse=True)
def without_tokens(app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


def file_form(app, data, owner="school 1"):
    with app.test_request_context(method="POST", data=data):
        form = TableFileForm(owner=owner, missing="Choose the file.")
        if not form.validate_on_submit():
            return form.errors
        return form.given()


def shown(app, content=CONTENT, choices=None):
    choices = choices or TableChoices()
    table = reading.read(content, PEOPLE, choices=choices)
    with app.test_request_context():
        return table_forms.how_read(
            table,
            PEOPLE,
            content=content,
            choices=choices,
            owner="school 1",
            meanings=["", "surname"],
        )


def test_a_file_or_pasted_text_is_given_as_it_is(app):
    assert file_form(app, {"file": (io.BytesIO(CONTENT), "list.csv")}) == CONTENT
    assert file_form(app, {"pasted": "a\tb\r\n1\t2"}) == "a\tb\r\n1\t2"


def test_nothing_given_is_refused(app):
    assert file_form(app, {"pasted": " "}) == {"file": ("Choose the file.",)}


def test_what_the_page_carried_is_given_again_to_its_owner_only(app):
    content = shown(app)["content"].data

    assert file_form(app, {"content": content}) == CONTENT
    with pytest.raises(ContentTooOld):
        file_form(app, {"content": content}, owner="school 2")


def test_the_guess_stands_first_in_each_choice(app):
    form = shown(app)

    firsts = {
        field.name: next(iter(field.choices.items())) for field in form if hasattr(field, "choices")
    }
    assert firsts == {
        "encoding": ("", "As found: UTF-8"),
        "separator": ("", "As found: semicolon"),
        "header_line": ("", "As found: Line 1: Vorname · Nachname"),
        "column_0": ("", "As read: not used"),
        "column_1": ("", "As read: surname"),
    }
    assert all(field.data == "" for field in form if hasattr(field, "choices"))


def test_what_was_chosen_stays_chosen(app):
    form = shown(app, choices=TableChoices("cp1252", ";", None, 1, {0: "forename"}))

    said = {field.name: field.data for field in form if hasattr(field, "choices")}
    assert said == {
        "encoding": "cp1252",
        "separator": ";",
        "header_line": "1",
        "column_0": "forename",
        "column_1": "",
    }


@pytest.mark.parametrize(
    ("sent", "choices"),
    [
        ({}, TableChoices()),
        (
            {"encoding": "cp850", "separator": "\t", "sheet": "Old", "header_line": "3"},
            TableChoices("cp850", "\t", "Old", 3),
        ),
        ({"header_line": "-1"}, TableChoices(header_line=NO_HEADER)),
        (
            {"column_0": "forename", "column_1": NOT_NEEDED, "column_2": ""},
            TableChoices(columns={0: "forename", 1: NOT_NEEDED, 2: ""}),
        ),
        ({"header_line": "x", "column_0": "secret", "column_x": "forename"}, TableChoices()),
    ],
)
def test_choices_are_read_from_what_was_sent(sent, choices):
    assert table_forms.choices_in(sent.items(), PEOPLE) == choices
