"""What is no longer needed is deleted, and nothing else; afterwards nothing is overdue."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import inspect, select, text

from booking.days.ideas.models import Idea, IdeaKind, IdeaState
from booking.days.places.models import Booking
from booking.days.seasons.models import PlannedPupil, PlanState, Proposal, SeasonPlan
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.circulars import Readership
from booking.domain.keeping import families
from booking.domain.needs import Diet, PhotoPermission
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message, MessageState
from booking.foundation.security.counts import SecurityCount
from booking.foundation.web.models import SentForm, ThrottleCount, WebSession
from booking.money.checkout.models import Needs
from booking.money.payments.demo_processor.models import DemoSession
from booking.money.payments.models import WebhookEvent
from booking.money.transfers.models import TransferReference
from booking.network.circulars.models import Circular, CircularCopy
from booking.network.meetings.models import Answer, Meeting, MeetingAnswer, MeetingKind
from booking.on_the_day.calendars.models import Feed
from booking.on_the_day.closing.models import Reflection
from booking.people.pupils.models import Parent, ParentLink, Pupil
from booking.people.schools.models import (
    Invitation,
    InvitationRole,
    PasswordReset,
    RoleGrant,
    School,
)
from booking.upkeep import purging
from booking.upkeep.models import JobRun
from tests.builders import checkout, events, schools
from tests.features.upkeep.test_forgetting import FORGETTING
from tests.features.upkeep.tried_elsewhere import ELSEWHERE

pytestmark = pytest.mark.usefixtures("db_session")
NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PERSON_ID = 1
NEEDS = "needs of the day"
_numbers = count(1)


def went(**rows):
    """Return how many rows each rule finds, leaving out those that find none."""
    return dict.fromkeys((rule.name for rule in purging.rules()), 0) | rows


def new():
    """Return text that nothing else has."""
    return f"row{next(_numbers)}"


def link(at):
    """One more link of the family, which expired then."""
    first = db.session.scalars(select(ParentLink).limit(1)).one()
    return ParentLink(
        token_hash=new(), parent_id=first.parent_id, booking_id=first.booking_id, expires_at=at
    )


def invitation(at):
    offered = InvitationRole(role=Role.TREASURER)
    return Invitation(
        public_id=new(),
        token_hash=new(),
        email="n@elsewhere.example",
        name="Nobody Yet",
        expires_at=at,
        roles=[offered],
    )


def ended(at):
    """Return an event that ended then."""
    host = db.session.scalars(select(School).limit(1)).one()
    event = events.make_event(host=host, published=False)
    event.first_starts_at, event.last_ends_at = at - timedelta(hours=5), at
    return event


def day_staff(at):
    return RoleGrant(person_id=PERSON_ID, role=Role.DAY_STAFF, event_id=ended(at).id)


def reflection(at):
    event = ended(at)
    event.led_by, event.contact_name, event.contact_phone = families.NAME_REMOVED, "", ""
    return Reflection(event_id=event.id, went_well="The weather")


def transfer_reference(at):
    parent = db.session.scalars(select(Parent).limit(1)).one()
    booking = Booking(
        event_id=ended(at).id,
        pupil_id=parent.pupils[0].id,
        school_id=parent.school_id,
        state=BookingState.WITHDRAWN,
    )
    db.session.add(booking)
    db.session.flush()
    return TransferReference(
        number=1_000_000 + next(_numbers), booking_id=booking.id, parent_id=parent.id
    )


def reset(at):
    return PasswordReset(token_hash=new(), person_id=PERSON_ID, expires_at=at)


def mail(at, state=MessageState.SENT):
    sent_at = at if state is MessageState.SENT else None
    return Message(
        key=new(),
        template="invited",
        recipient="p@parents.example",
        subject="A place",
        state=state,
        queued_at=at,
        sent_at=sent_at,
    )


def mail_given_up(at):
    return mail(at, MessageState.FAILED)


def parents_feed(at):
    """A calendar made then by a parent whose children are at no event."""
    school = db.session.scalars(select(School).limit(1)).one()
    parent = Parent(school_id=school.id, name="Nobody Yet", email=f"{new()}@parents.example")
    parent.pupils = [Pupil(school_id=school.id, forename="No", surname="Body", year_group=5)]
    db.session.add(parent)
    db.session.flush()
    return Feed(
        token_hash=new(), short_id=new(), parent_id=parent.id, label="Kitchen", created_at=at
    )


def feed(at):
    return Feed(
        token_hash=new(), short_id="abcdef", person_id=PERSON_ID, label="Phone", revoked_at=at
    )


def session(at):
    return WebSession(public_id=new(), token_hash=new(), expires_at=at)


def throttle(at):
    return ThrottleCount(key=new(), count=3, expires_at=at)


def sent_form(at):
    return SentForm(name=new(), contents=new(), sent_at=at, answer="[]")


def message_of_processor(at):
    return WebhookEvent(id=new(), type="checkout.session.completed", received_at=at)


def processor_page(at):
    return DemoSession(
        id=new(),
        idempotency_key=new(),
        reference=new(),
        amount_pence=600,
        description="Fee",
        success_url="/",
        cancel_url="/",
        expires_at=at,
        created_at=at,
    )


def plan(at):
    """A season plan that was withdrawn then, of an event yet to come."""
    made = SeasonPlan(
        slug=new(),
        name="Spring",
        first_on=NOW.date(),
        last_on=NOW.date() + timedelta(days=90),
        at_most=1,
        wishes_close_at=at,
        state=PlanState.WITHDRAWN,
        seed=new(),
        seed_commitment=new(),
        opened_at=at,
        ended_at=at,
    )
    db.session.add(made)
    db.session.flush()
    return made


def wish(at):
    """A pupil with wishes in a plan that was withdrawn then."""
    pupil = db.session.scalars(select(Pupil).limit(1)).one()
    return PlannedPupil(plan_id=plan(at).id, pupil_id=pupil.id)


def proposal(at):
    """What was worked out for a plan that was withdrawn then."""
    return Proposal(
        plan_id=plan(at).id,
        record="{}",
        digest="",
        published="{}",
        inputs_digest="",
        is_trial=True,
        milliseconds=1,
    )


def answer(at):
    """What somebody said about a meeting that ended then."""
    meeting = Meeting(
        uid=new(),
        kind=MeetingKind.OTHER,
        title="Meeting",
        starts_at=at - MINUTE,
        ends_at=at,
        venue="Hall",
        link="",
        notes="",
        for_everybody=True,
    )
    db.session.add(meeting)
    db.session.flush()
    return MeetingAnswer(meeting_id=meeting.id, person_id=PERSON_ID, answer=Answer.COMING)


def closed_idea(at):
    """An idea that was closed then."""
    return Idea(
        kind=IdeaKind.WANTED,
        title="Latin",
        details="",
        roughly_when="",
        low_year=5,
        high_year=6,
        state=IdeaState.CLOSED,
        closed_at=at,
    )


def circular(at):
    """A draft to everybody that was written then."""
    return Circular(
        readership=Readership.EVERYBODY,
        subject="News",
        text="",
        written_by_id=PERSON_ID,
        written_at=at,
    )


def copy_of_a_family(at):
    """A family's copy of a circular that went out then; a person's copy of it stays."""
    sent = circular(NOW)
    sent.send_at = sent.addressed_at = at
    db.session.add(sent)
    db.session.flush()
    db.session.add(CircularCopy(circular_id=sent.id, person_id=PERSON_ID))
    parent = db.session.scalars(select(Parent).limit(1)).one()
    return CircularCopy(circular_id=sent.id, parent_id=parent.id)


def run_of_a_job(at):
    """A job that was last run then."""
    return JobRun(name=new(), worker="there:1", started_at=at, begun_at=at)


def count_of_refusals(at):
    """How often something was refused in a quarter of an hour."""
    return SecurityCount(kind="sign_ins", key=new(), second_at=at, count=1)


#: Each rule, how long after the row's own instant it is kept, and what makes such a row.
CASES = [
    ("wishes of pupils", timedelta(days=30), wish),
    ("proposals of season plans", timedelta(days=30), proposal),
    ("parents' links", timedelta(days=30), link),
    ("invitations to roles", timedelta(days=30), invitation),
    ("day staff's roles", timedelta(days=30), day_staff),
    ("reflections of hosts", timedelta(days=3 * 365), reflection),
    ("references for bank transfers", timedelta(days=90), transfer_reference),
    ("password links", timedelta(0), reset),
    ("known browsers", timedelta(days=180), schools.known_browser),
    ("sent mail", timedelta(days=90), mail),
    ("sent mail", timedelta(days=90), mail_given_up),
    ("revoked feeds", timedelta(days=30), feed),
    ("parents' feeds", timedelta(days=30), parents_feed),
    ("answers to meetings", timedelta(days=400), answer),
    ("circulars, with who received them", timedelta(days=730), circular),
    ("which families received a circular", timedelta(days=60), copy_of_a_family),
    ("closed ideas for events", timedelta(days=365), closed_idea),
    ("sessions", timedelta(0), session),
    ("throttle counts", timedelta(0), throttle),
    ("keys of forms that were sent", timedelta(days=1), sent_form),
    ("card processor's messages", timedelta(days=400), message_of_processor),
    ("runs of jobs", timedelta(days=90), run_of_a_job),
    ("counts of refusals", timedelta(days=90), count_of_refusals),
    ("pretend payment pages", timedelta(days=400), processor_page),
]


@pytest.fixture
def person(app):
    """The first person there is."""
    made = schools.make_person()
    assert made.id == PERSON_ID
    return made


@pytest.fixture
def family(person):
    """A family that has answered everything for an event that ends in April."""
    made = checkout.make_family(checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION))
    checkout.answer(
        made,
        health="Asthma, blue inhaler",
        access="Step-free route",
        diets=(Diet.HALAL,),
        photo=PhotoPermission.NONE,
    )
    return made


def key_of(row):
    """Return the table and the key of a row."""
    return row.__tablename__, tuple(inspect(row).identity)


def everything():
    """Return the key of every row but the audit trail's."""
    db.session.rollback()
    found = set()
    for mapper in db.Model.registry.mappers:
        if issubclass(mapper.class_, AuditEntry):
            continue
        rows = db.session.execute(select(*mapper.primary_key)).all()
        found |= {(mapper.class_.__tablename__, tuple(row)) for row in rows}
    return found


