"""Histories: who did what, in sentences, and who reads which of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from booking.days.events import service as events
from booking.days.events.models import Event
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain import terms
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, WORKER, Role
from booking.foundation import clock
from booking.foundation.audit import pages, words
from booking.foundation.audit import ports as audit_ports
from booking.foundation.audit import service as audit
from booking.foundation.audit.details import HistoryReader
from booking.foundation.db import db, transaction
from booking.money.payments.models import Payment
from booking.on_the_day.rosters import service as rosters
from booking.people.pupils import service as pupil_service
from booking.people.schools import service as school_service
from booking.people.schools.models import Person, School
from tests.builders import checkout, pupils, schools
from tests.builders import events as event_builders
from tests.builders import places as place_builders
from tests.page import CheckedClient


@pytest.fixture
def hosting(db_session: object) -> School:
    return schools.make_school(name="Oakfield School", slug="oakfield")


@pytest.fixture
def guest(db_session: object) -> School:
    return schools.make_school(name="Tindlebrook School", slug="tindlebrook")


@pytest.fixture
def ada(hosting: School) -> Person:
    return schools.make_person(name="Ada Okafor", role=Role.HOST, school=hosting)


@pytest.fixture
def coordinator(guest: School) -> Person:
    return schools.make_person(name="Sam Beech", role=Role.COORDINATOR, school=guest)


@pytest.fixture
def event(hosting: School, guest: School) -> Event:
    return event_builders.make_event(host=hosting, title="Fossil hunt")


def told(person: Person, row: object, **chosen: object) -> list[str]:
    """Return the sentences of a row's history, as this person reads it."""
    return [line.sentence for line in history(person, row, **chosen).lines]


def history(person: Person, row: object, **chosen: object) -> pages.History:
    reads = pages.reader(schools.actor_of(person), row.__tablename__, row.id)  # type: ignore[attr-defined]
    return history_of(reads, **chosen)


def history_of(reads: HistoryReader, **chosen: object) -> pages.History:
    wanted = {"kind": "", "who": "", "period": "", "number": 1, "now": clock.now()} | chosen
    return pages.history(reads, **wanted)  # type: ignore[arg-type]


def change(event: Event, person: Person, **changes: object) -> None:
    details = replace(events.details_of(event), **changes)  # type: ignore[arg-type]
    with transaction():
        events.change(actor=schools.actor_of(person), now=clock.now(), event=event, details=details)


def test_a_moved_date_is_told_from_when_to_when_and_by_whom(ada: Person, event: Event) -> None:
    was = event.naming_close_at
    assert was is not None
    now_is = was + timedelta(days=1)
    change(event, ada, naming_close_at=now_is)

    assert told(ada, event)[0] == (
        "Ada Okafor moved the closing date for names from "
        f"{terms.deadline_text(was)} to {terms.deadline_text(now_is)}."
    )


def test_several_changes_make_one_sentence(ada: Person, event: Event) -> None:
    change(event, ada, title="Fossils", places=event.places + 2, contact_phone="020 7946 0000")
    places_before = event.places - 2

    assert told(ada, event, kind="What the event is")[0] == (
        "Ada Okafor changed the title from “Fossil hunt” to “Fossils”, the number of "
        f"places from {places_before} to {places_before + 2} and the contact on the day."
    )


def test_what_names_a_person_or_a_home_is_never_kept(ada: Person, event: Event) -> None:
    change(event, ada, contact_name="Zoe Unlikely", venue_address="7 Private Road")

    found = told(ada, event)[0]

    assert found == "Ada Okafor changed the address and the contact on the day."


def test_an_older_entry_that_kept_only_names_of_fields_still_reads(
    ada: Person, event: Event
) -> None:
    with transaction():
        audit.record(
            actor=schools.actor_of(ada), action="change_event", subject=event, fields=["dates"]
        )

    assert told(ada, event)[0] == "Ada Okafor moved the dates."


def test_an_act_that_nobody_tells_reads_calmly_and_shows_no_facts(
    ada: Person, event: Event
) -> None:
    with transaction():
        audit.record(actor=COMMAND, action="polish_stones", subject=event, secret="not told")

    found = history(ada, event)

    assert found.lines[0].sentence == (
        "The site’s keeper did something that is recorded as “polish stones”."
    )
    assert (words.OTHER_KIND, words.OTHER_KIND) in found.kinds


