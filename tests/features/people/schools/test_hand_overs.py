"""Two people hand over a post: the holder offers it, and the successor accepts."""

import re
from datetime import timedelta

import pytest

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.schools import queries, service
from booking.people.schools.models import Invitation
from tests.builders import schools as build
from tests.page import soup

LEAD = "lead@fairplace.example"
TREASURER = "treasurer@fairplace.example"
HERE = "coordinator@hollow-lane.example"
THERE = "coordinator@millrace.example"
NEW = "newcomer@hollow-lane.example"
HELD = {(Role.COORDINATOR, "hollow-lane")}


def signed_in(app, email):
    client = app.test_client()
    build.sign_in(client, email)
    return client


def post_of(email, role=None):
    grants = queries.grants_of(build.person_of(email).id)
    return next(grant for grant in grants if role in (None, grant.role)).public_id


def roles_of(email):
    db.session.rollback()
    grants = queries.grants_of(build.person_of(email).id)
    return {(grant.role, grant.school.slug if grant.school else None) for grant in grants}


def url_of(email=HERE, role=None):
    return f"/posts/{post_of(email, role)}/hand-over"


def offer(client, to, name="Nadia Newcomer", of=HERE, role=None):
    """Hand a post over, having seen the page that says who gets it."""
    data = {"name": name, "email": to}
    looked = client.post(url_of(of, role), data=data)
    assert (looked.status_code, "Check who takes over" in looked.text) == (200, True)
    return client.post(url_of(of, role), data={**data, "checked": to})


def newest():
    db.session.rollback()
    return db.session.query(Invitation).order_by(Invitation.id.desc()).first()


def letters(template):
    db.session.rollback()
    mails = db.session.query(Message).filter_by(template=template).order_by(Message.id)
    return [(mail.recipient, mail.text) for mail in mails]


def link(of=-1):
    return re.search(r"https?://[^/\s]+(/invitations/\S+)", letters("invitation")[of][1])[1]


def accept_new(app, url):
    data = {"name": "Nadia Newcomer", "password": "seven purple walruses"}
    return app.test_client().post(url, data=data)


def test_the_page_names_the_person_and_the_school_and_sends_nothing(coordinator):
    build.make_person(email=NEW, name="Nadia Newcomer")

    page = coordinator.post(url_of(), data={"name": "Nadia N", "email": NEW})

    for words in (
        "Coordinator at Hollow Lane First School",
        "The address belongs to Nadia Newcomer",
        NEW,
        "None, but they have an account",
        "its pupils, their parents and its places",
    ):
        assert words in page.text
    assert newest() is None
    assert letters("invitation") == []


def test_an_address_that_was_not_looked_at_is_shown_first(coordinator):
    data = {"name": "Nadia Newcomer", "email": NEW, "checked": "somebody.else@hollow-lane.example"}

    page = coordinator.post(url_of(), data=data)

    assert "Nobody has an account with this address yet" in page.text
    assert newest() is None


def test_the_giver_keeps_the_post_until_somebody_new_takes_it_up(app, coordinator):
    assert offer(coordinator, NEW).location == url_of()
    assert "On offer to Nadia Newcomer" in coordinator.get(url_of()).text
    assert roles_of(HERE) == HELD
    assert coordinator.get("/school/pupils/").status_code == 200

    assert accept_new(app, link()).status_code == 303

    assert roles_of(NEW) == HELD
    assert roles_of(HERE) == set()


def test_somebody_with_an_account_accepts_by_signing_in(app, lead):
    """The lead's own post, to the treasurer: no mailed link is needed."""
    offer(lead, TREASURER, name="Desmond Achterberg", of=LEAD)
    assert (Role.LEAD, None) not in roles_of(TREASURER)
    taker = signed_in(app, TREASURER)
    assert "Say whether you will take over: Network lead" in taker.get("/fund/").text
    url = f"/account/offers/{newest().public_id}"
    assert "keeps it until you accept" in taker.get(url).text

    assert taker.post(url).status_code == 303

    assert (Role.LEAD, None) in roles_of(TREASURER)
    assert roles_of(LEAD) == set()
    assert lead.get("/admin/").status_code == 302, "whoever gives a post up is signed out"


