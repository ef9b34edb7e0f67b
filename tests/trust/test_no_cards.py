"""A network without a card processor: nothing that anybody can read speaks of cards."""

import re

import pytest

from booking.days.places.models import Booking
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.money.checkout import service as checkout
from booking.money.payments.models import Method, PaymentLine
from tests.builders import checkout as families
from tests.builders import events, schools
from tests.builders.no_cards import give_up_cards
from tests.trust.crawling import crawl

#: Whatever would tell a family or a treasurer of payments by card.
CARDS = re.compile(
    r"\b(by card|your card|(bank|debit|credit) card|card (pay|money|fee|process|page)\w*"
    r"|cardholder\w*|processor|stripe|checkout|pay(ing)? online|dispute[ds]?|payouts?)\b",
    re.IGNORECASE,
)
UNSEEN = re.compile(r"(?s)<(script|style).*?</\1>|<!--.*?-->|<[^>]*>")
#: What only a browser reads, and the examples of every mail that there is, which no network sees.
UNREAD = re.compile(r"/static/|/admin/outbox/examples")
AT_SCHOOL = (Role.COORDINATOR, Role.HOST)
IN_NETWORK = (Role.TREASURER, Role.LEAD, Role.AUDITOR)


@pytest.fixture
def without_cards(app, db_session, monkeypatch):
    """The application with PAYMENTS=none."""
    give_up_cards(app, monkeypatch)
    app.config["PAYMENTS"] = "none"
    return app


def cast_of(school):
    """Return somebody in each role."""
    at_school = [schools.make_person(role=role, school=school) for role in AT_SCHOOL]
    return [*at_school, *(schools.make_person(role=role) for role in IN_NETWORK)]


def receive(family, pence, method=Method.CASH):
    with transaction():
        return checkout.receive_money(
            actor=COMMAND,
            now=clock.now(),
            booking=db.session.get_one(Booking, family.booking.id),
            method=method,
            amount_pence=pence,
            reference="" if method is Method.CASH else "000123",
        )


def a_year_of_money(school):
    """Charges and contributions: asked, received, partly, given back, remitted; return links."""
    charged = families.make_fee_event(FeeKind.CHARGE, places=30)
    voluntary = families.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION, places=30)
    waiting = families.make_family(charged, school=school, forename="Wren")
    paid = families.make_family(charged, school=school, forename="Pia")
    part = families.make_family(charged, school=school, forename="Ola")
    given = families.make_family(voluntary, school=school, forename="Gus")
    silent = families.make_family(voluntary, school=school, forename="Sid")
    for family in (waiting, paid, part, given, silent):
        families.answer(family)
    receive(paid, 600)
    receive(part, 200, Method.CHEQUE)
    receive(given, 500)
    line_id = receive(silent, 300, Method.CHEQUE).lines[0].id
    with transaction():
        line = db.session.get_one(PaymentLine, line_id)
        wanted = checkout.refund(
            actor=COMMAND, now=clock.now(), line=line, reason="Asked for", amount_pence=100
        )
        db.session.flush()
        checkout.give_back_by_hand(actor=COMMAND, now=clock.now(), refund=wanted)
    with transaction():
        row = db.session.get_one(Booking, silent.booking.id)
        checkout.not_this_time(actor=PARENT, now=clock.now(), booking=row)
    called_off = families.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)
    returned = families.make_family(called_off, school=school, forename="Rae")
    families.answer(returned)
    receive(returned, 600)
    events.cancel_event(called_off)
    return [each.url for each in (waiting, paid, part, given, silent, returned)]


def speaks_of_cards(said):
    """Return where which word is read; what only a browser reads does not count."""
    read = {at: UNSEEN.sub(" ", text) for at, text in said.items() if not UNREAD.search(at)}
    return sorted({f"{at}: {hit[0]}" for at, text in read.items() for hit in CARDS.finditer(text)})


@pytest.mark.sweep
def test_nothing_that_anybody_reads_speaks_of_cards(without_cards):
    schools.make_terms()
    school = schools.make_school()
    links = a_year_of_money(school)
    app, said = without_cards, {}
    for who in (None, *cast_of(school)):
        browser = app.test_client()
        if who is not None:
            schools.sign_in(browser, who)
        begin = ["/", "/events/", "/privacy", "/fund/", "/school/", "/host/"]
        for address, text in crawl(browser, begin).items():
            said[f"{who} {address}"] = text
    parent = app.test_client()
    for link in links:
        for page in ("", "/charge", "/contribution", "/together", "/refund"):
            answer = parent.get(f"{link}{page}", follow_redirects=True)
            said[f"parent {page}"] = said.get(f"parent {page}", "") + answer.text
    db.session.rollback()
    for mail in db.session.query(Message).all():
        said[f"mail {mail.template}"] = f"{mail.subject} {mail.text} {mail.html}"

    assert speaks_of_cards(said) == []
    assert len(said) > 150
