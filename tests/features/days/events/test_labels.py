"""A field of an event is called the same wherever it is shown."""

import re

import pytest
from wtforms import HiddenField

from booking.days.events import labels
from booking.days.events.forms import EventForm, EventRulesForm, PublishForm
from tests.house import tree

#: Not a field, but it has a label: the two year groups together.
TOGETHER = {"years"}
#: Rules of the network that no event has.
OF_NETWORK = {"lead_looks"}
#: Labels that are used for other things too, which only look like the field's.
COMMON = {"Title", "Theme", "Places", "When", "Where", "For", "Address", "Budget"}
#: Meetings have hosts as well.
ELSEWHERE = ("templates/network/", "booking/network/", "booking/days/events/labels.py")
#: A label written beside the field itself: ("Good to know", event.practicalities).
BESIDE = re.compile(
    r"""(?:\(["'](?P<said>[^"']+)["'],\s*|<dt>(?P<term>[^<{]+)</dt>\s*<dd>\s*{{\s*)"""
    r"""(?:\w+\.)?event\.(?P<field>\w+)\b"""
)


def test_every_label_is_one_field_s_and_every_field_has_one(app):
    with app.test_request_context():
        fields = {name: field.label.text for name, field in EventForm()._fields.items()}
    fields.pop("csrf_token", None)

    assert fields == {
        name: labels.of(name) for name in labels.TABLE if name not in TOGETHER | OF_NETWORK
    }
    assert len(set(fields.values())) == len(fields)


@pytest.mark.parametrize("form", [EventRulesForm, PublishForm])
def test_the_network_s_rules_and_publication_ask_by_the_same_labels(app, form):
    with app.test_request_context():
        asked = (field for field in form() if not isinstance(field, HiddenField))
        fields = {field.name: field.label.text for field in asked}

    assert fields == {name: labels.of(name) for name in fields}


def texts():
    """Return what is written in code, and in pages and mail."""
    files = {source.path: source.text for source in tree.under("booking/")}
    files |= tree.templates(".html", ".txt", ".typ")
    return {path: text for path, text in files.items() if not path.startswith(ELSEWHERE)}


def test_no_label_is_written_a_second_time():
    distinct = {label.text for label in labels.TABLE.values()} - COMMON
    again = re.compile(rf"""["'>\[]({"|".join(map(re.escape, distinct))})(?=["'<:\]])""")

    by_hand = [f"{path}: {said}" for path, text in texts().items() for said in again.findall(text)]

    assert by_hand == []


def test_no_field_is_shown_under_another_name():
    named_by_hand = [
        f"{path}: {found[0]}"
        for path, text in texts().items()
        for found in BESIDE.finditer(text)
        if found["field"] in labels.TABLE and found["said"] != "Event"  # its title stands for it
    ]

    assert named_by_hand == []


@pytest.mark.parametrize(
    "written",
    ['("Good to know", event.practicalities)', "<dt>Venue</dt><dd>{{ event.venue or none }}</dd>"],
)
def test_a_label_written_by_hand_is_found(written):
    assert BESIDE.search(written)["field"] in labels.TABLE
