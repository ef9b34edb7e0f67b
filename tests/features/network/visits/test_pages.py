"""A visit from its opening to a note; each refusal; who is told, and who sees what."""

from datetime import timedelta

from sqlalchemy import select

from booking.domain import terms
from booking.domain.permissions import COMMAND, Role
from booking.domain.visits import VisitState
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.network.visits import panels, retention
from booking.network.visits import service as visit_service
from booking.network.visits.models import StaffVisit, VisitAsk
from booking.people.schools import service as school_service
from tests.builders import pupils, schools, visits
from tests.builders.calendars import entries, make_feed, titles
from tests.builders.meetings import make_meeting
from tests.forms_on_pages import sent
from tests.page import soup, words


def rows(model=VisitAsk):
    db.session.rollback()
    return db.session.scalars(select(model).order_by(model.id)).all()


def here(visit, act=""):
    return f"/visits/{visit.public_id}{act}"


def of_ask(ask, act):
    return f"/visits/asks/{ask.public_id}/{act}"


def main(response):
    return words(soup(response).select_one("main"))


def whole(response):
    return words(soup(response).select_one("body"))


def typed(**changes):
    on = terms.london(clock.now() + timedelta(days=10)).date()
    return {
        "title": "A quiet playtime",
        "kind": "practice",
        "subject": "Infants",
        "length": "hours",
        "on": on.isoformat(),
        "starts": "10:15",
        "ends": "11:00",
        "last_on": "",
        "room": "1",
        "about": "Report to the office.",
    } | changes


def test_a_visit_is_opened_asked_for_agreed_and_noted(browser_of, opener, visitor):
    mine, theirs = browser_of(opener), browser_of(visitor)
    done = mine.post("/visits/new", data=typed())
    assert done.status_code == 303
    (visit,) = rows(StaffVisit)
    assert terms.london(visit.starts_at).strftime("%H:%M") == "10:15"
    listed = main(theirs.get("/visits/?q=infants+ashdale"))
    assert "A quiet playtime" in listed
    assert "1 place left of 1" in listed
    assert "A quiet playtime" in main(theirs.get("/network-life/?q=playtime"))

    asked = theirs.post(here(visit, "/ask"), data={"word": "How you begin."})
    assert asked.location == here(visit)
    [mail] = visits.mails("visit_asked")
    assert (mail.recipient, mail.reply_to) == (opener.email, f"Vic Visitor <{visitor.email}>")
    assert "How you begin." in mail.text
    (ask,) = rows()
    assert "Answer Vic Visitor, Birchwood School" in main(mine.get("/network-life/"))
    assert "Vic Visitor" in whole(mine.get(here(visit)))

    mine.post(of_ask(ask, "answer"), data={"say": "yes", "word": "Use the side gate."})
    [mail] = visits.mails("visit_news")
    assert (mail.recipient, mail.reply_to) == (visitor.email, f"Ola Opener <{opener.email}>")
    assert "Use the side gate." in mail.text
    assert "Agreed" in main(theirs.get(here(visit)))
    assert "full" in main(mine.get("/visits/mine"))

    early = theirs.post(of_ask(ask, "note"), data={"note": "Too early, but kept."})
    assert early.status_code == 422
    assert "Too early, but kept." in early.text
    visits.let_it_be_over(visit)
    assert "What did you take home?" in main(theirs.get("/network-life/"))
    assert "Took place" in main(theirs.get("/visits/mine"))
    theirs.post(of_ask(ask, "note"), data={"note": "A bell, and nobody shouts."})
    assert "A bell" in main(theirs.get(here(visit)))
    assert "A bell" not in whole(mine.get(here(visit))), "nobody reads what is not shared"
    form = soup(theirs.get(of_ask(ask, "note"))).select_one("main form")
    theirs.post(of_ask(ask, "note"), data=sent(form) | {"is_shared": "y"})
    assert "A bell" in main(mine.get(here(visit)))
    assert "What did you take home?" not in main(theirs.get("/network-life/"))
    late = mine.post(of_ask(ask, "answer"), data={"say": "no", "word": "Sorry."})
    assert late.status_code == 422
    assert "This visit is over." in late.text


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(browser_of, opener, ashdale):
    mine = browser_of(opener)
    pupils.make_pupil(school=ashdale, forename="Ada", surname="Okoro")
    for wrong, said in (
        ({"title": ""}, "Say what one would see."),
        ({"ends": "09:00"}, "It ends before it begins."),
        ({"starts": ""}, "Enter when it starts."),
        ({"length": "days"}, "Enter the last day."),
        ({"room": "13"}, "Enter a number from 1 to 12."),
        ({"room": "two"}, "Enter a whole number, such as 2."),
        ({"on": "2020-01-06"}, "This is over, or has begun."),
        ({"about": "Ada Okoro reads."}, "is the name of a pupil at your school"),
    ):
        answer = mine.post("/visits/new", data=typed(**wrong))
        assert answer.status_code == 422, wrong
        assert said in answer.text, wrong
        assert "Infants" in answer.text
    assert rows(StaffVisit) == []
    named = typed(about="Ada Okoro reads.", no_pupil="y")
    assert mine.post("/visits/new", data=named).status_code == 303
    last = terms.london(clock.now() + timedelta(days=14)).date()
    week = typed(length="days", starts="", ends="", last_on=last.isoformat())
    assert mine.post("/visits/new", data=week).status_code == 303
    (_, shadowing) = rows(StaffVisit)
    assert shadowing.whole_days
    assert terms.day_text(last) in main(mine.get(here(shadowing)))


