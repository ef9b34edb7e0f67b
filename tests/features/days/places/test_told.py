"""No place is lost that nobody was told of, whatever becomes of the mail server and the worker.

Everything is real but the clock: the outbox, an SMTP server on this machine, and the worker's jobs.
"""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from booking.days.events.models import Sharing
from booking.days.places import jobs as place_jobs
from booking.days.places import queries
from booking.days.places import service as places
from booking.days.places.models import Booking, Offer, OfferState
from booking.domain import terms
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.foundation.notifications import announcements as notification_announcements
from booking.foundation.notifications import jobs as notification_jobs
from booking.foundation.notifications.models import Message, MessageState
from booking.people.pupils import service as pupil_service
from booking.people.pupils.details import ParentDetails
from tests.builders import events, pupils, schools
from tests.builders import places as build
from tests.postbox import serving

pytestmark = [pytest.mark.machine, pytest.mark.usefixtures("db_session")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AWAY = "smtp://127.0.0.1:9"
MONDAY = datetime(2027, 3, 1, 10, 0, tzinfo=LONDON)
FRIDAY = datetime(2027, 3, 5, 15, 0, tzinfo=LONDON)
APRIL = datetime(2027, 4, 12, 9, 30, tzinfo=LONDON)
SAM = ParentDetails("Sam Okoro", "sam.okoro@parents.example")
NGOZI = ParentDetails("Ngozi Okoro", "ngozi.okoro@parents.example")


class Site:
    """The worker's hours and the mail server's, and what arrived in people's mailboxes."""

    def __init__(self, app, box, address, traveller):
        self.app, self.box, self.address, self.traveller = app, box, address, traveller
        # Mail has its turn every minute, so also after what has just been written.
        self.jobs = [*notification_jobs.jobs(), *place_jobs.jobs(), *notification_jobs.jobs()]
        self.arrived = {}

    def mail(self, works):
        """Let the mail server work, or refuse connections."""
        self.app.config["SMTP_URL"] = self.address if works else AWAY

    def be_at(self, at):
        """Let time pass while the worker is switched off."""
        self.traveller.move_to(at)
        db.session.rollback()

    def run_until(self, at, *, every=HOUR):
        """Let the worker do what is due again and again, up to and including an instant."""
        while (now := clock.now()) < at:
            self.run()
            self.be_at(min(at, now + every))
        self.run()

    def run(self):
        """Do every job once, in order."""
        for job in self.jobs:
            job.run()
            db.session.rollback()
            for mail in self.box.mails[len(self.arrived) :]:
                self.arrived[len(self.arrived)] = (clock.now(), mail)

    def mails(self, to, subject):
        """Return when mails with a subject arrived at an address, and what they say."""
        return [
            (at, mail.get_body(("plain",)).get_content())
            for at, mail in self.arrived.values()
            if mail["To"] == to and subject in mail["Subject"]
        ]

    def invitations(self, to=SAM.email):
        return self.mails(to, "a place for")

    def reminders(self, to=SAM.email):
        return self.mails(to, "please reply about")


@pytest.fixture
def site(app, time_machine):
    with serving() as (box, address):
        made = Site(app, box, address, time_machine)
        made.mail(works=True)
        yield made


@pytest.fixture
def school(app):
    made = schools.make_school()
    schools.make_person(role=Role.COORDINATOR, school=made, email="cora@one.example")
    return made


@pytest.fixture
def event(school):
    """An event on 12 April of one place, the school's, with one school day to answer."""
    made = events.make_event(places=1, reply_days=1, dates=[events.one_date(APRIL)])
    build.hold(made, school)
    return made


def name(event, school, *parents):
    parents = parents or (SAM,)
    pupil = pupils.make_pupil(school=school, forename="Ada", surname="Okoro", parents=parents)
    return build.name(event, school, pupil)


def fresh(booking):
    db.session.rollback()
    return db.session.get_one(type(booking), booking.id)


def put_off():
    """Return why deadlines were put off, in order."""
    found = select(AuditEntry.facts).where(AuditEntry.action == "put_off_deadline")
    return [facts["because"] for facts in db.session.scalars(found.order_by(AuditEntry.id))]


def dates_named(text):
    return re.findall(r"4pm on [A-Z]\w+ \d+ [A-Z]\w+ \d+", text)


def assert_lapsed_after_its_reminder(site, booking, to=SAM.email):
    """Check that the family had its line, a date that was still to come, and a reminder."""
    booking = fresh(booking)
    assert booking.state is BookingState.LAPSED
    [(asked_at, _)] = site.invitations(to)
    (reminded_at, reminded), *more = site.reminders(to)
    assert more == []
    assert asked_at < reminded_at <= booking.ended_at - 3 * HOUR
    assert dates_named(reminded) == [terms.in_sentence(booking.reply_by_at)]
    assert asked_at < booking.reply_by_at <= booking.ended_at


def test_mail_and_worker_that_work_keep_every_date(site, event, school):
    site.be_at(MONDAY)
    booking = name(event, school)
    due_at = booking.reply_by_at
    assert terms.deadline_text(due_at) == "Tuesday 2 March 2027, 4pm"

    site.run_until(due_at)

    assert put_off() == []
    assert fresh(booking).reply_by_at == due_at
    assert_lapsed_after_its_reminder(site, booking)


@pytest.mark.parametrize(
    ("named_at", "hours", "days", "named_in_mail", "due"),
    [
        # Mail is back before the date that it names, which only ever moves later.
        (MONDAY, 22.4, 1, "Tuesday 2 March 2027", "Wednesday 3 March 2027, 4pm"),
        # A weekend, and a day more.
        (FRIDAY, 90, 2, "Tuesday 9 March 2027", "Thursday 11 March 2027, 4pm"),
        # The date is over, too: the mail was written again with a new one.
        (FRIDAY, 100, 2, "Thursday 11 March 2027", "Thursday 11 March 2027, 4pm"),
    ],
)
def test_families_have_their_line_and_their_time_once_mail_works_again(
    site, event, school, named_at, hours, days, named_in_mail, due
):
    with transaction():
        event.reply_days = days
    site.be_at(named_at)
    site.mail(works=False)
    booking = name(event, school)
    site.run_until(named_at + timedelta(hours=hours), every=4 * HOUR)
    assert fresh(booking).state is BookingState.INVITED
    assert site.arrived == {}

    site.mail(works=True)
    site.run_until(clock.now() + timedelta(hours=3, minutes=30))

    [(at, text)] = site.invitations()
    assert dates_named(text) == [f"4pm on {named_in_mail}"]
    booking = fresh(booking)
    assert at < booking.reply_by_at
    assert terms.deadline_text(booking.reply_by_at) == due
    site.run_until(booking.reply_by_at + DAY)
    assert_lapsed_after_its_reminder(site, booking)


def test_the_link_of_a_mail_that_was_written_again_opens(site, event, school, client):
    site.be_at(FRIDAY)
    site.mail(works=False)
    name(event, school)
    site.run_until(FRIDAY + 4 * DAY, every=3 * HOUR)
    site.mail(works=True)
    site.run_until(clock.now() + 4 * HOUR)

    assert client.get(site.box.link(SAM.email, "/parent/")).status_code == 200
    assert len(site.invitations()) == 1


def test_an_address_that_is_refused_keeps_the_place_until_it_is_corrected(site, event, school):
    site.be_at(MONDAY)
    site.box.refuse[SAM.email] = "550 No such person"
    booking = name(event, school)

    site.run_until(MONDAY + 9 * DAY, every=3 * HOUR)

    assert fresh(booking).state is BookingState.INVITED
    assert set(put_off()) == {"not invited"}
    untold = select(Booking.id).where(queries.is_untold(clock.now() - HOUR))
    assert db.session.scalars(untold).all() == [booking.id]

    correct(booking, NGOZI)
    site.run_until(MONDAY + 10 * DAY)
    assert len(site.invitations(NGOZI.email)) == 1
    assert db.session.scalars(untold).all() == []
    site.run_until(fresh(booking).reply_by_at)
    assert_lapsed_after_its_reminder(site, booking, to=NGOZI.email)


def test_one_parent_whose_mail_arrives_is_enough(site, event, school):
    site.be_at(MONDAY)
    site.box.refuse[SAM.email] = "550 No such person"
    booking = name(event, school, SAM, NGOZI)

    site.run_until(booking.reply_by_at)

    assert put_off() == []
    assert_lapsed_after_its_reminder(site, booking, to=NGOZI.email)


def test_a_family_without_an_address_has_its_days_from_when_it_got_the_letter(site, event, school):
    site.be_at(MONDAY)
    pupil = pupils.make_pupil(school=school, parents=[])
    booking = build.name(event, school, pupil)
    to_ask = select(Booking.id).where(queries.is_to_ask_on_paper())

    site.run_until(MONDAY + 3 * DAY)
    assert (fresh(booking).state, set(put_off())) == (BookingState.INVITED, {"not asked on paper"})
    assert db.session.scalars(to_ask).all() == [booking.id]

    letter(booking)
    site.run_until(MONDAY + 3 * DAY + HOUR)
    taken_back = letter(booking, back=True)
    assert (taken_back.asked_on_paper_at, taken_back.asked_on_paper_by_id) == (None, None)
    site.run_until(MONDAY + 7 * DAY)
    assert fresh(booking).state is BookingState.INVITED

    letter(booking)
    due_at = fresh(booking).reply_by_at
    assert terms.deadline_text(due_at) == "Tuesday 9 March 2027, 4pm"
    assert db.session.scalars(to_ask).all() == []
    site.run_until(due_at)
    assert fresh(booking).state is BookingState.LAPSED
    with pytest.raises(places.NotAwaited):
        letter(booking, back=True)


def letter(booking, *, back=False):
    facts = {"actor": COMMAND, "now": clock.now()}
    with transaction():
        if back:
            return places.take_back_asking(**facts, booking=booking)
        places.ask_on_paper(**facts, event_id=booking.event_id, booking_ids=[booking.id])
    return fresh(booking)


def test_whoever_was_asked_by_mail_is_not_asked_on_paper(site, event, school):
    site.be_at(MONDAY)
    booking = name(event, school)
    site.run()

    with pytest.raises(places.AskedByMail, match="have been asked by e-mail"):
        letter(booking)
    correct(booking)
    site.run_until(fresh(booking).reply_by_at)
    assert fresh(booking).state is BookingState.LAPSED


def test_a_family_that_no_mail_reaches_and_is_asked_on_paper_has_its_whole_period(
    site, event, school
):
    site.be_at(MONDAY)
    site.box.refuse[SAM.email] = "550 No such person"
    booking = name(event, school)
    site.run_until(MONDAY + timedelta(hours=20))

    correct(booking)

    due_at = fresh(booking).reply_by_at
    assert terms.deadline_text(due_at) == "Wednesday 3 March 2027, 4pm"
    letter(booking)
    site.run_until(due_at)
    assert fresh(booking).state is BookingState.LAPSED


def test_after_six_days_without_a_worker_the_reminder_comes_first(site, event, school):
    site.be_at(MONDAY)
    booking = name(event, school)
    site.run()
    assert len(site.invitations()) == 1
    site.be_at(MONDAY + 6 * DAY)

    site.run_until(clock.now() + HOUR)

    [(reminded_at, text)] = site.reminders()
    booking = fresh(booking)
    assert booking.state is BookingState.INVITED
    assert terms.deadline_text(booking.reply_by_at) == "Monday 8 March 2027, 4pm"
    assert dates_named(text) == ["4pm on Monday 8 March 2027"]
    site.run_until(booking.reply_by_at)
    assert fresh(booking).ended_at - reminded_at >= DAY
    assert_lapsed_after_its_reminder(site, booking)


def test_after_six_days_without_a_worker_families_are_invited_with_a_date_to_come(
    site, event, school
):
    site.be_at(MONDAY)
    booking = name(event, school)
    site.be_at(MONDAY + 6 * DAY)

    site.run_until(clock.now() + HOUR)

    [(_, text)] = site.invitations()
    booking = fresh(booking)
    assert booking.state is BookingState.INVITED
    assert dates_named(text) == ["4pm on Monday 8 March 2027"]
    site.run_until(booking.reply_by_at + 2 * DAY)
    assert_lapsed_after_its_reminder(site, booking)


def test_a_reminder_that_cannot_go_out_is_waited_for(site, event, school):
    site.be_at(MONDAY)
    booking = name(event, school)
    site.run()
    site.mail(works=False)

    site.run_until(MONDAY + 8 * DAY, every=3 * HOUR)

    assert fresh(booking).state is BookingState.INVITED
    assert set(put_off()) == {"not reminded"}
    site.mail(works=True)
    site.run_until(MONDAY + 12 * DAY, every=2 * HOUR)
    assert_lapsed_after_its_reminder(site, booking)


def test_nothing_is_waited_for_beyond_the_start_and_the_mails_say_why(site, school):
    starts_at = MONDAY + 3 * DAY
    event = events.make_event(reply_days=1, dates=[events.one_date(starts_at)], places=1)
    build.hold(event, school)
    site.be_at(MONDAY)
    site.box.refuse[SAM.email] = "550 No such person"
    booking = name(event, school)

    site.run_until(starts_at - HOUR)
    site.box.refuse.clear()
    site.run_until(starts_at + HOUR)

    booking = fresh(booking)
    assert (booking.state, booking.reply_by_at) == (BookingState.LAPSED, starts_at)
    [(_, said)] = site.mails("cora@one.example", "A place at Puzzle day has come back")
    assert "None of our mails about “Puzzle day” reached the parents of Ada O." in said
    home = booking.school.name
    [(_, said)] = site.mails(
        SAM.email, f"{home}: the time to reply about Ada and Puzzle day is over"
    )
    assert "none of our mails about it reached you before the event began" in said
    assert "still like the place" not in said


def test_an_old_link_that_goes_out_late_tells_nobody_anything(site, event, school):
    site.be_at(MONDAY)
    site.mail(works=False)
    booking = name(event, school)
    with transaction():
        places.send_new_links(actor=COMMAND, now=clock.now(), booking=booking)
    site.box.refuse[SAM.email] = "450 Later"
    site.mail(works=True)
    site.run()
    first, second = db.session.scalars(
        select(Message).where(Message.recipient == SAM.email).order_by(Message.id)
    ).all()

    with transaction():
        places.follow_mail(first, now=MONDAY)
    assert fresh(booking).invitation_sent_at is None
    with transaction():
        places.follow_mail(second, now=MONDAY)
    assert fresh(booking).invitation_sent_at == MONDAY


def test_an_offer_waits_until_its_coordinators_were_told(site, school):
    site.be_at(MONDAY)
    event = events.make_event(
        sharing=Sharing.FIRST_COME, places=1, offer_days=1, dates=[events.one_date(APRIL)]
    )
    build.ask(event, school, 1)
    other = schools.make_school()
    schools.make_person(role=Role.COORDINATOR, school=other, email="otto@two.example")
    site.mail(works=False)
    build.ask(event, other, 1)
    with transaction():
        places.give_back_places(actor=COMMAND, now=clock.now(), event=event, school=school, count=1)
    [offer] = db.session.scalars(select(Offer)).all()

    site.run_until(MONDAY + 3 * DAY, every=3 * HOUR)
    assert fresh(offer).state is OfferState.OPEN
    site.mail(works=True)
    site.run_until(MONDAY + 3 * DAY + 4 * HOUR)

    [(at, text)] = site.mails("otto@two.example", "A place at Puzzle day for your school")
    offer = fresh(offer)
    assert (offer.state, at - offer.sent_at < HOUR) == (OfferState.OPEN, True)
    assert dates_named(text) == ["4pm on Thursday 4 March 2027"]
    assert terms.deadline_text(offer.expires_at) == "Friday 5 March 2027, 4pm"
    site.run_until(offer.expires_at)
    assert fresh(offer).state is OfferState.EXPIRED


def correct(booking, *parents):
    """Write down other parents for a booking's pupil."""
    with transaction():
        pupil = db.session.get_one(Booking, booking.id).pupil
        pupil_service.change_pupil(
            actor=COMMAND,
            now=clock.now(),
            pupil=pupil,
            forename=pupil.forename,
            surname=pupil.surname,
            year_group=pupil.year_group,
            parents=list(parents),
        )


def test_an_invitation_that_comes_back_has_told_nobody(site, event, school):
    site.be_at(MONDAY)
    booking = name(event, school, SAM, NGOZI)
    site.run()
    for parent, told in ((SAM, True), (NGOZI, False)):
        with transaction():
            mails = select(Message).where(Message.recipient == parent.email)
            message = db.session.scalars(mails).one()
            message.state = MessageState.REFUSED
            notification_announcements.given_up(message, now=clock.now())
        assert (fresh(booking).invitation_sent_at is not None) is told

    site.run_until(booking.reply_by_at)
    assert (fresh(booking).state, put_off()) == (BookingState.INVITED, ["not invited"])
    site.run()
    assert fresh(booking).invitation_sent_at is not None
