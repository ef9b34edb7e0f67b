"""What a visitor sees of the network: which schools, who is responsible, how to join."""

from datetime import date

from tests.builders import schools
from tests.page import soup, table_rows, words

CAPTION = "Member schools, by name"


def test_a_visitor_sees_the_member_schools_and_no_person(app, client, db_session):
    schools.make_school(name="Yew School", town="Aldermere", low_year=0, high_year=4)
    schools.make_school(name="Ash School", low_year=5, high_year=8)
    schools.make_school(name="Former School", left_on=date(2026, 8, 31))
    schools.make_person(name="Edith Lead", email="edith@lead.example")

    page = client.get("/schools")

    assert table_rows(page, CAPTION) == [
        ["Ash School", "Netherwick", "Years 5 to 8"],
        ["Yew School", "Aldermere", "Reception to Year 4"],
    ]
    assert "Edith" not in page.text
    text = words(soup(page).main)
    assert "run by these schools together" in text
    assert f"A school that would like to join writes to {app.config['CONTACT_EMAIL']}" in text


def test_whoever_is_responsible_is_named(app, client, db_session):
    app.config["NETWORK_BODY"] = "Aldermere Schools Trust"
    try:
        assert "is run by Aldermere Schools Trust." in words(soup(client.get("/schools")).main)
    finally:
        app.config["NETWORK_BODY"] = ""


def test_a_network_without_schools_says_so(client, db_session):
    assert "No schools yet" in client.get("/schools").text


def test_every_page_leads_there(client, db_session):
    assert soup(client.get("/")).select_one("footer a[href='/schools']") is not None
