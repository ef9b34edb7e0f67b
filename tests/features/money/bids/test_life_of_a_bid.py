"""From the application to the entry in the ledger, and every end before that."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from booking.domain import bidding
from booking.domain.bidding import BidKind, BidState, receipts
from booking.domain.ledger import Fund, accounts
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.append_only import ChangeOfHistory
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.money.bids import queries, service
from booking.money.bids.models import Bid, BidApproval, BidPromise, BidReceipt
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.models import Entry
from tests.builders import bids, schools
from tests.builders.stored import mails


def fresh(bid):
    db.session.rollback()
    return db.session.get_one(Bid, bid.id)


def money():
    db.session.rollback()
    found = queries.cpd_money()
    return found.held_pence, found.promised_pence


def actions():
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def refused(act, *errors):
    """Return the words of a refusal, after which no more is promised than before."""
    before = money()
    with pytest.raises(errors) as caught:
        act()
    assert money() == before
    return str(caught.value)


def test_a_bid_is_applied_for_approved_claimed_and_spent(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    assert (fresh(bid).state, money()) == (BidState.APPLIED, (50_000, 0))

    bids.approve(bid, cast.lead)
    assert (fresh(bid).state, money()) == (BidState.APPROVED, (50_000, 6_000))

    bids.claim(bid)
    assert (fresh(bid).state, money()) == (BidState.CLAIMED, (50_000, 6_000))

    bids.pay(bid, by=cast.treasurer)
    found = fresh(bid)
    assert (found.state, money()) == (BidState.SPENT, (44_000, 0))
    assert found.entry.key == f"bid:{bid.public_id}"
    assert found.entry.school == "brackenholt"
    assert found.entry.description == "Reasoning in mathematics"
    assert {(line.account, line.fund, line.pence) for line in found.entry.lines} == {
        (accounts.COURSE_SUBSIDIES, Fund.CPD, 6_000),
        (accounts.BANK, Fund.CPD, -6_000),
    }


def test_a_speaker_is_paid_from_the_account_of_speakers(cast):
    bid = bids.make_bid(
        school=cast.school, applicant=cast.coordinator, kind=BidKind.SPEAKER, asked_pence=12_000
    )
    bids.approve(bid, cast.lead)
    bids.claim(bid)
    bids.pay(bid, by=cast.treasurer)

    lines = {(line.account, line.pence) for line in fresh(bid).entry.lines}
    assert lines == {(accounts.SPEAKERS, 12_000), (accounts.BANK, -12_000)}
    assert fresh(bid).entry.school == "brackenholt"


def test_each_step_is_in_the_audit_trail_and_told_to_whom_it_concerns(cast):
    before = len(actions())
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    bids.claim(bid)
    bids.pay(bid, by=cast.treasurer)

    assert actions()[before:] == [
        "apply_for_cpd_money",
        "approve_bid",
        "claim_bid",
        "post_entry",
        "pay_bid",
    ]
    deciders = {cast.lead.email, cast.treasurer.email}
    assert {mail.recipient for mail in mails("bid_to_decide")} == deciders
    assert [mail.recipient for mail in mails("bid_to_pay")] == [cast.treasurer.email]
    news = mails("bid_news")
    assert [mail.recipient for mail in news] == [cast.coordinator.email] * 2
    subjects = [mail.subject.split(":")[0] for mail in news]
    assert subjects == ["Your bid has been approved", "Your claim has been paid"]
    assert f"/cpd/bids/{bid.public_id}" in news[0].text


def test_a_smaller_claim_gives_the_rest_back(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)

    bids.claim(bid, pence=4_500, paid_pence=9_000)

    assert money() == (50_000, 4_500)
    bids.pay(bid, by=cast.treasurer)
    assert money() == (45_500, 0)


def test_less_than_asked_may_be_approved(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)

    bids.approve(bid, cast.lead, pence=4_000)

    assert money() == (50_000, 4_000)
    assert "You asked for £60.00" in mails("bid_news")[0].text


def test_above_the_limit_two_different_people_approve(cast):
    bids.keep_rules(two_above_pence=5_000)
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)

    bids.approve(bid, cast.lead)
    assert (fresh(bid).state, money()) == (BidState.APPROVED_ONCE, (50_000, 0))
    second = mails("bid_to_decide")[-1]
    assert second.recipient == cast.treasurer.email
    assert second.subject.startswith("A second approval is needed")

    said = refused(lambda: bids.approve(bid, cast.lead), bidding.deciding.ApprovedBefore)
    assert said.startswith("You have approved this bid. A second person must approve it too")

    bids.approve(bid, cast.treasurer, pence=1)
    assert (fresh(bid).state, money()) == (BidState.APPROVED, (50_000, 6_000))
    assert [a.person_id for a in fresh(bid).approvals] == [cast.lead.id, cast.treasurer.id]


def test_at_the_limit_one_person_is_enough(cast):
    bids.keep_rules(two_above_pence=6_000)
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)

    assert bids.approve(bid, cast.lead).state is BidState.APPROVED


def test_nobody_decides_on_an_own_bid_or_one_for_the_own_school(cast):
    schools.grant(cast.lead, Role.COORDINATOR, cast.school)
    own = bids.make_bid(school=cast.school, applicant=cast.lead)
    theirs = bids.make_bid(school=cast.school, applicant=cast.coordinator)

    assert "You made this bid" in refused(lambda: bids.approve(own, cast.lead), bidding.OwnBid)
    assert "a school where you hold a role" in refused(
        lambda: bids.approve(theirs, cast.lead), bidding.OwnSchool
    )
    for bid in (own, theirs):
        with pytest.raises(ValueError, match="decides on"), transaction():
            service.refuse(actor=schools.actor_of(cast.lead), now=clock.now(), bid=bid, reason="No")
    assert bids.approve(own, cast.treasurer).state is BidState.APPROVED


def test_a_refusal_gives_its_reason_to_the_applicant(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)

    with transaction():
        service.refuse(
            actor=schools.actor_of(cast.lead),
            now=clock.now(),
            bid=bid,
            reason="Three schools did this course last term.",
        )

    assert fresh(bid).state is BidState.REFUSED
    assert "Three schools did this course" in mails("bid_news")[0].text


def test_a_refusal_needs_a_reason(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)

    def refuse():
        with transaction():
            service.refuse(actor=schools.actor_of(cast.lead), now=clock.now(), bid=bid, reason=" ")

    assert refused(refuse, service.ReasonMissing) == (
        "Give a reason, so that the school knows what to do next time."
    )


def test_more_than_is_there_is_not_promised(cast):
    bids.keep_rules(bid_max_pence=60_000, term_max_pence=90_000, two_above_pence=90_000)
    first = bids.make_bid(
        school=cast.school, applicant=cast.coordinator, cost_pence=80_000, asked_pence=40_000
    )
    second = bids.make_bid(
        school=cast.school, applicant=cast.coordinator, cost_pence=40_000, asked_pence=20_000
    )
    bids.approve(first, cast.lead)

    said = refused(lambda: bids.approve(second, cast.lead), service.NotEnoughToPromise)

    assert said.startswith("The CPD fund has £100.00 available: it holds £500.00, and £400.00")
    assert fresh(second).state is BidState.APPLIED
    bids.approve(second, cast.lead, pence=10_000)
    assert money() == (50_000, 50_000)


def test_the_treasurer_cannot_spend_promised_money_by_hand(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    hand = fund.HandEntry(
        fund.KINDS[1], "form-1", clock.today(), 44_001, Fund.CPD, description="A speaker"
    )
    assert hand.kind.value == "speaker"

    def spend():
        with transaction():
            fund.enter(actor=schools.actor_of(cast.treasurer), now=clock.now(), entry=hand)

    assert refused(spend, fund.NotEnoughMoney) == (
        "The CPD fund holds £500.00, of which £60.00 is promised. It cannot pay £440.01. "
        "Pay less, or wait until more has come in."
    )


def test_the_ceiling_of_a_school_counts_the_term_in_which_it_takes_place(cast):
    bids.keep_rules(bid_max_pence=6_000, term_max_pence=10_000)
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)

    with pytest.raises(service.BidRefused, match=r"ask for £40\.00 or less"):
        bids.make_bid(school=cast.school, applicant=cast.coordinator)
    next_term = clock.today() + timedelta(days=90)
    bids.make_bid(school=cast.school, applicant=cast.coordinator, takes_place_on=next_term)
    other = schools.make_school()
    bids.make_bid(school=other)


def test_the_ceiling_is_looked_at_again_when_the_bid_is_decided_on(cast):
    bids.keep_rules(bid_max_pence=6_000, term_max_pence=10_000)
    two = [bids.make_bid(school=cast.school, applicant=cast.coordinator) for _ in range(2)]
    bids.approve(two[0], cast.lead)

    assert "ask for £40.00 or less" in refused(
        lambda: bids.approve(two[1], cast.lead), service.BidRefused
    )
    assert bids.approve(two[1], cast.lead, pence=4_000).state is BidState.APPROVED


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"asked_pence": 6_001}, "asked_pence", "at most 50% of the cost: £60.00 of £120.00"),
        ({"cost_pence": 80_000, "asked_pence": 30_001}, "asked_pence", "£300.00 for one bid"),
        ({"cost_pence": 0}, "cost_pence", "Enter the total cost"),
        ({"asked_pence": 0}, "asked_pence", "Enter the amount that you are asking for"),
        ({"takes_place_on": clock.date(2027, 2, 26)}, "takes_place_on", "This date has passed"),
        ({"takes_place_on": clock.date(2029, 1, 1)}, "takes_place_on", "a date no later than"),
    ],
)
def test_what_the_rules_do_not_allow_is_refused_beside_its_field(cast, changes, field, words):
    with pytest.raises(service.BidRefused) as caught:
        bids.make_bid(school=cast.school, applicant=cast.coordinator, **changes)

    assert [problem.field for problem in caught.value.problems] == [field]
    assert words in str(caught.value)
    assert db.session.scalar(select(func.count()).select_from(Bid)) == 0


def test_a_host_bids_for_a_course_and_leaves_speakers_to_the_coordinator(cast):
    host = schools.make_person(role=Role.HOST, school=cast.school)

    assert bids.make_bid(school=cast.school, applicant=host).state is BidState.APPLIED
    with pytest.raises(service.BidRefused, match="Only coordinators can propose speakers"):
        bids.make_bid(school=cast.school, applicant=host, kind=BidKind.SPEAKER)


def test_nobody_bids_for_another_school(cast):
    with pytest.raises(service.BidRefused, match="Choose one of your own schools"):
        bids.make_bid(school=schools.make_school(), applicant=cast.coordinator)


def test_a_claim_is_no_more_than_was_promised_and_no_more_than_the_share(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)

    assert "£60.00 is promised for this bid" in refused(
        lambda: bids.claim(bid, pence=6_001), service.BidRefused
    )
    assert "at most 50% of what it cost: £45.00" in refused(
        lambda: bids.claim(bid, pence=6_000, paid_pence=9_000), service.BidRefused
    )


@pytest.mark.parametrize(
    ("receipt", "words"),
    [
        (b"", "This file is empty"),
        (b"MZ\x90\x00 a program", "This file is not a PDF, JPEG or PNG"),
        (b"<html>%PDF-1.4 %%EOF</html>", "This file is not a PDF"),
        (bids.PDF[:20], "or it is incomplete"),
        (bids.PDF + b" " * receipts.LARGEST_BYTES, "larger than 5 MB"),
    ],
)
def test_what_is_no_receipt_is_refused(cast, receipt, words):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)

    assert words in refused(lambda: bids.claim(bid, receipt=receipt), receipts.NotAReceipt)
    assert fresh(bid).state is BidState.APPROVED
    assert db.session.scalar(select(func.count()).select_from(BidReceipt)) == 0


def test_a_receipt_is_encrypted_in_the_database(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    bids.claim(bid, receipt=bids.JPEG)
    db.session.rollback()

    stored = db.session.scalar(text("SELECT content FROM bid_receipts"))
    assert b"JFIF" not in bytes(stored)
    found = queries.latest_receipt(bid.id)
    assert (found.content_type, found.content) == ("image/jpeg", bids.JPEG)


def test_a_claim_is_sent_back_and_comes_again(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    bids.claim(bid, pence=5_000, paid_pence=10_000)
    with transaction():
        service.send_back(
            actor=schools.actor_of(cast.treasurer),
            now=clock.now(),
            bid=bid,
            reason="The amount cannot be read.",
        )

    assert (fresh(bid).state, money()) == (BidState.APPROVED, (50_000, 5_000))
    assert "The amount cannot be read." in mails("bid_news")[-1].text
    assert "£50.00 is promised" in refused(lambda: bids.claim(bid), service.BidRefused)
    bids.claim(bid, pence=5_000, receipt=bids.PNG)
    assert queries.latest_receipt(bid.id).content_type == "image/png"
    bids.pay(bid, by=cast.treasurer)
    assert money() == (45_000, 0)


def test_a_withdrawn_bid_gives_its_money_back(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)

    with transaction():
        service.withdraw(actor=schools.actor_of(cast.coordinator), now=clock.now(), bid=bid)

    assert (fresh(bid).state, money()) == (BidState.WITHDRAWN, (50_000, 0))


def test_the_network_takes_a_promise_back_with_a_reason(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)

    def take_back(reason):
        with transaction():
            service.withdraw(
                actor=schools.actor_of(cast.lead),
                now=clock.now(),
                bid=bid,
                reason=reason,
                by_network=True,
            )

    assert "Give a reason for cancelling the promise" in refused(
        lambda: take_back(""), service.ReasonMissing
    )
    take_back("The course was cancelled.")
    assert money() == (50_000, 0)
    assert "The course was cancelled." in mails("bid_news")[-1].text


def test_what_has_ended_stays_ended(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    with transaction():
        service.withdraw(actor=schools.actor_of(cast.coordinator), now=clock.now(), bid=bid)

    for act in (
        lambda: bids.approve(bid, cast.lead),
        lambda: bids.claim(bid, pence=100),
        lambda: bids.pay(bid, by=cast.treasurer),
    ):
        assert "This bid is withdrawn, so it cannot" in refused(act, bidding.MoveNotAllowed)


def test_an_approved_bid_is_warned_of_and_then_lapses(cast, time_machine):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    found = fresh(bid)
    assert found.warn_at < found.lapses_at
    assert found.warn_at.date() > found.takes_place_on

    time_machine.move_to(found.warn_at)
    with transaction():
        assert service.warn(now=clock.now()) == 1
    with transaction():
        assert service.warn(now=clock.now()) == 0
    assert mails("bid_news")[-1].subject.startswith("Claim your CPD money soon")

    time_machine.move_to(found.lapses_at - timedelta(minutes=1))
    with transaction():
        assert service.let_lapse(now=clock.now()) == 0
    time_machine.move_to(found.lapses_at)
    assert "This promise ended at" in refused(lambda: bids.claim(bid), service.PromiseLapsed)
    with transaction():
        assert service.let_lapse(now=clock.now()) == 1
    assert (fresh(bid).state, money()) == (BidState.LAPSED, (50_000, 0))
    assert mails("bid_news")[-1].subject.startswith("Your promise of CPD money has lapsed")


def test_a_claimed_bid_does_not_lapse(cast, time_machine):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    bids.claim(bid)

    time_machine.move_to(fresh(bid).lapses_at)
    with transaction():
        assert service.let_lapse(now=clock.now()) == 0


def test_what_was_promised_on_a_day_in_the_past_can_still_be_told(cast, time_machine):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    then = clock.now()
    time_machine.move_to(then + timedelta(days=5))
    bids.claim(bid, pence=5_000)

    assert queries.promised(until=then + timedelta(days=1)) == 6_000
    assert queries.promised() == 5_000


def test_promises_are_never_changed(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)

    with pytest.raises(ChangeOfHistory), transaction():
        db.session.scalars(select(BidPromise)).one().pence = 1
    for change in ("UPDATE bid_promises SET pence = 1", "DELETE FROM bid_promises"):
        with pytest.raises(Exception, match="append-only"), transaction():
            db.session.execute(text(change))


def test_erasing_the_people_leaves_every_total(cast):
    bids.keep_rules(two_above_pence=0)
    spent = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    for decider in (cast.lead, cast.treasurer):
        bids.approve(spent, decider)
    bids.claim(spent)
    bids.pay(spent, by=cast.treasurer)
    promised = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    for decider in (cast.lead, cast.treasurer):
        bids.approve(promised, decider)
    before = money(), queries.by_school(), fund_queries.balances()

    with transaction():
        for row in db.session.scalars(select(Bid)):
            row.applicant_id = None
        for row in db.session.scalars(select(BidApproval)):
            row.person_id = None

    assert (money(), queries.by_school(), fund_queries.balances()) == before
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 2
    bids.claim(promised, by=cast.coordinator)
    assert mails("bid_to_pay")[-1].recipient == cast.treasurer.email


def test_a_refund_may_leave_less_than_is_promised_and_then_nothing_new_is_promised(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    grant = db.session.scalars(select(Entry)).first()
    with transaction():
        fund.reverse(actor=COMMAND, now=clock.now(), entry=grant, reason="Bounced")

    assert money() == (0, 6_000)
    another = bids.make_bid(school=schools.make_school())
    assert refused(lambda: bids.approve(another, cast.lead), service.NotEnoughToPromise).startswith(
        "The CPD fund has £0.00 available"
    )
    bids.claim(bid)
    assert "It cannot pay £60.00" in refused(
        lambda: bids.pay(bid, by=cast.treasurer), fund.NotEnoughMoney
    )
    assert fresh(bid).state is BidState.CLAIMED
