"""A large payment, or one to the treasurer's own school, waits for a second person."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from booking.domain.ledger import EntryKind, Fund
from booking.domain.ledger.rule_changes import RuleBook
from booking.domain.ledger.two_people import SpendingState, WhyTwo
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import transaction
from booking.foundation.notifications.models import Message
from booking.money.fund import jobs, queries, service
from booking.money.fund.models import Entry, LedgerRules, SpendingProposal
from booking.money.fund.service import HandEntry
from booking.people.schools.models import RoleGrant
from tests.builders import events, schools
from tests.builders.fund import make_grant

TREASURER, LEAD, AUDITOR = (f"{who}@fairplace.example" for who in ("treasurer", "lead", "auditor"))
TODAY = "2027-03-01"


@pytest.fixture
def as_somebody(app, network):
    """Provide `as_somebody(email)`: a browser that is signed in."""

    def sign_in(email):
        client = app.test_client()
        schools.sign_in(client, email)
        return client

    return sign_in


@pytest.fixture
def treasurer(as_somebody):
    make_grant(pence=100_000)
    return as_somebody(TREASURER)


def pay(client, kind="subsidy", *, form="form-1", **filled):
    facts = {"form_key": form, "entered_on": TODAY, "account": "assets:bank"}
    facts |= {"description": "Able mathematicians", "fund": "cpd", "event": ""}
    return client.post(f"/fund/entries/new/{kind}", data=facts | filled)


def spent():
    return 100_000 - queries.fund_balance(Fund.CPD)


@pytest.fixture
def proposed(treasurer, network, db_session):
    """£240.00 for a school, which waits."""
    pay(treasurer, pence="240", school=next(iter(network)))
    return db_session.scalars(select(SpendingProposal)).one()


def path(proposal, act=""):
    return f"/fund/spending/{proposal.public_id}{act}"


def mails(db_session):
    found = select(Message).where(Message.template == "spending").order_by(Message.id)
    return [(mail.recipient, mail.subject) for mail in db_session.scalars(found)]


def test_a_large_payment_is_proposed_and_the_lead_approves(
    as_somebody, treasurer, network, db_session
):
    done = pay(treasurer, pence="240", school=next(iter(network)))

    proposal = db_session.scalars(select(SpendingProposal)).one()
    assert (done.status_code, done.location) == (303, path(proposal))
    assert (proposal.why, spent()) == (WhyTwo.ABOVE, 0)
    assert mails(db_session) == [(LEAD, "Please approve or refuse: a payment of £240.00")]
    lead = as_somebody(LEAD)
    assert "Decide: Course subsidy: Able mathematicians" in lead.get("/admin/").text
    assert "Waits for a second person: Course subsidy" in treasurer.get("/fund/").text
    assert "Able mathematicians" in lead.get("/fund/decisions").text

    done = lead.post(path(proposal, "/approve"))

    assert (done.status_code, done.location, spent()) == (303, path(proposal), 24_000)
    db_session.expire_all()
    assert (proposal.state, proposal.decided_by.email) == (SpendingState.APPROVED, LEAD)
    assert proposal.made.key == "hand:subsidy:form-1"
    assert mails(db_session)[1:] == [
        (TREASURER, "Approved: a payment of £240.00"),
        (AUDITOR, "Approved: a payment of £240.00"),
    ]
    acts = select(AuditEntry.action).where(AuditEntry.subject_type == "spending_proposals")
    assert set(db_session.scalars(acts)) == {"propose_spending", "approve_spending"}
    assert "Decide:" not in lead.get("/admin/").text


def test_a_small_payment_is_recorded_at_once(treasurer, network, db_session):
    done = pay(treasurer, pence="100", school=next(iter(network)))

    assert done.location == "/fund/entries/hand:subsidy:form-1"
    assert (spent(), mails(db_session)) == (10_000, [])


def test_small_payments_to_one_school_count_together_in_a_term(treasurer, network, db_session):
    one, other = list(network)[:2]
    pay(treasurer, pence="60", school=one, form="first")

    assert pay(treasurer, pence="60", school=other, form="second").location.startswith(
        "/fund/entries"
    )
    assert pay(treasurer, pence="40.01", school=one, form="third").location.startswith(
        "/fund/spending"
    )
    # An earlier date does not get round it: it is typed in the same term.
    done = pay(treasurer, pence="40.01", school=one, form="fourth", entered_on="2026-11-02")
    assert done.location.startswith("/fund/spending")
    waiting = db_session.scalars(select(SpendingProposal)).all()
    assert [each.why for each in waiting] == [WhyTwo.TOGETHER] * 2
    assert spent() == 12_000


def test_what_concerns_no_school_counts_together_too(as_somebody, treasurer, network, db_session):
    make_grant(pence=100_000, fund=Fund.ADMIN)
    paid = [
        pay(treasurer, "admin-cost", pence="60", form="first"),
        pay(treasurer, pence="60", school=next(iter(network)), form="second"),
        pay(treasurer, "speaker", pence="40.01", form="third"),
    ]

    assert ["/spending/" in done.location for done in paid] == [False, False, True]
    proposal = db_session.scalars(select(SpendingProposal)).one()
    assert proposal.why is WhyTwo.TOGETHER
    assert "for what concerns no school" in as_somebody(LEAD).get(path(proposal)).text


def test_the_next_term_begins_anew_and_what_two_approved_or_undid_counts_no_more(
    as_somebody, treasurer, network, db_session, time_machine
):
    school = next(iter(network))
    pay(treasurer, pence="100", school=school, form="first")
    with transaction():
        service.reverse(
            actor=COMMAND,
            now=clock.now(),
            entry=queries.by_key("hand:subsidy:first"),
            reason="Entered by mistake",
        )
    assert pay(treasurer, pence="90", school=school, form="second").location.startswith(
        "/fund/entries"
    )
    pay(treasurer, pence="500", school=school, form="third")
    proposal = db_session.scalars(select(SpendingProposal)).one()
    as_somebody(LEAD).post(path(proposal, "/approve"))
    assert pay(treasurer, pence="10", school=school, form="fourth").location.startswith(
        "/fund/entries"
    )

    time_machine.move_to(clock.now() + timedelta(days=80))
    later = clock.today().isoformat()
    back = as_somebody(TREASURER)
    again = pay(back, pence="100", school=school, form="fifth", entered_on=later)

    assert again.location.startswith("/fund/entries")


def test_a_penny_to_an_own_school_takes_somebody_who_is_not_of_it(
    as_somebody, treasurer, network, db_session
):
    school = next(iter(network.values()))
    schools.grant(schools.person_of(TREASURER), Role.COORDINATOR, school=school)
    pay(treasurer, pence="0.01", school=school.slug)
    proposal = db_session.scalars(select(SpendingProposal)).one()
    assert proposal.why is WhyTwo.OWN_SCHOOL
    schools.grant(schools.person_of(LEAD), Role.HOST, school=school)

    refused = as_somebody(LEAD).post(path(proposal, "/approve"))

    assert refused.status_code == 422
    assert "This goes to a school where you hold a role" in refused.text
    other = schools.make_person(name="Dorothea Deputy", role=Role.LEAD)
    assert as_somebody(other.email).post(path(proposal, "/approve")).status_code == 303
    assert spent() == 1


def test_the_host_of_an_event_gains_what_it_costs(treasurer, network, db_session):
    school = next(iter(network.values()))
    schools.grant(schools.person_of(TREASURER), Role.HOST, school=school)
    event = events.make_event(host=school, low_year=1, fee_pence=600)

    done = pay(treasurer, "event-cost", pence="5", fund="events", event=event.slug)

    assert done.location.startswith("/fund/spending")


def test_with_nobody_else_nothing_is_proposed(treasurer, network, db_session):
    db_session.execute(delete(RoleGrant).where(RoleGrant.role == Role.LEAD))
    db_session.commit()

    refused = pay(treasurer, pence="240", school=next(iter(network)))

    assert refused.status_code == 422
    assert "Ask the network lead to invite one." in refused.text
    assert 'value="240"' in refused.text
    assert db_session.scalars(select(SpendingProposal)).all() == []


def test_the_form_sent_twice_proposes_once(treasurer, network, db_session):
    sent = [pay(treasurer, pence="240", school=next(iter(network))) for _ in range(2)]

    assert sent[0].location == sent[1].location
    assert len(db_session.scalars(select(SpendingProposal)).all()) == 1
    with transaction():
        hand = HandEntry.of_plain(db_session.scalars(select(SpendingProposal.wanted)).one())
        person = schools.actor_of(schools.person_of(TREASURER))
        same = service.enter_or_ask(actor=person, now=clock.now(), entry=hand)
    assert isinstance(same, SpendingProposal)


def test_who_proposed_it_does_not_approve_but_takes_it_back(treasurer, proposed, db_session):
    refused = treasurer.post(path(proposed, "/approve"))
    assert refused.status_code == 422
    assert "You proposed this yourself" in refused.text

    assert "Take it back" in treasurer.get(path(proposed)).text
    done = treasurer.post(path(proposed, "/withdraw"))

    assert done.status_code == 303
    db_session.expire_all()
    assert (proposed.state, spent()) == (SpendingState.WITHDRAWN, 0)
    assert mails(db_session)[-1][1] == "Taken back: a payment of £240.00"


def test_a_refusal_needs_a_reason_and_records_nothing(as_somebody, proposed, db_session):
    lead = as_somebody(LEAD)
    assert lead.post(path(proposed, "/refuse"), data={"answer": ""}).status_code == 422

    done = lead.post(path(proposed, "/refuse"), data={"answer": "It was paid by the school."})

    assert (done.status_code, spent()) == (303, 0)
    told = db_session.scalars(select(Message).where(Message.template == "spending")).all()[-1]
    assert "It was paid by the school." in told.text
    late = lead.post(path(proposed, "/approve"))
    assert (late.status_code, spent()) == (422, 0)
    assert "This has already been refused." in late.text


def test_nobody_decides_and_the_proposal_lapses(as_somebody, proposed, db_session, time_machine):
    time_machine.move_to(clock.now() + timedelta(days=14))

    late = as_somebody(LEAD).post(path(proposed, "/approve"))
    assert (late.status_code, spent()) == (422, 0)
    assert "This has waited too long." in late.text

    [job] = [each for each in jobs.jobs() if each.name == "end proposed payments"]
    assert job.run() == 1
    assert job.run() == 0
    db_session.expire_all()
    assert proposed.state is SpendingState.LAPSED
    assert (TREASURER, "Nobody decided in time: a payment of £240.00") in mails(db_session)


def test_a_higher_limit_does_not_decide_for_the_second_person(
    as_somebody, treasurer, proposed, db_session
):
    with transaction() as unit:
        unit.add(LedgerRules(id=1, alone_up_to_pence=50_000))

    assert treasurer.post(path(proposed, "/approve")).status_code == 422
    assert as_somebody(LEAD).post(path(proposed, "/approve")).status_code == 303
    assert spent() == 24_000


def test_the_fund_is_asked_again_when_it_is_approved(as_somebody, treasurer, proposed, db_session):
    with transaction():
        hand = HandEntry(
            EntryKind.SPEAKER, "x", date(2027, 3, 1), 90_000, Fund.CPD, description="Oracy"
        )
        service.enter(actor=COMMAND, now=clock.now(), entry=hand)

    refused = as_somebody(LEAD).post(path(proposed, "/approve"))

    assert refused.status_code == 422
    assert "The CPD fund holds £100.00" in refused.text
    assert db_session.scalars(select(SpendingProposal.state)).one() is SpendingState.ASKED


def test_a_year_that_closed_meanwhile_is_said_and_stays_closed(
    as_somebody, treasurer, network, db_session
):
    make_grant(pence=1, fund=Fund.ADMIN, entered_on=date(2026, 6, 1))
    pay(treasurer, pence="240", school=next(iter(network)))
    proposal = db_session.scalars(select(SpendingProposal)).one()
    with transaction() as unit:
        unit.execute(
            SpendingProposal.__table__.update().values(
                wanted={**proposal.wanted, "entered_on": "2026-08-30"}
            )
        )
        service.seal(now=clock.now())
    with transaction():
        service.close_year(actor=COMMAND, now=clock.now(), label="2025/26", accepted=True)

    refused = as_somebody(LEAD).post(path(proposal, "/approve"))

    assert (refused.status_code, spent()) == (422, 0)
    assert "closed" in refused.text


def test_a_proposer_who_left_leaves_nobody_to_decide_with(as_somebody, proposed, db_session):
    db_session.execute(
        delete(RoleGrant).where(RoleGrant.person_id == schools.person_of(TREASURER).id)
    )
    db_session.commit()
    lead = as_somebody(LEAD)

    refused = lead.post(path(proposed, "/approve"))

    assert (refused.status_code, spent()) == (422, 0)
    assert "is no longer a treasurer or lead" in refused.text
    assert lead.post(path(proposed, "/refuse"), data={"answer": "Left"}).status_code == 303


def test_a_payment_to_an_own_school_is_reversed_by_two(as_somebody, treasurer, network, db_session):
    school = next(iter(network.values()))
    pay(treasurer, pence="20", school=school.slug)
    schools.grant(schools.person_of(TREASURER), Role.COORDINATOR, school=school)

    page = treasurer.get("/fund/entries/hand:subsidy:form-1").text
    done = treasurer.post(
        "/fund/entries/hand:subsidy:form-1/reverse", data={"reason": "Entered twice"}
    )

    assert "Ask a second person" in page
    assert done.location.startswith("/fund/decisions/")
    assert db_session.scalars(select(Entry).where(Entry.reverses_id.is_not(None))).all() == []


def test_the_auditor_reads_and_does_not_decide(as_somebody, proposed):
    auditor = as_somebody(AUDITOR)

    assert "Able mathematicians" in auditor.get(path(proposed)).text
    assert auditor.post(path(proposed, "/approve")).status_code == 404


def test_the_rules_name_one_limit_for_both(as_somebody, network, db_session):
    lead = as_somebody(LEAD)

    assert "The most that one person can pay or reverse alone" in lead.get("/fund/rules").text
    assert RuleBook.LEDGER.value == "ledger_rules"