def test_whoever_is_offered_a_post_may_say_no_and_the_giver_hears(app, lead):
    offer(lead, TREASURER, name="Desmond Achterberg", of=LEAD)
    taker = signed_in(app, TREASURER)
    url = f"/account/offers/{newest().public_id}"

    assert taker.post(f"{url}/decline").location == "/account/"

    assert roles_of(LEAD) == {(Role.LEAD, None)}
    assert taker.post(url).status_code == 404
    [(to, text)] = letters("post_news")
    assert (to, "Desmond Achterberg has said no." in text) == (LEAD, True)


def test_what_is_offered_to_one_is_taken_up_by_nobody_else(app, lead):
    offer(lead, TREASURER, name="Desmond Achterberg", of=LEAD)
    url = f"/account/offers/{newest().public_id}"

    for email in (LEAD, HERE):
        other = signed_in(app, email)
        assert other.get(url).status_code == 404
        assert other.post(url).status_code == 404
        assert other.post(f"{url}/decline").status_code == 404

    assert roles_of(LEAD) == {(Role.LEAD, None)}


def test_a_post_goes_to_another_school_only_when_the_lead_allows_it(app, lead, coordinator):
    page = coordinator.post(url_of(), data={"name": "Her Colleague", "email": THERE})
    assert "works at Millrace First School, not at Hollow Lane First School." in page.text
    offer(coordinator, THERE)
    taker = signed_in(app, THERE)
    url = f"/account/offers/{newest().public_id}"

    assert letters("invitation") == []
    assert taker.post(url).status_code == 404
    assert "take over" not in taker.get("/school/").text
    assert coordinator.post(f"/posts/invitations/{newest().public_id}/allow").status_code == 404
    assert coordinator.post(f"/posts/invitations/{newest().public_id}/send-again").location
    assert letters("invitation") == []
    assert roles_of(THERE) == {(Role.COORDINATOR, "millrace")}
    [(asked, _text)] = letters("post_news")
    assert asked == LEAD
    assert "Decide who takes over: Coordinator at Hollow Lane" in lead.get("/admin/").text
    listed = lead.get("/admin/invitations/").text
    assert "The lead decides" in listed
    assert "Sunita Varma" in listed, "as we know them, not as it was typed"

    lead.post(f"/posts/invitations/{newest().public_id}/allow")
    lead.post(f"/posts/invitations/{newest().public_id}/allow")

    assert [to for to, _text in letters("invitation")] == [THERE]
    assert db.session.query(AuditEntry).filter_by(action="allow_hand_over").count() == 1
    assert roles_of(HERE) == HELD
    assert taker.post(url).status_code == 303
    assert roles_of(THERE) == {(Role.COORDINATOR, "millrace"), *HELD}
    assert roles_of(HERE) == set()


def test_the_lead_says_no_by_taking_it_back(lead, coordinator):
    offer(coordinator, THERE)

    lead.post(f"/posts/invitations/{newest().public_id}/withdraw")

    assert roles_of(HERE) == HELD
    told = [to for to, text in letters("post_news") if "will not take over this role" in text]
    assert told == [HERE]


def test_the_lead_who_hands_over_to_another_school_has_decided(app, lead):
    page = lead.post(url_of(), data={"name": "Her Colleague", "email": THERE})
    assert "not at Hollow Lane First School." in page.text

    offer(lead, THERE)

    assert [to for to, _text in letters("invitation")] == [THERE]
    [(to, text)] = letters("post_news")
    assert (to, "has been asked to take over this role from you" in text) == (HERE, True)


def test_who_came_to_another_school_meanwhile_waits_for_the_lead_too(app, coordinator, network):
    build.make_person(email=NEW, name="Nadia Newcomer")
    offer(coordinator, NEW)
    build.grant(build.person_of(NEW), Role.HOST, network["millrace"])

    taker = signed_in(app, NEW)
    page = taker.post(link())

    assert (page.status_code, "The network lead decides first" in page.text) == (404, True)
    assert roles_of(HERE) == HELD


def test_a_colleague_of_the_same_school_needs_no_lead(app, coordinator, network):
    build.make_person(email=NEW, role=Role.HOST, school=network["hollow-lane"])
    build.grant(build.person_of(NEW), Role.HOST, network["millrace"])

    offer(coordinator, NEW)

    assert [to for to, _text in letters("invitation")] == [NEW]


