"""Names go a year after the school year, or when somebody asks; counts and money stay."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from booking.days.leading.models import PupilLeader
from booking.days.places import ports as place_ports
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain import terms
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.keeping import families
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit import erasures
from booking.foundation.audit.models import AuditEntry
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.money.checkout.models import Consent
from booking.money.payments.models import Payment
from booking.on_the_day.calendars.models import Feed
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.on_the_day.walk_ins.models import WalkIn
from booking.people.pupils.models import Parent, Pupil
from booking.people.schools import service as schools
from booking.people.schools.models import Person
from booking.rights.subjects import queries as subject_queries
from booking.rights.subjects import service as subjects
from booking.upkeep import backup, doctor, purging, replaying
from tests.builders import checkout, events, leading, pupils, rosters
from tests.builders import places as build
from tests.builders import schools as people
from tests.features.upkeep.faults import ERASED
from tests.trust import at_the_door
from tests.trust.canaries import Canaries

pytestmark = pytest.mark.usefixtures("db_session")
MINUTE = timedelta(minutes=1)
#: The rules that are tried here, in tests/trust/test_kept.py, in tests/features/rights and
#: people/factors.
FORGETTING = {
    "Google and Microsoft accounts of accounts without a name",
    "accounts",
    "authenticator apps",
    "names of bookings",
    "names under consents",
    "parents of nobody",
    "passkeys",
    "pupils",
    "recovery codes",
    "requests about what is held",
    "roles of accounts without a name",
    "teachers and providers who led",
    "teachers who led tours",
    "used challenges",
    "who chose what became of a refund",
    "who led events, and whom to ring",
    "what was written about payments",
    "who paid",
    "why money went back",
    "years and classes before pupils moved up",
}


@pytest.fixture
def family():
    """A family that has answered and paid for an event of this school year."""
    made = checkout.make_family(checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION))
    checkout.answer(made, given_by="Grace Hopper")
    checkout.pay(made, 600)
    return made


def when_names_go(booking):
    """Return the first instant of the school year after the next."""
    _, last_on = terms.school_year_bounds(terms.school_year(booking.event.last_ends_at.date()))
    return datetime(last_on.year + 1, 9, 1, tzinfo=LONDON)


def of(model, key):
    """Return a row as it is now; None if it is gone."""
    db.session.rollback()
    return db.session.get(model, key, populate_existing=True)


def known(family):
    """Return what is still known of a family: its child, signature, parent and payer."""
    db.session.rollback()
    booking = db.session.get_one(Booking, family.booking.id, populate_existing=True)
    return (
        booking.pupil.name,
        db.session.scalars(select(Consent.given_by)).one(),
        db.session.scalar(select(func.count()).select_from(Parent)),
        db.session.scalar(select(func.count(Payment.parent_id))),
    )


NOBODY = ("Former pupil", families.NAME_REMOVED, 0, 0)


def test_names_go_on_1_september_and_not_a_minute_before(family):
    at, pupil_id = when_names_go(family.booking), family.booking.pupil_id
    before = known(family)
    assert before == (family.booking.pupil.name, "Grace Hopper", 1, 1)

    purging.purge(at - MINUTE)
    assert known(family) == before
    purging.purge(at)

    assert known(family) == NOBODY
    assert of(Pupil, pupil_id) is None
    booking = of(Booking, family.booking.id)
    assert (booking.state, booking.pupil.year_group) == (BookingState.CONFIRMED, 5)
    assert set(purging.overdue(at).values()) == {0}


def test_a_pupil_who_comes_again_keeps_the_name_but_not_the_old_bookings(family):
    pupil = family.booking.pupil
    at = when_names_go(family.booking)
    week_later = family.booking.event.first_starts_at + timedelta(days=7)
    again = events.make_event(dates=[events.one_date(week_later)])
    later = build.make_booking(event=again, school=family.booking.school, pupil=pupil)
    with transaction():
        db.session.execute(
            text("UPDATE events SET last_ends_at = :at WHERE id = :id"),
            {"at": at.replace(tzinfo=None) - timedelta(days=90), "id": again.id},
        )

    purging.purge(at)

    assert of(Booking, family.booking.id).pupil.name == "Former pupil"
    assert of(Booking, later.id).pupil_id == pupil.id
    assert of(Pupil, pupil.id).name == pupil.name
    assert [one.id for one in of(Pupil, pupil.id).parents] == [family.parent.id]


def test_a_purge_that_is_stopped_goes_on_where_it_was(family):
    others = [checkout.make_family(family.booking.event) for _ in range(3)]
    at = when_names_go(family.booking)

    def stop(name, count):
        if (name, count) == ("names of bookings", 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        purging.purge(at, tell=stop, batch=1)
    db.session.rollback()
    first = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "purge")).one()
    assert first.facts["kinds"]["names of bookings"] == 2
    found = purging.purge(at, batch=1)

    assert (found["names of bookings"], found["pupils"]) == (len(others) - 1, 4)
    assert set(purging.overdue(at).values()) == {0}
    assert "Grace" not in str(first.facts)


def test_a_pupil_who_asks_is_erased_and_the_list_knows_no_name(family, tmp_path, app):
    app.config["ERASED_LIST"] = str(tmp_path / "erased")
    pupil = family.booking.pupil
    number, surname = pupil.public_id, pupil.surname
    with transaction(), pytest.raises(places.StillComing):
        places.forget_pupil(actor=COMMAND, now=clock.now(), pupil=pupil)
    at = family.booking.event.last_ends_at + MINUTE

    with transaction():
        db.session.add(Feed(token_hash="t", short_id="s", parent_id=family.parent.id, label="K"))
    with transaction():
        done = places.forget_pupil(actor=COMMAND, now=at, pupil=db.session.merge(pupil))

    assert (done.bookings, done.kept) == (1, 0)
    assert known(family) == NOBODY
    assert db.session.scalar(select(Pupil.id).where(Pupil.public_id == number)) is None
    assert db.session.scalar(select(func.sum(Payment.amount_pence))) == 600
    listed = (tmp_path / "erased").read_text()
    assert {line.split()[0] for line in listed.splitlines()} == {"pupils", "parents"}
    assert number in listed
    assert surname not in listed
    assert (tmp_path / "erased").stat().st_mode & 0o077 == 0
    assert not [check.promise for check, wrong in doctor.examine() if wrong]


def test_a_parent_stays_for_another_child(family):
    child = pupils.make_pupil(school=family.booking.school)
    with transaction():
        parent = db.session.get_one(Parent, family.parent.id)
        db.session.merge(child).parents = [parent]
    at = family.booking.event.last_ends_at + MINUTE

    with transaction():
        pupil = db.session.get_one(Pupil, family.booking.pupil_id)
        places.forget_pupil(actor=COMMAND, now=at, pupil=pupil)

    assert of(Parent, family.parent.id).name == family.parent.name
    assert of(Booking, family.booking.id).pupil.name == "Former pupil"


def test_what_an_incident_is_about_keeps_its_name(family):
    at = when_names_go(family.booking)
    with place_ports.named_longer.instead(lambda: Booking.id == family.booking.id):
        purging.purge(at)
        assert known(family)[:2] == (family.booking.pupil.name, "Grace Hopper")
        with transaction():
            pupil = db.session.get_one(Pupil, family.booking.pupil_id)
            done = places.forget_pupil(actor=COMMAND, now=at, pupil=pupil)
        assert (done.bookings, done.kept) == (0, 1)

    purging.purge(at)

    assert known(family) == NOBODY


def test_an_account_loses_its_name_a_year_after_the_school_year_it_was_closed_in():
    closed = people.make_person(name="Ada Closed", role=Role.TREASURER)
    in_post = people.make_person(name="Bea Inpost", role=Role.LEAD)
    idle = people.make_person(name="Cy Idle")
    with transaction():
        schools.disable_person(actor=COMMAND, now=clock.now(), person=db.session.merge(closed))
    _, last_on = terms.school_year_bounds(terms.school_year(clock.today()))
    at = datetime(last_on.year + 1, 9, 1, tzinfo=LONDON)

    assert purging.purge(at - MINUTE)["accounts"] == 0
    assert purging.purge(at)["accounts"] == 2

    assert of(Person, in_post.id).name == "Bea Inpost"
    for person in (closed, idle):
        row = of(Person, person.id)
        assert (row.name, row.mobile, row.grants) == ("Former member", "", [])
        assert row.email.endswith("@forgotten.invalid")
    with transaction(), pytest.raises(schools.PersonRefused, match="no name any more"):
        schools.enable_person(actor=COMMAND, now=at, person=db.session.merge(of(Person, closed.id)))


def test_whoever_was_erased_is_erased_again_after_an_older_copy_is_restored(
    family, tmp_path, app, make_app, empty_database
):
    erased_list = str(tmp_path / "erased")
    app.config["ERASED_LIST"] = erased_list
    helper = people.make_person(name="Helen Helper")
    backup.backup(tmp_path / "copy")
    at = family.booking.event.last_ends_at + MINUTE
    with transaction():
        pupil = db.session.get_one(Pupil, family.booking.pupil_id)
        places.forget_pupil(actor=COMMAND, now=at, pupil=pupil)
    with transaction():
        schools.forget_person(actor=COMMAND, now=at, person=db.session.merge(helper))
    db.session.rollback()

    another = make_app(DATABASE_URL=empty_database, ERASED_LIST=erased_list)
    with another.app_context():
        backup.restore(tmp_path / "copy")
        assert known(family)[1] == "Grace Hopper"
        assert len(erasures.to_repeat()) == 3
        said = {check.promise: wrong for check, wrong in doctor.examine() if wrong}
        assert said[ERASED][0].startswith("3 people on the list of erased people")
        assert replaying.repeat(clock.now()) == 3

        assert known(family)[1:] == NOBODY[1:]
        assert of(Person, helper.id).name == "Former member"
        assert erasures.to_repeat() == []
        assert replaying.repeat(clock.now()) == 0
        db.session.rollback()
    db.session.rollback()  # the family was read from this database meanwhile


def test_one_parent_an_adult_and_typed_names_are_erased_again_too(
    family, tmp_path, app, make_app, empty_database
):
    erased_list = str(tmp_path / "erased")
    app.config["ERASED_LIST"] = erased_list
    event, school = family.booking.event, family.booking.school
    adult = rosters.bring_adult(event=event, school=school)
    leading.lead_with_pupils(event, school, "Amy Lee")
    at_the_door.build(event, school, Canaries("r"))
    walked = db.session.scalars(select(WalkIn)).one()
    db.session.rollback()
    backup.backup(tmp_path / "copy")
    after = event.last_ends_at + MINUTE
    with transaction():
        subjects.erase_adult(actor=COMMAND, now=after, adult=db.session.merge(adult))
    for name in ("Amy Lee", walked.name):
        keys = [one.key for one in subject_queries.typed(school.id, name)]
        with transaction():
            subjects.erase_typed(
                actor=COMMAND, now=after, school=db.session.merge(school), name=name, keys=keys
            )
    with transaction():
        subjects.erase_parent(actor=COMMAND, now=after, parent=db.session.merge(family.parent))
    db.session.rollback()

    another = make_app(DATABASE_URL=empty_database, ERASED_LIST=erased_list)
    with another.app_context():
        backup.restore(tmp_path / "copy")
        assert sorted(one.kind for one in erasures.to_repeat()) == sorted(
            model.__tablename__ for model in (AccompanyingAdult, Parent, PupilLeader, WalkIn)
        )

        purging.purge(after)

        for model in (AccompanyingAdult, Parent, PupilLeader, WalkIn):
            assert db.session.scalar(select(func.count()).select_from(model)) == 0
        assert erasures.to_repeat() == []
        assert replaying.known_again() == 0
        db.session.rollback()
    db.session.rollback()
