"""Marks that phones send once they have a signal: merged by time, refused in words, never lost."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.permissions import Role
from booking.domain.registering import Arrival
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.web import headers
from booking.on_the_day.rosters.models import RegisterMark, RegisterTap
from tests.builders.rosters import bring_adult, expect_pupil
from tests.builders.schools import make_person, make_school, sign_in, sign_out
from tests.features.on_the_day.conftest import at
from tests.page import soup, words


@pytest.fixture
def booking(event, school):
    return expect_pupil(event=event, school=school, forename="Amara", surname="Okoro")


def url(event):
    return f"/host/events/{event.slug}/register"


def tap(booking, mark, *, key, ago=0, aspect="arrival", with_whom=""):
    """Return what a phone sends of a press some seconds ago."""
    made = (clock.now() - timedelta(seconds=ago)).timestamp() * 1000
    told = {"pupil": booking.public_id, "aspect": aspect, "mark": mark, "with_whom": with_whom}
    return {"key": f"phone-{key}", "at": made, **told}


def send(client, event, *taps):
    return client.post(url(event) + "/taps", data={"taps": json.dumps(taps), "date": "1"})


def test_of_two_phones_the_later_tap_counts_and_both_are_kept(
    client, as_host, event, booking, db_session
):
    person = as_host()
    late = tap(booking, "late", key="b-1", ago=30)
    early = tap(booking, "not_here", key="a-1", ago=60)

    first = send(client, event, late)
    second = send(client, event, early, late)

    assert (first.json["taken"], first.json["refused"]) == (["phone-b-1"], {})
    assert second.json["taken"] == ["phone-a-1", "phone-b-1"]
    stands = second.json["register"][booking.public_id]["arrival"]
    assert stands == ["late", pytest.approx(late["at"])]
    mark = db_session.scalars(select(RegisterMark)).one()
    assert (mark.arrival, mark.arrival_by_id) == (Arrival.LATE, person.id)
    kept = db_session.scalars(select(RegisterTap).order_by(RegisterTap.tapped_at)).all()
    assert [one.mark for one in kept] == ["not_here", "late"]
    trail = select(AuditEntry.facts).where(AuditEntry.action == "mark_register")
    told = [(one["mark"], one["overtaken"]) for one in db_session.scalars(trail)]
    assert told == [("late", False), ("not_here", True)]


def test_a_clock_that_is_wrong_says_only_what_is_possible_and_undo_is_a_tap(
    client, as_host, event, booking, db_session
):
    as_host(hour=9)
    ahead = tap(booking, "arrived", key="a-1", ago=-3600)
    long_ago = tap(
        booking, "collected", key="a-2", ago=90_000, aspect="departure", with_whom=" Ife "
    )

    send(client, event, ahead, long_ago)

    mark = db_session.scalars(select(RegisterMark)).one()
    assert (mark.arrival_at, mark.departure_at) == (clock.now(), at(0, 0))
    assert mark.left_with == "Ife"
    send(client, event, tap(booking, None, key="a-3"))
    db_session.expire_all()
    assert (mark.arrival, mark.present) == (None, False)
    assert db.session.get_one(Booking, booking.id).state is BookingState.CONFIRMED


def test_a_press_on_the_page_counts_over_the_phones_taps_that_it_knew(
    client, as_host, event, booking, db_session
):
    as_host()
    send(client, event, tap(booking, "late", key="z-1"))

    client.post(url(event), data={"booking": booking.public_id, "mark": "arrived"})

    assert db_session.scalars(select(RegisterMark)).one().arrival is Arrival.ARRIVED


def test_what_is_refused_is_told_in_words_and_costs_the_others_nothing(
    client, as_host, event, school, booking, db_session
):
    gone = expect_pupil(event=event, school=school)
    with transaction():
        db.session.get_one(Booking, gone.id).state = BookingState.WITHDRAWN
    as_host()

    answer = send(
        client, event, tap(gone, "arrived", key="a-1"), tap(booking, "arrived", key="a-2")
    )

    assert answer.json["taken"] == ["phone-a-2"]
    words_of = answer.json["refused"]["phone-a-1"]
    assert words_of == "This pupil is no longer expected at the event."
    as_host(days=8)
    closed = send(client, event, tap(booking, "late", key="a-3"))
    assert closed.json["refused"]["phone-a-3"].startswith("This register closed on Friday 18")
    assert closed.json["now"] >= closed.json["closes"]
    assert len(db_session.scalars(select(RegisterTap)).all()) == 1


def test_who_lost_the_role_or_is_signed_out_is_told_apart_by_the_answer(
    client, as_host, event, booking, time_machine
):
    time_machine.move_to(at(0), tick=False)
    assert send(client, event, tap(booking, "late", key="a-1")).status_code == 302
    sign_in(client, make_person(role=Role.COORDINATOR, school=make_school()))
    assert send(client, event, tap(booking, "late", key="a-1")).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"key": "A"}, {"mark": "collected"}, {"at": "soon"}, {"at": 1e300}, {"pupil": 3}, {"more": 1}],
)
def test_what_no_phone_sends_is_a_bad_request(client, as_host, event, booking, wrong):
    as_host()

    assert send(client, event, {**tap(booking, "late", key="a-1"), **wrong}).status_code == 400


def test_flags_and_numbers_to_ring_are_beside_the_name_for_who_may_see_them(
    client, as_host, event, school, db_session
):
    expect_pupil(event=event, school=school, health="Nut allergy: pen", diets=["halal"])
    bring_adult(event=event, school=school, name="Sam Lane")
    as_host()

    page = soup(client.get(url(event)))

    assert "Alert: Nut allergy: pen Food: Halal" in words(page.find(class_="register-more"))
    assert [one["href"] for one in page.select("h2 + .register-call a")] == [
        "tel:07700900999",
        "tel:+447700900321",
    ]
    read = select(AuditEntry.facts).where(AuditEntry.action == "read_health")
    assert [facts["rows"] for facts in db_session.scalars(read)] == [1]
    as_host(days=3)
    assert "Nut allergy" not in words(soup(client.get(url(event))))


def test_the_worker_keeps_to_the_policy_of_every_page(client, app):
    worker = client.get("/day-worker.js")

    policy = headers.CONTENT_SECURITY_POLICY.format(form_action="")
    said = "".join(part for part in worker.text.split('"')[1::2])
    assert policy in said
    assert worker.headers["Content-Type"].startswith("text/javascript")
    sign_out(client)
