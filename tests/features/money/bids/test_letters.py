"""Who is written to about a bid, and who is not."""

from email.utils import parseaddr

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.bids import service
from booking.people.schools.models import Person
from tests.builders import bids, schools
from tests.builders.stored import mails


def recipients(template):
    return sorted(mail.recipient for mail in mails(template))


def test_whoever_may_not_decide_is_not_asked_to(cast):
    schools.grant(cast.lead, Role.COORDINATOR, cast.school)
    also = schools.make_person(role=Role.LEAD)

    bids.make_bid(school=cast.school, applicant=cast.coordinator)

    assert recipients("bid_to_decide") == sorted([cast.treasurer.email, also.email])


def test_a_decider_who_bids_asks_the_others(cast):
    schools.grant(cast.treasurer, Role.HOST, cast.school)

    bids.make_bid(school=cast.school, applicant=cast.treasurer)

    assert recipients("bid_to_decide") == [cast.lead.email]


def test_when_the_applicant_has_left_the_coordinators_hear(cast):
    host = schools.make_person(role=Role.HOST, school=cast.school)
    bid = bids.make_bid(school=cast.school, applicant=host)
    with transaction():
        db.session.get_one(Person, host.id).disabled_at = clock.now()

    bids.approve(bid, cast.lead)

    assert recipients("bid_news") == [cast.coordinator.email]


def test_news_is_answered_by_the_treasurer_and_a_question_by_the_applicant(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)

    assert {parseaddr(mail.reply_to)[1] for mail in mails("bid_news")} == {cast.treasurer.email}
    asked = {parseaddr(mail.reply_to)[1] for mail in mails("bid_to_decide")}
    assert asked == {cast.coordinator.email}


def test_an_own_withdrawal_is_told_to_nobody(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    with transaction():
        service.withdraw(actor=schools.actor_of(cast.coordinator), now=clock.now(), bid=bid)

    assert recipients("bid_news") == []


def test_no_subject_names_a_person_and_each_letter_leads_to_the_bid(cast):
    bids.keep_rules(two_above_pence=0)
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    for decider in (cast.lead, cast.treasurer):
        bids.approve(bid, decider)
    bids.claim(bid)
    bids.pay(bid, by=cast.treasurer)

    sent = [m for name in ("bid_to_decide", "bid_to_pay", "bid_news") for m in mails(name)]
    assert len(sent) == 6
    names = [person.name for person in (cast.coordinator, cast.lead, cast.treasurer)]
    for mail in sent:
        assert not any(name in mail.subject for name in names)
        for body in (mail.text, mail.html):
            assert f"http://localhost:8000/cpd/bids/{bid.public_id}" in body
            assert "{{" not in body
