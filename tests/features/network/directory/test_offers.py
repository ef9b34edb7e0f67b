"""Offers: the head confirms by a mailed link, asked again every year; leavers are taken off."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from booking.domain.helping import ExpertiseState
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.network.directory import jobs, queries, service
from booking.people.schools.models import RoleGrant
from tests.builders import directory, schools
from tests.forms_on_pages import form_on, sent

LIST = "/who-can-help/"


def run_jobs():
    for job in jobs.jobs():
        job.run()
    db.session.rollback()


def test_a_teacher_offers_and_the_head_is_asked_by_mail(browser_of, teacher, ashdale):
    page = browser_of(teacher).post(
        LIST + "offer",
        data={
            "areas": [str(directory.area_id())],
            "phases": ["primary"],
            "kinds": ["call", "materials"],
            "time": "An hour",
            "costs": "none",
            "about": "I know comments instead of grades.",
            "school_id": str(ashdale.id),
        },
        follow_redirects=True,
    )

    assert "Waits for the head" in page.text
    [mail] = directory.mails("nomination_asked")
    assert mail.recipient == "head@school.example"
    assert teacher.email in mail.reply_to


def test_bad_input_is_said_and_what_was_typed_stays(browser_of, teacher, ashdale):
    page = browser_of(teacher).post(LIST + "offer", data={"time": "An hour"}, check=False)
    assert page.status_code == 422
    assert "Choose at least one area." in page.text
    assert 'value="An hour"' in page.text


def test_opening_the_heads_link_changes_nothing_and_pressing_decides_once(
    client, offered, browser_of, asker
):
    address = f"/nominate/{directory.token()}"
    assert "May Ola Offers help other schools?" in client.get(address).text
    assert directory.again(offered.public_id).state is ExpertiseState.OFFERED

    first = client.post(f"{address}/decide", data={"say": "yes"}, follow_redirects=True)
    second = client.post(f"{address}/decide", data={"say": "no"}, follow_redirects=True)

    assert "This has been answered" in first.text
    assert "The first answer counts" in second.text
    assert directory.again(offered.public_id).state is ExpertiseState.LISTED
    listing = browser_of(asker).get(LIST).text
    assert "Ola Offers" in listing
    assert "not check the quality" in listing
    assert len(directory.mails("expertise_news")) == 1


def test_a_head_who_says_no_lists_nothing_and_the_person_may_offer_again(
    client, offered, browser_of, teacher
):
    client.post(f"/nominate/{directory.token()}/decide", data={"say": "no"})
    assert directory.again(offered.public_id).state is ExpertiseState.DECLINED

    browser_of(teacher).post(f"{LIST}{offered.public_id}/offer-again")

    assert directory.again(offered.public_id).state is ExpertiseState.OFFERED
    assert len(directory.mails("nomination_asked")) == 2


def test_asked_again_the_earlier_link_ends(client, offered, browser_of, teacher):
    before = directory.token()
    browser_of(teacher).post(f"{LIST}{offered.public_id}/ask-head")

    assert directory.token() != before
    client.post(f"/nominate/{before}/decide", data={"say": "yes"})
    assert directory.again(offered.public_id).state is ExpertiseState.OFFERED


def test_an_unknown_link_and_an_answer_that_is_none_are_refused(client, offered):
    assert client.get("/nominate/unknown-as-can-be", check=False).status_code == 404
    bad = client.post(f"/nominate/{directory.token()}/decide", data={"say": "?"}, check=False)
    assert bad.status_code == 400


def test_without_a_head_the_page_says_what_to_do(browser_of, birchwood, asker):
    offer = directory.offer(asker, birchwood)
    assert not directory.mails("nomination_asked")
    browser = browser_of(asker)
    assert "has not said who its head is" in browser.get(f"{LIST}{offer.public_id}").text
    again = browser.post(f"{LIST}{offer.public_id}/ask-head", follow_redirects=True)
    assert "has not said who its head is" in again.text


def test_a_head_does_not_confirm_their_own_offer(birchwood, asker, lead, browser_of):
    directory.name_head(birchwood, asker.email)
    offer = directory.offer(asker, birchwood)
    assert not directory.mails("nomination_asked")

    browser = browser_of(lead)
    assert "Asta Asks waits to be confirmed" in browser.get("/admin/").text
    browser.post(f"/admin/who-can-help/offers/{offer.public_id}/confirm", data={"say": "yes"})

    assert directory.again(offer.public_id).state is ExpertiseState.LISTED


def test_a_new_area_has_to_be_confirmed_again_and_other_words_do_not(listed, teacher):
    def changed(**changes):
        with transaction():
            service.change(
                actor=schools.actor_of(teacher),
                now=clock.now(),
                offer=directory.again(listed.public_id),
                details=directory.details(**changes),
            )
        return directory.again(listed.public_id).state

    assert changed(about="Other words") is ExpertiseState.LISTED
    both = frozenset({directory.area_id(), directory.area_id(directory.OTHER_AREA)})
    assert changed(areas=both) is ExpertiseState.OFFERED


def test_the_head_is_reminded_once_and_either_link_answers(offered):
    with clock.pretending(clock.now() + timedelta(days=15)):
        run_jobs()
        run_jobs()
        assert len(directory.mails("nomination_asked")) == 2
        directory.nominate(offered)
    assert directory.again(offered.public_id).state is ExpertiseState.LISTED


def test_the_head_is_asked_before_the_year_ends_and_silence_lets_it_lapse(listed):
    with clock.pretending(listed.listed_until - timedelta(days=40)):
        run_jobs()
        run_jobs()
        assert len(directory.mails("nomination_asked")) == 2
    with clock.pretending(listed.listed_until + timedelta(hours=1)):
        run_jobs()
        found = directory.again(listed.public_id)
    assert found.state is ExpertiseState.LAPSED
    assert "no longer listed" in directory.mails("expertise_news")[-1].subject


def test_a_yes_before_the_end_lists_it_for_another_year(listed):
    ends = listed.listed_until
    with clock.pretending(ends - timedelta(days=40)):
        run_jobs()
        found = directory.nominate(listed)
    assert found.listed_until > ends + timedelta(days=300)


def test_the_worker_withdraws_what_a_leaver_offered_at_the_same_moment(listed, teacher):
    with transaction():
        db.session.execute(delete(RoleGrant).where(RoleGrant.person_id == teacher.id))
    run_jobs()
    assert directory.again(listed.public_id).state is ExpertiseState.WITHDRAWN


@pytest.mark.parametrize("for_partners", [True, False])
def test_an_associate_sees_what_is_for_associates(ashdale, browser_of, for_partners):
    found = directory.listed(ashdale, for_partners=for_partners)
    person = schools.make_person(role=Role.ASSOCIATE, institution="Tallow Hill College")
    browser = browser_of(person)
    page = browser.get(LIST).text
    assert ("Ola Offers" in page) is for_partners
    assert ("No offer is open to associates yet" in page) is not for_partners
    assert ("Ola Offers" in browser.get("/network-life/").text) is for_partners
    shown = browser.get(f"{LIST}{found.public_id}", check=False)
    assert shown.status_code == (200 if for_partners else 404)


def test_an_associate_who_is_also_of_a_school_reads_what_is_for_schools(ashdale, birchwood):
    found = directory.listed(ashdale)
    person = schools.make_person(role=Role.ASSOCIATE, institution="Tallow Hill College")
    assert not queries.may_read(found, schools.actor_of(person))
    schools.grant(person, Role.STAFF, birchwood)
    assert queries.may_read(found, schools.actor_of(person))


def test_network_life_shows_new_offers_and_finds_them_by_area_or_name(
    listed, browser_of, asker, count_queries
):
    browser, life = browser_of(asker), "/network-life/"
    assert "Ola Offers: Assessment" in browser.get(life).text
    for text, is_there in (("assess", True), ("ola", True), ("comments", False)):
        page = browser.get(life, query_string={"q": text}).text
        assert ("Nothing has these words" not in page) is is_there
    with count_queries() as with_one:
        browser.get(life, query_string={"q": "ola"})
    for number in range(2):
        directory.listed(schools.make_school(), name=f"Ola {number}")
    with count_queries() as with_three:
        browser.get(life, query_string={"q": "ola"})
    assert len(with_one) == len(with_three)


def test_network_life_says_what_needs_whom(offered, browser_of, teacher, asker, birchwood, lead):
    life = "/network-life/"
    directory.nominate(offered, yes=False)
    assert "Your head did not confirm what you offer" in browser_of(teacher).get(life).text
    directory.ask(asker, birchwood, None)
    assert "Birchwood School asks for a link" in browser_of(lead).get(life).text
    assert "asks for a link" not in browser_of(asker).get(life).text


def test_the_lead_is_told_when_a_school_names_another_address_of_its_head(
    browser_of, asker, birchwood, lead
):
    browser = browser_of(asker)
    form = form_on(browser.get("/school/details"))
    browser.post("/school/details", data=sent(form, head_email="own@elsewhere.example"))
    [mail] = directory.mails("post_news")
    assert mail.recipient == lead.email
    assert "Head of Birchwood School" in mail.text
    assert "own@elsewhere.example" in mail.text


def test_the_list_is_found_by_word_area_phase_and_kind(listed, browser_of, asker):
    browser = browser_of(asker)
    area = listed.areas[0].public_id
    for found in (f"q=comments&area={area}", "phase=primary&kind=visit", "q=ashdale"):
        assert "Ola Offers" in browser.get(f"{LIST}?{found}").text
    for missed in ("q=zebra", "phase=sixth_form", "kind=training"):
        assert "Nobody fits all of this" in browser.get(f"{LIST}?{missed}").text


def test_the_lead_takes_an_offer_off_with_a_reason(listed, browser_of, lead):
    address = f"/admin/who-can-help/offers/{listed.public_id}/take-off"
    browser_of(lead).post(address, data={"word": "It sells a course."})
    assert directory.again(listed.public_id).state is ExpertiseState.WITHDRAWN
    assert "It sells a course." in directory.mails("expertise_news")[-1].text


def test_erasure_empties_what_was_offered(listed, teacher, lead):
    from booking.people.schools.service.forgetting import forget_person

    with transaction():
        forget_person(actor=schools.actor_of(lead), now=clock.now(), person=teacher)
    found = directory.again(listed.public_id)
    assert (found.state, found.about, found.time) == (ExpertiseState.WITHDRAWN, "", "")