def test_the_giver_takes_it_back(app, coordinator):
    offer(coordinator, NEW)

    coordinator.post(f"/posts/invitations/{newest().public_id}/withdraw")

    assert accept_new(app, link()).status_code == 404
    assert "On offer" not in coordinator.get(url_of()).text
    assert roles_of(HERE) == HELD


def test_an_offer_runs_out_and_the_giver_still_has_the_post(app, coordinator, time_machine):
    offer(coordinator, NEW)

    time_machine.move_to(clock.now() + timedelta(days=15))

    assert accept_new(app, link()).status_code == 404
    assert roles_of(HERE) == HELD


def test_the_same_offer_sent_twice_is_one(coordinator):
    for _ in range(2):
        assert offer(coordinator, NEW).status_code == 303

    assert db.session.query(Invitation).count() == 1
    assert len(letters("invitation")) == 1


def test_a_post_is_on_offer_to_one_person_at_a_time(app, coordinator):
    offer(coordinator, "first@hollow-lane.example")
    offer(coordinator, NEW)

    assert accept_new(app, link(0)).status_code == 404
    assert accept_new(app, link(1)).status_code == 303
    assert roles_of(NEW) == HELD


def test_taking_it_up_twice_is_harmless(app, coordinator):
    offer(coordinator, NEW)
    url = link()

    answers = [accept_new(app, url).status_code for _ in range(2)]

    assert answers == [303, 404]
    assert roles_of(NEW) == HELD


def test_those_who_must_know_hear_that_a_post_has_changed_hands(app, coordinator, network):
    build.make_person(
        email="other@hollow-lane.example", role=Role.COORDINATOR, school=network["hollow-lane"]
    )
    offer(coordinator, NEW)
    accept_new(app, link())

    told = {to for to, text in letters("post_news") if "has taken over this role" in text}
    assert told == {HERE, "other@hollow-lane.example"}


def test_a_post_that_was_taken_away_meanwhile_is_not_taken_up(app, lead, coordinator):
    offer(coordinator, NEW)

    lead.post(f"/posts/{post_of(HERE)}/revoke")

    assert accept_new(app, link()).status_code == 404
    assert queries.person_by_email(NEW) is None


@pytest.mark.parametrize(
    ("email", "told"),
    [
        (HERE, "Choose somebody else"),
        ("other@hollow-lane.example", "already has this role"),
        ("closed@hollow-lane.example", "account is closed"),
        ("nobody", "in the right form"),
    ],
)
def test_who_cannot_take_a_post_over_is_refused(coordinator, network, email, told):
    build.make_person(
        email="other@hollow-lane.example", role=Role.COORDINATOR, school=network["hollow-lane"]
    )
    closed = build.make_person(email="closed@hollow-lane.example")
    with transaction():
        closed.disabled_at = clock.now()

    answer = coordinator.post(url_of(), data={"name": "Somebody", "email": email})

    assert (answer.status_code, told in answer.text) == (422, True)
    assert newest() is None


def test_a_likely_slip_is_asked_about_once_before_the_page_that_names_the_person(coordinator):
    slip = "nadia@gmial.com"
    data = {"name": "Nadia Newcomer", "email": slip}

    asked = coordinator.post(url_of(), data=data)
    assert (asked.status_code, "Did you mean nadia@gmail.com?" in asked.text) == (422, True)

    looked = coordinator.post(url_of(), data={**data, "email-asked": slip})
    hidden = {tag["name"]: tag["value"] for tag in soup(looked).select("main input[type=hidden]")}
    assert looked.status_code == 200
    assert coordinator.post(url_of(), data={**data, **hidden}).status_code == 303
    assert newest().email == slip


def test_the_address_of_a_hand_over_is_not_corrected_past_the_page_that_names_the_person(
    coordinator,
):
    offer(coordinator, NEW)
    url = f"/posts/invitations/{newest().public_id}/address"

    answer = coordinator.post(url, data={"email": THERE})

    assert (answer.status_code, "hand the role over again" in answer.text) == (422, True)
    assert url not in coordinator.get("/school/colleagues").text


def test_services_let_no_coordinator_allow_a_hand_over(coordinator, network):
    offer(coordinator, THERE)

    with pytest.raises(service.NotYoursToGive), transaction():
        service.allow(
            actor=build.actor_of(build.person_of(HERE)), now=clock.now(), invitation=newest()
        )
