"""A question without a name: nobody reads whose it is but a lead who says why, and is recorded."""

from datetime import timedelta

from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.network.colleague_questions import service
from booking.network.colleague_questions.models import ColleagueAnswer, ColleagueQuestion
from booking.people.schools import service as school_service
from booking.rights.subjects import pages as subject_pages
from booking.rights.subjects import queries as subject_queries
from booking.upkeep import purging
from tests.builders import colleague_questions, schools
from tests.page import soup, words

NAME, SCHOOL = "Ana Asker", "Ashdale School"


def here(question, act=""):
    return f"/questions/{question.public_id}{act}"


def main(response):
    return words(soup(response).select_one("main"))


def trail():
    db.session.rollback()
    found = select(AuditEntry).where(AuditEntry.subject_type == "colleague_questions")
    return list(db.session.scalars(found.order_by(AuditEntry.id)))


def mails():
    db.session.rollback()
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def test_no_page_and_no_trail_says_who_asked(browser_of, asker, helper, lead, nameless):
    mine = browser_of(asker)
    mine.post(here(nameless, "/answers"), data={"words": "I tried it again since."})
    answer = colleague_questions.answer(nameless, helper)
    mine.post(f"/questions/answers/{answer.public_id}/helped")
    mine.post(here(nameless, "/open"))
    mine.post(here(nameless, "/close"))
    auditor = schools.make_person(role=Role.AUDITOR)

    for reader in (helper, lead, auditor):
        browser = browser_of(reader)
        for page in ("/questions/", here(nameless), "/network-life/", "/admin/", "/admin/outbox"):
            shown = browser.get(page, check=False)
            assert NAME not in shown.text, page
            assert page == "/admin/" or SCHOOL not in main(shown), page
    assert "Whoever asked" in main(browser_of(helper).get(here(nameless)))
    acts = {entry.action: (entry.person_id, entry.school_id) for entry in trail()}
    assert acts.pop("answer_colleague") == (helper.id, None)
    assert set(acts.values()) == {(None, None)}
    assert mails() == []


def test_a_lead_looks_with_a_reason_and_whoever_asked_is_told(browser_of, asker, lead, nameless):
    boss = browser_of(lead)
    refused = boss.post(here(nameless, "/who-asked"), data={"word": " "})
    assert (refused.status_code, NAME in refused.text) == (422, False)
    assert NAME not in boss.get(here(nameless, "/who-asked")).text
    assert mails() == []

    shown = boss.post(here(nameless, "/who-asked"), data={"word": "A child may be at risk."})

    assert f"{NAME}, {SCHOOL}." in main(shown)
    look = trail()[-1]
    assert (look.action, look.person_id, look.reason) == (
        "look_who_asked",
        lead.id,
        "A child may be at risk.",
    )
    (mail,) = mails()
    assert mail.recipient == asker.email
    assert "A child may be at risk." in mail.text
    assert nameless.title not in mail.subject + mail.text
    assert NAME not in boss.get(here(nameless)).text, "it was shown once"


def test_there_is_nothing_to_look_for_where_a_name_stands(browser_of, lead, question):
    page = browser_of(lead).post(here(question, "/who-asked"), data={"word": "Why not?"})

    assert page.status_code == 422
    assert "Everybody sees who asked this." in main(page)
    assert [entry.action for entry in trail()] == ["ask_colleagues"]


def test_a_problem_is_told_hidden_and_settled(browser_of, asker, helper, lead, question):
    colleague_questions.answer(question, asker, words="It was our own fault.")
    answer = colleague_questions.answer(question, helper, words="Ask the Smiths’ boy.")
    mine, boss = browser_of(asker), browser_of(lead)
    assert mine.post(here(question, "/problem"), data={"word": ""}).status_code == 422
    mine.post(here(question, "/problem"), data={"word": "A child can be recognised."})
    again = browser_of(helper).post(here(question, "/problem"), data={"word": "Me too"})
    assert (again.status_code, "has just told the lead" in main(again)) == (422, True)
    assert "something may be wrong" in main(boss.get("/admin/"))
    assert "A child can be recognised." in main(boss.get(here(question)))
    assert "A child can be recognised." not in main(browser_of(helper).get(here(question)))

    hide = f"/questions/answers/{answer.public_id}/hide"
    assert boss.post(hide, data={"word": " "}).status_code == 422
    assert boss.post(hide, data={"word": "It points at a child."}).status_code == 303
    assert boss.post(hide, data={"word": "Once more"}).status_code == 422
    boss.post(here(question, "/settle"), data={"word": "I have hidden it."})
    assert boss.post(here(question, "/settle"), data={"word": "Twice"}).status_code == 422

    assert "Smiths" not in main(mine.get(here(question)))
    assert "It points at a child." in main(browser_of(helper).get(here(question)))
    assert [(mail.recipient, mail.subject) for mail in mails()] == [
        (lead.email, f"Something may be wrong with a question: {question.title}"),
        (helper.email, "What you wrote is hidden"),
        (asker.email, "What was done about it"),
    ]
    boss.post(f"/questions/answers/{answer.public_id}/show")
    assert "Smiths" in main(mine.get(here(question)))


def test_a_hidden_question_is_its_askers_and_the_leads(browser_of, asker, helper, lead, nameless):
    boss = browser_of(lead)
    boss.post(here(nameless, "/hide"), data={"word": "Too much is said of one child."})

    assert mails() == [], "to whom mail went would tell who asked"
    assert "A question of yours is hidden" in main(browser_of(asker).get("/network-life/"))
    assert "Too much is said of one child." in main(browser_of(asker).get(here(nameless)))
    theirs = browser_of(helper)
    assert theirs.get(here(nameless)).status_code == 404
    assert theirs.post(here(nameless, "/answers"), data={"words": "?"}).status_code == 404
    assert nameless.title not in theirs.get("/questions/").text
    assert nameless.title not in theirs.get("/questions/similar?q=How+do+you+go").text

    boss.post(here(nameless, "/show"))
    assert nameless.title in theirs.get("/questions/").text


def test_names_go_when_people_leave_and_what_is_held_is_told(
    browser_of, asker, helper, lead, question, nameless
):
    subject = subject_queries.of_person(asker, oneself=True)
    copy = subject_pages.copy_of(subject, actor=schools.actor_of(asker), now=clock.now())
    held = {part["title"]: part["rows"] for part in copy.as_facts()["sections"]}
    assert len(held["Questions to colleagues"]) == 2

    with transaction():
        school_service.revoke_role(
            actor=schools.actor_of(lead), now=clock.now(), grant=asker.grants[0]
        )
    shown = main(browser_of(helper).get(here(question)))
    assert NAME not in shown
    assert f"A colleague, {SCHOOL}" in shown


def test_questions_go_two_school_years_after_their_last_word(asker, helper, question, nameless):
    colleague_questions.help_with(colleague_questions.answer(question, helper), asker)

    def left():
        db.session.rollback()
        return [db.session.query(model).count() for model in (ColleagueQuestion, ColleagueAnswer)]

    with transaction():
        service.close(actor=schools.actor_of(asker), now=clock.now(), question=nameless)
    purging.purge(clock.now() + timedelta(days=800))
    assert left() == [2, 1]
    purging.purge(clock.now() + timedelta(days=1000))
    assert left() == [0, 0]
