"""Meetings are called, changed, answered, cancelled and minuted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.permissions import COMMAND, Role
from booking.domain.reasons import ReasonMissing
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.network.meetings import queries, service
from booking.network.meetings.models import Answer, Meeting, MeetingAnswer, MeetingKind
from booking.network.meetings.queries import for_whom
from booking.network.meetings.words import where
from tests.builders import meetings, schools
from tests.builders.meetings import answer, cancel, change, details, make_meeting

COMING, NOT_COMING = Answer.COMING, Answer.NOT_COMING
LINK = "https://meet.example/our-room"


def refusal_of(act, **changes):
    """Return the fields and sentences with which a meeting is refused."""
    with pytest.raises(service.MeetingRefused) as refused:
        act(**changes)
    return {problem.field: problem.words for problem in refused.value.problems}


def said(person, meeting):
    return queries.standings(person.id, [meeting])[meeting.id]


def guests_of(meeting):
    return list(db.session.scalars(queries.guests(meeting)))


def actions():
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_meeting_that_is_called_is_there_at_once_for_those_invited(meeting, guest):
    assert guests_of(meeting) == [guest]
    assert (meeting.sequence, meeting.cancelled_at, meeting.minutes_at) == (0, None, None)
    assert [row.title for row in queries.unanswered(guest.id, now=clock.now())] == [
        "Spring meeting"
    ]
    assert actions()[-1] == "call_meeting"


def test_a_meeting_for_chosen_roles_is_for_their_holders_and_nobody_else(guest):
    treasurer = schools.make_person(role=Role.TREASURER)
    schools.make_person(role=Role.AUDITOR)
    meeting = make_meeting(roles=frozenset({Role.COORDINATOR, Role.TREASURER}))

    assert {person.id for person in guests_of(meeting)} == {guest.id, treasurer.id}
    assert for_whom(meeting) == "Coordinators and treasurers"


def test_a_meeting_for_everybody_is_for_whoever_can_sign_in(guest):
    auditor, plain = schools.make_person(role=Role.AUDITOR), schools.make_person()
    left = schools.make_person(role=Role.HOST, school=schools.make_school())
    with transaction():
        left.disabled_at = clock.now()
    meeting = make_meeting(for_everybody=True, roles=frozenset())

    assert {person.id for person in guests_of(meeting)} == {guest.id, auditor.id, plain.id}
    assert for_whom(meeting) == "Everybody with an account"


def test_whoever_takes_a_role_up_is_invited_and_whoever_gives_it_up_is_not(meeting, guest):
    school, now = schools.make_school(), clock.now()
    newcomer = schools.make_person(role=Role.COORDINATOR, school=school)

    assert queries.standings(newcomer.id, [meeting]) == {meeting.id: None}
    with transaction():
        [grant] = newcomer.grants
        db.session.delete(grant)
    assert queries.standings(newcomer.id, [meeting]) == {}
    assert queries.unanswered(newcomer.id, now=now) == []


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": ""}, "title", "Enter a title"),
        ({"title": "x" * 121}, "title", "Shorten this to 120"),
        ({"venue": "x" * 201}, "venue", "Shorten this to 200"),
        ({"notes": "x" * 5001}, "notes", "Shorten this to 5,000"),
        ({"venue": ""}, "host_school_id", "Say where it is"),
        ({"link": "http://meet.example/"}, "link", "begins with https://"),
        ({"roles": frozenset()}, "roles", "Choose at least one role"),
        ({"roles": frozenset({Role.DAY_STAFF})}, "roles", "Choose from the roles"),
    ],
)
def test_what_a_meeting_lacks_is_said_beside_its_field(db_session, changes, field, words):
    assert words in refusal_of(make_meeting, **changes)[field]
    assert queries.coming_count(clock.now()) == 0
    assert actions() == []


def test_times_have_to_be_in_order_and_to_come(db_session):
    now, hour = clock.now(), timedelta(hours=1)

    assert "The end must be after" in refusal_of(make_meeting, ends_at=details().starts_at)["ends"]
    assert "in the past" in refusal_of(make_meeting, starts_at=now - hour)["on"]
    far = now + timedelta(days=800)
    assert "Check the year" in refusal_of(make_meeting, starts_at=far, ends_at=far + hour)["on"]


def test_too_many_coming_meetings_are_refused(meeting, monkeypatch):
    monkeypatch.setattr(service, "COMING_MAX", 1)

    assert "which is the most" in refusal_of(make_meeting)[""]
    cancel(meeting)
    assert make_meeting().id != meeting.id


def test_where_it_is_reads_as_the_place_the_school_or_online(db_session):
    school = schools.make_school(name="Ashdale School", address="Mill Lane", postcode="ZX1 1AA")

    assert where(make_meeting()) == "Town Hall, Netherwick"
    assert where(make_meeting(host=school)) == f"Ashdale School, Mill Lane, {school.town} ZX1 1AA"
    assert where(make_meeting(venue="", link=LINK)) == "Online"


def test_what_people_plan_by_raises_the_sequence_and_the_agenda_does_not(meeting):
    before = meeting.modified_at

    assert change(meeting, venue="Library") == ("venue",)
    assert (meeting.sequence, meeting.modified_at > before) == (1, True)
    assert change(meeting, notes="Bring your figures.") == ("notes",)
    assert meeting.sequence == 1
    assert change(meeting) == ()
    assert actions()[-3:] == ["call_meeting", "change_meeting", "change_meeting"]


def test_the_agenda_raises_it_within_a_day_of_the_meeting(meeting, time_machine):
    time_machine.move_to(meeting.starts_at - timedelta(hours=20))

    change(meeting, notes="Please use the back door.")

    assert meeting.sequence == 1


def test_another_time_asks_everybody_again_and_another_place_does_not(meeting, guest):
    answer(meeting, guest)
    change(meeting, venue="Library")
    assert said(guest, meeting) is COMING

    hour = timedelta(hours=1)
    change(meeting, starts_at=meeting.starts_at - hour)

    assert said(guest, meeting) is None
    assert len(queries.unanswered(guest.id, now=clock.now())) == 1


def test_more_may_be_invited_and_nobody_is_left_out(meeting):
    change(meeting, roles=frozenset({Role.COORDINATOR, Role.HOST}))
    fewer = refusal_of(lambda: change(meeting, roles=frozenset({Role.HOST})))
    assert "stay invited" in fewer["audience"]

    change(meeting, for_everybody=True)
    assert [row.role for row in meeting.roles] == []
    fewer = refusal_of(lambda: change(meeting, for_everybody=False, roles=frozenset({Role.HOST})))
    assert "stay invited" in fewer["audience"]
    assert meeting.for_everybody


def test_a_meeting_that_has_begun_no_longer_changes(meeting, guest, time_machine):
    time_machine.move_to(meeting.starts_at)

    with pytest.raises(service.MeetingHasBegun, match="has begun"):
        change(meeting, venue="Library")
    with pytest.raises(service.MeetingHasBegun, match="has begun"):
        answer(meeting, guest)
    assert said(guest, meeting) is None


def test_the_last_answer_holds(meeting, guest):
    answer(meeting, guest)
    answer(meeting, guest)
    answer(meeting, guest, NOT_COMING)

    assert said(guest, meeting) is NOT_COMING
    assert queries.counts(meeting) == {COMING: 0, NOT_COMING: 1, None: 0}
    assert actions().count("answer_meeting") == 2


def test_only_who_is_invited_answers(meeting):
    with pytest.raises(service.NotAGuest, match="not invited yourself"):
        answer(meeting, schools.make_person(role=Role.LEAD))

    assert db.session.scalars(select(MeetingAnswer)).all() == []


def test_who_answered_is_listed_first_those_who_come_and_last_the_silent(meeting, guest):
    cannot, silent = meetings.make_coordinator(), meetings.make_coordinator()
    answer(meeting, guest)
    answer(meeting, cannot, NOT_COMING)

    people = db.session.scalars(queries.answered(meeting)).all()

    assert [(g.person.id, g.answer) for g in queries.with_answers(meeting, people)] == [
        (guest.id, COMING),
        (cannot.id, NOT_COMING),
        (silent.id, None),
    ]
    assert queries.counts(meeting) == {COMING: 1, NOT_COMING: 1, None: 1}


def test_an_answer_stays_on_the_list_when_its_person_changes_post(meeting, guest):
    answer(meeting, guest)
    with transaction():
        for grant in guest.grants:
            db.session.delete(grant)

    assert queries.counts(meeting) == {COMING: 1, NOT_COMING: 0, None: 0}


def test_a_cancelled_meeting_says_why_asks_nobody_and_changes_no_more(meeting, guest):
    cancel(meeting)

    assert (meeting.cancelled_reason, meeting.sequence) == ("The hall is flooded.", 1)
    assert queries.unanswered(guest.id, now=clock.now()) == []
    for act in (
        lambda: cancel(meeting),
        lambda: change(meeting, venue="Library"),
        lambda: answer(meeting, guest),
    ):
        with pytest.raises(service.MeetingIsCancelled, match="is cancelled"):
            act()
    [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "cancel_meeting"))
    assert entry.reason == "The hall is flooded."


def test_a_reason_has_to_be_given_and_short(meeting):
    with pytest.raises(ReasonMissing, match="Say why"):
        cancel(meeting, " ")
    with pytest.raises(ReasonMissing, match="500"):
        cancel(meeting, "x" * 501)
    assert meeting.cancelled_at is None


def test_what_is_over_is_not_cancelled(meeting, time_machine):
    time_machine.move_to(meeting.ends_at)

    with pytest.raises(service.MeetingIsOver, match="is over"):
        cancel(meeting)


def keep(meeting, text="", link=""):
    with transaction():
        service.keep_minutes(actor=COMMAND, now=clock.now(), meeting=meeting, text=text, link=link)


def test_minutes_are_written_afterwards_put_right_and_taken_away(meeting, time_machine):
    with pytest.raises(service.MeetingNotOver, match="not over yet"):
        keep(meeting, "We met.")
    time_machine.move_to(meeting.ends_at)

    keep(meeting, "We met.")
    assert (meeting.minutes, meeting.minutes_at is None) == ("We met.", False)
    keep(meeting, "", LINK)
    assert (meeting.minutes, meeting.minutes_link) == ("", LINK)
    keep(meeting)
    assert meeting.minutes_at is None
    [*_, first, _second, _third] = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "keep_minutes").order_by(AuditEntry.id)
    )
    assert first.facts == {"characters": 7, "link": False}


def test_minutes_that_cannot_be_are_refused(meeting, time_machine):
    time_machine.move_to(meeting.ends_at)

    assert "Write the minutes" in refusal_of(lambda: keep(meeting))["minutes"]
    assert "20,000" in refusal_of(lambda: keep(meeting, "x" * 20_001))["minutes"]
    assert "https" in refusal_of(lambda: keep(meeting, "", "ftp://x.example"))["minutes_link"]
    assert meeting.minutes_at is None


def test_a_cancelled_meeting_has_no_minutes(meeting, time_machine):
    cancel(meeting)
    time_machine.move_to(meeting.ends_at)

    with pytest.raises(service.MeetingIsCancelled):
        keep(meeting, "We met.")


def test_coming_and_past_are_apart_and_in_order(meeting, guest, time_machine):
    later = make_meeting(title="Later", days=60)
    actor = schools.actor_of(guest)
    time_machine.move_to(meeting.ends_at)

    def titles(*, past):
        statement = queries.listing(actor, now=clock.now(), past=past)
        return [found.title for found in db.session.scalars(statement)]

    assert titles(past=False) == [later.title]
    assert titles(past=True) == ["Spring meeting"]


def test_the_database_refuses_a_meeting_that_ends_before_it_begins(meeting):
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError), transaction():
        db.session.get_one(Meeting, meeting.id).ends_at = meeting.starts_at
    assert meeting.kind is MeetingKind.COORDINATORS