def test_colleagues_of_the_same_school_and_strangers_cannot_ask(
    browser_of, visit, ashdale, visitor, birchwood
):
    own = schools.make_person(role=Role.HOST, school=ashdale)
    partner = schools.make_person(role=Role.ASSOCIATE, institution="City Museum")
    lead = schools.make_person(role=Role.LEAD)
    for person, read, asking in ((own, 200, 404), (partner, 404, 404), (lead, 200, 404)):
        browser = browser_of(person)
        assert browser.get(here(visit), check=False).status_code == read
        answer = browser.post(here(visit, "/ask"), data={"word": "Please."}, check=False)
        assert answer.status_code == asking
    with transaction():
        db.session.get_one(StaffVisit, visit.id).for_partners = True
    outside = browser_of(partner)
    assert outside.post(here(visit, "/ask"), data={"word": "Please."}).status_code == 303
    (asked,) = rows()
    theirs = browser_of(visitor)
    assert "Museum" not in whole(theirs.get(here(visit))), "names are for whoever answers"
    empty = theirs.post(here(visit, "/ask"), data={"word": " "})
    assert "Say in a few words" in empty.text
    theirs.post(here(visit, "/ask"), data={"word": "Please."})
    twice = theirs.post(here(visit, "/ask"), data={"word": "Once more."})
    assert "You have asked already." in twice.text
    for closed in (of_ask(asked, "answer"), of_ask(asked, "note"), here(visit, "/change")):
        assert theirs.get(closed, check=False).status_code == 404