@pytest.mark.parametrize(("rule", "kept", "make"), CASES, ids=[case[2].__name__ for case in CASES])
def test_a_rule_removes_what_is_past_its_time_and_nothing_else(family, rule, kept, make):
    with transaction():
        old, young = make(NOW - kept), make(NOW - kept + MINUTE)
        db.session.add_all([old, young])
    gone = {key_of(old), *map(key_of, getattr(old, "roles", []))}
    before = everything()

    assert purging.overdue(NOW) == went(**{rule: 1})
    assert purging.purge(NOW) == went(**{rule: 1})

    assert everything() == before - gone
    assert purging.overdue(NOW) == went()


def test_every_rule_is_tried():
    elsewhere = {NEEDS} | ELSEWHERE | FORGETTING
    assert {rule for rule, _kept, _make in CASES} | elsewhere == set(went())


def test_a_mail_that_waits_a_feed_in_use_and_a_post_without_end_stay(family):
    long_ago, waiting = NOW - timedelta(days=999), NOW - timedelta(days=399)
    with transaction():
        db.session.add_all([mail(waiting, MessageState.QUEUED), feed(None)])
        db.session.add(RoleGrant(person_id=PERSON_ID, role=Role.LEAD, granted_at=long_ago))
    before = everything()

    assert purging.purge(NOW) == went()
    assert everything() == before


