"""What a family changes after the place is confirmed: told to whoever counts on it, and seen."""

import pytest
from sqlalchemy import select

from booking.domain.needs import Collection, Diet
from booking.domain.permissions import PARENT, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.money.checkout import service as checkout
from booking.on_the_day.answers import service
from booking.on_the_day.answers.models import Audience, LateChange
from booking.on_the_day.answers.refusals import ChangedAgain
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.upkeep import purging
from tests.builders import checkout as families
from tests.builders.rosters import bring_adult
from tests.builders.schools import actor_of, as_, make_person
from tests.features.on_the_day.conftest import at
from tests.page import soup, words

ALERT = "Severe nut allergy, pen in the front pocket"
FAR, NEAR, VERY_NEAR = -20, -6, -2


@pytest.fixture
def told(family, coordinator, time_machine):
    """A family that answered everything long before the day."""
    time_machine.move_to(at(-40), tick=False)
    families.answer(family)
    return family


@pytest.fixture
def go(time_machine):
    return lambda days, hour=9: time_machine.move_to(at(days, hour), tick=False)


def tell_health(family, health=ALERT, **changes):
    with transaction():
        checkout.tell_needs(
            actor=PARENT,
            now=clock.now(),
            booking=family.booking,
            health=health,
            parent_id=family.parent.id,
            **{"access": "", "diets": [], **changes},
        )


def tell_day(family, **changes):
    facts = families.answers(**changes)
    with transaction():
        checkout.tell_day(
            actor=PARENT,
            now=clock.now(),
            booking=family.booking,
            photo=facts.photo,
            collection=facts.collection,
            collected_by=facts.collected_by,
            emergency_name=facts.emergency_name,
            emergency_phone=facts.emergency_phone,
            parent_id=family.parent.id,
        )


def noted():
    db.session.expire_all()
    found = db.session.scalars(select(LateChange).order_by(LateChange.id))
    return [(one.audience.value, one.parts, one.seen_at is not None) for one in found]


def mails(template="late_change"):
    found = select(Message).where(Message.template == template).order_by(Message.id)
    return list(db.session.scalars(found))


def main(client, address):
    return words(soup(client.get(address)).find("main"))


@pytest.mark.parametrize(
    ("change", "part", "said"),
    [
        (tell_health, "health", "health"),
        (lambda f: tell_health(f, None, diets=[Diet.NO_NUTS]), "food", "food"),
        (lambda f: tell_health(f, None, access="Lift"), "access", "what makes the day easier"),
        (lambda f: tell_day(f, collection=Collection.ALONE), "way_home", "the way home"),
        (lambda f: tell_day(f, emergency_phone="+447700900777"), "contact", "whom to ring"),
    ],
)
def test_each_part_is_a_task_and_a_mail_for_the_coordinator(
    app, told, coordinator, go, change, part, said
):
    go(FAR)

    change(told)

    assert noted() == [("school", [part], False)]
    [mail] = mails()
    assert mail.recipient == coordinator.email
    assert f"was confirmed: {said}." in mail.text
    home = main(as_(app, coordinator), "/school/")
    assert f"Ada O. at Puzzle day: {said} changed" in home


def test_no_mail_says_what_was_told(told, event, host, school, go):
    make_person(role=Role.HOST, school=host)
    bring_adult(event=event, school=school, email="sam.lane@ashdale.example")
    go(VERY_NEAR)

    tell_health(told, access="Quiet space")
    tell_day(told, collection=Collection.NAMED_ADULT, collected_by="Aunt Ife")

    sent = [m for name in ("", "_host", "_adult") for m in mails(f"late_change{name}")]
    assert {m.template for m in sent} == {"late_change", "late_change_host", "late_change_adult"}
    for mail in sent:
        whole = mail.subject + mail.text + mail.html
        assert all(word not in whole for word in (ALERT, "nut", "Quiet", "Aunt", "Okoro"))


def test_consent_withdrawn_after_confirming_is_told(told, go):
    go(NEAR)

    with transaction():
        checkout.decline(actor=PARENT, now=clock.now(), booking=told.booking)

    assert noted() == [("host", ["consent"], False), ("school", ["consent"], False)]


def test_first_answers_and_unchanged_ones_are_no_change(family, coordinator, go):
    go(NEAR)
    families.answer(family, health=ALERT)
    assert noted() == []

    tell_health(family)
    tell_day(family)

    assert noted() == []
    assert mails() == []


def test_two_changes_in_a_row_are_one_task(app, told, coordinator, go):
    go(FAR)
    tell_health(told)
    tell_health(told, ALERT + ", two pens")
    assert len(mails()) == 1

    tell_day(told, collection=Collection.ALONE)

    assert noted() == [("school", ["health", "way_home"], False)]
    assert len(mails()) == 2, "the second mail says what the first did not"
    assert "health and the way home changed" in main(as_(app, coordinator), "/school/")


def test_a_coordinator_says_that_it_is_seen_and_it_says_who_when(app, told, coordinator, go):
    go(FAR)
    tell_health(told)
    client = as_(app, coordinator)
    address = f"/school/bookings/{told.booking.public_id}/"
    form = soup(client.get(address)).find("form", action=lambda a: a and a.endswith("/seen"))
    read = form.find("input", attrs={"name": "read"})["value"]

    client.post(form["action"], data={"read": read})

    assert noted() == [("school", ["health"], True)]
    assert "Catherine Obi, Saturday 22 May 2027, 9am" in main(client, address)
    assert "changed" not in main(client, "/school/")


