"""All bids, the rules, the task lists, and what CPD money was used for."""

import pytest
from sqlalchemy import select

from booking.domain.bidding import BidKind, Rules
from booking.domain.ledger import Fund
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.bids import queries
from booking.money.fund import service as fund
from booking.money.fund.models import Entry, RuleChange
from tests.builders import bids, schools
from tests.builders.fund import make_speaker
from tests.builders.schools import as_
from tests.page import soup, text, words

TYPED = {
    "subsidy_percent": "60",
    "speaker_percent": "100",
    "bid_max_pence": "250",
    "term_max_pence": "400",
    "two_above_pence": "150",
    "lapse_days": "20",
}


def paid(cast, **changes):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator, **changes)
    bids.approve(bid, cast.lead)
    bids.claim(bid)
    return bids.pay(bid, by=cast.treasurer)


def test_the_treasurer_sees_what_is_held_promised_and_available(app, cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    treasurer = as_(app, cast.treasurer)

    page = text(treasurer.get("/fund/bids"))
    assert "Held £500.00" in page
    assert "Promised £60.00" in page
    assert "Available £440.00" in page
    assert "£60.00 promised, £440.00 available" in text(treasurer.get("/fund/"))
    by_hand = text(treasurer.get("/fund/entries/new/speaker"))
    assert "The CPD fund can spend £440.00, not counting what is promised." in by_hand


def test_what_was_promised_when_the_last_school_year_ended_is_told(app, cast, time_machine):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    assert "£0.00 was promised at the end of the school year 2025/26" in text(
        as_(app, cast.treasurer).get("/fund/bids")
    )

    bids.claim(bid)
    time_machine.move_to(clock.datetime(2027, 9, 1, 9, tzinfo=clock.LONDON))
    bids.pay(bid, by=cast.treasurer)
    page = text(as_(app, cast.treasurer).get("/fund/bids"))
    assert "£60.00 was promised at the end of the school year 2026/27" in page
    assert "Promised £0.00" in page


def test_bids_are_shown_by_state_and_added_up_by_school(app, cast):
    paid(cast)
    waiting = bids.make_bid(school=schools.make_school(name="Pennyfold"), title="Chess")
    lead = as_(app, cast.lead)

    rows = [words(row) for row in soup(lead.get("/fund/bids")).select("tbody")[1].select("tr")]
    assert rows == ["Brackenholt Village First School 0 £0.00 £60.00", "Pennyfold 1 £0.00 £0.00"]
    assert "Reasoning" not in text(lead.get("/fund/bids?state=applied"))
    assert "Chess" in text(lead.get("/fund/bids?state=applied"))
    assert "No bids with this status" in text(lead.get("/fund/bids?state=lapsed"))
    assert lead.get("/fund/bids?state=nonsense").status_code == 200
    assert waiting.public_id in lead.get("/fund/bids").text


def test_lists_ask_the_database_as_often_for_many_as_for_one(app, cast, count_queries):
    lead, coordinator = (
        as_(app, cast.lead),
        as_(app, cast.coordinator),
    )

    def asked(client, address):
        client.get(address)
        with count_queries() as queries:
            client.get(address)
        return len(queries)

    paid(cast)
    bids.make_bid(school=cast.school, applicant=cast.coordinator)
    pages = ((lead, "/fund/bids"), (coordinator, "/cpd/"), (coordinator, "/cpd/spent"))
    before = [asked(*page) for page in pages]
    for _ in range(3):
        paid(cast, asked_pence=1_000)
        bids.make_bid(school=schools.make_school(), title="Another")
        bids.make_bid(school=cast.school, applicant=cast.coordinator)

    assert [asked(*page) for page in pages] == before


def test_tasks_name_what_waits_for_whom(app, cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    own = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    assert "Decide on 2 bids for CPD money" in text(as_(app, cast.lead).get("/admin/"))
    assert "Decide on 2 bids for CPD money" in text(as_(app, cast.treasurer).get("/fund/"))
    auditor = as_(app, schools.make_person(role=Role.AUDITOR))
    assert "Decide on" not in text(auditor.get("/fund/"))

    bids.approve(bid, cast.lead)
    assert "Claim £60.00 of CPD money" in text(as_(app, cast.coordinator).get("/school/"))
    bids.claim(bid)
    assert "Pay 1 claim for CPD money" in text(as_(app, cast.treasurer).get("/fund/"))
    assert "Claim £60.00" not in text(as_(app, cast.coordinator).get("/school/"))

    schools.grant(cast.lead, Role.HOST, cast.school)
    assert "Decide on" not in text(as_(app, cast.lead).get("/admin/"))
    assert own.state.value == "applied"


def test_a_host_is_reminded_of_the_own_claim_on_the_own_home(app, cast):
    host = schools.make_person(role=Role.HOST, school=cast.school)
    bids.approve(bids.make_bid(school=cast.school, applicant=host, asked_pence=5_000), cast.lead)
    bids.approve(bids.make_bid(school=cast.school, applicant=cast.coordinator), cast.lead)

    page = text(as_(app, host).get("/host/"))
    assert "Claim £50.00 of CPD money" in page
    assert "Claim £60.00" not in page


def test_lead_and_treasurer_settle_the_rules_together(app, cast, db_session):
    assert as_(app, cast.lead).post("/fund/bids/rules", data=TYPED).status_code == 303
    assert queries.rules() == Rules()
    page = f"/fund/rule-changes/{db_session.query(RuleChange).one().public_id}"
    assert as_(app, cast.treasurer).post(f"{page}/confirm").status_code == 303
    assert queries.rules() == Rules(60, 100, 25_000, 40_000, 15_000, 20)
    assert "Up to 60%" in as_(app, cast.coordinator).get("/cpd/apply").text


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"subsidy_percent": "101"}, "subsidy_percent", "from 1 to 100 percent"),
        ({"term_max_pence": "249"}, "term_max_pence", "at least as much as the most for one bid"),
        ({"lapse_days": "0"}, "lapse_days", "from 1 to 200"),
        ({"lapse_days": "soon"}, "lapse_days", "Enter a whole number"),
        ({"two_above_pence": ""}, "two_above_pence", "Enter an amount in pounds"),
    ],
)
def test_wrong_rules_are_refused_beside_their_field(app, cast, changes, field, said):
    answer = as_(app, cast.lead).post("/fund/bids/rules", data={**TYPED, **changes})

    assert answer.status_code == 422
    assert said in words(soup(answer).select_one(f"#{field}-error"))
    assert queries.rules() == Rules()


