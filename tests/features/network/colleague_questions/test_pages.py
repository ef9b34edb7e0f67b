"""Questions are asked, found, answered and closed; no pupil is named; nothing is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from booking.network.colleague_questions.models import ColleagueAnswer, ColleagueQuestion
from tests.builders import colleague_questions, directory, pupils, schools
from tests.page import soup, words

ASKED = {"title": "Has anybody else timed a chess day?", "about": "Ours ran over.", "area": ""}


def rows(model=ColleagueQuestion):
    db.session.rollback()
    return db.session.scalars(select(model).order_by(model.id)).all()


def here(question, act=""):
    return f"/questions/{question.public_id}{act}"


def main(response):
    return words(soup(response).select_one("main"))


def test_a_question_is_asked_answered_and_closed_by_what_helped(browser_of, asker, helper):
    mine, theirs = browser_of(asker), browser_of(helper)
    asked = mine.post("/questions/new", data=ASKED)
    assert asked.status_code == 303
    (question,) = rows()
    assert "Ana Asker, Ashdale School" in main(theirs.get("/questions/?q=chess+over"))
    assert "Has anybody else timed" in main(theirs.get("/network-life/"))

    done = theirs.post(here(question, "/answers"), data={"words": "Year 9 keeps the time."})
    assert done.location == here(question)
    waiting = main(mine.get("/network-life/"))
    assert "Read the answers: Has anybody else timed a chess day?" in waiting
    assert "1 answer." in waiting
    assert "Hal Helper, Birchwood School" in main(mine.get(here(question)))

    (answer,) = rows(ColleagueAnswer)
    mine.post(f"/questions/answers/{answer.public_id}/helped")
    assert "This helped" in main(theirs.get(here(question)))
    assert "Read the answers" not in main(mine.get("/network-life/"))
    assert not soup(theirs.get(here(question))).select("textarea")
    late = theirs.post(here(question, "/answers"), data={"words": "Too late, but kept."})
    assert late.status_code == 422
    assert "is closed" in main(late)
    assert "Too late, but kept." not in main(theirs.get(here(question)))
    assert [each.template for each in rows(Message)] == [], "nothing is mailed per answer"

    mine.post(here(question, "/open"))
    assert rows()[0].closed_at is None
    assert rows(ColleagueAnswer)[0].helped_at is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": " "}, "Ask in a line."),
        ({"title": "x" * 161}, "Shorten this to 160 characters."),
        ({"about": "x" * 2001}, "Shorten this to 2,000 characters."),
        ({"area": "nobody-keeps-this"}, "Choose one of these."),
    ],
)
def test_what_cannot_be_asked_is_said_and_stays_typed(browser_of, asker, change, said):
    typed = {**ASKED, "about": "What I typed", **change}
    page = browser_of(asker).post("/questions/new", data=typed)

    assert page.status_code == 422
    assert said in main(page)
    assert soup(page).find(id="about").text.strip() == typed["about"].strip()
    assert rows() == []


def test_a_pupils_full_name_is_stopped_once(browser_of, asker, helper, ashdale, birchwood):
    pupils.make_pupil(school=ashdale, forename="Ada", surname="Okoro")
    pupils.make_pupil(school=birchwood, forename="Ben", surname="Marlow")
    mine = browser_of(asker)
    named = {**ASKED, "about": "Ada Okoro’s games take an hour."}

    stopped = mine.post("/questions/new", data=named)
    assert (stopped.status_code, rows()) == (422, [])
    assert "“Ada Okoro” is the name of a pupil at your school" in main(stopped)
    # Other schools' lists are not compared: the form would tell who is on them.
    assert mine.post("/questions/new", data={**ASKED, "about": "Ben Marlow"}).status_code == 303

    assert mine.post("/questions/new", data={**named, "no_pupil": "y"}).status_code == 303
    question = rows()[0]
    theirs = browser_of(helper)
    stopped = theirs.post(here(question, "/answers"), data={"words": "Ask Ben Marlow."})
    assert (stopped.status_code, rows(ColleagueAnswer)) == (422, [])
    assert soup(stopped).find("textarea").text.strip() == "Ask Ben Marlow."


def test_similar_questions_are_shown_before_one_is_asked_again(browser_of, helper, question):
    theirs = browser_of(helper)

    shown = theirs.get("/questions/similar?q=how+to+time+chess+boards").json
    assert shown == [{"title": question.title, "url": here(question), "closed": False}]
    assert theirs.get("/questions/similar?q=microscopes").json == []
    assert theirs.get("/questions/similar?q=to+a").json == [], "short words say nothing"
    refused = theirs.post("/questions/new", data={**ASKED, "about": "x" * 2001})
    assert here(question) in refused.text


def test_whoever_asked_takes_it_back_until_somebody_answers(browser_of, asker, helper, question):
    mine = browser_of(asker)
    colleague_questions.answer(question, helper)
    kept = mine.post(here(question, "/take-back"), follow_redirects=True)
    assert "Close the question instead." in kept.text
    mine.post(here(question, "/close"))
    assert rows()[0].closed_at is not None

    other = colleague_questions.ask(asker)
    assert mine.post(here(other, "/take-back")).location == "/questions/"
    assert [one.id for one in rows()] == [question.id]


def test_an_answer_that_is_taken_back_opens_what_it_closed(browser_of, asker, helper, question):
    answer = colleague_questions.answer(question, helper)
    colleague_questions.help_with(answer, asker)
    assert rows()[0].closed_at is not None

    browser_of(helper).post(f"/questions/answers/{answer.public_id}/take-back")

    assert (rows()[0].closed_at, rows(ColleagueAnswer)) == (None, [])


def test_after_five_school_days_those_who_help_with_it_are_asked(
    browser_of, asker, ashdale, birchwood, lead, time_machine
):
    offer = directory.listed(birchwood)
    area = offer.areas[0].public_id
    question = colleague_questions.ask(asker, ashdale, area=area)
    expert = browser_of(offer.person)
    said = f"Can you help? {question.title}"
    assert said not in main(expert.get("/network-life/"))

    time_machine.move_to(clock.now() + timedelta(days=8))
    expert, boss = browser_of(offer.person), browser_of(lead)
    assert said in main(expert.get("/network-life/"))
    assert "1 question that nobody answers" in main(boss.get("/admin/"))
    assert said not in main(browser_of(asker).get("/network-life/"))
    assert question.title in main(boss.get("/questions/?which=unanswered"))

    colleague_questions.answer(question, offer.person, birchwood)
    assert said not in main(expert.get("/network-life/"))
    assert "nobody answers" not in main(boss.get("/admin/"))


def test_the_list_is_read_by_area_and_by_how_a_question_stands(browser_of, asker, helper, ashdale):
    mine = browser_of(asker)
    assert "Nobody has asked yet" in main(mine.get("/questions/"))
    done = colleague_questions.ask(asker, ashdale, title="Done with?")
    colleague_questions.help_with(colleague_questions.answer(done, helper), asker)
    colleague_questions.ask(helper, title="Still open?")

    def titles(which):
        page = soup(mine.get(f"/questions/?which={which}"))
        return [link.text for link in page.select("main li h2 a")]

    assert titles("open") == titles("unanswered") == ["Still open?"]
    assert titles("closed") == titles("mine") == ["Done with?"]
    assert "No question fits all of this" in main(mine.get("/questions/?q=microscope"))


def test_lists_ask_the_database_as_often_for_many_as_for_one(
    browser_of, asker, helper, ashdale, count_queries
):
    colleague_questions.answer(colleague_questions.ask(asker, ashdale), helper)
    mine = browser_of(asker)
    mine.get("/questions/")
    with count_queries() as one:
        mine.get("/questions/")
    for number in range(6):
        person = schools.make_person(role=Role.STAFF, school=ashdale)
        many = colleague_questions.ask(person, ashdale, title=f"Question {number}?")
        colleague_questions.answer(many, helper)
    with count_queries() as all_of_them:
        mine.get("/questions/")

    assert len(all_of_them) == len(one)
