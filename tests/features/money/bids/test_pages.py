"""The pages of bids, as applicants, deciders, the treasurer and everybody else see them."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from booking.domain.bidding import BidState, receipts
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db
from booking.money.bids.models import Bid, BidReceipt
from booking.money.fund.models import Entry
from tests.builders import bids, schools
from tests.builders.schools import as_
from tests.page import soup, text, words


def filled_in(**changes):
    """Return what the form of a bid sends."""
    return {
        "kind": "subsidy",
        "title": "Reasoning in mathematics",
        "provider": "Teaching Hub",
        "for_whom": "Our mathematics lead",
        "benefit": "A twilight session for all.",
        "takes_place_on": (clock.today() + timedelta(days=30)).isoformat(),
        "cost_pence": "120",
        "asked_pence": "60.00",
        "school": "brackenholt",
        **changes,
    }


def claimed(**changes):
    """Return what the form of a claim sends."""
    file = (BytesIO(changes.pop("content", bids.PDF)), changes.pop("name", "receipt.pdf"))
    return {"paid_pence": "120", "pence": "60", "receipt": file, **changes}


def upload(client, address, content, **more):
    """Send the form of a claim as bytes: the test client would leave a large file open."""
    fields = {"paid_pence": "120", "pence": "60"}
    parts = [f'Content-Disposition: form-data; name="{n}"\r\n\r\n{v}' for n, v in fields.items()]
    parts.append('Content-Disposition: form-data; name="receipt"; filename="a.pdf"\r\n\r\n')
    body = b"--cut\r\n" + "\r\n--cut\r\n".join(parts).encode() + content + b"\r\n--cut--\r\n"
    kind = "multipart/form-data; boundary=cut"
    return client.post(address, data=body, content_type=kind, **more)


def state(bid):
    db.session.rollback()
    return db.session.get_one(Bid, bid.id).state


def summary(response):
    assert response.status_code == 422
    return words(soup(response).select_one(".error-summary"))


def test_a_bid_goes_through_its_pages(app, cast):
    coordinator, treasurer = (
        as_(app, cast.coordinator),
        as_(app, cast.treasurer),
    )
    lead = as_(app, cast.lead)

    made = coordinator.post("/cpd/apply", data=filled_in())
    assert made.status_code == 303
    page = coordinator.get(made.location)
    assert "Waiting for a decision" in text(page)
    assert "The network’s lead or treasurer will decide" in text(page)

    decide = f"{made.location}/decide"
    assert "£500.00" in text(lead.get(decide))
    assert lead.post(decide, data={"decision": "approve", "pence": "50"}).status_code == 303
    page = coordinator.get(made.location)
    assert "£50.00 is promised. Claim it with the receipt by" in text(page)

    sent = coordinator.post(f"{made.location}/claim", data=claimed(pence="48.50"))
    assert sent.status_code == 303
    assert "The treasurer will check the receipt and pay £48.50" in text(
        coordinator.get(made.location)
    )

    pay = {"decision": "pay", "account": "assets:bank", "paid_on": clock.today().isoformat()}
    assert treasurer.post(f"{made.location}/pay", data=pay).status_code == 303
    assert "£48.50 was paid to the school." in text(coordinator.get(made.location))
    assert "The entry in the ledger" in text_of_aside(treasurer.get(made.location))
    bid = db.session.scalars(select(Bid)).one()
    assert db.session.scalars(select(Entry.key).where(Entry.id == bid.entry_id)).one() == (
        f"bid:{bid.public_id}"
    )


def text_of_aside(response):
    return words(soup(response).select_one(".with-aside-side"))


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"title": ""}, "title", "Enter the course or the speaker’s subject."),
        ({"cost_pence": "lots"}, "cost_pence", "is not an amount"),
        ({"asked_pence": "61"}, "asked_pence", "at most 50% of the cost"),
        ({"asked_pence": "0"}, "asked_pence", "above zero"),
        ({"takes_place_on": "2027-02-01"}, "takes_place_on", "This date has passed"),
        ({"takes_place_on": "soon"}, "takes_place_on", "Enter a date"),
        ({"kind": "holiday"}, "kind", ""),
        ({"school": "millrace"}, "school", "Choose one of your own schools."),
    ],
)
def test_a_wrong_bid_is_refused_beside_its_field_and_keeps_what_was_typed(
    app, cast, changes, field, said
):
    coordinator = as_(app, cast.coordinator)

    answer = coordinator.post("/cpd/apply", data=filled_in(**changes))

    assert said in summary(answer)
    page = soup(answer)
    if field != "school":
        assert page.select_one(f"#{field}-error")
    assert "A twilight session for all." in page.select_one("#benefit").text
    assert db.session.scalar(select(func.count()).select_from(Bid)) == 0


def test_a_host_finds_the_form_and_cannot_propose_a_speaker(app, cast):
    host = as_(app, schools.make_person(role=Role.HOST, school=cast.school))

    assert "Only coordinators can propose speakers" in text(host.get("/cpd/apply"))
    answer = host.post("/cpd/apply", data=filled_in(kind="speaker"))
    assert "Only coordinators can propose speakers" in summary(answer)


def test_who_acts_for_two_schools_chooses_which(app, cast):
    other = schools.make_school(slug="millrace")
    schools.grant(cast.coordinator, Role.HOST, other)
    coordinator = as_(app, cast.coordinator)

    options = [option["value"] for option in soup(coordinator.get("/cpd/apply")).select("option")]
    assert sorted(options) == ["brackenholt", "millrace"]
    assert coordinator.post("/cpd/apply", data=filled_in(school="millrace")).status_code == 303
    assert db.session.scalars(select(Bid)).one().school.slug == "millrace"


def test_a_colleague_sees_the_own_bids_and_a_coordinator_the_school_s(app, cast):
    host = schools.make_person(role=Role.HOST, school=cast.school)
    other = schools.make_person(role=Role.COORDINATOR, school=schools.make_school())
    of_host = bids.make_bid(school=cast.school, applicant=host, title="Of the host")
    of_school = bids.make_bid(school=cast.school, applicant=cast.coordinator, title="Of the school")

    assert "Of the host" in text(as_(app, host).get("/cpd/"))
    assert "Of the school" not in text(as_(app, host).get("/cpd/"))
    assert as_(app, host).get(f"/cpd/bids/{of_school.public_id}").status_code == 404
    listed = text(as_(app, cast.coordinator).get("/cpd/"))
    assert "Of the host" in listed
    assert "Of the school" in listed
    for bid in (of_host, of_school):
        assert as_(app, other).get(f"/cpd/bids/{bid.public_id}").status_code == 404
    assert "No bids yet" in text(as_(app, other).get("/cpd/"))


def test_a_bid_that_is_not_there_is_not_found(app, cast):
    assert as_(app, cast.lead).get("/cpd/bids/nowhere").status_code == 404
    assert as_(app, cast.treasurer).get("/cpd/bids/nowhere/receipt").status_code == 404


def test_the_receipt_is_a_file_for_treasurer_auditor_and_sender_alone(app, cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    address = f"/cpd/bids/{bid.public_id}"
    coordinator = as_(app, cast.coordinator)
    assert coordinator.get(f"{address}/receipt").status_code == 404
    assert coordinator.post(f"{address}/claim", data=claimed()).status_code == 303
    auditor = schools.make_person(role=Role.AUDITOR)
    colleague = schools.make_person(role=Role.COORDINATOR, school=cast.school)

    for person in (cast.coordinator, cast.treasurer, auditor):
        answer = as_(app, person).get(f"{address}/receipt")
        assert answer.data == bids.PDF
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    for person in (cast.lead, colleague):
        assert as_(app, person).get(f"{address}/receipt").status_code == 404
        assert "Download the receipt" not in text(as_(app, person).get(address))


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"MZ a program", "receipt.pdf", "This file is not a PDF, JPEG or PNG"),
        (b"", "", "Choose the receipt: a PDF, JPEG or PNG."),
    ],
)
def test_a_wrong_receipt_is_refused_beside_its_field(app, cast, content, name, said):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    coordinator = as_(app, cast.coordinator)

    answer = coordinator.post(
        f"/cpd/bids/{bid.public_id}/claim", data=claimed(content=content, name=name)
    )

    assert said in summary(answer)
    assert soup(answer).select_one("#receipt-error")
    assert soup(answer).select_one("#paid_pence")["value"] == "120"
    assert db.session.scalar(select(func.count()).select_from(BidReceipt)) == 0
    assert state(bid) is BidState.APPROVED


def test_a_receipt_of_more_than_five_megabytes_is_refused_beside_its_field(app, cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    client, address = as_(app, cast.coordinator), f"/cpd/bids/{bid.public_id}/claim"
    padding = b" " * (receipts.LARGEST_BYTES - len(bids.PDF))

    answer = upload(client, address, bids.PDF[:-6] + padding + b" " + bids.PDF[-6:])
    assert "This file is larger than 5 MB" in summary(answer)
    assert soup(answer).select_one("#receipt-error")
    assert state(bid) is BidState.APPROVED

    largest = bids.PDF[:-6] + padding + bids.PDF[-6:]
    assert upload(client, address, largest).status_code == 303
    assert as_(app, cast.treasurer).get(f"/cpd/bids/{bid.public_id}/receipt").data == largest


def test_a_visitor_s_large_upload_is_not_even_read(client, cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)

    answer = upload(client, f"/cpd/bids/{bid.public_id}/claim", b" " * 2_000_000)

    assert answer.status_code == 413


def test_whoever_is_concerned_is_told_that_somebody_else_decides(app, cast):
    schools.grant(cast.lead, Role.COORDINATOR, cast.school)
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    lead = as_(app, cast.lead)
    address = f"/cpd/bids/{bid.public_id}/decide"

    assert "Somebody else has to decide on this" in text(lead.get(address))
    answer = lead.post(address, data={"decision": "approve", "pence": "60"})
    assert "a school where you hold a role" in summary(answer)
    assert state(bid) is BidState.APPLIED


@pytest.mark.parametrize(
    ("data", "field", "said"),
    [
        ({}, "decision", "Choose whether you approve the bid."),
        (
            {"decision": "refuse", "reason": " "},
            "reason",
            "Give a reason, so that the school knows",
        ),
        ({"decision": "approve", "pence": "60.01"}, "pence", "£60.00 was asked for"),
        ({"decision": "approve", "pence": ""}, "pence", "above zero"),
    ],
)
def test_a_decision_that_cannot_stand_is_refused_beside_its_field(app, cast, data, field, said):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)

    answer = as_(app, cast.lead).post(f"/cpd/bids/{bid.public_id}/decide", data=data)

    assert said in summary(answer)
    assert soup(answer).select_one(f"#{field}-error")
    assert state(bid) is BidState.APPLIED


def test_two_people_decide_above_the_limit_by_their_pages(app, cast):
    bids.keep_rules(two_above_pence=0)
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    address = f"/cpd/bids/{bid.public_id}"
    lead, treasurer = as_(app, cast.lead), as_(app, cast.treasurer)
    lead.post(f"{address}/decide", data={"decision": "approve", "pence": "40"})

    assert "Waiting for a second approval" in text(as_(app, cast.coordinator).get(address))
    again = lead.post(f"{address}/decide", data={"decision": "approve", "pence": "40"})
    assert "A second person must approve it too" in summary(again)
    page = treasurer.get(f"{address}/decide")
    assert "You can only approve the same amount." in text(page)
    assert soup(page).select_one("#pence") is None
    assert treasurer.post(f"{address}/decide", data={"decision": "approve"}).status_code == 303
    assert db.session.get_one(Bid, bid.id).approved_pence == 4_000


def test_a_claim_is_sent_back_with_words(app, cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    bids.claim(bid)
    treasurer, address = as_(app, cast.treasurer), f"/cpd/bids/{bid.public_id}"

    empty = treasurer.post(
        f"{address}/pay",
        data={
            "decision": "send_back",
            "account": "assets:bank",
            "paid_on": clock.today().isoformat(),
        },
    )
    assert "Say what is missing" in summary(empty)
    sent = treasurer.post(
        f"{address}/pay",
        data={
            "decision": "send_back",
            "reason": "Page two, please.",
            "account": "assets:bank",
            "paid_on": clock.today().isoformat(),
        },
    )
    assert sent.status_code == 303
    assert "Page two, please." in text(as_(app, cast.coordinator).get(address))


def test_a_payment_of_tomorrow_is_refused_beside_its_date(app, cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    bids.claim(bid)
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()

    answer = as_(app, cast.treasurer).post(
        f"/cpd/bids/{bid.public_id}/pay",
        data={"decision": "pay", "account": "assets:bank", "paid_on": tomorrow},
    )

    assert "This date is in the future" in summary(answer)
    assert state(bid) is BidState.CLAIMED


def test_the_cash_box_pays_no_more_than_it_holds(app, cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    bids.claim(bid)

    answer = as_(app, cast.treasurer).post(
        f"/cpd/bids/{bid.public_id}/pay",
        data={"decision": "pay", "account": "assets:cash", "paid_on": clock.today().isoformat()},
    )

    assert "There is only £0.00 in the cash box." in summary(answer)
    assert state(bid) is BidState.CLAIMED


def test_a_page_that_was_left_open_says_that_the_bid_has_moved_on(app, cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)

    answer = as_(app, cast.treasurer).post(
        f"/cpd/bids/{bid.public_id}/decide", data={"decision": "refuse", "reason": "Too late"}
    )

    assert "This bid is approved, so it cannot be marked as refused." in summary(answer)
    for path in ("decide", "pay"):
        seen = as_(app, cast.treasurer).get(f"/cpd/bids/{bid.public_id}/{path}")
        assert seen.location == f"/cpd/bids/{bid.public_id}"


def test_a_bid_is_withdrawn_and_made_again(app, cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    coordinator, address = as_(app, cast.coordinator), f"/cpd/bids/{bid.public_id}"

    assert coordinator.post(f"{address}/withdraw").status_code == 303
    assert state(bid) is BidState.WITHDRAWN
    again = soup(coordinator.get(f"/cpd/apply?again={bid.public_id}"))
    assert again.select_one("#title")["value"] == "Reasoning in mathematics"
    other = as_(app, schools.make_person(role=Role.COORDINATOR, school=schools.make_school()))
    theirs = soup(other.get(f"/cpd/apply?again={bid.public_id}"))
    assert theirs.select_one("#title")["value"] == ""


def test_the_network_gives_a_reason_when_it_takes_a_promise_back(app, cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    treasurer, address = (
        as_(app, cast.treasurer),
        f"/cpd/bids/{bid.public_id}/withdraw",
    )

    assert "Give a reason for cancelling the promise" in summary(treasurer.post(address))
    assert treasurer.post(address, data={"reason": "Called off"}).status_code == 303
    assert state(bid) is BidState.WITHDRAWN


def test_an_auditor_takes_nothing_back(app, cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    auditor = as_(app, schools.make_person(role=Role.AUDITOR))

    assert auditor.get(f"/cpd/bids/{bid.public_id}").status_code == 200
    assert auditor.post(f"/cpd/bids/{bid.public_id}/withdraw").status_code == 404
