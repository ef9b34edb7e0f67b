"""Who leads an event: written down by the host, agreed by the pupils' school, checked by name."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.events import service as event_service
from booking.days.leading import queries, service
from booking.days.leading.details import LeadingDetails
from booking.days.leading.models import LeaderKind, PupilLeader
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.upkeep import purging
from tests.builders import events, schools
from tests.builders.leading import lead, lead_with_pupils
from tests.page import soup, words

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.fixture
def network():
    """Provide the host, the older pupils' school, and a published event."""
    host = schools.make_school(name="Ashdale School")
    northbury = schools.make_school(name="Northbury School", low_year=5, high_year=13)
    return host, northbury, events.make_event(host=host)


def sign_in(client, role, school=None):
    if client.get_cookie(schools.COOKIE):
        schools.sign_out(client)
    person = schools.make_person(role=role, school=school)
    schools.sign_in(client, person)
    return person


def read(client, url):
    return words(soup(client.get(url)).find("main"))


def test_sixth_formers_lead_once_their_school_agrees_and_only_it_and_the_host_read_names(
    client, network
):
    host, northbury, event = network
    page, their_page = f"/host/events/{event.slug}/leading", f"/school/events/{event.slug}/leading"
    sign_in(client, Role.HOST, host)
    typed = {
        "kind": "older_pupils",
        "teacher": "Ms Young",
        "school_id": northbury.id,
        "called": "sixth-formers",
    }
    assert client.post(page, data=typed).location == f"/host/events/{event.slug}/"
    assert "Northbury School has not agreed yet" in read(client, f"/host/events/{event.slug}/")

    coordinator = sign_in(client, Role.COORDINATOR, northbury)
    assert "Say whether your pupils may lead Puzzle day" in read(client, "/school/")
    assert client.post(their_page, data={"names": "Ada Ash\n\nBen Birch"}).status_code == 303
    assert "Say whether your pupils may lead" not in read(client, "/school/")
    assert "Ada Ash" in soup(client.get(their_page)).find("textarea").text

    public = "sixth-formers of Northbury School with Ms Young"
    for role, school, sees in (
        (Role.HOST, host, True),
        (Role.LEAD, None, False),
        (Role.AUDITOR, None, False),
    ):
        sign_in(client, role, school)
        shown = read(client, f"/host/events/{event.slug}/")
        assert f"Agreed by {coordinator.name}" in shown
        assert "2 pupils" in shown
        assert ("Ada Ash" in shown, "Ben Birch" in shown) == (sees, sees)
    shown = read(client, f"/events/{event.slug}")
    assert public in shown
    assert "Ada Ash" not in shown
    sign_in(client, Role.COORDINATOR, host)
    assert client.get(their_page).status_code == 404

    sign_in(client, Role.COORDINATOR, northbury)
    client.post(f"{their_page}/take-back")
    assert db.session.scalars(select(PupilLeader)).all() == []
    assert queries.of_event(event.id).agreed_at is None


def test_a_provider_is_checked_by_name_and_another_one_anew(client, network):
    host, _northbury, event = network
    person = sign_in(client, Role.HOST, host)
    page, work = f"/host/events/{event.slug}/leading", f"/host/events/{event.slug}/"
    typed = {"kind": "provider", "organisation": "Star Dome", "contact": "Jo Bell, 01632 960123"}
    client.post(page, data=typed)
    assert "Check Star Dome before Puzzle day" in read(client, "/host/")

    client.post(f"{page}/checked")
    assert f"Insurance and DBS checks: Confirmed by {person.name} on" in read(client, work)
    assert "Check Star Dome" not in read(client, "/host/")
    assert "Jo Bell" not in read(client, f"/events/{event.slug}")

    client.post(page, data={**typed, "contact": "Al Bell, 01632 960124"})
    assert queries.of_event(event.id).checked_at is not None
    client.post(page, data={**typed, "organisation": "Moon Dome"})
    assert queries.of_event(event.id).checked_at is None


def test_another_school_has_to_agree_and_no_name_goes_with_it(network):
    _host, northbury, event = network
    lead_with_pupils(event, northbury, "Ada Ash")
    other = schools.make_school(name="Southbury School", low_year=5, high_year=13)

    lead(event, LeaderKind.OLDER_PUPILS, teacher="Mr Oak", school_id=other.id)

    kept = queries.of_event(event.id)
    assert (kept.agreed_at, kept.pupils) == (None, [])
    with pytest.raises(service.NoOlderPupils), transaction():
        service.agree(
            actor=COMMAND, now=clock.now(), event=event, school=northbury, names=["Ada Ash"]
        )


@pytest.mark.parametrize(
    ("kind", "wrong", "fields"),
    [
        (LeaderKind.TEACHER, {}, ["teacher"]),
        (LeaderKind.OLDER_PUPILS, {"number": 0}, ["teacher", "school_id", "number"]),
        (LeaderKind.OLDER_PUPILS, {"teacher": "Ms Young", "school_id": 999}, ["school_id"]),
        (LeaderKind.PROVIDER, {"contact": "x" * 121}, ["contact", "organisation"]),
    ],
)
def test_what_is_missing_is_said_beside_its_field(network, kind, wrong, fields):
    _host, _northbury, event = network
    with pytest.raises(service.LeadingRefused) as refused, transaction():
        service.keep(
            actor=COMMAND,
            now=clock.now(),
            event=event,
            details=LeadingDetails(kind=kind, **wrong),
        )
    assert [problem.field for problem in refused.value.problems] == fields


def test_next_years_event_has_the_same_leaders_and_no_names_or_checks(network):
    _host, northbury, event = network
    lead_with_pupils(event, northbury, "Ada Ash")
    with transaction():
        again = event_service.clone(actor=COMMAND, now=clock.now(), event=event)

    copied = queries.of_event(again.id)
    assert (copied.kind, copied.teacher, copied.school) == (
        LeaderKind.OLDER_PUPILS,
        "Ms Young",
        northbury,
    )
    assert (copied.agreed_at, copied.pupils) == (None, [])
    with transaction():
        event_service.discard(actor=COMMAND, now=clock.now(), event=again)
    assert queries.of_event(again.id) is None
    with transaction():
        after = event_service.follow_example(
            actor=COMMAND, now=clock.now(), event=event, host=northbury
        )
    assert queries.of_event(after.id) is None, "who leads it elsewhere stays there"


def test_names_go_sixty_days_after_the_event(network):
    _host, northbury, event = network
    lead_with_pupils(event, northbury, "Ada Ash")
    kept_until = event.last_ends_at + timedelta(days=60)

    purging.purge(kept_until - timedelta(minutes=1))
    assert [pupil.name for pupil in queries.of_event(event.id).pupils] == ["Ada Ash"]
    purging.purge(kept_until)
    db.session.expire_all()
    kept = queries.of_event(event.id)
    assert (kept.pupils, kept.number, kept.agreed_at is not None) == ([], 1, True)
