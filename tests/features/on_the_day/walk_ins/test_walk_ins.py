"""Pupils who come without being on the list: loud, reversible, and nothing else changes."""

import pytest
from sqlalchemy import select

from booking.days.places.models import Booking, Place
from booking.domain.permissions import COMMAND, Role
from booking.domain.registering import Arrival, Aspect
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.rosters import service as rosters
from booking.on_the_day.walk_ins import queries as walk_in_queries
from booking.on_the_day.walk_ins.models import WalkIn, WalkInOutcome
from booking.upkeep import purging
from tests.builders.places import hold
from tests.builders.pupils import make_pupil
from tests.builders.rosters import expect_pupil
from tests.builders.schools import make_school
from tests.features.on_the_day.conftest import DAY, at
from tests.forms_on_pages import form_on, sent
from tests.page import soup, words
from tests.trust import contents

UNTOUCHED = ("places", "place_requests", "offers", "payments", "entries", "funding", "refunds")


@pytest.fixture
def amara(event, school):
    return expect_pupil(event=event, school=school, forename="Amara", surname="Okoro")


@pytest.fixture
def spare(event, school, amara):
    """A pupil of the same school who is not on the list, and one of another school."""
    make_pupil(school=make_school(name="Birchwood School"), forename="Zed", surname="Secret")
    return make_pupil(school=school, forename="Boris", surname="Lane", year_group=5)


def walk_ins():
    db.session.rollback()
    return list(db.session.scalars(select(WalkIn).order_by(WalkIn.id)))


def door(client, event):
    return words(soup(client.get(f"/host/events/{event.slug}/door")).find("main"))


def mark_of(event, booking):
    db.session.rollback()
    mark = roster_queries.marks(event.dates[0].id).get(booking.id)
    return mark.arrival if mark else None


def mails(template):
    found = select(Message).where(Message.template == template).order_by(Message.id)
    return list(db.session.scalars(found))


def press(client, path, of):
    page = client.get(path)
    return client.post(of, data=sent(form_on(page, action=of)))


def test_a_pupil_comes_instead_of_another_and_their_school_puts_it_right(
    client, as_host, as_person, let_in, event, host, school, amara, spare
):
    coordinator = as_person(Role.COORDINATOR, school)
    as_host()
    before = {name: contents.of_tables()[name] for name in UNTOUCHED}

    page = client.get(f"/host/events/{event.slug}/door")
    assert [word for word in ("Boris", "Secret") if word in page.text] == []
    assert let_in(school, "  boris   LANE ", instead_of=amara).status_code == 303

    [found] = walk_ins()
    assert (found.instead_of_id, found.place_id, found.pupil_id) == (
        amara.id,
        amara.place_id,
        spare.id,
    )
    assert mark_of(event, amara) is Arrival.ABSENT_REPORTED
    seen = door(client, event)
    for said in (
        *("boris LANE, Ashdale Primary School", "Nobody has told us of allergies: ring the school"),
        *("07700 900999", "Instead of Amara Okoro."),
        "Their school has been told and has not answered yet.",
    ):
        assert said in seen
    assert "Ring Ashdale Primary School: nobody has told us" in words(soup(client.get("/host/")))
    [mail] = mails("walk_in")
    assert mail.recipient == coordinator.email
    assert [word for word in ("boris", "Boris", "Amara", "allerg") if word in mail.text] == []
    asked = f"/host/walk-ins/{found.public_id}/asked"
    press(client, f"/host/events/{event.slug}/door", asked)
    assert "The school was asked" in door(client, event)

    as_person(Role.COORDINATOR, school)
    assert "without being on the list" in words(soup(client.get("/school/")))
    own = f"/school/events/{event.slug}/"
    assert "boris LANE : say who it was" in words(soup(client.get(own)).find("main"))
    path = f"/school/walk-ins/{found.public_id}/"
    form = form_on(client.get(path))
    assert sent(form)["pupil"] == [spare.public_id]
    assert client.post(path, data=sent(form)).status_code == 303
    assert "without being on the list" not in words(soup(client.get("/school/")))
    assert "Boris Lane : present, code V" in words(soup(client.get(own)).find("main"))
    as_host()
    assert "Their school says who it is: Boris Lane, Year 5." in door(client, event)

    undo = f"/host/walk-ins/{found.public_id}/undo"
    assert press(client, f"/host/events/{event.slug}/door", undo).status_code == 303
    assert mark_of(event, amara) is None
    assert "Ashdale Primary School 07700" not in door(client, event)
    assert [mail.recipient for mail in mails("walk_in_undone")] == [coordinator.email]
    assert {name: contents.of_tables()[name] for name in before} == before
    history = words(soup(client.get(f"/host/events/{event.slug}/history")).find("main"))
    for said in (
        "let in a pupil who was not on the list, instead of another",
        "asked the school what has to be known of a pupil who was not on the list",
        "said of a pupil who was not on the list: ours",
        "took back that a pupil who was not on the list came",
    ):
        assert said in history


