"""A large mistake is undone, and a deficit covered, only if a second person agrees."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from booking.days.events.models import EventState
from booking.days.events.service import NotOverYet
from booking.domain import ledger
from booking.domain.ledger import DecisionState, Fund
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.notifications.models import Message
from booking.money.fund import queries, service
from booking.money.fund.models import Decision, Entry, RuleChange
from tests.builders import events, schools
from tests.builders.fund import ask_reversal, make_cost, make_grant, make_payment

TREASURER, LEAD, AUDITOR = (f"{who}@fairplace.example" for who in ("treasurer", "lead", "auditor"))
REASON = {"reason": "Entered twice"}


@pytest.fixture
def as_somebody(app, network):
    """Provide `as_somebody(email)`: a browser that is signed in."""

    def sign_in(email):
        client = app.test_client()
        schools.sign_in(client, email)
        return client

    return sign_in


@pytest.fixture
def grant(network):
    """A grant of £500.00, more than one person may reverse alone."""
    return make_grant(pence=50_000)


@pytest.fixture
def asked(grant):
    return ask_reversal(TREASURER, grant)


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_treasurer_reverses_a_small_entry_alone(as_somebody, db_session):
    make_grant(pence=ledger.ALONE_UP_TO_PENCE)

    done = as_somebody(TREASURER).post("/fund/entries/grant:1/reverse", data=REASON)

    assert done.location == "/fund/entries/reversal:grant:1"
    assert count(db_session, Decision) == 0


def test_a_penny_more_takes_a_second_person(as_somebody, db_session):
    make_grant(pence=ledger.ALONE_UP_TO_PENCE + 1)

    page = as_somebody(TREASURER).get("/fund/entries/grant:1").text
    done = as_somebody(TREASURER).post("/fund/entries/grant:1/reverse", data=REASON)

    assert "Ask a second person" in page
    waiting = db_session.scalars(select(Decision)).one()
    assert (done.status_code, done.location) == (303, f"/fund/decisions/{waiting.public_id}")
    assert (waiting.pence, waiting.reason) == (ledger.ALONE_UP_TO_PENCE + 1, "Entered twice")
    assert count(db_session, Entry) == 1


def test_lead_is_told_and_approves_and_the_treasurer_is_told(as_somebody, grant, db_session):
    as_somebody(TREASURER).post("/fund/entries/grant:1/reverse", data=REASON)
    asked = db_session.scalars(select(Decision)).one()
    mail = db_session.scalars(select(Message).where(Message.template == "decision_asked")).one()
    assert mail.recipient == LEAD
    assert mail.subject == "Please decide: £500.00 in the fund"

    lead = as_somebody(LEAD)
    assert "Decide: Grant of the Rotary Club" in lead.get("/admin/").text
    assert "Approve" in lead.get(f"/fund/decisions/{asked.public_id}").text
    done = lead.post(f"/fund/decisions/{asked.public_id}/approve")

    assert (done.status_code, done.location) == (303, f"/fund/decisions/{asked.public_id}")
    db_session.expire_all()
    assert (asked.state, asked.decided_by.email) == (DecisionState.APPROVED, LEAD)
    assert asked.made.key == "reversal:grant:1"
    assert asked.made.reason == "Entered twice"
    assert queries.fund_balance(Fund.CPD) == 0
    told = db_session.scalars(select(Message).where(Message.template == "decision_made")).one()
    assert (told.recipient, told.subject) == (TREASURER, "Approved: £500.00 in the fund")
    assert "Decide:" not in lead.get("/admin/").text


def test_refusal_posts_nothing_and_says_why(as_somebody, asked, db_session):
    lead = as_somebody(LEAD)
    answer = {"answer": "The grant was right; the other one was not."}

    done = lead.post(f"/fund/decisions/{asked.public_id}/refuse", data=answer)

    assert done.status_code == 303
    assert count(db_session, Entry) == 1
    assert "The grant was right" in lead.get(f"/fund/decisions/{asked.public_id}").text
    told = db_session.scalars(select(Message).where(Message.template == "decision_made")).one()
    assert told.subject == "Refused: £500.00 in the fund"
    assert "The grant was right" in told.text


def test_refusal_without_a_reason_is_asked_for_one(as_somebody, asked, db_session):
    refused = as_somebody(LEAD).post(f"/fund/decisions/{asked.public_id}/refuse", data={})

    assert refused.status_code == 422
    assert "Give a reason, so that the person who asked knows what to do next." in refused.text
    assert db_session.scalars(select(Decision.state)).one() is DecisionState.ASKED


def test_whoever_asked_does_not_decide(as_somebody, asked, db_session):
    treasurer = as_somebody(TREASURER)

    assert "Somebody else will decide" in treasurer.get(f"/fund/decisions/{asked.public_id}").text
    refused = treasurer.post(f"/fund/decisions/{asked.public_id}/approve")

    assert refused.status_code == 422
    assert "You asked for this yourself, so somebody else has to decide." in refused.text
    assert count(db_session, Entry) == 1


def test_another_treasurer_may_be_the_second_person(as_somebody, asked, db_session):
    deputy = schools.make_person(name="Dorothea Deputy", role=Role.TREASURER)

    done = as_somebody(deputy.email).post(f"/fund/decisions/{asked.public_id}/approve")

    assert done.status_code == 303
    assert queries.fund_balance(Fund.CPD) == 0


def test_auditor_reads_but_does_not_decide(as_somebody, asked, db_session):
    auditor = as_somebody(AUDITOR)

    page = auditor.get(f"/fund/decisions/{asked.public_id}").text
    assert "Entered twice" in page
    assert "Approve" not in page
    assert auditor.post(f"/fund/decisions/{asked.public_id}/approve").status_code == 404


def test_second_answer_is_told_who_was_quicker(as_somebody, asked, db_session):
    lead = as_somebody(LEAD)
    lead.post(f"/fund/decisions/{asked.public_id}/approve")

    late = lead.post(f"/fund/decisions/{asked.public_id}/refuse", data={"answer": "No"})

    assert late.status_code == 422
    assert "has already approved this" in late.text
    assert count(db_session, Entry) == 2


def test_the_same_reversal_is_not_asked_twice(as_somebody, asked, db_session):
    treasurer = as_somebody(TREASURER)

    assert "It is waiting for a second person" in treasurer.get("/fund/entries/grant:1").text
    refused = treasurer.post("/fund/entries/grant:1/reverse", data=REASON)

    assert refused.status_code == 422
    assert "it is waiting for a decision" in refused.text
    assert count(db_session, Decision) == 1


def test_it_can_be_asked_again_after_a_refusal(as_somebody, asked, db_session):
    as_somebody(LEAD).post(f"/fund/decisions/{asked.public_id}/refuse", data={"answer": "No"})

    done = as_somebody(TREASURER).post("/fund/entries/grant:1/reverse", data=REASON)

    assert done.status_code == 303
    assert count(db_session, Decision) == 2


def test_entry_that_was_reversed_meanwhile_is_not_reversed_again(as_somebody, asked, db_session):
    with transaction():
        service.reverse(actor=COMMAND, now=clock.now(), entry=asked.entry, reason="By command")

    refused = as_somebody(LEAD).post(f"/fund/decisions/{asked.public_id}/approve")

    assert refused.status_code == 422
    assert "This entry has already been reversed." in refused.text
    assert db_session.scalars(select(Decision.state)).one() is DecisionState.ASKED


def test_network_with_one_officer_is_told_to_find_a_second(network, grant, db_session):
    lead = schools.person_of(LEAD)
    with transaction():
        lead.disabled_at = clock.now()

    with pytest.raises(service.NobodyToDecide, match="give a second person the post"):
        ask_reversal(TREASURER, grant)
    assert count(db_session, Decision) == 0


def test_lead_proposes_the_amount_and_the_treasurer_confirms(as_somebody, db_session):
    lead = as_somebody(LEAD)

    done = lead.post("/fund/rules", data={"alone_up_to_pence": "20"})

    assert done.status_code == 303
    page = f"/fund/rule-changes/{db_session.query(RuleChange).one().public_id}"
    as_somebody(TREASURER).post(f"{page}/confirm")
    assert queries.alone_up_to_pence() == 2_000
    assert "£20.00" in as_somebody(AUDITOR).get("/fund/rules").text
    assert as_somebody(TREASURER).post("/fund/rules", data={}).status_code == 404


def test_amount_that_is_none_is_refused(as_somebody, db_session):
    refused = as_somebody(LEAD).post("/fund/rules", data={"alone_up_to_pence": "much"})

    assert refused.status_code == 422
    assert "Enter pounds and pence, like 6 or 6.50." in refused.text
    assert queries.alone_up_to_pence() == ledger.ALONE_UP_TO_PENCE


def test_database_knows_that_nobody_decides_for_themselves(asked, db_session):
    by_oneself = update(Decision).values(
        state=DecisionState.APPROVED, decided_at=clock.now(), decided_by_id=Decision.asked_by_id
    )
    with pytest.raises(IntegrityError), transaction():
        db_session.execute(by_oneself)


def test_list_is_paged_and_asks_as_much_for_three_as_for_one(
    as_somebody, asked, count_queries, db_session
):
    auditor = as_somebody(AUDITOR)
    auditor.get("/fund/decisions")
    with count_queries() as one:
        auditor.get("/fund/decisions")
    for _ in range(2):
        ask_reversal(TREASURER, make_grant(pence=90_000))
    with count_queries() as three:
        page = auditor.get("/fund/decisions").text

    assert len(three) == len(one)
    assert page.count("Grant of the Rotary Club") == 3


def test_list_says_what_will_stand_there(as_somebody, db_session):
    assert "No requests yet" in as_somebody(AUDITOR).get("/fund/decisions").text


class TestDeficit:
    """An event's deficit is covered when the lead decides so."""

    @pytest.fixture
    def over(self, network):
        then = clock.now() - timedelta(days=60)
        date = events.one_date(clock.now() - timedelta(days=7))
        event = events.make_event(
            host=next(iter(network.values())), now=then, dates=[date], low_year=1, fee_pence=600
        )
        make_cost(event=event, pence=1_300)
        return event

    @pytest.fixture
    def waiting(self, over, as_somebody, db_session):
        asked = {"reason": "The coach broke down"}
        as_somebody(TREASURER).post(f"/fund/events/{over.slug}/close", data=asked)
        return db_session.scalars(select(Decision)).one()

    def test_treasurer_asks_and_the_event_stays_open(self, over, waiting, as_somebody):
        page = as_somebody(TREASURER).get(f"/fund/events/{over.slug}").text

        assert over.state is EventState.PUBLISHED
        assert "The network lead has yet to decide about the deficit" in page
        assert (waiting.pence, waiting.entry_id) == (1_300, None)

    def test_lead_decides_and_the_event_is_closed(self, over, waiting, as_somebody, db_session):
        done = as_somebody(LEAD).post(f"/fund/decisions/{waiting.public_id}/approve")

        assert done.status_code == 303
        db_session.expire_all()
        assert over.state is EventState.CLOSED
        assert queries.fund_balance(Fund.ADMIN) == -1_300
        assert waiting.made.reason == "The coach broke down"
        assert waiting.made.made_by.email == LEAD

    def test_another_treasurer_does_not_decide_a_deficit(self, waiting, as_somebody, db_session):
        deputy = schools.make_person(name="Dorothea Deputy", role=Role.TREASURER)

        refused = as_somebody(deputy.email).post(f"/fund/decisions/{waiting.public_id}/approve")

        assert refused.status_code == 422
        assert "The network lead decides this." in refused.text
        assert queries.fund_balance(Fund.ADMIN) == 0

    def test_deficit_that_has_changed_is_asked_anew(self, over, waiting, as_somebody, db_session):
        make_payment(event=over)

        refused = as_somebody(LEAD).post(f"/fund/decisions/{waiting.public_id}/approve")

        assert refused.status_code == 422
        assert "The deficit was £13.00 at the time of the request and is now £7.00." in refused.text
        assert over.state is EventState.PUBLISHED

    def test_lead_who_keeps_the_books_decides_at_once(self, over, db_session):
        both = schools.make_person(name="Berta Both", role=Role.LEAD)

        with transaction():
            made = service.close_or_ask(
                actor=schools.actor_of(both), now=clock.now(), event=over, reason="The coach"
            )

        assert isinstance(made, Entry)

    def test_event_to_come_has_no_deficit_to_ask_about(self, network, db_session):
        event = events.make_event(host=next(iter(network.values())), low_year=1, fee_pence=600)
        make_cost(event=event, pence=1_300)

        with pytest.raises(NotOverYet), transaction():
            service.close_or_ask(
                actor=schools.actor_of(schools.person_of(TREASURER)),
                now=clock.now(),
                event=event,
                reason="The coach",
            )
        assert count(db_session, Decision) == 0
