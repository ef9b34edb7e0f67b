"""Rules of money change by two people: one proposes, another confirms or refuses."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import payee
from booking.domain.ledger import rule_changes
from booking.domain.ledger.rule_changes import RuleBook, RuleChangeRefused, RuleChangeState
from booking.domain.permissions import Actor, Grant, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.money.fund import queries, service
from booking.money.fund.models import RuleChange
from tests.builders.schools import actor_of, as_, make_person
from tests.page import soup, words

OTHER = {"alone_up_to_pence": 2_000}


@pytest.fixture
def people(db_session):
    return {
        "lead": make_person(role=Role.LEAD, name="Lena Lead"),
        "treasurer": make_person(role=Role.TREASURER, name="Tam Treasurer"),
        "auditor": make_person(role=Role.AUDITOR, name="Aud Auditor"),
    }


def propose(person, wanted=OTHER, book=RuleBook.LEDGER, now=None):
    with transaction():
        return service.propose_rules(
            actor=actor_of(person), now=now or clock.now(), book=book, wanted=wanted
        )


def newest():
    db.session.rollback()
    return db.session.query(RuleChange).order_by(RuleChange.id.desc()).first()


def told():
    db.session.rollback()
    found = db.session.query(Message).filter_by(template="rule_change").order_by(Message.id)
    return [message.recipient for message in found]


def test_a_limit_changes_only_when_a_second_person_confirms(app, people):
    lead, treasurer = as_(app, people["lead"]), as_(app, people["treasurer"])
    assert lead.post("/fund/rules", data={"alone_up_to_pence": "20"}).status_code == 303
    page = f"/fund/rule-changes/{newest().public_id}"
    assert queries.alone_up_to_pence() == 10_000
    assert told() == [people["treasurer"].email]
    assert "Waits for a second person" in lead.get("/admin/").text
    assert "Confirm or refuse: When two people decide" in treasurer.get("/fund/").text
    assert "£100.00 £20.00" in words(soup(treasurer.get(page)).find("main"))
    lead.post(f"{page}/confirm")
    assert queries.alone_up_to_pence() == 10_000
    assert "somebody else has to confirm" in lead.get(page).text

    assert treasurer.post(f"{page}/confirm").status_code == 303

    assert queries.alone_up_to_pence() == 2_000
    assert told()[1:] == [people["lead"].email, people["auditor"].email]
    assert [
        e.action
        for e in db.session.query(AuditEntry)
        .filter(AuditEntry.action.in_(("propose_rules", "confirm_rules", "keep_ledger_rules")))
        .order_by(AuditEntry.id)
    ] == ["propose_rules", "keep_ledger_rules", "confirm_rules"]


def test_rules_for_bids_take_two_people_too(app, people):
    bid_rules = {
        "subsidy_percent": "60",
        "speaker_percent": "100",
        "bid_max_pence": "250",
        "term_max_pence": "400",
        "two_above_pence": "1000000",
        "lapse_days": "20",
    }
    treasurer = as_(app, people["treasurer"])
    assert treasurer.post("/fund/bids/rules", data=bid_rules).status_code == 303
    assert "Anything above £200.00" in as_(app, people["auditor"]).get("/fund/bids/rules").text

    as_(app, people["lead"]).post(f"/fund/rule-changes/{newest().public_id}/confirm")

    assert (
        "Anything above £1,000,000.00" in as_(app, people["auditor"]).get("/fund/bids/rules").text
    )


@pytest.mark.parametrize(("act", "by"), [("refuse", "treasurer"), ("withdraw", "lead")])
def test_refused_or_taken_back_the_rules_stay(app, people, act, by):
    change = propose(people["lead"])

    as_(app, people[by]).post(f"/fund/rule-changes/{change.public_id}/{act}")
    as_(app, people["treasurer"]).post(f"/fund/rule-changes/{change.public_id}/confirm")

    assert queries.alone_up_to_pence() == 10_000
    assert newest().state is not RuleChangeState.ASKED
    assert propose(people["lead"]).state is RuleChangeState.ASKED


def test_a_proposal_lapses_and_another_can_be_made(people):
    begun = clock.now()
    change = propose(people["lead"], now=begun)
    later = begun + rule_changes.WAITS_FOR
    assert queries.waiting_rules(later) == []
    with pytest.raises(rule_changes.NoLongerWaits), transaction():
        service.confirm_rules(actor=actor_of(people["treasurer"]), now=later, change=newest())

    again = propose(people["treasurer"], now=later)

    assert db.session.get_one(RuleChange, change.id).state is RuleChangeState.LAPSED
    assert again.state is RuleChangeState.ASKED


def test_one_proposal_at_a_time_and_none_without_a_second_person(people):
    propose(people["lead"])
    with pytest.raises(service.AlreadyAsked):
        propose(people["treasurer"], {"alone_up_to_pence": 3_000})
    with pytest.raises(service.NothingChanged):
        propose(people["lead"], {"alone_up_to_pence": 10_000}, now=clock.now() + timedelta(days=30))


def test_a_lead_alone_changes_no_rule_of_money(app, db_session):
    lead = as_(app, make_person(role=Role.LEAD))

    refused = lead.post("/fund/rules", data={"alone_up_to_pence": "20"})

    assert refused.status_code == 422
    assert "Invite a second network lead or treasurer first" in refused.text
    assert queries.alone_up_to_pence() == 10_000


@given(
    st.frozensets(st.builds(Grant, st.sampled_from(list(Role))), max_size=3),
    st.integers(1, 3),
    st.integers(1, 3),
)
def test_whoever_confirms_is_another_who_steers_the_fund(grants, person_id, asked_by_id):
    actor = Actor(person_id=person_id, grants=grants)
    may = rule_changes.may_confirm(actor, asked_by_id=asked_by_id)

    steers = any(grant.role in {Role.LEAD, Role.TREASURER} for grant in grants)
    assert may == (steers and person_id != asked_by_id)
    if not may:
        with pytest.raises(RuleChangeRefused):
            rule_changes.check_confirmer(actor, asked_by_id=asked_by_id)


def test_an_account_that_one_person_put_there_asks_nobody_for_money(app, people, monkeypatch):
    lead, treasurer = as_(app, people["lead"]), as_(app, people["treasurer"])
    by_settings = payee.of_settings(app.config)
    assert queries.payee(by_settings) == by_settings

    def agree(limit="20"):
        lead.post("/fund/rules", data={"alone_up_to_pence": limit})
        change = newest()
        treasurer.post(f"/fund/rule-changes/{change.public_id}/confirm")
        db.session.rollback()

    unconfirmed = "Let two people confirm the account that money is paid into"
    assert unconfirmed in lead.get("/admin/").text
    assert unconfirmed in treasurer.get("/fund/").text

    agree(limit="100")
    assert queries.confirmed_account() == payee.in_words(by_settings)
    assert unconfirmed not in lead.get("/admin/").text
    assert unconfirmed not in treasurer.get("/fund/").text
    assert queries.payee(by_settings) == by_settings

    monkeypatch.setitem(app.config, "PAYEE_ACCOUNT_NUMBER", "76543210")

    assert "PAYEE_NAME" in queries.payee(payee.of_settings(app.config)).missing
    said = "The server names another account than two people confirmed"
    assert said in lead.get("/fund/rules").text
    assert said in treasurer.get("/fund/").text
    assert "They read this account" not in treasurer.get("/fund/transfers/").text

    agree()
    assert said not in lead.get("/fund/rules").text
    assert queries.payee(payee.of_settings(app.config)).missing == ()
