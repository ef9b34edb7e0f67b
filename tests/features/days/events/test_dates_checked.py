"""Dates are checked against the calendar, and the audience counted, before anybody is told."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from booking.days.events import queries, service
from booking.days.events.models import EventState
from booking.days.partners.models import PartnerDate, PartnerFeed
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import transaction
from booking.foundation.notifications.models import Message, MessageState
from booking.people.schools import service as school_service
from tests.builders import events, outbox, schools
from tests.forms_on_pages import form_on, sent
from tests.page import soup, text

FRIDAY = datetime(2027, 6, 11, 8, 15, tzinfo=UTC)
SATURDAY = datetime(2027, 6, 12, 8, 15, tzinfo=UTC)


@pytest.fixture
def host(host):
    schools.make_terms()
    return host


def draft(host, starts=FRIDAY, **details):
    """Return a draft whose deadlines are on school days."""
    facts = {
        "requests_close_at": datetime(2027, 4, 19, 15, 0, tzinfo=UTC),
        "naming_close_at": datetime(2027, 5, 14, 15, 0, tzinfo=UTC),
        **details,
    }
    return events.make_event(
        host=host, **{"published": False, "dates": [events.one_date(starts)]} | facts
    )


def close(school, on):
    """Enter a training day of one school."""
    with transaction():
        school_service.add_closure(
            actor=COMMAND, now=clock.now(), school=school, first_on=on, last_on=on, reason="INSET"
        )


def kinds(event):
    found = service.check_dates(service.details_of(event), event_id=event.id, now=clock.now())
    return [finding.kind for finding in found.findings]


def test_a_saturday_is_published_with_a_tick_and_recorded(signed_in, host, db_session):
    event = draft(host, SATURDAY)
    url = f"/host/events/{event.slug}/publish"
    page = signed_in.get(url)
    ticks = [box["value"] for box in soup(page).select("input[name=ticked]")]
    assert "Friday 11 June 2027 has none of this against it." in page.text

    refused = signed_in.post(url, data=sent(form_on(page)))
    assert refused.status_code == 422
    assert "Something speaks against these dates. Tick it if they are meant so" in refused.text
    db_session.refresh(event)
    assert event.state is EventState.DRAFT

    published = signed_in.post(url, data=sent(form_on(refused), ticked=ticks))
    assert published.status_code == 303
    entry = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "publish_event")).one()
    assert (len(ticks), entry.facts["in_spite_of"]) == (1, ["weekend"])
    history = text(signed_in.get(f"{published.location}history"))
    assert "published the event with 12 places, in spite of the weekend." in history


def test_what_nobody_saw_is_not_ticked_by_another_tick(host):
    event = draft(host, SATURDAY)
    found = service.check_dates(service.details_of(event), event_id=event.id, now=clock.now())
    close(host, date(2027, 6, 12))
    events.make_event(host=host, title="Chess", dates=[events.one_date(SATURDAY)])

    with pytest.raises(service.DatesNotSeen) as refused, transaction():
        service.publish(
            actor=COMMAND, now=clock.now(), event=event, ticked=[f.key for f in found.grave]
        )

    assert [f.kind for f in refused.value.found.grave] == ["weekend", "other_events"]


def test_a_published_event_moves_to_a_day_off_only_with_a_tick(signed_in, host, db_session):
    event = draft(host, published=True)
    url = f"/host/events/{event.slug}/edit"
    typed = {"dates-0-on": "2027-06-12"}

    stopped = signed_in.post(url, data=sent(form_on(signed_in.get(url)), **typed))
    ticks = [box["value"] for box in soup(stopped).select("input[name=ticked]")]
    assert (stopped.status_code, len(ticks)) == (422, 1)
    assert db_session.scalars(select(Message)).all() == []

    saved = signed_in.post(url, data=sent(form_on(stopped), ticked=ticks))
    db_session.refresh(event)
    assert (saved.status_code, event.first_starts_at) == (303, SATURDAY)
    history = text(signed_in.get(f"/host/events/{event.slug}/history"))
    assert "in spite of the weekend." in history
    # What was ticked once is not asked again.
    again = form_on(signed_in.get(url))
    assert signed_in.post(url, data=sent(again, reply_days="4")).status_code == 303


def test_closed_schools_other_events_and_exams_are_found(host):
    guest = schools.make_school(name="Millrace", low_year=3, high_year=6)
    event = draft(host)
    events.make_event(host=guest, title="Chess", dates=[events.one_date(FRIDAY, hours=1)])
    cancelled = events.make_event(host=guest, dates=[events.one_date(FRIDAY)])
    events.cancel_event(cancelled)
    close(guest, date(2027, 6, 11))
    with transaction() as session:
        feed = PartnerFeed(name="The county", url="https://county.example/dates.ics")
        day = {"first_on": date(2027, 6, 11), "last_on": date(2027, 6, 11)}
        session.add(PartnerDate(feed=feed, title="Year 6 tests", **day))

    assert kinds(event) == ["schools_closed", "other_events", "exams"]


def test_the_check_takes_as_many_statements_for_many_schools(host, count_queries):
    event = draft(host, SATURDAY)
    details = service.details_of(event)

    def statements():
        with count_queries() as made:
            service.check_dates(details, event_id=event.id, now=clock.now())
            queries.audience(event)
        return len(made)

    few = statements()
    for _ in range(3):
        school = schools.make_school()
        close(school, date(2027, 6, 10))
        schools.make_person(role=Role.COORDINATOR, school=school)
    details = service.details_of(event)

    assert (statements(), few) == (few, few)
    assert few <= 9


def test_the_last_page_counts_who_is_told_and_names_who_is_not(signed_in, host, db_session):
    told = schools.make_person(role=Role.COORDINATOR, school=schools.make_school(name="Millrace"))
    schools.grant(told, Role.COORDINATOR, schools.make_school(name="Kestrelmere"))
    bounced = schools.make_school(name="Tindlebrook")
    gone = schools.make_person(role=Role.COORDINATOR, school=bounced)
    schools.make_school(name="Upper School", low_year=9, high_year=13)
    mail = outbox.make_mail(to=gone.email)
    with transaction():
        mail.state = MessageState.REFUSED

    page = signed_in.get(f"/host/events/{draft(host).slug}/publish").text

    assert "2 coordinators of 2 schools are told by e-mail at once." in page
    assert "Guest School has no coordinator, so nobody there is told." in page
    assert "Mail to the coordinators of Tindlebrook came back" in page
    assert "Upper School" not in page
