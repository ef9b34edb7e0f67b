"""A pupil whom the school withdraws: the family is told at once, and the old link says so."""

from datetime import timedelta

import pytest

from booking.days.places import service as places
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from tests.builders import checkout as families
from tests.builders import pupils, schools
from tests.builders.stored import mails
from tests.page import soup, words

TEMPLATE = "place_withdrawn"


@pytest.fixture
def family(db_session):
    """A family that has accepted a place."""
    found = families.make_family(families.make_fee_event(FeeKind.FREE))
    families.answer(found)
    return found


def withdraw(family, actor=COMMAND):
    with transaction():
        places.withdraw(actor=actor, now=clock.now(), booking=family.booking)


def test_the_family_is_told_and_the_page_says_so(client, family):
    school = family.booking.school
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=school))
    page = f"/school/bookings/{family.booking.public_id}/withdraw"
    assert "We tell the parents by e-mail at once" in client.get(page).text

    done = client.get(client.post(page, data={"instead": ""}).location)

    assert "has been withdrawn. We have told the parents." in words(soup(done))
    [mail] = mails(TEMPLATE)
    assert mail.recipient == family.parent.email
    assert mail.subject == f"{school.name}: Ada no longer has a place at Puzzle day"
    assert "Please do not come on the day." in mail.text
    assert f"telephone {school.office_phone}" in mail.text


def test_the_old_link_says_what_happened(client, family):
    withdraw(family)

    page = words(soup(client.get(family.url)).main)

    assert "Ada no longer has a place" in page
    assert f"{family.booking.school.name} has withdrawn Ada" in page


def test_a_pupil_swapped_for_another_is_told_too(family):
    other = pupils.make_pupil(school=family.booking.school, forename="Ben")
    with transaction():
        places.swap_pupil(actor=COMMAND, now=clock.now(), booking=family.booking, pupil=other)

    assert [mail.recipient for mail in mails(TEMPLATE)] == [family.parent.email]


def test_who_gave_the_place_back_is_not_told_what_they_know(family):
    withdraw(family, PARENT)

    assert mails(TEMPLATE) == []


def test_a_reserve_who_never_had_a_place_is_not_written_to(db_session, family):
    cleo = pupils.make_pupil(school=family.booking.school, forename="Cleo")
    with transaction():
        [booking] = places.add_reserves(
            actor=COMMAND,
            now=clock.now(),
            event=family.booking.event,
            school=family.booking.school,
            pupils=[cleo],
        )
        places.withdraw(actor=COMMAND, now=clock.now(), booking=booking)

    assert mails(TEMPLATE) == []


def test_after_the_day_nobody_is_told_not_to_come(family, time_machine):
    time_machine.move_to(family.booking.event.last_ends_at + timedelta(hours=1))

    withdraw(family)

    assert mails(TEMPLATE) == []


def test_a_family_without_an_address_has_to_be_told_by_the_school(client, db_session, family):
    with transaction():
        family.parent.email = ""
    school = family.booking.school
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=school))
    page = f"/school/bookings/{family.booking.public_id}/withdraw"
    assert "please tell the family yourself" in client.get(page).text

    done = client.get(client.post(page, data={"instead": ""}).location)

    assert "so please tell the family yourself." in done.text
    assert mails(TEMPLATE) == []
