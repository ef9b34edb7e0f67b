"""Pages that were left open while somebody else saved, feature by feature."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from booking.days.events.models import NetworkRules, Sharing
from booking.days.places import queries as place_queries
from booking.domain.permissions import Role
from booking.foundation.db import THE_ROW, db
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School
from tests.builders import events, meetings, pupils, schools
from tests.forms_on_pages import form_on, sent
from tests.page import soup, words


@dataclass
class Colleague:
    """Somebody at a browser, with a page that may be open for a while."""

    browser: Any
    page: dict[str, Any]
    address: str = ""
    action: str = ""

    def opens(self, address: str, action: str = "") -> None:
        self.address, self.action = address, action or address
        form = form_on(self.browser.get(address), action=action)
        self.page = sent(form)

    def saves(self, **typed: Any) -> Any:
        return self.browser.post(self.action, data={**self.page, **typed})


@pytest.fixture
def school(db_session):
    schools.make_terms()
    return schools.make_school(name="Hill Road School")


@pytest.fixture
def colleague(app: Flask, school):
    """Give a way to sign somebody in."""

    def come(name: str, role: Role = Role.COORDINATOR) -> Colleague:
        browser = app.test_client()
        of_school = None if role in {Role.LEAD, Role.TREASURER} else school
        schools.sign_in(browser, schools.make_person(role=role, school=of_school, name=name))
        return Colleague(browser, {})

    return come


@pytest.fixture
def sam(colleague):
    return colleague("Sam Okafor")


@pytest.fixture
def joan(colleague):
    return colleague("Joan Reed")


def said(refused):
    assert refused.status_code == 422
    return [words(line) for line in soup(refused).select(".error-summary li")]


def both_open(address, *people, action=""):
    for person in people:
        person.opens(address, action)


def stored(row):
    db.session.rollback()
    return db.session.get_one(type(row), row.id)


def test_a_school_is_changed_by_its_lead_and_its_coordinator(school, sam, colleague):
    lead = colleague("Lena Lead", Role.LEAD)
    sam.opens("/school/details")
    lead.opens(f"/admin/schools/{school.slug}/change")
    lead.saves(address="Mill Lane")

    refused = sam.saves(office_phone="01632 960123")

    assert said(refused) == [
        "This was changed while you had the page open, by Lena Lead (Network lead) at 9:30am. "
        "What you typed is kept. Look at what is different, then save again.",
        "Address: Changed from “School Lane” to “Mill Lane”.",
    ]
    sam.page = sent(form_on(refused))
    assert sam.saves().status_code == 303
    found = stored(school)
    assert (found.address, found.office_phone) == ("Mill Lane", "01632 960123")


def test_a_parent_is_taken_over_whole_and_no_name_stands_beside_anothers_address(school, sam, joan):
    pupil = pupils.make_pupil(
        school=school, parent_name="Ada Old", parent_email="old@parents.example"
    )
    both_open(f"/school/pupils/{pupil.public_id}/", sam, joan)
    sam.saves(**{"first-name": "Ben New", "first-email": "new@parents.example"})

    refused = joan.saves(forename="Adam")

    assert "First parent or carer: Changed from “Ada Old, old@parents.example" in said(refused)[1]
    form = sent(form_on(refused))
    assert (form["first-name"], form["first-email"]) == ("Ben New", "new@parents.example")
    joan.page = form
    assert joan.saves().status_code == 303
    found = stored(pupil)
    assert found.forename == "Adam"
    assert [(one.name, one.email) for one in found.parents] == [("Ben New", "new@parents.example")]


def test_a_parent_changed_by_both_stays_as_typed_and_whole(school, sam, joan):
    pupil = pupils.make_pupil(
        school=school, parent_name="Ada Old", parent_email="old@parents.example"
    )
    both_open(f"/school/pupils/{pupil.public_id}/", sam, joan)
    sam.saves(**{"first-name": "Ben New", "first-email": "new@parents.example"})

    refused = joan.saves(**{"first-name": "Ada Older"})

    assert "saved “Ben New, new@parents.example" in said(refused)[1]
    form = sent(form_on(refused))
    assert (form["first-name"], form["first-email"]) == ("Ada Older", "old@parents.example")


def test_brothers_and_sisters_share_a_parent_and_so_a_stale_page(school, sam, joan):
    shared = {"parent_name": "Ada Old", "parent_email": "old@parents.example"}
    one, other = (
        pupils.make_pupil(school=school, forename=name, **shared) for name in ("Eve", "Tom")
    )
    sam.opens(f"/school/pupils/{one.public_id}/")
    joan.opens(f"/school/pupils/{other.public_id}/")
    sam.saves(**{"first-name": "Ada Newly"})

    assert "to “Ada Newly" in said(joan.saves(forename="Thomas"))[1]
    assert stored(other).forename == "Tom"


def test_two_coordinators_of_a_school_ask_for_places(school, sam, joan):
    schools.make_school()
    event = events.make_event(host=schools.make_school())
    pupils.make_pupil(school=school, year_group=5)
    page, ask = f"/school/events/{event.slug}/", f"/school/events/{event.slug}/request"
    both_open(page, sam, joan, action=ask)
    sam.saves(wanted="1")

    refused = joan.saves(wanted="2", sure="y")

    assert (
        "Sam Okafor (Coordinator at Hill Road School) saved “1”; you have “2”." in said(refused)[1]
    )
    db.session.rollback()
    assert place_queries.request_of(event.id, school.id).wanted == 1


def test_quotas_set_by_the_host_and_the_lead(school, colleague):
    guests = [schools.make_school(name=name) for name in ("Ash School", "Beech School")]
    event = events.make_event(host=school, sharing=Sharing.SET_QUOTAS, places=20)
    host, lead = colleague("Hal Host", Role.HOST), colleague("Lena Lead", Role.LEAD)
    both_open(f"/host/events/{event.slug}/quotas", host, lead)
    host.saves(**{f"quota-{guests[0].slug}": "3"})

    refused = lead.saves(**{f"quota-{guests[1].slug}": "4"})

    assert said(refused)[1] == "Ash School: Changed from “0” to “3”."
    lead.page = sent(form_on(refused))
    assert lead.saves().status_code == 303
    page = sent(form_on(host.browser.get(host.address)))
    assert [page[f"quota-{guest.slug}"] for guest in guests] == ["3", "4"]


def test_minutes_are_not_overwritten(colleague, time_machine):
    meeting = meetings.make_meeting(days=1)
    time_machine.move_to(meeting.ends_at)
    leads = [colleague(name, Role.LEAD) for name in ("Lena Lead", "Leo Lead")]
    both_open(f"/meetings/{meeting.public_id}/minutes", *leads)
    leads[0].saves(minutes="We agreed.")

    refused = leads[1].saves(minutes="Nobody agreed.")

    assert (
        "Lena Lead (Network lead) saved “We agreed.”; you have “Nobody agreed.”" in said(refused)[1]
    )
    assert stored(meeting).minutes == "We agreed."


def test_rules_that_nobody_had_set_are_compared_too(colleague):
    leads = [colleague(name, Role.LEAD) for name in ("Lena Lead", "Leo Lead")]
    both_open("/admin/rules", *leads, action="")
    leads[0].saves(reply_days="6")

    refused = leads[1].saves(guarantee="2")

    assert "Changed from “5” to “6”" in said(refused)[1]
    assert "by Lena Lead (Network lead)" in said(refused)[0]
    db.session.rollback()
    assert db.session.get_one(NetworkRules, THE_ROW).guarantee == 0


def test_a_row_that_is_gone_is_not_brought_back(school, sam, joan):
    pupil = pupils.make_pupil(school=school)
    both_open(f"/school/pupils/{pupil.public_id}/", sam, joan)
    sam.browser.post(f"/school/pupils/{pupil.public_id}/leave")

    assert joan.saves(forename="Adam").status_code == 404
    assert db.session.get_one(Pupil, pupil.id).forename != "Adam"
    assert db.session.get_one(School, school.id).name == "Hill Road School"
