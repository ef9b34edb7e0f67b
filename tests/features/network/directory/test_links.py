"""Links: asked once, introduced by one mail to each side, and one question after six weeks."""

from datetime import timedelta

import pytest

from booking.domain.helping import OPEN_PER_SCHOOL, HelpOutcome, LinkState
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.network.directory import queries, service
from booking.network.directory.refusals import AskedBefore
from tests.builders import directory, schools

LIST, ADMIN = "/who-can-help/", "/admin/who-can-help/"


@pytest.fixture
def asked(asker, birchwood, listed):
    """Provide what Birchwood asks of the teacher."""
    return directory.ask(asker, birchwood, listed)


def test_a_school_asks_and_the_lead_has_a_task(browser_of, asker, birchwood, listed, lead):
    page = browser_of(asker).post(
        f"{LIST}{listed.public_id}/ask",
        data={
            "area_id": str(directory.area_id()),
            "what": "How do we begin?",
            "by_when": "",
            "school_id": str(birchwood.id),
        },
        follow_redirects=True,
    )
    assert "Asked" in page.text
    assert "Birchwood School asks for a link: Assessment" in browser_of(lead).get("/admin/").text
    [mail] = directory.mails("help_asked")
    assert asker.email in mail.reply_to


def test_asking_for_the_same_twice_or_too_much_is_refused_in_words(asked, asker, birchwood, listed):
    with pytest.raises(AskedBefore, match="asked for this already"):
        directory.ask(asker, birchwood, listed)
    for number in range(OPEN_PER_SCHOOL - 1):
        other = schools.make_school(name=f"School {number}")
        directory.ask(asker, birchwood, directory.listed(other, name=f"Somebody {number}"))
    with pytest.raises(AskedBefore, match="open wishes already"):
        directory.ask(asker, birchwood, None)


def test_the_lead_introduces_both_and_each_answers_the_other(
    browser_of, asked, lead, asker, teacher
):
    browser_of(lead).post(f"{ADMIN}links/{asked.public_id}/introduce")

    assert directory.link_again(asked.public_id).state is LinkState.INTRODUCED
    first, second = directory.mails("help_introduced")
    assert (first.recipient, second.recipient) == (asker.email, teacher.email)
    assert teacher.email in first.reply_to
    assert asker.email in second.reply_to
    assert teacher.email in first.text
    assert asker.email in second.text


def test_the_lead_suggests_somebody_and_the_school_says_yes(
    browser_of, asker, birchwood, listed, lead
):
    link = directory.ask(asker, birchwood, None)
    browser_of(lead).post(
        f"{ADMIN}links/{link.public_id}/suggest",
        data={"offer": listed.public_id, "word": "She did just this."},
    )
    browser = browser_of(asker)
    assert "She did just this." in browser.get(f"{LIST}links/{link.public_id}").text
    browser.post(f"{LIST}links/{link.public_id}/accept")
    assert directory.link_again(link.public_id).state is LinkState.INTRODUCED


def test_the_school_would_rather_have_somebody_else_or_takes_it_back(
    browser_of, asker, birchwood, listed, lead
):
    link = directory.ask(asker, birchwood, None)
    with transaction():
        service.suggest(
            actor=schools.actor_of(lead), now=clock.now(), link=link, offer=listed, word="Ask her."
        )
    browser = browser_of(asker)
    browser.post(f"{LIST}links/{link.public_id}/somebody-else")
    again = directory.link_again(link.public_id)
    assert (again.state, again.expertise_id) == (LinkState.ASKED, None)
    browser.post(f"{LIST}links/{link.public_id}/take-back")
    assert directory.link_again(link.public_id).state is LinkState.TAKEN_BACK


def test_turning_down_needs_a_word_that_the_school_reads(browser_of, asked, lead):
    address = f"{ADMIN}links/{asked.public_id}/turn-down"
    assert browser_of(lead).post(address, data={}, check=False).status_code == 422
    browser_of(lead).post(address, data={"word": "Nobody has time before May."})
    assert directory.link_again(asked.public_id).state is LinkState.TURNED_DOWN
    assert "before May" in directory.mails("help_news")[-1].text


def test_introduced_at_once_where_the_lead_has_chosen_it(
    browser_of, asker, birchwood, listed, lead
):
    browser_of(lead).post(f"{ADMIN}introductions", data={"at_once": "yes"})
    link = directory.ask(asker, birchwood, listed)
    assert link.state is LinkState.INTRODUCED
    assert not directory.mails("help_asked")


def test_another_school_does_not_see_what_was_asked(browser_of, asked, teacher):
    found = browser_of(teacher).get(f"{LIST}links/{asked.public_id}", check=False)
    assert found.status_code == 404


def test_after_six_weeks_one_mail_asks_and_one_press_answers(client, asked, lead):
    directory.introduce(asked, lead)
    with clock.pretending(clock.now() + timedelta(weeks=6, hours=1)):
        for _ in range(2):
            with transaction():
                service.ask_outcomes(now=clock.now())
        assert len(directory.mails("help_outcome")) == 1
        address = f"/link-outcome/{directory.token('help_outcome')}"
        assert "Did it lead to something?" in client.get(address).text
        assert directory.link_again(asked.public_id).state is LinkState.INTRODUCED
        client.post(f"{address}/answer", data={"say": "not_yet"})
        page = client.post(f"{address}/answer", data={"say": "no"}, follow_redirects=True)
    assert "You said: Not yet" in page.text
    assert directory.link_again(asked.public_id).outcome is HelpOutcome.NOT_YET


def test_counts_show_where_nobody_offers_what_is_asked(browser_of, asker, birchwood, lead):
    directory.ask(asker, birchwood, None)
    [row] = [each for each in queries.counts() if each.asked]
    assert (row.name, *row[2:]) == ("Assessment", 0, 1, 0, True)
    assert "Nobody offers it" in browser_of(lead).get(ADMIN).text


def test_an_area_in_use_is_retired_and_another_is_deleted(browser_of, listed, lead):
    browser = browser_of(lead)
    used = browser.post(f"{ADMIN}areas/{listed.areas[0].public_id}/remove", follow_redirects=True)
    assert "Assessment is retired" in used.text
    free = queries.area_named(directory.OTHER_AREA)
    gone = browser.post(f"{ADMIN}areas/{free.public_id}/remove", follow_redirects=True)
    assert "Timetabling is deleted" in gone.text
    back = browser.post(ADMIN, data={"name": "assessment"}, follow_redirects=True)
    assert "Assessment is on the list" in back.text
    twice = browser.post(ADMIN, data={"name": "Assessment"}, check=False)
    assert "on the list already" in twice.text