def texts(family):
    """Return what is kept of the needs of a family's pupil."""
    db.session.rollback()
    row = db.session.get_one(Needs, family.booking.id)
    names = ("health", "access", "diets", "collected_by", "emergency_name", "emergency_phone")
    return {name: value for name in names if (value := getattr(row, name))}


def stored_health():
    """Return the health text as the database itself holds it."""
    return db.session.scalar(text("SELECT health FROM needs"))


def test_the_needs_of_the_day_go_fourteen_days_after_the_event(family):
    ends_at = family.booking.event.last_ends_at
    told = texts(family)
    assert set(told) == {"health", "access", "diets", "emergency_name", "emergency_phone"}

    assert purging.purge(ends_at + timedelta(days=14) - MINUTE)[NEEDS] == 0
    assert texts(family) == told
    assert purging.purge(ends_at + timedelta(days=14))[NEEDS] == 1

    assert texts(family) == {}
    assert stored_health() is None
    assert db.session.get_one(Needs, family.booking.id).purged_at == ends_at + timedelta(days=14)
    assert purging.purge(ends_at + timedelta(days=15))[NEEDS] == 0


def test_needs_go_even_if_the_place_was_given_back(family):
    with transaction():
        checkout.checkout.decline(
            actor=checkout.PARENT,
            now=clock.now(),
            booking=db.session.merge(family.booking),
        )
    purging.purge(family.booking.event.last_ends_at + timedelta(days=14))

    assert texts(family) == {}


def notes():
    statement = select(AuditEntry).where(AuditEntry.action == "purge").order_by(AuditEntry.id)
    return [(entry.subject_type, entry.facts) for entry in db.session.scalars(statement)]


def test_the_trail_says_how_many_rows_went_and_not_what_they_said(family):
    with transaction():
        db.session.add_all([session(NOW), session(NOW - MINUTE)])

    purging.purge(NOW)

    assert notes() == [("purge", {"rows": 2, "kinds": {"sessions": 2}})]
    purging.purge(NOW)
    assert len(notes()) == 1


def test_the_command_purges_as_if_it_were_another_day(app, family):
    ends_at = family.booking.event.last_ends_at.astimezone(LONDON)
    db.session.rollback()
    at = (ends_at + timedelta(days=14)).strftime("%Y-%m-%dT%H:%M:%S")
    purges = (["retention", "purge"], ["retention", "purge", "--at", at])

    today, later, again = (app.test_cli_runner().invoke(args=purges[n]) for n in (0, 1, 1))

    assert [result.exit_code for result in (today, later, again)] == [0, 0, 0]
    lines = [f"{0:6}  {name}" for name in went()]
    assert today.output.splitlines() == again.output.splitlines() == lines
    assert later.output.splitlines() == [f"{1:6}  {NEEDS}", *lines[1:]]
    assert texts(family) == {}
