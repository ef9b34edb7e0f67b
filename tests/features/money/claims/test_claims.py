"""A claim from the host's form to the ledger and back: decided by others, paid once, undone."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from booking.days.events.details import CostDetails
from booking.domain.claiming import CostClaimState, MoveNotAllowed, OwnClaim, OwnSchoolsClaim
from booking.domain.ledger import Fund
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.files.models import AttachedFile
from booking.foundation.notifications.models import Message
from booking.money.claims import queries, retention, soundness, year_end
from booking.money.claims import service as claim_service
from booking.money.claims.models import CostClaim, CostClaimApproval
from booking.money.fund import ports as fund_ports
from booking.money.fund import queries as fund_queries
from tests.builders import bids, claims, files
from tests.builders.events import make_event
from tests.builders.fund import make_grant
from tests.builders.schools import actor_of, make_person, make_school, make_terms, sign_in, sign_out
from tests.page import soup, words

BUDGET = (CostDetails("Materials", 6_000), CostDetails("Coach", 20_000))


@pytest.fixture
def host(db_session):
    make_terms()
    return make_school(name="Harrow Lane School")


@pytest.fixture
def event(host):
    return make_event(title="Puzzle day", host=host, cost_lines=BUDGET)


@pytest.fixture
def hostess(host):
    return make_person(name="Harriet Hale", role=Role.HOST, school=host)


@pytest.fixture
def deciders(db_session):
    make_grant(pence=50_000, fund=Fund.EVENTS)
    return bids.make_deciders()


def shown(client, address):
    return words(soup(client.get(address)))


def as_person(client, person):
    sign_out(client)
    sign_in(client, person)


def held():
    db.session.rollback()
    return fund_queries.fund_money(Fund.EVENTS)


def the_claim():
    db.session.rollback()
    return db.session.scalars(select(CostClaim)).one()


def mails():
    db.session.rollback()
    found = db.session.scalars(select(Message).where(Message.template == "claim_news"))
    return sorted((mail.subject, mail.recipient) for mail in found)


def test_a_host_claims_with_a_receipt_and_the_treasurer_decides(client, event, hostess, deciders):
    lead, treasurer = deciders
    sign_in(client, hostess)
    page = f"/host/events/{event.slug}/claims"
    typed = {"pence": "45.00", "line": "Materials", "what": "Card and glue", "payee": "Paper Ltd"}
    bare = client.post(page, data=typed)
    assert "Choose the receipt." in bare.text
    receipt = (io.BytesIO(files.pdf("Paper Ltd")), "receipt.pdf")
    sent = client.post(page, data={**typed, "receipt": receipt})
    claim = the_claim()
    here = f"/claims/{claim.public_id}"
    assert sent.location == here
    assert "Materials £60.00 £45.00 £0.00" in shown(client, page)
    assert "Receipt" in shown(client, here)
    assert "Decide" not in shown(client, here)
    about = "A claim to decide on: Puzzle day"
    assert mails() == sorted([(about, lead.email), (about, treasurer.email)])

    as_person(client, lead)
    assert "Decide on 1 claim of events’ costs" in shown(client, "/admin/")
    file = db.session.scalars(select(AttachedFile)).one()
    assert client.get(f"/files/{file.public_id}", check=False).status_code == 404
    as_person(client, treasurer)
    assert client.get(f"/files/{file.public_id}", check=False).status_code == 200
    silent = client.post(f"{here}/decide", data={"decision": "refuse", "reason": " "})
    assert "Give a reason, so that the claimant knows." in silent.text
    client.post(f"{here}/decide", data={"decision": "approve"})
    assert "Approved, to be paid" in shown(client, here)
    assert queries.promised(Fund.EVENTS) == 4_500
    assert "1 claim, £45.00" in shown(client, f"/fund/events/{event.slug}")
    assert "Pay 1 claim of events’ costs" in shown(client, "/fund/")
    assert ("Your claim is approved: Puzzle day", hostess.email) in mails()


def test_a_claim_is_paid_once_and_a_mistake_is_undone(client, event, hostess, deciders):
    _, treasurer = deciders
    claim = claims.make_claim(event, by=hostess, line="Materials", what="Card and glue")
    claims.approve(claim, by=treasurer)
    here = f"/claims/{claim.public_id}"
    sign_in(client, treasurer)
    paid = {"account": "assets:bank", "paid_on": clock.today().isoformat()}
    client.post(f"{here}/pay", data={**paid, "paid_on": "2999-01-01"})
    assert held() == 50_000
    client.post(f"{here}/pay", data=paid)
    assert held() == 45_500
    assert queries.promised(Fund.EVENTS) == 0
    entry = the_claim().entry
    assert entry is not None
    assert (entry.key, entry.description) == (
        f"claim:{claim.public_id}",
        "Materials: Card and glue",
    )
    assert fund_queries.sums_of([event.id])[event.id].cost_pence == 4_500
    again = client.post(f"{here}/pay", data={**paid, "account": "assets:cash"})
    assert "This claim is already paid" in again.text
    assert held() == 45_500
    assert ("Your claim has been paid: Puzzle day", hostess.email) in mails()

    ledger_page = shown(client, f"/fund/entries/{entry.key}")
    assert "Reverse this entry" not in ledger_page
    client.post(f"{here}/undo-payment", data={"reason": "Another claim was paid."})
    assert held() == 50_000
    assert the_claim().state is CostClaimState.APPROVED
    client.post(f"{here}/pay", data={**paid, "account": "assets:bank"})
    assert held() == 45_500
    assert list(soundness.problems()) == []


def test_above_the_limit_two_decide_and_nobody_for_their_own(event, hostess, deciders):
    lead, treasurer = deciders
    claim = claims.make_claim(event, by=hostess, pence=10_001)
    claims.approve(claim, by=treasurer)
    assert the_claim().state is CostClaimState.APPROVED_ONCE
    with pytest.raises(ValueError, match="You have approved this claim"):
        claims.approve(claim, by=treasurer)
    with pytest.raises(MoveNotAllowed):
        claims.pay(claim, by=treasurer)
    claims.approve(claim, by=lead)
    assert the_claim().state is CostClaimState.APPROVED

    own = claims.make_claim(event, by=lead, what="Snacks")
    with pytest.raises(OwnClaim):
        claims.approve(own, by=lead)
    with pytest.raises(OwnSchoolsClaim):
        claims.approve(own, by=hostess)
    claims.approve(own, by=treasurer)
    theirs = claims.make_claim(event, by=treasurer, what="Stamps")
    claims.approve(theirs, by=lead)
    with pytest.raises(OwnClaim):
        claims.pay(theirs, by=treasurer)


def test_more_is_asked_for_and_sent_and_what_was_approved_no_longer_counts(
    client, event, hostess, deciders
):
    _, treasurer = deciders
    claim = claims.make_claim(event, by=hostess)
    claims.approve(claim, by=treasurer)
    claims.send_back(claim, by=treasurer)
    assert queries.promised(Fund.EVENTS) == 0
    sign_in(client, hostess)
    assert "Add to your claim: Card The receipt is cut off." in shown(client, "/host/")
    here = f"/claims/{claim.public_id}"
    assert "Add or change files" in shown(client, here)
    wrong = client.post(
        f"{here}/change", data={"pence": "0", "line": "Ghost", "what": "Card", "payee": "Me"}
    )
    assert "Enter what it cost, more than nothing." in wrong.text
    assert "Choose a line of the event’s budget." in wrong.text
    typed = {"pence": "40.00", "line": "Coach", "what": "Card", "payee": "Paper Ltd"}
    client.post(f"{here}/change", data=typed)
    found = the_claim()
    assert (found.state, found.pence, found.approvals) == (CostClaimState.CLAIMED, 4_000, [])
    client.post(f"{here}/withdraw")
    assert the_claim().state is CostClaimState.WITHDRAWN
    with pytest.raises(MoveNotAllowed):
        claims.approve(claim, by=treasurer)


def test_a_late_claim_is_a_point_of_the_year_and_old_ones_go_with_their_receipts(
    event, hostess, deciders
):
    _, treasurer = deciders
    claim = claims.make_claim(event, by=hostess)
    today = clock.today()
    [point] = year_end.points(today, today)
    assert point.problem == "1 claim is not paid. Once the year is closed, they count for the next."
    with transaction():
        claim_service.refuse(
            actor=actor_of(treasurer), now=clock.now(), claim=claim, reason="Not the event’s."
        )
    [point] = year_end.points(today, today)
    assert point.is_fine
    receipts, rows = retention.rules()
    later = clock.now() + timedelta(days=90) - timedelta(minutes=1)
    assert (receipts.overdue(later), rows.overdue(later)) == (0, 0)
    later += timedelta(days=90)
    assert (receipts.overdue(later), rows.overdue(later)) == (1, 1)
    with transaction():
        receipts.purge(later, 500)
        rows.purge(later, 500)
    assert db.session.scalars(select(CostClaim)).all() == []
    assert db.session.scalars(select(AttachedFile)).all() == []


def test_the_doctor_finds_a_payment_without_its_entry_and_an_approval_of_ones_own(
    event, hostess, deciders
):
    _, treasurer = deciders
    claim = claims.make_claim(event, by=hostess)
    claims.approve(claim, by=treasurer)
    claims.pay(claim, by=treasurer)
    with transaction():
        db.session.execute(delete(CostClaimApproval))
        db.session.add(CostClaimApproval(claim_id=claim.id, person_id=hostess.id))
        db.session.get_one(CostClaim, claim.id).pence = 1
    found = list(soundness.problems())
    assert [text.partition(", but")[0] for text in found] == [
        f"claim {claim.public_id} was paid £0.01",
        f"claim {claim.public_id} was approved by the person who made it",
    ]
    assert fund_ports.promised(Fund.EVENTS)