def test_room_is_never_given_twice_and_answers_can_be_put_right(
    browser_of, visit, opener, ashdale, visitor, birchwood
):
    others = [schools.make_person(role=Role.STAFF, school=birchwood) for _ in range(3)]
    asked = [visits.ask(visit, one, birchwood) for one in (visitor, *others[:2])]
    keeper = schools.make_person(role=Role.COORDINATOR, school=ashdale)
    mine = browser_of(keeper)
    for one in asked[:2]:
        mine.post(of_ask(one, "answer"), data={"say": "yes"})
    full = mine.post(of_ask(asked[2], "answer"), data={"say": "yes"})
    assert "Every place has been given." in full.text
    late = browser_of(others[2]).post(here(visit, "/ask"), data={"word": "Me too."})
    assert "Every place has been given." in late.text
    less = mine.post(here(visit, "/change"), data=typed(room="1"))
    assert "You have said yes to 2 already." in less.text
    without = mine.post(of_ask(asked[0], "answer"), data={"say": "no"})
    assert "Say why." in without.text
    mine.post(of_ask(asked[0], "answer"), data={"say": "no", "word": "I pressed the wrong one."})
    mine.post(of_ask(asked[2], "answer"), data={"say": "yes"})
    states = [one.state for one in rows()]
    assert states == [VisitState.TURNED_DOWN, VisitState.AGREED, VisitState.AGREED]

    browser_of(others[1]).post(of_ask(asked[2], "withdraw"))
    assert rows()[2].state is VisitState.WITHDRAWN
    assert visits.mails("visit_asked")[-1].subject.endswith("will not come")
    again = browser_of(others[1]).post(here(visit, "/ask"), data={"word": "After all."})
    assert again.status_code == 303
    assert [one.state for one in rows()][2] is VisitState.ASKED


def test_those_who_come_are_told_of_a_change_and_of_the_end(
    browser_of, visit, opener, visitor, birchwood
):
    mine = browser_of(opener)
    visits.answer(visits.ask(visit, visitor, birchwood), opener)
    first = sent(soup(mine.get(here(visit, "/change"))).select_one("main form"))
    mine.post(here(visit, "/change"), data=first)
    mine.post(here(visit, "/change"), data=first | {"subject": "Phonics"})
    assert len(visits.mails("visit_news")) == 1, "nothing that they plan by has changed"
    now = sent(soup(mine.get(here(visit, "/change"))).select_one("main form"))
    moved = mine.post(here(visit, "/change"), data=now | {"ends": "23:30"}, follow_redirects=True)
    assert "We have e-mailed 1 colleague." in moved.text
    assert visits.mails("visit_news")[-1].subject == "A visit has changed"

    assert "Say why." in mine.post(here(visit, "/cancel"), data={"word": ""}).text
    mine.post(here(visit, "/cancel"), data={"word": "The teacher is ill."})
    last = visits.mails("visit_news")[-1]
    assert (last.recipient, "The teacher is ill." in last.text) == (visitor.email, True)
    twice = mine.post(here(visit, "/cancel"), data={"word": "Again."})
    assert "already cancelled" in twice.text
    (ask,) = rows()
    assert ask.state is VisitState.CANCELLED
    assert "No visit is open yet" in main(browser_of(visitor).get("/visits/"))
    refused = browser_of(visitor).post(of_ask(ask, "withdraw"), follow_redirects=True)
    assert "This visit is cancelled." in refused.text
    asking = browser_of(visitor).post(here(visit, "/ask"), data={"word": "Please."})
    assert "This visit is cancelled." in asking.text
    assert len(visits.mails("visit_news")) == 3