def test_who_came_is_counted_out_like_everybody_else(client, as_host, let_in, event, amara):
    as_host()
    let_in(amara.school, "Boris Lane", instead_of=amara)

    counts = words(soup(client.get(f"/host/events/{event.slug}/counts")).find("main"))

    assert "At the door 1" in counts
    assert "1 pupil is neither counted out nor marked as gone." in counts


def test_nobody_comes_over_the_places_without_a_reason(
    client, as_host, let_in, event, school, amara, spare
):
    as_host()
    refused = let_in(school, "Boris Lane")
    assert refused.status_code == 422
    assert "has no place left today." in words(soup(refused).find("main"))
    assert walk_ins() == []

    assert let_in(school, "Boris Lane", reason="His sister is here").status_code == 303
    assert "Over the school’s places: His sister is here" in door(client, event)
    assert let_in(school, "BORIS lane").status_code == 303
    [found] = walk_ins()
    assert (found.place_id, found.reason) == (None, "His sister is here")


def test_an_empty_place_of_the_school_is_filled_before_any_reason_is_asked(
    client, as_host, let_in, event, school, amara, spare
):
    hold(event, school, 1)
    free = db.session.scalars(select(Place.id).where(Place.school_id == school.id)).all()
    as_host()

    assert let_in(school, "Boris Lane").status_code == 303
    assert let_in(school, "Carla Lane").status_code == 422
    assert [one.place_id for one in walk_ins()] == [id_ for id_ in free if id_ != amara.place_id]


def test_who_is_refused_at_the_door(client, as_host, let_in, event, school, amara, spare):
    other = make_school(name="Birchwood School")
    zed = expect_pupil(event=event, school=other, forename="Zed", surname="Secret")
    as_host()
    for typed, said in (
        ({"name": "Boris"}, "Enter first name and surname"),
        ({"name": "amara okoro", "reason": "Why not"}, "Amara Okoro is on the list already."),
        ({"name": "Boris Lane", "instead_of": zed}, "Zed Secret is not expected from Ashdale"),
    ):
        refused = let_in(school, **typed)
        assert refused.status_code == 422, typed
        assert said in words(soup(refused).find("main"))
    assert let_in(school, "Boris Lane", instead_of=amara).status_code == 303
    with transaction():
        rosters.mark(
            actor=COMMAND,
            now=DAY,
            day=event.dates[0],
            booking=db.session.get_one(Booking, amara.id),
            aspect=Aspect.ARRIVAL,
            mark=Arrival.ARRIVED,
        )
    assert "both are here, so one is over the places" in door(client, event)
    assert len(walk_ins()) == 1
    as_host(days=-1)
    assert "This register opens on Friday 11 June 2027." in door(client, event)
    as_host(days=8)
    assert "This register closed on" in door(client, event)


def test_a_school_that_knows_nobody_like_it_is_loud_and_all_goes_after_two_weeks(
    client, as_host, as_person, let_in, event, school, amara, spare
):
    as_host()
    let_in(school, "Nemo Nobody", instead_of=amara)
    [found] = walk_ins()
    as_person(Role.COORDINATOR, school)
    path = f"/school/walk-ins/{found.public_id}/"
    theirs = make_pupil(school=make_school(name="Third School"))
    form = form_on(client.get(path))
    assert client.post(path, data=sent(form) | {"pupil": theirs.public_id}).status_code == 422
    assert (
        client.post(path, data=sent(form_on(client.get(path)), pupil="not_ours")).status_code == 303
    )
    [found] = walk_ins()
    assert (found.outcome, found.pupil_id) == (WalkInOutcome.NOT_OURS, None)
    as_host()
    assert "Their school does not know this pupil" in door(client, event)
    assert "which does not know them: ring it now" in words(soup(client.get("/host/")))

    assert walk_in_queries.of_date(event.dates[0].id)
    purging.purge(at(15))
    assert walk_ins() == []
