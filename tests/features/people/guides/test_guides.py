"""Help for everybody, at the right place; and a hint on a first visit, until it is put away."""

import io

import pypdf
import pytest

from booking.domain.permissions import Role
from booking.foundation.web import markdown
from booking.people.guides import words as guide_words
from booking.people.schools.models import Person
from tests.builders import schools
from tests.page import soup, words


@pytest.fixture
def coordinator(client, db_session):
    person = schools.make_person(role=Role.COORDINATOR, school=schools.make_school())
    schools.sign_in(client, person)
    return person


def help_link(client, address):
    return soup(client.get(address)).select_one("header .site-help")["href"]


def hint(client, address):
    """Return what the hint on a page says, without its button; "" if there is none."""
    found = soup(client.get(address)).select(".hint-of-visit p")
    return words(found[0]) if found else ""


def put_away(client, address):
    """Press the hint's own button."""
    form = soup(client.get(address)).select_one(".hint-of-visit form")
    return client.post(form["action"], data={i["name"]: i["value"] for i in form.select("input")})


def test_a_visitor_reads_every_task_without_signing_in(client, count_queries):
    contents = soup(client.get("/help/"))
    tasks = [link["href"] for link in contents.select("main li a")]
    with count_queries() as queries:
        pages = [client.get(address, check=False) for address in tasks]

    assert len(tasks) > 60
    assert {page.status_code for page in pages} == {200}
    read = {query.split("FROM ")[1].split()[0] for query in queries if query != "BEGIN"}
    assert read == {"network_facts"}  # what the network is called, once for each page
    last = client.get("/help/lead/call-a-meeting")
    assert words(soup(last).main).startswith("Call a meeting How do I get all")
    assert last.headers["Cache-Control"] == "private, max-age=600"
    assert "Cookie" in last.headers["Vary"]
    for unknown in ("/help/nobody", "/help/host/nothing", "/help/images/nothing.png"):
        assert client.get(unknown).status_code == 404
    assert client.get("/help/images/host-home.png").content_type == "image/png"


def test_a_quick_card_is_one_side_of_paper_with_the_words_of_the_guide(client):
    for role in guide_words.GUIDES:
        answer = client.get(f"/help/{role}/card.pdf")
        assert answer.content_type == "application/pdf"
        [page] = pypdf.PdfReader(io.BytesIO(answer.data)).pages
        printed = "".join(page.extract_text().split())
        for line in soup(client.get(f"/help/{role}")).select(".guide-text li"):
            assert "".join(line.text.split())[:20] in printed
        assert f"/help/{role}" in printed


def test_help_knows_the_page_and_who_reads_it(client, coordinator):
    assert help_link(client, "/school/") == "/help/coordinator/see-what-needs-doing"
    assert help_link(client, "/school/pupils/") == "/help/coordinator/put-pupils-on-your-list"
    assert help_link(client, "/account/") == "/help/coordinator"
    first = soup(client.get("/help/")).select_one("main h2")
    assert words(first) == "Guide for coordinators"
    client.post("/sign-out")
    assert help_link(client, "/sign-in") == "/help/"
    assert help_link(client, "/lost-link") == "/help/parent/find-a-lost-link"


def test_a_hint_is_shown_until_it_is_put_away_and_can_be_brought_back(client, coordinator):
    assert hint(client, "/school/").startswith("Your first visit: what waits for you")
    assert "Show me the hints again" not in client.get("/account/").text

    answer = put_away(client, "/school/")
    again = client.post("/account/hints/school/put-away")

    assert (answer.status_code, answer.location) == (303, "/school/")
    assert again.status_code == 303
    assert hint(client, "/school/") == ""
    assert hint(client, "/school/pupils/") != ""  # each by itself
    put_away(client, "/school/pupils/")
    assert schools.person_of(coordinator.email).hints_read == "pupils school"

    client.post("/account/hints/bring-back")

    assert hint(client, "/school/") != ""
    assert hint(client, "/school/pupils/") != ""


def test_a_hint_is_only_for_whoever_is_new_to_the_page(client, coordinator, db_session):
    assert client.post("/account/hints/nothing/put-away").status_code == 404
    assert hint(client, "/school/pupils/") != ""
    client.post(
        "/school/pupils/add", data={"forename": "Sam", "surname": "Okoro", "year_group": "4"}
    )
    assert hint(client, "/school/pupils/") == ""  # it has been done

    known = schools.make_person(role=Role.COORDINATOR, school=schools.make_school())
    with schools.transaction():
        db_session.get(Person, known.id).hints_read = "*"
    client.post("/sign-out")
    schools.sign_in(client, known)
    assert hint(client, "/school/") == ""  # an account from before there were hints

    lead = schools.make_person(role=Role.LEAD)
    client.post("/sign-out")
    schools.sign_in(client, lead)
    assert hint(client, "/admin/") != ""
    assert hint(client, "/fund/") == ""  # it is the treasurer's


def test_a_hint_costs_a_page_no_query(client, coordinator, count_queries):
    with count_queries() as with_hint:
        assert hint(client, "/school/") != ""
    put_away(client, "/school/")
    with count_queries() as without:
        assert hint(client, "/school/") == ""

    assert len(with_hint) == len(without)


def test_a_guide_has_no_html_and_no_script():
    def same(address):
        return address

    made = markdown.as_page("<b>x</b> [go](javascript:alert(1))\n\n<script>x</script>", same)

    assert "<b>" not in made
    assert "<script" not in made
    assert "href" not in made
    assert markdown.as_page("**x** [y](/z)", same) == (
        '<p><strong>x</strong> <a href="/z">y</a></p>\n'
    )