def test_the_host_reads_of_places_and_pupils_without_names(
    ada: Person, coordinator: Person, event: Event, guest: School
) -> None:
    booked(event, guest)

    found = "\n".join(told(ada, event))

    assert "A parent confirmed the place of a pupil of Tindlebrook School." in found
    assert "Marigold" not in found


def booked(event: Event, school: School, surname: str = "Quill") -> Booking:
    pupil = pupils.make_pupil(school=school, forename="Marigold", surname=surname)
    return place_builders.make_booking(
        event=event, school=school, pupil=pupil, state=BookingState.CONFIRMED
    )


def test_a_pupils_own_school_reads_their_name_and_nobody_else_does(
    ada: Person, coordinator: Person, event: Event, guest: School
) -> None:
    booking = booked(event, guest)

    own = told(coordinator, guest)
    lead = told(schools.make_person(name="Lee Lead", role=Role.LEAD), guest)

    assert "A parent confirmed the place of Marigold Quill for “Fossil hunt”." in own
    assert (
        "A parent confirmed the place of a pupil of Tindlebrook School for “Fossil hunt”." in lead
    )
    assert not [sentence for sentence in lead if "Marigold" in sentence]
    assert told(coordinator, booking)[0] == (
        "A parent confirmed the place of Marigold Quill for “Fossil hunt”."
    )


def test_a_pupil_who_has_left_is_still_named_to_their_own_school(
    coordinator: Person, guest: School
) -> None:
    pupil = pupils.make_pupil(school=guest, forename="Marigold", surname="Quill")
    with transaction():
        pupil_service.remove_pupil(
            actor=schools.actor_of(coordinator), now=clock.now(), pupil=pupil
        )

    assert told(coordinator, pupil)[0] == (
        "Sam Beech recorded that Marigold Quill has left the school."
    )


def test_a_school_reads_nothing_of_another_school(
    coordinator: Person, event: Event, guest: School, hosting: School
) -> None:
    booked(event, guest)
    stranger = schools.make_person(name="Ola Else", role=Role.COORDINATOR, school=hosting)

    assert not [each for each in told(stranger, hosting) if "Tindlebrook" in each]


@pytest.fixture
def paid(guest: School, hosting: School) -> checkout.Family:
    fee = checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION, host=hosting, title="Rocket day")
    family = checkout.make_family(fee, school=guest)
    checkout.answer(family, health="Severe nut allergy")
    checkout.pay(family, 600)
    return family


def test_a_familys_answers_and_fee_are_told_to_its_own_school_alone(
    ada: Person, coordinator: Person, paid: checkout.Family, guest: School
) -> None:
    event = paid.booking.event
    lead = schools.make_person(name="Lee Lead", role=Role.LEAD)

    own = "\n".join(told(coordinator, paid.booking))

    assert "agreed that Ada Okoro comes for “Rocket day”" in own
    assert "recorded that £6.00 was paid by card" in own
    assert "moved the fee of Ada Okoro" in own
    for others in (told(ada, event), told(lead, event), told(lead, guest)):
        assert not [each for each in others if "agreed" in each or "fee of" in each]
    assert not [each for each in told(ada, event) if "£6.00" in each]
    assert [each for each in told(lead, event) if "£6.00 was paid" in each]


def test_no_history_says_what_a_family_answered(
    coordinator: Person, paid: checkout.Family, guest: School
) -> None:
    everything = [
        *told(coordinator, paid.booking),
        *told(coordinator, paid.booking.pupil),
        *told(coordinator, guest),
    ]

    assert not [each for each in everything if "nut" in each or "Sam Okoro" in each]


def test_a_payments_history_names_no_family(paid: checkout.Family) -> None:
    treasurer = schools.make_person(name="Tess Till", role=Role.TREASURER)
    family = checkout.make_family(
        paid.booking.event, forename="Bo", parent_email="other@parents.example"
    )
    checkout.answer(family)
    payment = checkout.pay(family, 600)

    found = told(treasurer, payment)

    assert found[-1] == "A parent began a payment of £6.00."
    assert not [each for each in found if "Okoro" in each or "Bo" in each]


