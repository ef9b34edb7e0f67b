"""Dates that pass midnight, and dates at a place of their own: every text says the right one."""

from dataclasses import replace
from datetime import timedelta

import icalendar
import pytest
from sqlalchemy import select

from booking.days.events import history, ical, service, words
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.money.checkout.models import ConsentQuestion
from booking.money.checkout.words import consent_facts
from booking.on_the_day.rosters import windows
from tests.builders import checkout, events, schools
from tests.page import soup
from tests.page import words as text

pytestmark = pytest.mark.usefixtures("db_session")
CAMP = service.DateDetails(events.london(2027, 6, 11, 9), events.london(2027, 6, 13, 15))
SPAN = "Friday 11 June 2027, 9am to Sunday 13 June 2027, 3pm"
MUSEUM = {"venue": "Netherwick Museum", "venue_address": "1 Market Square\nZX5 1AA"}
AT_MUSEUM = "Netherwick Museum, 1 Market Square, ZX5 1AA"


@pytest.fixture
def host():
    schools.make_school(name="Guest School")
    return schools.make_school(name="Host School", address="Weir Road", postcode="ZX1 8JW")


def entries(event):
    calendar = icalendar.Calendar.from_ical(
        ical.event_calendar(event, base_url="https://x.example")
    )
    return [
        (entry.decoded("DTSTART"), entry.decoded("DTEND"), str(entry["LOCATION"]), "GEO" in entry)
        for entry in calendar.walk("VEVENT")
    ]


def problems_of(host, *dates, **details):
    with pytest.raises(service.EventRefused) as refused:
        events.make_event(host=host, dates=dates, **details)
    return {problem.field: problem.words for problem in refused.value.problems}


def test_a_residential_says_both_days_and_its_register_is_open_to_the_end_and_a_week_more(
    client, host
):
    event = events.make_event(host=host, dates=[CAMP])
    [date] = event.dates

    assert SPAN in text(soup(client.get(f"/events/{event.slug}")).find("main"))
    assert (words.when(event), words.dates(event)) == (SPAN, [SPAN])
    [(starts, ends, _, _)] = entries(event)
    assert (starts, ends) == (CAMP.starts_at, CAMP.ends_at)
    last = CAMP.ends_at + windows.REGISTER_UNTIL
    assert windows.register_is_open(date, CAMP.starts_at)
    assert windows.register_is_open(date, last)
    assert not windows.register_is_open(date, last + timedelta(days=1))
    assert windows.days_of(event).last_on.day == 13


def test_a_date_takes_a_last_day_and_a_place_in_the_form_and_shows_them_again(client, host):
    schools.sign_in(client, schools.make_person(role=Role.HOST, school=host))
    typed = {"host_school_id": host.id, "title": "Camp", "dates-0-on": "2027-06-11"}
    typed |= {"dates-0-starts": "09:00", "dates-0-ends": "15:00", "dates-0-ends_on": "2027-06-13"}
    typed |= {"dates-1-on": "2027-06-20", "dates-1-starts": "09:00", "dates-1-ends": "15:00"}
    typed |= {f"dates-1-{name}": value for name, value in MUSEUM.items()}
    made = client.post("/host/events/new", data=typed)

    slug = made.location.strip("/").rpartition("/")[2]
    form = soup(client.get(f"/host/events/{slug}/edit"))
    held = {each["name"]: each.get("value") for each in form.select("input[name^=dates]")}
    assert held["dates-0-ends_on"] == "2027-06-13"
    assert (held["dates-1-ends_on"] or "", held["dates-1-venue"]) == ("", MUSEUM["venue"])
    late = client.post("/host/events/new", data={**typed, "dates-0-ends_on": "2027-06-26"})
    assert late.status_code == 422
    assert "A date lasts at most 14 nights." in text(soup(late).find("main"))


def test_what_makes_no_stay_is_refused_in_words(host):
    backwards = service.DateDetails(CAMP.ends_at, CAMP.starts_at)
    long = service.DateDetails(CAMP.starts_at, CAMP.starts_at + timedelta(days=15))
    nowhere = service.DateDetails(*CAMP.span, venue_address="1 Market Square")

    assert "must be after the start" in problems_of(host, backwards)["dates.ends"]
    assert "at most 14 nights" in problems_of(host, long)["dates.ends_on"]
    assert "Name the place" in problems_of(host, nowhere)["dates.venue"]


def test_a_charge_for_a_stay_is_judged_by_half_days(host):
    weekend = service.DateDetails(events.london(2027, 6, 11, 12), events.london(2027, 6, 13, 21))
    week = service.DateDetails(events.london(2027, 6, 9, 12), events.london(2027, 6, 13, 21))
    fee = {"fee_kind": FeeKind.CHARGE, "fee_pence": 600, "places": 10}
    costs = (service.CostDetails("Boats", 10_000),)

    def warned(date):
        details = events.event_details(host=host, dates=[date], cost_lines=costs, **fee)
        return "in school hours" in " ".join(each.words for each in service.warnings(details))

    assert (warned(weekend), warned(week)) == (False, True)


def test_a_date_elsewhere_says_so_everywhere_and_moving_it_is_told_and_asked_again(host):
    day = service.DateDetails(events.london(2027, 6, 11, 9), events.london(2027, 6, 11, 15))
    next_day = service.DateDetails(events.london(2027, 6, 12, 9), events.london(2027, 6, 12, 15))
    event = events.make_event(
        host=host, dates=[day, next_day], venue="Hall", venue_address="Weir Road\nZX1 8JW"
    )
    family = checkout.make_family(event)
    checkout.answer(family)
    before = consent_facts(event).digest
    moved = service.DateDetails(*next_day.span, **MUSEUM)

    with transaction():
        details = replace(service.details_of(event), dates=(day, moved))
        changes = service.change(actor=COMMAND, now=clock.now(), event=event, details=details)

    assert changes == ("venue",)
    at_school = "Hall, Host School, Weir Road, ZX1 8JW"
    assert [where for *_, where, _ in entries(event)] == [at_school, AT_MUSEUM]
    assert words.dates(event)[1].endswith(f", at {AT_MUSEUM}")
    assert words.where(event) == f"{at_school}; on Saturday 12 June 2027: {AT_MUSEUM}"
    assert (consent_facts(event).digest != before, event.sequence) == (True, 1)
    told = [mail.text for mail in db.session.scalars(select(Message)) if AT_MUSEUM in mail.text]
    assert any("where it is" in each for each in told)
    assert db.session.scalars(select(ConsentQuestion)).all()
    trail = select(AuditEntry).where(AuditEntry.action == "change_event")
    [entry] = db.session.scalars(trail)
    said = history.value("dates", entry.facts["changed"]["dates"][1])
    assert "12 June 2027, 9am to 3pm (Netherwick Museum)" in said
