"""The page of the audit trail: filters that an auditor asks by, and facts in words."""

from datetime import UTC, datetime

import pytest

from booking.domain.permissions import COMMAND, WORKER, Role
from booking.foundation import clock
from booking.foundation.audit import queries, words
from booking.foundation.audit import service as audit
from booking.foundation.db import transaction
from booking.people.schools.models import Person
from tests.builders import schools
from tests.page import CheckedClient


@pytest.fixture
def auditor(db_session: object) -> Person:
    return schools.make_person(name="Winifred Tan", role=Role.AUDITOR)


@pytest.fixture(autouse=True)
def _entries(auditor: Person) -> None:
    with transaction():
        audit.note(actor=schools.actor_of(auditor), action="try_door", about="trail", number=1)
        audit.note(actor=WORKER, action="purge", about="throttle counts", rows=3)
        audit.note(actor=COMMAND, action="try_door", about="trail", number=2)


def found(**wanted: object) -> int:
    return queries.page(queries.Filter(**wanted), hidden=(), number=1).total  # type: ignore[arg-type]


def test_the_trail_is_narrowed_by_who_what_and_when() -> None:
    assert found(action="try_door") == 2
    assert found(action="try_door", who="winifred") == 1
    assert found(who="Worker") == 1
    assert found(who="%") == 0
    assert found(since=clock.now()) == 0
    assert found(until=datetime(2020, 1, 1, tzinfo=UTC)) == 0


def test_the_trail_is_narrowed_by_school_and_subject() -> None:
    entry = queries.page(queries.Filter(who="worker"), hidden=(), number=1).items[0]
    assert found(about=entry.about, who="worker") == 1
    assert found(school="nowhere") == 0


def test_the_page_shows_each_filter_in_use(client: CheckedClient, auditor: Person) -> None:
    schools.sign_in(client, auditor)
    page = client.get("/admin/audit?action=try_door&from=2027-03-01&to=not-a-date&who=Tan")
    assert page.status_code == 200
    assert "From Monday 1 March 2027" in page.text
    assert "By Tan" in page.text
    assert "throttle counts" not in page.text


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (
            {"before": "invited", "after": "confirmed", "place_id": 4},
            "invited → confirmed; place: 4",
        ),
        ({"before": None, "after": "reserve", "place_id": None}, "reserve"),
        ({"amount_pence": 400, "late": False}, "amount: £4.00; late: no"),
        ({"fields": ["title", "venue"]}, "fields: title, venue"),
        ({}, "–"),
    ],
)
def test_facts_are_told_in_words(facts: dict[str, object], told: str) -> None:
    assert words.told(facts) == told
