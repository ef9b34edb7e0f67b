"""The page about network life: what waits, what is new, what is found, for its reader alone."""

from datetime import timedelta

from booking.domain.permissions import Role
from booking.foundation import clock
from tests.builders import meetings, resources, schools
from tests.page import soup

ADDRESS = "/network-life/"


def member_of_staff():
    return schools.make_person(role=Role.STAFF, school=schools.make_school())


def test_it_shows_the_meetings_that_its_reader_is_invited_to_and_no_others(client, db_session):
    meetings.make_meeting(title="Open evening", roles=frozenset({Role.STAFF}))
    meetings.make_meeting(title="Budget talk", roles=frozenset({Role.COORDINATOR}))
    schools.sign_in(client, member_of_staff())

    page, searched = client.get(ADDRESS).text, client.get(ADDRESS, query_string={"q": "EVENING"})
    hidden = client.get(ADDRESS, query_string={"q": "budget"})

    assert "Say whether you will come: Open evening" in page
    assert page.count("Open evening") == 2  # it waits, and it is new
    assert "Budget talk" not in page
    assert searched.text.count("Open evening") == 3
    assert "Nothing has these words in its title" in hidden.text
    assert "Budget talk" not in hidden.text


def test_it_shows_new_resources_for_a_fortnight_and_finds_older_ones(
    client, db_session, time_machine, count_queries
):
    reader = member_of_staff()
    resources.share(title="Fractions with paper")
    schools.sign_in(client, reader)
    assert "Fractions with paper" in client.get(ADDRESS).text
    with count_queries() as with_one:
        client.get(ADDRESS, query_string={"q": "paper"})
    for number in range(3):
        resources.share(title=f"Paper bridge {number}")
    with count_queries() as with_four:
        client.get(ADDRESS, query_string={"q": "paper"})
    assert len(with_one) == len(with_four)

    time_machine.move_to(clock.now() + timedelta(days=15))
    schools.sign_in(client, reader)
    assert "Fractions with paper" not in client.get(ADDRESS).text
    assert "Fractions with paper" in client.get(ADDRESS, query_string={"q": "fractions"}).text


def test_an_empty_page_says_what_will_appear_and_leads_to_the_pages(client, db_session):
    schools.sign_in(client, member_of_staff())

    page = soup(client.get(ADDRESS))

    assert "Nothing is new. What colleagues add appears here for a fortnight." in page.text
    assert {a["href"] for a in page.select("main li a")} >= {"/resources/", "/meetings/"}


def test_it_is_where_members_of_staff_and_associates_arrive(client, db_session):
    associate = schools.make_person(role=Role.ASSOCIATE, institution="Tallow Hill College")
    data = {"email": associate.email, "password": schools.cast.PASSWORD}

    assert client.post("/sign-in", data=data).location == ADDRESS