def test_accounts_are_told_to_the_lead_to_oneself_and_at_the_school(
    ada: Person, coordinator: Person, hosting: School
) -> None:
    lead = schools.make_person(name="Lee Lead", role=Role.LEAD)
    gave = "The site’s keeper gave Ada Okafor the role “Host” at Oakfield School."

    assert gave in told(lead, ada)
    assert gave in told(ada, ada)
    assert gave not in told(coordinator, ada)
    assert gave.replace("Oakfield School", "the school") not in told(coordinator, hosting)


def test_a_persons_history_has_what_they_did(ada: Person, event: Event) -> None:
    change(event, ada, title="Fossils")

    assert told(ada, ada)[0] == (
        "Ada Okafor changed the title from “Fossil hunt” to “Fossils” for “Fossils”."
    )


def test_a_change_of_a_school_is_told_from_what_to_what(guest: School, coordinator: Person) -> None:
    with transaction():
        school_service.change_school(
            actor=schools.actor_of(coordinator),
            now=clock.now(),
            school=guest,
            day_starts="09:00",
            emergency_phone="020 7946 0999",
        )

    found = told(coordinator, guest)[0]

    assert found == (
        "Sam Beech changed when the school day starts from 08:50 to 09:00 and the emergency "
        "telephone."
    )


def test_a_history_is_narrowed_by_kind_person_and_period(
    ada: Person, event: Event, time_machine: object
) -> None:
    change(event, ada, title="Fossils")
    with transaction():
        audit.record(actor=WORKER, action="add_places", subject=event, count=1, now=clock.now())
        audit.record(
            actor=WORKER,
            action="add_places",
            subject=event,
            count=2,
            now=clock.now() - timedelta(days=40),
        )

    assert told(ada, event, kind="What the event is", who=str(ada.id)) == [
        "Ada Okafor changed the title from “Fossil hunt” to “Fossils”."
    ]
    assert told(ada, event, kind="Sharing of places", who="worker", period="month") == [
        "Fairplace itself added 1 place."
    ]
    assert told(ada, event, who="worker", period="before") == []
    assert len(told(ada, event, who="worker", period="year")) == 2


def test_the_choices_are_names_and_only_what_occurs(ada: Person, event: Event) -> None:
    change(event, ada, title="Fossils")

    found = history(ada, event)

    assert (str(ada.id), "Ada Okafor") in found.people
    assert ("command", "The site’s keeper") in found.people
    assert ("What the event is", "What the event is") in found.kinds
    assert "Season plans" not in dict(found.kinds)


def test_a_filter_that_was_never_offered_shows_everything(ada: Person, event: Event) -> None:
    everything = told(ada, event)

    assert told(ada, event, who="9" * 30, period="never") == everything
    assert told(ada, event, kind="DROP TABLE") == everything


def test_a_long_history_costs_as_many_queries_as_a_short_one(
    ada: Person,
    event: Event,
    guest: School,
    coordinator: Person,
    count_queries: Callable[..., object],
) -> None:
    booked(event, guest)
    change(event, ada, title="A hunt for fossils")
    reads = pages.reader(schools.actor_of(ada), "events", event.id)
    with count_queries() as few:  # type: ignore[attr-defined]
        short = history_of(reads)
    for surname in ("Reed", "Sand", "Tarn", "Underhill"):
        booked(event, guest, surname)
    change(event, ada, title="Fossils")
    with count_queries() as many:  # type: ignore[attr-defined]
        long = history_of(reads)

    assert len(long.lines) > len(short.lines)
    assert selects(many) == selects(few) < 12


def selects(statements: list[str]) -> int:
    return sum(each.startswith("SELECT") for each in statements)


def test_the_newest_sentences_fit_on_another_page(
    coordinator: Person, event: Event, guest: School
) -> None:
    booking = booked(event, guest)
    reads = pages.reader(schools.actor_of(coordinator), "bookings", booking.id)  # type: ignore[attr-defined]

    found = pages.latest(reads, most=1)

    assert [line.sentence for line in found] == [
        "A parent confirmed the place of Marigold Quill for “Fossil hunt”."
    ]


