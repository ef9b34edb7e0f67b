"""Events and deadlines on days when the host's school is closed; drafts that are edited again."""

from datetime import UTC, date, datetime

import pytest

from booking.days.events import queries, service
from booking.days.events.models import Sharing
from booking.domain.allocation.claims import Basis
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.people.schools import service as school_service
from tests.builders import events, schools
from tests.page import soup

FRIDAY = datetime(2027, 6, 11, 8, 15, tzinfo=UTC)


@pytest.fixture
def host(host):
    schools.make_terms()
    return host


def draft(host, starts=FRIDAY, **details):
    return events.make_event(host=host, published=False, dates=[events.one_date(starts)], **details)


def publish_page(client, event):
    return client.get(f"/host/events/{event.slug}/publish").text


@pytest.mark.parametrize(
    ("starts", "told"),
    [
        (datetime(2027, 5, 3, 8, 15, tzinfo=UTC), "Monday 3 May 2027 is a bank holiday."),
        (datetime(2027, 6, 12, 8, 15, tzinfo=UTC), "Saturday 12 June 2027 is at a weekend."),
        (datetime(2027, 8, 4, 8, 15, tzinfo=UTC), "Wednesday 4 August 2027 is in the school holi"),
    ],
)
def test_a_date_on_a_closed_day_is_warned_of_before_publication(signed_in, host, starts, told):
    page = publish_page(signed_in, draft(host, starts))

    assert told in page
    assert "Publish this event" in page, "a warning, for a summer school is meant to be then"


def test_a_training_day_of_the_host_is_warned_of(signed_in, host):
    with transaction():
        school_service.add_closure(
            actor=COMMAND,
            now=clock.now(),
            school=host,
            first_on=date(2027, 6, 11),
            last_on=date(2027, 6, 11),
            reason="INSET day",
        )

    page = publish_page(signed_in, draft(host))

    assert "The host’s school is closed on Friday 11 June 2027 (INSET day)." in page


def test_a_deadline_on_a_sunday_is_warned_of(signed_in, host):
    sunday = datetime(2027, 5, 16, 15, 0, tzinfo=UTC)

    page = publish_page(signed_in, draft(host, naming_close_at=sunday))

    assert "Sunday 16 May 2027 is at a weekend. Choose a school day" in page


def test_an_event_on_school_days_has_no_such_warning(host):
    details = service.details_of(
        draft(
            host,
            requests_close_at=datetime(2027, 4, 19, 15, 0, tzinfo=UTC),
            naming_close_at=datetime(2027, 5, 14, 15, 0, tzinfo=UTC),
        )
    )

    found = service.check_dates(details, event_id=None, now=clock.now())

    assert found.findings == ()


def as_shown(page):
    """Return what a browser sends of an untouched form."""
    data = {
        f["name"]: f.get("value", "")
        for f in page.select("main input[name]")
        if f.get("type") not in ("radio", "checkbox") or f.has_attr("checked")
    }
    data |= {f["name"]: f.text.strip() for f in page.select("main textarea")}
    for field in page.select("main select[name]"):
        chosen = field.find("option", selected=True)
        data[field["name"]] = chosen["value"] if chosen else ""
    return data


def test_a_first_come_draft_is_saved_again(signed_in, host):
    event = draft(host, sharing=Sharing.FIRST_COME, basis=Basis.FIRST_COME)
    url = f"/host/events/{event.slug}/edit"
    data = as_shown(soup(signed_in.get(url)))

    saved = signed_in.post(url, data={**data, "venue": "Sports hall"})

    assert saved.status_code == 303
    db.session.refresh(event)
    assert (event.venue, event.sharing, event.basis) == (
        "Sports hall",
        Sharing.FIRST_COME,
        Basis.FIRST_COME,
    )


def test_a_first_come_draft_that_becomes_a_round_starts_with_the_networks_rule(signed_in, host):
    event = draft(host, sharing=Sharing.FIRST_COME, basis=Basis.FIRST_COME)
    url = f"/host/events/{event.slug}/edit"
    data = as_shown(soup(signed_in.get(url)))

    signed_in.post(url, data={**data, "sharing": "fair_round"})

    db.session.refresh(event)
    assert (event.sharing, event.basis) == (Sharing.FAIR_ROUND, queries.network_rules().basis)