def test_both_have_an_agreed_visit_in_their_calendars(client, visit, opener, visitor, birchwood):
    tokens = [make_feed(one)[1] for one in (opener, visitor)]
    asked = visits.ask(visit, visitor, birchwood)
    assert [titles(client, token) for token in tokens] == [[], []]
    visits.answer(asked, opener)
    for token in tokens:
        [entry] = entries(client, token)
        assert str(entry["SUMMARY"]) == f"Visit: {visits.TITLE}"
        assert (str(entry["STATUS"]), str(entry["LOCATION"])) == ("CONFIRMED", "Ashdale School")
    first = terms.london(clock.now() + timedelta(days=20)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    days = {"starts_at": first, "ends_at": first + timedelta(days=5), "whole_days": True}
    with transaction():
        visit_service.change(
            actor=schools.actor_of(opener),
            now=clock.now(),
            visit=visit,
            details=visits.details(**days),
        )
    [entry] = entries(client, tokens[1])
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (
        days["starts_at"].date(),
        days["ends_at"].date(),
    )
    assert int(entry["SEQUENCE"]) == 1
    with transaction():
        visit_service.withdraw(actor=schools.actor_of(visitor), now=clock.now(), ask=asked)
    assert [titles(client, token) for token in tokens] == [[], []]


def test_a_coordinator_bids_for_cover_from_the_page(browser_of, visit, birchwood):
    coming = schools.make_person(role=Role.COORDINATOR, school=birchwood)
    visits.ask(visit, coming, birchwood)
    browser = browser_of(coming)
    link = soup(browser.get(here(visit))).find("a", string="Bid for the cost of cover")
    form = soup(browser.get(link["href"])).select_one("main form")
    assert sent(form)["title"] == f"Cover for a visit: {visits.TITLE}"
    assert sent(form)["provider"] == "Ashdale School"


def test_the_rota_counts_what_was_hosted_and_suggests_whose_turn_it_might_be(
    browser_of, visit, opener, visitor, birchwood, ashdale, db_session
):
    browser = browser_of(visitor)
    assert "Nothing has been hosted" in main(browser.get("/visits/rota"))
    visits.answer(visits.ask(visit, visitor, birchwood), opener)
    waits = schools.make_person(role=Role.STAFF, school=birchwood)
    visits.ask(visit, waits, birchwood)
    visits.let_it_be_over(visit)
    make_meeting(
        ago=timedelta(days=1),
        title="Spring meeting",
        host_school_id=ashdale.id,
        starts_at=clock.now() - timedelta(hours=3),
        ends_at=clock.now() - timedelta(hours=2),
    )
    page = browser.get("/visits/rota")
    assert "Next might be Birchwood School and Ashdale School." in main(page)
    cells = [
        [words(cell) for cell in row.select("th, td")] for row in soup(page).select("tbody tr")
    ]
    assert cells == [
        ["Birchwood School", "0", "0", "0", "0", "1"],
        ["Ashdale School", "0", "1", "1", "0", "0"],
    ]


def close(person):
    with transaction():
        school_service.disable_person(actor=COMMAND, now=clock.now(), person=person)


def test_whoever_leaves_withdraws_and_a_coordinator_or_nobody_answers(
    visit, opener, ashdale, visitor, birchwood
):
    keeper = schools.make_person(role=Role.COORDINATOR, school=ashdale, name="Kay Keeper")
    asked = visits.ask(visit, visitor, birchwood)
    stays = visits.ask(visit, schools.make_person(role=Role.HOST, school=birchwood), birchwood)
    assert panels.what_becomes(person_id=opener.id) == [
        "Visits that you opened go to a coordinator of your school."
    ]
    assert panels.what_becomes(person_id=visitor.id) == [
        "Visits to other schools that you asked for are withdrawn."
    ]
    close(visitor)
    assert rows()[0].id == asked.id
    assert rows()[0].state is VisitState.WITHDRAWN
    assert "Vic Visitor" not in visits.mails("visit_asked")[-1].text
    close(opener)
    assert rows(StaffVisit)[0].opened_by_id == keeper.id
    assert visits.mails("visit_asked")[-1].recipient == keeper.email
    close(keeper)
    assert rows(StaffVisit)[0].state is VisitState.CANCELLED
    assert rows()[1].id == stays.id
    assert rows()[1].state is VisitState.CANCELLED
    assert "has left the school" in visits.mails("visit_news")[-1].text


def test_visits_are_kept_for_two_years_and_go_with_all_that_was_asked(visit, visitor, birchwood):
    visits.ask(visit, visitor, birchwood)
    [rule] = retention.rules()
    ended = visit.ends_at
    with transaction():
        assert rule.purge(ended + timedelta(days=720), 10) == 0
        assert rule.purge(ended + timedelta(days=732), 10) == 1
    assert rows() == rows(StaffVisit) == []
