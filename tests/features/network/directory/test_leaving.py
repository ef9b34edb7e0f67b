"""Somebody leaves: their offer is withdrawn at once, and whoever waits for them is told."""

from booking.domain.helping import ExpertiseState, LinkState
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.network.directory import panels
from booking.people.schools import service as school_service
from tests.builders import directory, schools


def close(person):
    with transaction():
        school_service.disable_person(actor=COMMAND, now=clock.now(), person=person)


def test_a_leavers_offer_is_withdrawn_and_open_links_to_it_are_turned_down(
    asker, birchwood, listed, teacher, lead, browser_of
):
    asked = directory.ask(asker, birchwood, listed)
    [said] = panels.what_becomes(person_id=teacher.id)
    assert said.startswith("Your offer to help is withdrawn")
    elsewhere = directory.ask(asker, birchwood, None)
    other = schools.make_school(name="Cedar School")
    second = schools.make_person(role=Role.COORDINATOR, school=other)
    introduced = directory.introduce(directory.ask(second, other, listed), lead)
    with transaction():
        school_service.revoke_role(actor=COMMAND, now=clock.now(), grant=teacher.grants[0])

    assert directory.again(listed.public_id).state is ExpertiseState.WITHDRAWN
    states = [directory.link_again(row.public_id).state for row in (asked, elsewhere, introduced)]
    assert states == [LinkState.TURNED_DOWN, LinkState.ASKED, LinkState.INTRODUCED]
    [mail] = directory.mails("help_news")
    assert mail.recipient == asker.email
    assert "has left. Ask for a link again" in mail.text
    assert teacher.name not in mail.text
    page = browser_of(asker).get(f"/who-can-help/links/{asked.public_id}").text
    assert "Whoever you asked for has left" in page


def test_an_offer_for_another_school_stays(listed, teacher, birchwood):
    schools.grant(teacher, Role.STAFF, birchwood)
    with transaction():
        grant = next(row for row in teacher.grants if row.school_id == birchwood.id)
        school_service.revoke_role(actor=COMMAND, now=clock.now(), grant=grant)
    assert directory.again(listed.public_id).state is ExpertiseState.LISTED


def test_what_a_leaver_asked_goes_to_a_coordinator_or_is_taken_back(asker, birchwood, listed):
    follower = schools.make_person(role=Role.COORDINATOR, school=birchwood, name="Fay Follower")
    link = directory.ask(asker, birchwood, listed)

    close(asker)
    again = directory.link_again(link.public_id)
    assert (again.asked_by_id, again.state) == (follower.id, LinkState.ASKED)
    [mail] = directory.mails("help_news")
    assert (mail.recipient, "Whoever asked has left" in mail.text) == (follower.email, True)

    close(follower)
    assert directory.link_again(link.public_id).state is LinkState.TAKEN_BACK
    assert len(directory.mails("help_news")) == 1
