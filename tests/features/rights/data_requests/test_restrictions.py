"""What is held of somebody is only kept: nothing new is done in their name until that ends."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.circulars import Readership
from booking.domain.data_rights import DataRight, RestrictionGround
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock, holdings
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.money.checkout.models import Needs
from booking.network.circulars import queries as circular_queries
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.rosters import service as rosters
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils.models import Pupil
from booking.rights.data_requests import service as data_requests
from booking.rights.subjects import service as subjects
from booking.upkeep import doctor, purging
from booking.upkeep.details import Level
from tests.builders import circulars, events
from tests.builders.data_requests import restrict, write_down
from tests.builders.places import allot, name, reserve
from tests.builders.pupils import make_pupil
from tests.builders.rosters import bring_adult, tell_needs
from tests.builders.schools import as_, make_person, make_school
from tests.page import soup, words


@pytest.fixture
def school(db_session):
    return make_school(name="Ashdale Primary School")


@pytest.fixture
def person(school):
    return make_person(role=Role.COORDINATOR, school=school)


@pytest.fixture
def coordinator(app, person):
    return as_(app, person)


@pytest.fixture
def ada(school):
    return make_pupil(
        school=school, forename="Ada", surname="Okoro", parent_email="s@okoro.example"
    )


def mails(template):
    db.session.rollback()
    found = select(Message).where(Message.template == template).order_by(Message.id)
    return list(db.session.scalars(found))


def restricted_now():
    db.session.rollback()
    return set(db.session.scalars(select(Pupil.forename).where(holdings.restricted(Pupil))))


def test_a_restriction_is_shown_with_since_and_why_and_ends_a_week_after_it_is_lifted(
    coordinator, school, ada, time_machine
):
    found = write_down(school, pupil=ada, reply_to="sam@parents.example")
    request, page = f"/school/rights/{found.public_id}", f"/school/pupils/{ada.public_id}/"
    granting = {"ended": "done", "words": "Yes."}
    refused = coordinator.post(f"{request}/answer", data=granting)
    assert refused.status_code == 422
    assert "Choose why it is restricted." in refused.text
    assert restricted_now() == set()

    sent = coordinator.post(f"{request}/answer", data=granting | {"ground": "accuracy"})

    assert sent.status_code == 303
    assert restricted_now() == {"Ada"}
    said = words(soup(coordinator.get(page)).find("main"))
    assert "Restricted since" in said
    assert "It may be wrong, and is being checked" in said
    assert "Restricted" in words(soup(coordinator.get("/school/pupils/")).find("table"))
    assert "nothing new is done with it until we tell you" in mails("data_request_news")[-1].text

    assert coordinator.post(f"{request}/lift").status_code == 303

    # Whoever asked is told before it ends, and it holds until then.
    assert "will be used again from" in mails("data_request_news")[-1].text
    assert restricted_now() == {"Ada"}
    assert "The restriction ends at" in coordinator.get(page).text
    again = coordinator.post(f"{request}/lift", follow_redirects=True)
    assert "lifted already" in again.text
    time_machine.move_to(clock.now() + timedelta(days=7, minutes=1))
    assert restricted_now() == set()
    assert "Restricted since" not in coordinator.get(page).text
    trail = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "data_requests"))
    told = {one.action: str(one.facts) for one in trail}
    assert "lift_restriction" in told
    assert not any("Ada" in facts or "Okoro" in facts for facts in told.values())


def test_it_ends_at_once_if_the_family_asked_for_that_itself(coordinator, school, ada):
    found = restrict(school, pupil=ada)

    path = f"/school/rights/{found.public_id}/lift"
    assert coordinator.post(path, data={"is_told": "y"}).status_code == 303

    assert restricted_now() == set()


def test_an_objection_restricts_only_if_the_school_says_so(school, ada):
    kit = make_pupil(school=school, forename="Kit")
    restrict(school, RestrictionGround.OBJECTION, right=DataRight.OBJECTION, pupil=ada)
    restrict(school, None, right=DataRight.OBJECTION, pupil=kit)

    assert restricted_now() == {"Ada"}


def test_nobody_who_is_restricted_is_named_or_made_a_reserve_or_moves_up(coordinator, school, ada):
    event = events.make_event()
    kit, lu = (make_pupil(school=school, forename=forename) for forename in ("Kit", "Lu"))
    allot(event, {school: 2})
    seat, waiting, second = (
        name(event, school),
        reserve(event, school, ada),
        reserve(event, school, kit),
    )
    other = events.make_event()
    allot(other, {school: 2})
    restrict(school, pupil=ada)
    facts = {"actor": COMMAND, "now": clock.now()}
    refused = pytest.raises(places.PupilRestricted, match="Ada Okoro is restricted")
    for act in (places.name_pupils, places.add_reserves):
        with refused, transaction():
            act(**facts, event=other, school=school, pupils=[lu, ada])
    with refused, transaction():
        places.swap_pupil(**facts, booking=seat, pupil=ada)
    offered = coordinator.get(f"/school/events/{other.slug}/").text
    assert ("Lu Pupil" in offered, "Ada Okoro" in offered) == (True, False)
    sent = coordinator.post(f"/school/events/{other.slug}/names", data={"pupils": ada.public_id})
    assert (sent.status_code, "is restricted" in sent.text) == (422, True)

    # Her school's place goes to the reserve after her.
    with transaction():
        places.withdraw(**facts, booking=seat)

    db.session.rollback()
    assert db.session.merge(second).state is BookingState.INVITED
    assert db.session.merge(waiting).state is BookingState.RESERVE


def test_no_mail_goes_to_the_family_but_about_a_day_that_is_agreed_and_to_come(
    school, person, ada, time_machine
):
    event = events.make_event()
    allot(event, {school: 1})
    booking = name(event, school, ada)
    restrict(school, pupil=ada)
    facts = {"event": event, "families_of": school}
    silent = circulars.write(person, Readership.FAMILIES_SILENT, **facts)
    coming = circulars.write(person, Readership.FAMILIES_COMING, **facts)
    assert circular_queries.readers(silent) == []
    with pytest.raises(places.PupilRestricted), transaction():
        places.send_new_links(actor=COMMAND, now=clock.now(), booking=booking)

    with transaction():
        places.confirm(actor=COMMAND, now=clock.now(), booking=booking)

    assert [one.email for one in circular_queries.readers(coming)] == ["s@okoro.example"]
    time_machine.move_to(event.last_ends_at + timedelta(hours=1))
    assert circular_queries.readers(coming) == []


def test_no_reminder_goes_to_a_family_that_is_restricted(school, ada, time_machine):
    event = events.make_event()
    allot(event, {school: 2})
    booking, other = name(event, school, ada), name(event, school)
    with transaction():
        for one in (booking, other):
            db.session.merge(one).invitation_sent_at = clock.now()
    restrict(school, pupil=ada)
    time_machine.move_to(booking.reply_by_at - timedelta(hours=20))

    with transaction():
        places.remind_parents(clock.now())

    assert [one.about for one in mails("reply_reminder")] == [f"booking:{other.id}"]


def test_the_schools_own_file_leaves_out_whoever_is_restricted(coordinator, school, ada):
    make_pupil(school=school, forename="Kit", surname="Lowe")
    restrict(school, pupil=ada)

    file = coordinator.get("/school/pupils/export.csv").text

    assert "Kit,Lowe" in file
    assert "Okoro" not in file


def test_a_restriction_holds_for_longer_than_answers_are_kept(school, ada):
    restrict(school, pupil=ada)

    purging.purge(clock.now() + timedelta(days=400))

    assert restricted_now() == {"Ada"}


def test_an_adult_who_is_restricted_is_named_for_no_other_day(app, coordinator, school):
    first, second = events.make_event(), events.make_event()
    for event in (first, second):
        allot(event, {school: 1})
    adult = bring_adult(event=first, school=school, email="sam@lane.example")
    page = f"/school/rights/new?adult={adult.public_id}"
    assert soup(coordinator.get(page)).find(id="about")["value"] == "Sam Lane"
    asked = {"right": "restriction", "asker": "Sam Lane", "about": "Sam Lane", "channel": "post"}
    sent = coordinator.post(page, data=asked | {"received_on": clock.today().isoformat()})
    answered = coordinator.post(
        f"{sent.headers['Location']}/answer",
        data={"ended": "done", "words": "Yes.", "ground": "accuracy"},
    )
    assert answered.status_code == 303

    # By the same number under another name, by the same address, or as at the last event.
    facts = {"name": "S. Lane", "mobile": "07700 900321"}
    refused = coordinator.post(f"/school/events/{second.slug}/adults", data=facts)
    assert (refused.status_code, "S. Lane is restricted" in refused.text) == (422, True)
    with pytest.raises(rosters.AdultRestricted), transaction():
        rosters.add_adult(
            actor=COMMAND,
            now=clock.now(),
            event=second,
            school=school,
            name="Sam",
            mobile="07700 900999",
            email="sam@lane.example",
        )
    other = bring_adult(event=second, school=school, name="Kit", mobile="07700 900888")
    refused = coordinator.post(f"/school/events/{second.slug}/adults", data=facts | {"name": "Kit"})
    assert "Kit is restricted" in refused.text
    coordinator.post(f"/school/adults/{other.public_id}/remove")
    coordinator.post(f"/school/events/{second.slug}/adults/as-before")
    assert roster_queries.adults(second.id) == []
    # The day that was agreed goes on.
    assert "Restricted" in coordinator.get(f"/school/events/{first.slug}/adults").text
    elsewhere = as_(app, make_person(role=Role.COORDINATOR, school=make_school()))
    assert elsewhere.get(page).status_code == 404


def test_what_is_kept_for_a_legal_claim_goes_only_once_the_restriction_is_lifted(
    coordinator, school, ada, time_machine
):
    event = events.make_event()
    allot(event, {school: 2})
    booking = name(event, school, ada)
    other = name(event, school)
    tell_needs(booking, health="Asthma")
    tell_needs(other, health="Nuts")
    adult = bring_adult(event=event, school=school)
    claims = [
        restrict(school, RestrictionGround.CLAIM, pupil=ada),
        restrict(school, RestrictionGround.CLAIM, adult=adult),
    ]
    named = [ada.id, other.pupil_id]
    time_machine.move_to(event.last_ends_at + timedelta(days=2000))

    purging.purge(clock.now())

    db.session.rollback()
    kept = db.session.scalars(select(Booking.pupil_id).order_by(Booking.id)).all()
    assert [now == before for now, before in zip(kept, named, strict=True)] == [True, False]
    health = select(Needs.health).order_by(Needs.booking_id)
    assert db.session.scalars(health).all() == ["Asthma", None]
    assert db.session.scalar(select(AccompanyingAdult.id)) == adult.id
    # The doctor knows of it, and finds no fault.
    assert not any(purging.overdue(clock.now()).values())
    said = [sign for sign in doctor.signs_and_queue(clock.now()) if sign.name == "claims"]
    assert [(sign.title, sign.level) for sign in said] == [
        ("Everything of 1 pupil and 1 adult is kept for a legal claim", Level.WELL)
    ]
    facts = {"actor": COMMAND, "now": clock.now()}
    with pytest.raises(subjects.KeptForClaim), transaction():
        subjects.erase_pupil(**facts, pupil=ada)
    with pytest.raises(subjects.KeptForClaim), transaction():
        subjects.erase_adult(**facts, adult=adult)

    for one in claims:
        with transaction():
            data_requests.lift(actor=COMMAND, now=clock.now(), request=one, is_told=True)
    purging.purge(clock.now())

    db.session.rollback()
    assert db.session.scalars(health).all() == [None, None]
    assert db.session.scalars(select(AccompanyingAdult.id)).all() == []
    assert named[0] not in db.session.scalars(select(Booking.pupil_id)).all()