def test_the_page_shows_the_log_to_those_who_may_see_it(
    client: CheckedClient, ada: Person, event: Event
) -> None:
    change(event, ada, title="Fossils")
    schools.sign_in(client, ada)
    host = client.get(f"/host/events/{event.slug}/history")
    schools.sign_out(client)
    schools.sign_in(client, schools.make_person(name="Winifred Tan", role=Role.AUDITOR))
    auditor = client.get(f"/host/events/{event.slug}/history")

    assert "changed the title from “Fossil hunt” to “Fossils”" in host.text
    assert "As it was recorded" not in host.text
    assert "As it was recorded" in auditor.text
    assert f"/admin/audit?about=events:{event.id}" in auditor.text


def test_a_page_that_finds_nothing_offers_everything(
    client: CheckedClient, ada: Person, event: Event
) -> None:
    schools.sign_in(client, ada)
    page = client.get(f"/host/events/{event.slug}/history?period=before")

    assert page.status_code == 200
    assert "Nothing was recorded that fits this choice." in page.text


def test_a_deleted_row_is_named_by_what_remains(ada: Person, hosting: School) -> None:
    draft = event_builders.make_event(
        host=hosting, title="Only an idea", published=False, actor=schools.actor_of(ada)
    )
    with transaction():
        events.discard(actor=schools.actor_of(ada), now=clock.now(), event=draft)
    db.session.expire_all()

    assert told(ada, ada)[:2] == [
        "Ada Okafor deleted the draft of “Only an idea”.",
        "Ada Okafor began a draft of an event that no longer exists.",
    ]


def test_a_request_that_was_withdrawn_is_still_told(
    coordinator: Person, event: Event, guest: School
) -> None:
    place_builders.ask(event, guest, 3)
    with transaction():
        places.withdraw_request(
            actor=schools.actor_of(coordinator), now=clock.now(), event=event, school=guest
        )

    assert told(coordinator, guest)[0] == (
        "Sam Beech withdrew the request for 3 places for “Fossil hunt”."
    )


def test_a_pupils_history_says_who_looked_at_health_notes_but_not_of_other_schools(
    coordinator: Person, event: Event, guest: School
) -> None:
    booking = booked(event, guest)
    other = schools.make_school(name="Kestrelmere School", slug="kestrelmere")
    with transaction():
        for school, rows in ((event.host_school, 12), (guest, 1), (other, 3)):
            rosters.note_health_read(
                actor=COMMAND, now=clock.now(), event=event, rows=rows, school_id=school.id
            )

    looked = [each for each in told(coordinator, booking.pupil) if "health notes" in each]

    assert looked == [
        "The site’s keeper looked at the health notes of 1 pupil for Tindlebrook School for "
        "“Fossil hunt”.",
        "The site’s keeper looked at the health notes of 12 pupils for Oakfield School for "
        "“Fossil hunt”.",
    ]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=6,
)
_FACTS = (
    *("added", "after", "amount_pence", "before", "changed", "counts", "count", "due_at", "fields"),
    *("first_on", "kind", "method", "page", "present", "role", "rows", "state", "was_due_at"),
)


@given(facts=st.dictionaries(st.sampled_from(_FACTS), _JSON, max_size=6))
@settings(max_examples=40)
def test_every_act_reads_whatever_was_recorded_with_it(
    app: Flask, facts: dict[str, object]
) -> None:
    """Entries are never changed, so one from years ago may lack any fact, or hold it otherwise."""
    for acts in audit_ports.acts():
        for name, told_as in acts.items():
            assert words.did(told_as, name, facts, {}).strip()
            assert words.did(told_as, name, {}, {}).strip()


def test_a_payments_page_and_its_history_lead_to_each_other(
    client: CheckedClient, paid: checkout.Family
) -> None:
    schools.sign_in(client, schools.make_person(name="Tess Till", role=Role.TREASURER))
    payment = db.session.scalars(select(Payment)).one()

    page = client.get(f"/fund/payments/{payment.public_id}")
    history_page = client.get(f"/fund/payments/{payment.public_id}/history")

    assert f'href="/fund/payments/{payment.public_id}/history"' in page.text
    assert f'href="/fund/payments/{payment.public_id}"' in history_page.text
    assert "Payment of £6.00" in history_page.text
