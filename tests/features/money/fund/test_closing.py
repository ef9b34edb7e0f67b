"""An event that is over is closed: its surplus goes to the CPD fund."""

from datetime import timedelta

import pytest

from booking.days.events import service as event_service
from booking.days.events.models import EventState
from booking.domain import ledger
from booking.domain.charging import FeePart
from booking.domain.ledger import Fund
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.money.fund import ports, queries, service
from tests.builders import events, schools
from tests.builders.fund import make_cost, make_payment, make_refund

PARTS = [FeePart("materials", 500, Fund.EVENTS), FeePart("CPD fund", 100, Fund.CPD)]


@pytest.fixture
def over(network):
    """An event of last week; a family pays £5.00 for it and £1.00 for the CPD fund."""
    then = clock.now() - timedelta(days=60)
    date = events.one_date(clock.now() - timedelta(days=7))
    return events.make_event(
        host=next(iter(network.values())),
        now=then,
        dates=[date],
        low_year=1,
        fee_pence=600,
        fee_parts=PARTS,
    )


def close(event, reason=""):
    with transaction():
        return service.close_event(actor=COMMAND, now=clock.now(), event=event, reason=reason)


def test_surplus_goes_to_the_cpd_fund(over, db_session):
    make_payment(event=over)
    make_payment(event=over)
    make_cost(event=over, pence=700)

    entry = close(over)

    assert (entry.key, entry.kind) == (f"event-closed:{over.slug}", "event_closed")
    assert over.state is EventState.CLOSED
    assert queries.fund_balance(Fund.EVENTS) == 0
    assert queries.fund_balance(Fund.CPD) == 200 + 300


def test_event_that_came_out_even_needs_no_entry(over, db_session):
    make_payment(event=over)
    make_cost(event=over, pence=500)

    assert close(over) is None
    assert over.state is EventState.CLOSED


def test_deficit_needs_the_leads_reason(over, db_session):
    make_cost(event=over, pence=700)

    with pytest.raises(ledger.EntryReasonMissing, match="Give the lead's reason"):
        close(over)
    assert over.state is EventState.PUBLISHED

    close(over, reason="The coach broke down")
    assert queries.fund_balance(Fund.ADMIN) == -700
    assert queries.fund_balance(Fund.CPD) == 0


def test_event_that_is_still_to_come_is_not_closed(network, db_session):
    event = events.make_event(host=next(iter(network.values())), low_year=1, fee_pence=600)

    with pytest.raises(event_service.NotOverYet):
        close(event)


def test_closing_twice_sweeps_nothing_twice(over, db_session):
    make_payment(event=over)
    close(over)

    with pytest.raises(service.NothingLeft):
        close(over)
    assert queries.fund_balance(Fund.CPD) == 600


def test_money_that_moves_after_closing_is_swept_again(over, db_session):
    payment = make_payment(event=over)
    close(over)
    make_refund(payment=payment, pence=600)

    entry = close(over, reason="A family was given its money back late")

    assert entry.key == f"event-closed:{over.slug}:2"
    assert queries.fund_balance(Fund.EVENTS) == 0
    assert (queries.fund_balance(Fund.ADMIN), queries.fund_balance(Fund.CPD)) == (-500, 500)


def test_costs_of_a_cancelled_event_are_met_with_a_reason(network, db_session):
    event = events.make_event(host=next(iter(network.values())), low_year=1, fee_pence=600)
    make_cost(event=event, pence=300)
    events.cancel_event(event)

    close(event, reason="The hall kept the deposit")

    assert event.state is EventState.CANCELLED
    assert queries.fund_balance(Fund.ADMIN) == -300


def test_statement_shows_what_came_and_went(over, treasurer, db_session):
    payment = make_payment(event=over)
    make_payment(event=over)
    make_refund(payment=payment, pence=120)
    make_cost(event=over, pence=250, description="Puzzle boxes")

    page = treasurer.get(f"/fund/events/{over.slug}").text

    for words in ("£12.00", "£1.20", "£10.80", "Puzzle boxes", "materials", "CPD fund"):
        assert words in page
    assert queries.sums_of([over.id])[over.id].surplus_pence == 900 - 250


def test_higher_features_add_to_the_statement(over, treasurer, db_session):
    with ports.event_facts.instead(lambda event: [("Remitted", f"of {event.title}")]):
        assert "of Puzzle day" in treasurer.get(f"/fund/events/{over.slug}").text


def test_button_closes_the_event(over, treasurer, db_session):
    make_payment(event=over)
    assert "Close Puzzle day" in treasurer.get("/fund/").text

    done = treasurer.post(f"/fund/events/{over.slug}/close")

    assert (done.status_code, done.location) == (303, f"/fund/events/{over.slug}")
    assert "This event is closed" in treasurer.get(f"/fund/events/{over.slug}").text
    assert "Close Puzzle day" not in treasurer.get("/fund/").text


def test_button_asks_for_the_reason_of_a_deficit(over, treasurer, db_session):
    make_cost(event=over, pence=700)

    refused = treasurer.post(f"/fund/events/{over.slug}/close", data={"reason": ""})
    assert refused.status_code == 422
    assert "Give the reason for meeting the deficit" in refused.text

    filled = {"reason": "The coach broke down"}
    assert treasurer.post(f"/fund/events/{over.slug}/close", data=filled).status_code == 303


def test_event_to_come_has_no_button(network, treasurer, db_session):
    event = events.make_event(host=next(iter(network.values())), low_year=1, fee_pence=600)

    assert "Close the event" not in treasurer.get(f"/fund/events/{event.slug}").text
    assert treasurer.post(f"/fund/events/{event.slug}/close").status_code == 422


def test_lead_reads_but_does_not_close(over, client, db_session):
    schools.sign_in(client, "lead@fairplace.example")

    assert "Close the event" not in client.get(f"/fund/events/{over.slug}").text
    assert client.post(f"/fund/events/{over.slug}/close").status_code == 404


def test_draft_has_no_statement(network, treasurer, db_session):
    draft = events.make_event(host=next(iter(network.values())), low_year=1, published=False)

    assert treasurer.get(f"/fund/events/{draft.slug}").status_code == 404
    assert treasurer.get("/fund/events/moon-day").status_code == 404
