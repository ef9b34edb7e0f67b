"""Workshops: offered, chosen by families, shared out once as shown, and changed by hand."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.events import service as events
from booking.days.events.models import Event
from booking.days.groups import service, soundness
from booking.days.groups.models import WorkshopTime
from booking.days.groups.queries import workshops
from booking.days.places import service as places
from booking.domain.allocation import draw
from booking.domain.permissions import COMMAND, Role
from booking.domain.workshops import record
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.upkeep import purging
from tests.builders.groups import choose, let_choose, offer_workshop, share_out, where
from tests.builders.rosters import expect_pupil
from tests.builders.schools import make_person, sign_in
from tests.forms_on_pages import form_on, sent
from tests.page import soup, text, words

SECOND, WHOLE = WorkshopTime.SECOND, WorkshopTime.WHOLE_DAY


def url(event, more=""):
    return f"/host/events/{event.slug}/workshops{more}"


@pytest.fixture
def offered(event, expected):
    """Robots and Bridges in the first part, Codes and Maps in the second: three places each."""
    return {
        title: offer_workshop(event, title, 3, time, room=f"Room {number}")
        for number, (title, time) in enumerate(
            [
                ("Robots", WorkshopTime.FIRST),
                ("Bridges", WorkshopTime.FIRST),
                ("Codes", SECOND),
                ("Maps", SECOND),
            ],
            start=1,
        )
    }


@pytest.fixture
def chosen(event, expected, offered):
    """Four pupils want Robots, where three can go; Fin has not chosen."""
    let_choose(event)
    for name in ("Ada", "Ben", "Cal", "Dot"):
        choose(
            expected[name],
            first=[offered["Robots"], offered["Bridges"]],
            second=[offered["Codes"]],
        )
    choose(expected["Eve"], first=[offered["Bridges"]])
    return offered


def mails_about(booking):
    mails = select(Message).where(Message.about == f"booking:{booking.id}")
    return [mail for mail in db.session.scalars(mails) if mail.template == "workshops_shared"]


def again(event):
    return db.session.get_one(Event, event.id)


def test_a_host_offers_workshops_and_says_until_when_families_choose(
    host_client, event, expected, time_machine
):
    assert "No workshops yet" in text(host_client.get(url(event)))
    new = url(event, "/new")
    blank = host_client.post(new, data=sent(form_on(host_client.get(new))))
    assert (blank.status_code, "Give it a title." in text(blank)) == (422, True)
    typed = {"title": "Robots", "line": "Build one.", "room": "Lab", "places": "12"}
    host_client.post(new, data=sent(form_on(host_client.get(new)), **typed))
    page = host_client.get(url(event))
    [row] = soup(page).select("tbody tr")
    assert words(row) == "Robots The first part of the day Lab 12 0 0 0"

    closes = url(event, "/choices")
    form = form_on(host_client.get(closes))
    late = host_client.post(closes, data=sent(form, closes_at="2027-06-11T10:00"))
    assert (late.status_code, "before the event begins" in text(late)) == (422, True)
    host_client.post(closes, data=sent(form, closes_at="2027-05-03T16:00"))
    page = host_client.get(url(event))
    assert "0 of 6 pupils have chosen. Families can choose until Monday 3 May" in text(page)
    row = workshops.choice(event.id)
    assert row.seed not in page.text
    assert draw.commitment(row.seed) in page.text

    change = soup(page).select_one("tbody a")["href"]
    host_client.post(change, data=sent(form_on(host_client.get(change)), places="10"))
    assert workshops.workshops(event.id)[0].places == 10
    host_client.post(f"{change}/remove")
    assert workshops.workshops(event.id) == []


def test_the_page_shows_what_comes_out_and_the_same_is_published_once(
    host_client, event, expected, chosen, time_machine, host
):
    early = host_client.post(url(event, "/share"), data={"digest": "x"}, follow_redirects=True)
    assert "Families can still choose until" in early.text
    time_machine.move_to(workshops.choice(event.id).closes_at)
    sign_in(host_client, make_person(role=Role.HOST, school=host, name="Sam Host"))
    first, second = host_client.get(url(event)), host_client.get(url(event))
    lists = [words(box) for box in soup(first).select("section.card-quiet")]
    assert lists == [words(box) for box in soup(second).select("section.card-quiet")]
    assert "7 of 9 first choices can be met; 1 more get a second or third choice." in text(first)
    form = form_on(first, action=url(event, "/share"))

    with transaction():  # a pupil goes while the page is open
        places.withdraw(actor=COMMAND, now=clock.now(), booking=expected["Fin"])
    stale = host_client.post(url(event, "/share"), data=sent(form), follow_redirects=True)
    assert "Something has changed since you opened the page" in stale.text
    assert where(event) == {}

    form = form_on(host_client.get(url(event)), action=url(event, "/share"))
    host_client.post(url(event, "/share"), data=sent(form))
    given = where(event)
    assert sum("Robots" in mine for mine in given.values()) == 3
    assert all(len(mine) == 2 for mine in given.values())
    assert "Bridges" in given["Eve"]
    row = workshops.choice(event.id)
    assert record.verify(row.record, commitment=row.seed_commitment, sha256=row.digest) == []
    assert host_client.get(url(event, "/record.json")).text == row.record
    with pytest.raises(service.SharedAlready):
        share_out(event, now=clock.now())


def test_neither_the_order_of_answers_nor_who_paid_decides_anything(event, expected, offered):
    let_choose(event)
    likes = {"first": [offered["Robots"]], "second": [offered["Maps"]]}

    def outcome(order):
        for name in order:
            choose(expected[name], **likes)
        return service.sharing.outcome(again(event), workshops.choice(event.id))

    assert outcome(["Ada", "Ben", "Cal", "Dot"]) == outcome(["Dot", "Cal", "Ben", "Ada"])


def test_wishes_can_change_until_the_time_is_over_and_make_sense(
    event, expected, chosen, time_machine
):
    ada, robots, codes = expected["Ada"], chosen["Robots"], chosen["Codes"]
    for wrong in ([robots, robots], [codes]):
        with pytest.raises(service.WishTwice):
            choose(ada, first=wrong)
    choose(ada, first=[chosen["Bridges"]])
    wished = [w.workshop_id for w in workshops.wishes_of(ada.id)]
    assert wished == [chosen["Bridges"].id]

    time_machine.move_to(workshops.choice(event.id).closes_at)
    with pytest.raises(service.ChoosingIsOver):
        choose(ada, first=[robots])


def test_families_are_told_once_where_their_child_goes(event, expected, chosen):
    told = expect_pupil(event=event, school=expected["Ada"].school, forename="Gus")
    share_out(event)

    [mail] = mails_about(told)
    assert mail.subject == "Ashdale School: Gus’s workshops at Puzzle day"
    assert "Gus goes to: " in mail.text
    assert "/parent/" in mail.text


def test_a_pupil_is_moved_by_hand_where_there_is_room_and_moved_back(
    host_client, event, expected, chosen
):
    share_out(event)
    before = where(event)
    loser = next(n for n in ("Ada", "Ben", "Cal", "Dot") if before[n][0] == "Bridges")
    move = f"/host/bookings/{expected[loser].public_id}/workshops"
    form = form_on(host_client.get(move))
    full = host_client.post(move, data=sent(form, first=chosen["Robots"].public_id))
    assert (full.status_code, "“Robots” is full." in text(full)) == (422, True)

    with transaction():
        winner = next(n for n in ("Ada", "Ben", "Cal", "Dot") if n != loser)
        places.withdraw(actor=COMMAND, now=clock.now(), booking=expected[winner])
    host_client.post(
        move, data=sent(form_on(host_client.get(move)), first=chosen["Robots"].public_id)
    )
    assert where(event)[loser][0] == "Robots"

    undo = form_on(host_client.get(url(event)), action=url(event, "/undo"))
    button = undo.button
    host_client.post(url(event, "/undo"), data={**sent(undo), button["name"]: button["value"]})
    assert where(event)[loser] == before[loser]


def test_a_late_comer_is_put_where_room_is_and_the_school_tells_the_family(
    app, client, host_client, event, expected, chosen
):
    share_out(event)
    late = expect_pupil(event=event, school=expected["Eve"].school, forename="Gus")
    with transaction():
        places.withdraw(actor=COMMAND, now=clock.now(), booking=expected["Ada"])
    before = where(event)
    form = form_on(host_client.get(url(event)), action=url(event, "/fill"))
    host_client.post(url(event, "/fill"), data=sent(form))

    assert len(where(event)["Gus"]) == 2
    assert {name: where(event)[name] for name in before} == before
    coordinator = make_person(role=Role.COORDINATOR, school=late.school)
    browser = app.test_client()
    sign_in(browser, coordinator)
    assert "Tell 1 family about another workshop at Puzzle day" in text(browser.get("/school/"))
    page = browser.get(f"/school/events/{event.slug}/")
    assert "(moved since the family was told)" in text(page)
    told = f"/school/events/{event.slug}/workshops/told"
    browser.post(told, data=sent(form_on(page, action=told)))
    assert "Tell 1 family" not in text(browser.get("/school/"))


def test_within_a_day_of_the_event_families_are_written_to(event, expected, chosen, time_machine):
    share_out(event)
    late = expect_pupil(event=event, school=expected["Eve"].school, forename="Gus")
    time_machine.move_to(event.first_starts_at - timedelta(hours=5))
    with transaction():
        places.withdraw(actor=COMMAND, now=clock.now(), booking=expected["Ada"])
        service.seating.fill(actor=COMMAND, now=clock.now(), event=again(event))

    [mail] = mails_about(late)
    assert mail.subject == "Birchwood School: Gus’s workshops at Puzzle day have changed"
    assert [spot.moved_at for spot in workshops.spots_of(late.id)] == [None, None]


def test_a_school_types_in_choices_that_came_on_paper(app, event, expected, offered):
    let_choose(event)
    browser = app.test_client()
    sign_in(browser, make_person(role=Role.COORDINATOR, school=expected["Eve"].school))
    page = browser.get(f"/school/events/{event.slug}/")
    assert "Fin Pupil: has not chosen" in text(page)
    paper = f"/school/bookings/{expected['Fin'].public_id}/workshops"
    form = form_on(browser.get(paper))
    twice = {"first_1": offered["Robots"].public_id, "first_2": offered["Robots"].public_id}
    assert browser.post(paper, data=sent(form, **twice)).status_code == 422

    browser.post(paper, data=sent(form, first_2=offered["Robots"].public_id))

    [wish] = workshops.wishes_of(expected["Fin"].id)
    assert (wish.workshop_id, wish.rank) == (offered["Robots"].id, 1)
    acts = select(AuditEntry).where(AuditEntry.action == "choose_workshops")
    assert [entry.facts["wishes"] for entry in db.session.scalars(acts)] == [1]


def test_a_workshop_that_was_chosen_keeps_its_time_and_its_pupils(event, expected, chosen):
    share_out(event)
    robots = workshops.by_public_id(chosen["Robots"].public_id)
    details = {"line": "", "room": ""}

    def change(**more):
        with transaction():
            service.offering.change(
                actor=COMMAND,
                now=clock.now(),
                event=again(event),
                workshop=workshops.by_public_id(robots.public_id),
                details=service.offering.WorkshopDetails(title="Robots", **details, **more),
            )

    with pytest.raises(service.TooFewPlaces, match="3 pupils are there"):
        change(places=2, time=WorkshopTime.FIRST)
    with pytest.raises(service.WorkshopsFixed):
        change(places=3, time=SECOND)
    with pytest.raises(service.WorkshopsFixed), transaction():
        service.offering.remove(actor=COMMAND, now=clock.now(), event=again(event), workshop=robots)


def test_workshops_are_repeated_with_the_event_and_wishes_go_after_two_weeks(
    event, expected, chosen
):
    share_out(event)
    with transaction():
        draft = events.clone(actor=COMMAND, now=clock.now(), event=again(event))
    assert [w.title for w in workshops.workshops(draft.id)] == [
        "Robots",
        "Bridges",
        "Codes",
        "Maps",
    ]
    assert workshops.choice(draft.id) is None

    rules = {rule.name: rule for rule in purging.rules()}
    names = ("wishes for workshops", "records of workshops shared out")
    kept = event.last_ends_at + timedelta(days=14)
    assert [rules[name].overdue(kept - timedelta(minutes=1)) for name in names] == [0, 0]
    assert [rules[name].overdue(kept) for name in names] == [13, 1]
    with transaction():
        for name in names:
            rules[name].purge(kept, 500)
    assert [rules[name].overdue(kept) for name in names] == [0, 0]
    assert len(where(event)) == 6


def test_the_doctor_finds_nothing_wrong_and_would_find_too_many(event, expected, chosen):
    share_out(event)
    assert [problem for check in soundness.checks() for problem in check.problems()] == []

    with transaction():
        workshops.by_public_id(chosen["Robots"].public_id).places = 2
    found = [problem for check in soundness.checks() for problem in check.problems()]
    assert found == [f"workshop {chosen['Robots'].id}: 3 pupils on 2 places"]
