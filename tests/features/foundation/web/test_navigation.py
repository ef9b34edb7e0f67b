"""The navigation on every page, and the links on home pages, as features provide them."""

import pytest

from booking.domain.permissions import Action, Role
from booking.foundation.web import navigation
from tests.builders import schools
from tests.page import soup

SECTIONS = {
    Role.COORDINATOR: ["Events", "My school", "CPD", "Tours", "Network life"],
    Role.HOST: ["Events", "Hosting", "CPD", "Tours", "Network life"],
    Role.TREASURER: ["Events", "Network life", "Fund"],
    Role.AUDITOR: ["Events", "Hosting", "Tours", "Network life", "Fund", "Network"],
    Role.LEAD: ["Events", "Hosting", "Tours", "Network life", "Fund", "Network"],
}


def main_navigation(client, address="/"):
    """Return the labels of the navigation, and the one that is marked as here."""
    page = soup(client.get(address))
    links = page.select('nav[aria-label="Main"] a')
    return [link.text for link in links], [link.text for link in links if link.get("aria-current")]


def test_a_visitor_sees_the_events_alone(client, db_session):
    assert main_navigation(client) == (["Events"], ["Events"])


@pytest.mark.parametrize("role", SECTIONS, ids=str)
def test_each_role_sees_its_own_sections(client, db_session, role):
    at_a_school = role in {Role.COORDINATOR, Role.HOST}
    person = schools.make_person(role=role, school=schools.make_school() if at_a_school else None)
    schools.sign_in(client, person)

    assert main_navigation(client, "/meetings/") == (SECTIONS[role], ["Network life"])


def doors(client, address, of):
    """Return the labels of the doors on a home page, which all lead somewhere."""
    links = soup(client.get(address)).select(of)
    found = [client.get(link["href"], follow_redirects=True) for link in links]
    assert {page.status_code for page in found} == {200}
    return [link.text for link in links]


def test_a_coordinators_home_leads_to_what_the_school_keeps(client, db_session):
    schools.sign_in(
        client, schools.make_person(role=Role.COORDINATOR, school=schools.make_school())
    )

    found = doors(client, "/school/", 'section[aria-labelledby="keep"] a')

    assert found == [
        "Pupils",
        "Details",
        "Colleagues",
        "Files",
        "History",
        "Cash and cheques",
        "Invoices",
        "Ideas for events",
        "Groups",
        "Questions",
        "Resources",
        "Who can help with what",
        "Visits",
        "What is held about an adult",
        "Requests about what is held",
    ]


def test_the_networks_home_leads_to_what_the_lead_keeps(client, db_session):
    schools.sign_in(client, schools.make_person(role=Role.LEAD))

    assert doors(client, "/admin/", "h2:-soup-contains('Manage the network') + ul a") == [
        "People",
        "Invitations",
        "Schools",
        "School days",
        "The network’s own words",
        "Partners’ calendars",
        "Ideas for events",
        "Groups",
        "Questions",
        "Resources",
        "Who can help with what",
        "Visits",
        "Rules for new events",
        "Themes of events",
        "The season so far",
        "Circulars",
        "Season plans",
        "Outbox",
        "Audit trail",
        "The running site",
        "Requests about what is held",
    ]


def test_the_fund_leads_to_the_pages_of_other_features(client, db_session):
    schools.sign_in(client, schools.make_person(role=Role.TREASURER))

    assert doors(client, "/fund/bank/", 'nav[aria-label="The fund"] a') == [
        "Overview",
        "Statements",
        "Entries",
        "Events",
        "Bids",
        "Claims",
        "Invoices",
        "Card money",
        "Transfers",
        "Bank",
        "Funds",
        "Years",
    ]


def test_another_section_stands_where_its_order_says(client, db_session):
    sections = (lambda: navigation.Section("Clubs", "about.privacy", Action.RUN_NETWORK),)
    schools.sign_in(client, schools.make_person(role=Role.LEAD))

    with navigation.sections.instead(*navigation.sections.providers, *sections):
        assert main_navigation(client)[0][-1] == "Clubs"
        client.post("/sign-out")
        assert main_navigation(client)[0] == ["Events"]


@pytest.mark.parametrize("address", ["/", "/account/", "/meetings/", "/help/", "/nowhere"])
def test_everybody_who_is_signed_in_can_sign_out_on_every_page(client, db_session, address):
    schools.sign_in(client, schools.make_person(role=Role.LEAD))

    page = soup(client.get(address))

    assert page.select_one("header form[action='/sign-out'] button").text == "Sign out"