def test_the_auditor_reads_the_rules(app, cast):
    auditor = as_(app, schools.make_person(role=Role.AUDITOR))

    page = soup(auditor.get("/fund/bids/rules"))
    assert "Up to £300.00" in words(page.main)
    assert page.main.form is None
    assert auditor.post("/fund/bids/rules", data=TYPED).status_code == 404


def test_one_decider_alone_is_told_what_cannot_be_approved(app, db_session):
    lead = as_(app, schools.make_person(role=Role.LEAD))

    assert "Only one person can decide on bids" in text(lead.get("/fund/bids/rules"))


def test_members_read_what_the_money_was_used_for_and_no_person_s_name(app, cast):
    paid(cast)
    paid(
        cast, kind=BidKind.SPEAKER, title="Oracy", provider="Professor Calloway", asked_pence=12_000
    )
    make_speaker(pence=4_000)
    host = schools.make_person(role=Role.HOST, school=schools.make_school())

    page = text(as_(app, host).get("/cpd/spent"))

    for shown in ("Oracy", "Reasoning in mathematics", "Brackenholt Village First School"):
        assert shown in page
    assert "Courses £60.00" in page
    assert "Speakers £160.00" in page
    assert "£180.00 in total through bids. A further £40.00 was paid" in page
    for hidden in ("Calloway", cast.coordinator.name, "Our mathematics lead"):
        assert hidden not in page


def test_what_was_reversed_was_not_used(app, cast):
    paid(cast)
    with transaction():
        entry = db.session.scalars(select(Entry).where(Entry.key.startswith("bid:"))).one()
        # As could be done in the ledger before.
        fund.undo(actor=COMMAND, now=clock.now(), entry=entry, reason="Paid twice at the bank")

    assert "Nothing has been paid for a bid yet" in text(as_(app, cast.lead).get("/cpd/spent"))
    assert queries.spent_pence() == 0
    assert queries.cpd_money().held_pence == 50_000
    bid = db.session.scalars(queries.spent()).all()
    assert bid == []
    page = as_(app, cast.coordinator).get("/cpd/")
    link = soup(page).select_one("tbody a")["href"]
    assert "That entry was reversed on Monday 1 March 2027" in text(
        as_(app, cast.coordinator).get(link)
    )


def test_visitors_read_it_only_where_the_network_says_so(client, cast):
    paid(cast)

    assert client.get("/cpd/spent").location.startswith("/sign-in")
    bids.keep_rules(shown_to_visitors=True)
    assert "Reasoning in mathematics" in text(client.get("/cpd/spent"))


def test_a_helper_of_one_day_has_no_business_there(app, cast):
    helper = schools.make_person()

    for address in ("/cpd/", "/cpd/apply", "/cpd/spent", "/fund/bids", "/fund/bids/rules"):
        assert as_(app, helper).get(address).status_code == 404


def test_more_promised_than_held_is_said_on_the_page(app, cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    grant = db.session.scalars(select(Entry)).first()
    with transaction():
        fund.reverse(actor=COMMAND, now=clock.now(), entry=grant, reason="Bounced")

    assert "More is promised than the fund holds" in text(as_(app, cast.lead).get("/fund/bids"))
    assert queries.promised(Fund.EVENTS) == 0
