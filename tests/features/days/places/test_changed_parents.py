"""Private links follow a pupil's parents: a corrected address gets one, the wrong one loses it."""

from sqlalchemy import select

from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.notifications.models import Message
from booking.people.pupils import service as pupils
from booking.people.pupils.details import ParentDetails, known_parents
from booking.people.pupils.models import ParentLink
from tests.builders.events import make_event
from tests.builders.places import make_booking
from tests.builders.pupils import make_pupil
from tests.builders.schools import make_school

WRONG = ParentDetails("Ngozi Okoro", "ngoozi@parents.example")
RIGHT = ParentDetails("Ngozi Okoro", "ngozi@parents.example")
OTHER = ParentDetails("Sam Lane", "sam@parents.example", "+447700900123")


def change_parents(pupil, *parents):
    with transaction():
        pupils.change_pupil(
            actor=COMMAND,
            now=clock.now(),
            pupil=pupil,
            forename=pupil.forename,
            surname=pupil.surname,
            year_group=pupil.year_group,
            parents=parents,
        )


def open_links(session):
    links = session.scalars(select(ParentLink).where(ParentLink.revoked_at.is_(None)))
    return sorted({link.parent.email for link in links})


def invitations(session):
    return sorted(session.scalars(select(Message.recipient).where(Message.template == "invited")))


def invited(state=BookingState.INVITED):
    school = make_school()
    pupil = make_pupil(school=school, parents=[WRONG, OTHER])
    make_booking(event=make_event(), school=school, pupil=pupil, state=state)
    return pupil


def test_a_corrected_address_is_asked_and_the_wrong_one_shut_out(db_session):
    pupil = invited()

    change_parents(pupil, RIGHT, OTHER)

    assert open_links(db_session) == ["ngozi@parents.example", "sam@parents.example"]
    assert invitations(db_session) == [
        "ngoozi@parents.example",
        "ngozi@parents.example",
        "sam@parents.example",
    ]


def test_a_parent_of_a_confirmed_pupil_loses_the_link_and_nobody_is_asked_again(db_session):
    pupil = invited(BookingState.CONFIRMED)

    change_parents(pupil, RIGHT, OTHER)

    assert open_links(db_session) == ["sam@parents.example"]
    assert len(invitations(db_session)) == 2


def test_a_parent_keeps_the_link_to_a_brother_or_sister(db_session):
    pupil = invited()
    school_id = pupil.school_id
    sister = make_pupil(school=pupil_school(db_session, school_id), parents=[WRONG])
    make_booking(event=make_event(), school=pupil_school(db_session, school_id), pupil=sister)

    change_parents(pupil, OTHER)

    assert open_links(db_session) == ["ngoozi@parents.example", "sam@parents.example"]


def pupil_school(session, school_id):
    from booking.people.schools.models import School

    return session.get_one(School, school_id)


def test_the_same_parents_with_another_number_keep_their_links(db_session):
    pupil = invited()

    change_parents(pupil, WRONG, ParentDetails("Sam Lane", "sam@parents.example", ""))

    assert open_links(db_session) == ["ngoozi@parents.example", "sam@parents.example"]
    assert [parent.phone for parent in known_parents(pupil)] == ["", ""]