def test_what_came_after_the_page_was_opened_is_not_seen(told, coordinator, go):
    go(FAR)
    tell_health(told)
    [change] = db.session.scalars(select(LateChange))
    read = change.version
    go(FAR, hour=10)
    tell_day(told, collection=Collection.ALONE)

    with pytest.raises(ChangedAgain), transaction():
        service.see(actor=PARENT, now=clock.now(), change=change, read=read)

    assert noted() == [("school", ["health", "way_home"], False)]


def test_seen_twice_keeps_the_first(told, coordinator, go):
    go(FAR)
    tell_health(told)
    [change] = db.session.scalars(select(LateChange))
    read = change.version
    for hour in (10, 11):
        go(FAR, hour)
        with transaction():
            service.see(actor=PARENT, now=clock.now(), change=change, read=read)

    assert db.session.get_one(LateChange, change.id).seen_at == at(FAR, 10)


def test_a_change_after_it_was_seen_is_a_new_task(told, coordinator, go):
    go(FAR)
    tell_health(told)
    [change] = db.session.scalars(select(LateChange))
    with transaction():
        service.see(actor=PARENT, now=clock.now(), change=change, read=change.version)

    tell_health(told, ALERT + ", two pens")

    assert noted() == [("school", ["health"], True), ("school", ["health"], False)]
    assert len(mails()) == 2


@pytest.mark.parametrize(
    ("days", "parts"), [(-8, None), (-7, ["way_home"]), (-3, ["health", "way_home"])]
)
def test_the_host_is_told_once_its_window_is_open(app, told, event, host, go, days, parts):
    person = make_person(role=Role.HOST, school=host)
    helper = make_person(role=Role.DAY_STAFF, event_id=event.id)
    go(days)

    tell_health(told)
    tell_day(told, collection=Collection.ALONE)

    hosts = [row for row in noted() if row[0] == "host"]
    assert hosts == ([("host", parts, False)] if parts else [])
    if parts:
        assert {m.recipient for m in mails("late_change_host")} == {person.email, helper.email}
        for each in (person, helper):
            assert "1 late change of answers for Puzzle day" in main(as_(app, each), "/host/")
    else:
        assert mails("late_change_host") == []


def test_a_helper_says_that_it_is_seen_and_the_school_reads_who(app, told, event, coordinator, go):
    helper = make_person(role=Role.DAY_STAFF, event_id=event.id, name="Hal Day")
    go(NEAR)
    tell_day(told, collection=Collection.ALONE)
    client = as_(app, helper)
    address = f"/host/events/{event.slug}/changes"
    page = soup(client.get(address))
    assert "Ada Okoro" in words(page.find("main"))
    form = page.find("form", action=lambda a: a and a.endswith("/seen"))

    client.post(form["action"], data={"read": form.find("input", attrs={"name": "read"})["value"]})

    assert "Seen by Hal Day at 9am on Saturday 5 June 2027" in main(client, address)
    assert "late change" not in main(client, "/host/")
    school_page = f"/school/bookings/{told.booking.public_id}/"
    assert "The host’s staff Hal Day" in main(as_(app, coordinator), school_page)


def test_who_to_ring_is_never_a_change_for_the_host(told, host, go):
    make_person(role=Role.HOST, school=host)
    go(0)

    tell_day(told, emergency_phone="+447700900777")

    assert noted() == [("school", ["contact"], False)]


def test_adults_who_travel_are_mailed_or_named_to_be_rung(told, event, school, go):
    bring_adult(event=event, school=school, email="sam.lane@ashdale.example")
    bring_adult(event=event, school=school, name="Jo Ray", mobile="07700 900654")
    go(NEAR)

    tell_day(told, emergency_phone="+447700900777")
    tell_day(told, emergency_phone="+447700900888")

    [to_adult] = mails("late_change_adult")
    assert to_adult.recipient == "sam.lane@ashdale.example"
    [to_school] = mails()
    assert "Jo Ray, 07700 900654" in to_school.text
    assert "Sam Lane" not in to_school.text


def test_adults_are_not_written_to_before_the_window(told, event, school, go):
    bring_adult(event=event, school=school, email="sam.lane@ashdale.example")
    go(-8)

    tell_day(told, collection=Collection.ALONE)

    assert mails("late_change_adult") == []
    assert "Sam Lane" not in mails()[0].text


def test_what_the_school_itself_records_is_no_task_of_its_own(told, coordinator, go):
    go(NEAR)
    actor = actor_of(coordinator)

    with transaction():
        checkout.record_paper_reply(
            actor=actor,
            now=clock.now(),
            booking=told.booking,
            reply=checkout.PaperReply("Sam Okoro", families.answers(collection=Collection.ALONE)),
        )

    assert {row[0] for row in noted()} == {"host"}


def test_what_changes_after_the_event_is_told_to_nobody(told, go):
    go(1)

    tell_day(told, collection=Collection.ALONE)

    assert noted() == []


def test_changes_and_adults_are_forgotten_two_weeks_later(told, event, school, go):
    bring_adult(event=event, school=school)
    go(NEAR)
    tell_health(told)
    go(16)

    purging.purge(clock.now())

    assert noted() == []
    assert db.session.scalars(select(AccompanyingAdult)).all() == []


def test_a_school_cannot_press_the_hosts_button(app, told, coordinator, go):
    go(NEAR)
    tell_day(told, collection=Collection.ALONE)
    change = db.session.scalars(
        select(LateChange).where(LateChange.audience == Audience.HOST)
    ).one()

    client = as_(app, coordinator)

    for side in ("host", "school"):
        answered = client.post(f"/{side}/changes/{change.public_id}/seen", data={"read": ""})
        assert answered.status_code in {403, 404}
    assert noted()[0] == ("host", ["way_home"], False)
