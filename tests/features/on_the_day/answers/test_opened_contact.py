"""Whom to ring, opened by the day's staff: on the day, with a reason, for a while, and told."""

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from booking.on_the_day.answers.models import ContactOpening
from booking.upkeep import purging
from tests.builders import checkout as families
from tests.builders.schools import as_, make_person, sign_in
from tests.features.on_the_day.conftest import at
from tests.page import soup, words

NAME, PHONE, REASON = "Ngozi Okoro", "07700 900555", "Hurt her arm, nobody answers"


@pytest.fixture
def told(family):
    families.answer(family, emergency_name=NAME, emergency_phone="+447700900555")
    return family


@pytest.fixture
def helper(client, event, coordinator, time_machine):
    """Return a way to be somebody on the day's staff at some time."""
    person = make_person(role=Role.DAY_STAFF, event_id=event.id, name="Hal Day")

    def go(days=0, hour=11):
        time_machine.move_to(at(days, hour), tick=False)
        sign_in(client, person)
        return person

    return go


def url(family):
    return f"/host/bookings/{family.booking.public_id}/contact"


def shown(client, family):
    return words(soup(client.get(url(family))).find("main"))


def sent():
    return list(db.session.scalars(select(Message).where(Message.template == "contact_opened")))


def test_the_number_is_shown_with_a_reason_for_a_quarter_of_an_hour(
    client, told, helper, time_machine
):
    helper()
    assert PHONE not in shown(client, told)

    answered = client.post(url(told), data={"reason": REASON})

    assert answered.status_code == 303
    assert f"{NAME} {PHONE}" in shown(client, told)
    assert "Shown to you until 11:15am on Friday 11 June 2027." in shown(client, told)
    time_machine.move_to(at(0, 11).replace(minute=15), tick=False)
    assert PHONE not in shown(client, told)


def test_it_is_shown_to_nobody_who_has_not_opened_it(app, client, told, helper, host):
    helper()
    client.post(url(told), data={"reason": REASON})

    other = as_(app, make_person(role=Role.HOST, school=host))

    assert "In an emergency: the family" in shown(other, told)
    assert PHONE not in shown(other, told)


def test_the_home_school_is_told_who_and_why(app, client, told, helper, coordinator, school):
    person = helper()

    client.post(url(told), data={"reason": REASON})

    [mail] = sent()
    assert mail.recipient == coordinator.email
    assert "Ada O." in mail.text
    assert all(secret not in mail.text + mail.html for secret in (REASON, PHONE, NAME))
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "open_contact")).one()
    assert (entry.person_id, entry.school_id) == (person.id, school.id)
    assert entry.facts == {"booking": told.booking.id}
    page = words(
        soup(as_(app, coordinator).get(f"/school/bookings/{told.booking.public_id}/")).find("main")
    )
    assert f"Hal Day of the day’s staff opened whom to ring: {REASON}" in page


def test_opening_it_again_meanwhile_is_told_once(client, told, helper):
    helper()

    for _ in range(2):
        client.post(url(told), data={"reason": REASON})

    assert len(sent()) == 1
    assert len(db.session.scalars(select(ContactOpening)).all()) == 1


@pytest.mark.parametrize("reason", ["", "  ", "too short", "x" * 201])
def test_it_needs_a_reason(client, told, helper, reason):
    helper()

    answered = client.post(url(told), data={"reason": reason})

    assert answered.status_code == 422
    assert "Say in 10 to 200 characters" in words(soup(answered).find("main"))
    assert sent() == []


@pytest.mark.parametrize("days", [-1, 1])
def test_it_is_opened_on_a_day_of_the_event_only(client, told, helper, days):
    helper(days=days)

    answered = client.post(url(told), data={"reason": REASON})

    assert answered.status_code == 422
    assert "only on a day of the event" in words(soup(answered).find("main"))
    assert sent() == []


@pytest.mark.parametrize("role", [Role.LEAD, Role.AUDITOR, Role.TREASURER])
def test_who_does_not_look_after_pupils_has_no_such_page(app, told, time_machine, role):
    time_machine.move_to(at(0), tick=False)

    assert as_(app, make_person(role=role)).get(url(told)).status_code in {403, 404}


def test_the_register_leads_to_it(client, event, told, helper):
    helper()

    page = soup(client.get(f"/host/events/{event.slug}/register"))

    assert page.find("a", href=url(told))


def test_why_it_was_opened_is_forgotten_two_weeks_later(client, told, helper, time_machine):
    helper()
    client.post(url(told), data={"reason": REASON})
    time_machine.move_to(at(16), tick=False)

    purging.purge(clock.now())

    assert db.session.scalars(select(ContactOpening)).all() == []
