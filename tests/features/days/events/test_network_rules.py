"""The rules that new events start with: kept by the lead, and changed for each event."""

import pytest
from sqlalchemy import func, select

from booking.days.events import queries, service
from booking.days.events.models import NetworkRules
from booking.domain.allocation.claims import Basis
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from tests import page
from tests.builders import events, schools

pytestmark = pytest.mark.usefixtures("db_session")
RULES = {
    "basis": "season",
    "guarantee": "1",
    "cap_per_school": "8",
    "reply_days": "7",
    "offer_days": "3",
}


@pytest.fixture
def lead(client):
    """Sign the network lead in."""
    schools.sign_in(client, schools.make_person(role=Role.LEAD))
    return client


def keep(**rules):
    with transaction():
        return service.keep_network_rules(
            actor=COMMAND, now=clock.now(), details=service.RuleDetails(**rules)
        )


def problems_of(**rules):
    with pytest.raises(service.EventRefused) as refused:
        keep(**rules)
    return {problem.field: problem.words for problem in refused.value.problems}


def value(response, name):
    """Return what a form holds in a field."""
    return page.soup(response).find(attrs={"name": name})["value"]


def test_until_the_lead_says_otherwise_an_event_starts_with_equal_shares():
    assert queries.network_rules() == service.RuleDetails()
    assert queries.network_rules().basis is Basis.EQUAL_SHARES


def test_the_lead_keeps_the_rules_and_a_new_event_starts_with_them(lead):
    schools.make_school()
    response = lead.post("/admin/rules", data=RULES)
    assert (response.status_code, response.location) == (303, "/admin/rules")

    form = lead.get("/host/events/new")

    assert [value(form, name) for name in ("guarantee", "cap_per_school")] == ["1", "8"]
    assert [value(form, name) for name in ("reply_days", "offer_days")] == ["7", "3"]
    chosen = page.soup(form).find("input", attrs={"name": "basis", "checked": True})
    assert chosen["value"] == "season"


def test_a_change_replaces_the_one_row_and_leaves_written_events_alone():
    event = events.make_event()
    keep(guarantee=1)
    keep(guarantee=2)

    assert db.session.scalar(select(func.count()).select_from(NetworkRules)) == 1
    assert queries.network_rules().guarantee == 2
    assert event.guarantee == 0


def test_rules_that_no_event_could_follow_are_refused():
    assert problems_of(guarantee=3, cap_per_school=2) == {
        "guarantee": "No school may have more than 2, so guarantee no more."
    }
    assert problems_of(guarantee=-1) == {"guarantee": "Enter 0 or more."}
    assert problems_of(guarantee=2001) == {"guarantee": "Guarantee at most 2,000 places."}
    assert set(problems_of(cap_per_school=0)) == {"cap_per_school"}
    assert set(problems_of(reply_days=0, offer_days=21)) == {"reply_days", "offer_days"}
    assert set(problems_of(basis=Basis.FIRST_COME)) == {"basis"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"guarantee": "9"}, "No school may have more than 8, so guarantee no more."),
        ({"guarantee": ""}, "Enter a number; 0 for no guarantee."),
    ],
)
def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(lead, wrong, said):
    response = lead.post("/admin/rules", data=RULES | wrong)

    assert response.status_code == 422
    assert said in response.text
    assert value(response, "reply_days") == "7"
    assert queries.network_rules() == service.RuleDetails()


def test_the_auditor_reads_the_rules_and_changes_nothing(client):
    schools.sign_in(client, schools.make_person(role=Role.AUDITOR))

    shown = client.get("/admin/rules")

    assert "Equal shares" in shown.text
    assert page.soup(shown).find("main").find("form") is None
