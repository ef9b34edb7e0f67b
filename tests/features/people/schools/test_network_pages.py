"""The network's pages: who sees them, lists, schools by hand, terms and closures."""

import pytest

from booking.domain.permissions import Role
from booking.people.schools import queries
from booking.people.schools.models import Closure, School, Term
from tests.builders import schools as build

HERE = "coordinator@hollow-lane.example"
PAGES = (
    "/admin/",
    "/admin/people/",
    "/admin/invitations/",
    "/admin/schools/",
    "/admin/schools/hollow-lane",
    "/admin/days",
)
FORMS = (
    "/admin/people/invite",
    "/admin/schools/new",
    "/admin/schools/import",
    "/admin/schools/hollow-lane/change",
    "/admin/days/terms/new",
    "/admin/days/closures/new",
)
SCHOOL = {
    "name": "Willow Lock School",
    "phase": "primary",
    "low_year": "0",
    "high_year": "6",
    "roll": "212",
    "urn": "900999",
    "address": "Lock Street",
    "town": "Netherwick",
    "postcode": "zx5 9zz",
    "website": "https://willow-lock.example",
    "office_phone": "01632 960999",
    "emergency_phone": "07700900999",
    "day_starts": "08:45",
    "day_ends": "15:15",
}


@pytest.fixture
def auditor(app, network):
    client = app.test_client()
    build.sign_in(client, "auditor@fairplace.example")
    return client


def test_the_lead_sees_every_page(lead):
    assert {url: lead.get(url).status_code for url in (*PAGES, *FORMS)} == dict.fromkeys(
        (*PAGES, *FORMS), 200
    )


def test_the_auditor_reads_every_page_and_finds_no_button(auditor):
    person = f"/admin/people/{build.person_of(HERE).public_id}"
    for url in (*PAGES, person):
        main = auditor.get(url).text.split("<main")[1].split("</main>")[0]
        assert ('method="post"' in main, 'class="btn btn-primary" href' in main) == (False, False)


@pytest.mark.parametrize("url", FORMS)
def test_the_auditor_gets_no_form(auditor, url):
    assert auditor.get(url).status_code == 404
    assert auditor.post(url).status_code == 404


@pytest.mark.parametrize("url", [*PAGES, *FORMS])
def test_the_network_is_not_there_for_a_coordinator(coordinator, url):
    assert coordinator.get(url).status_code == 404


@pytest.mark.parametrize("url", [*PAGES, *FORMS])
def test_a_visitor_is_asked_to_sign_in(app, network, url):
    answer = app.test_client().get(url)

    assert (answer.status_code, answer.location.split("?")[0]) == (302, "/sign-in")


def test_the_home_page_says_what_needs_doing(lead):
    page = lead.get("/admin/").text

    assert "Invite a second lead" in page
    assert "Add your schools" not in page
    assert "no coordinator" not in page


def test_an_empty_network_is_told_where_to_begin(client, db_session):
    build.sign_in(client, build.make_person(role=Role.LEAD))

    page = client.get("/admin/").text

    assert "Add your schools" in page
    assert "Enter the terms" in page


def test_people_are_found_by_name_address_and_school(lead):
    def found(text):
        page = lead.get("/admin/people/", query_string={"q": text}).text
        return [
            f.name
            for f in (build.person_of(HERE), build.person_of("host@millrace.example"))
            if f.name in page
        ]

    assert found("") == ["Rosalind Achebe", "Owen Tarrant"]
    assert found("ACHEBE") == ["Rosalind Achebe"]
    assert found("host@") == ["Owen Tarrant"]
    assert found("Millrace First") == ["Owen Tarrant"]
    assert found("%") == []


def test_lists_of_people_are_paged_and_cost_the_same_for_any_length(lead, count_queries, network):
    lead.get("/admin/people/")  # the first page of a session also stores its form token
    with count_queries() as few:
        lead.get("/admin/people/")
    for number in range(60):
        build.make_person(
            email=f"p{number}@elsewhere.example", role=Role.HOST, school=network["millrace"]
        )
    with count_queries() as many:
        first = lead.get("/admin/people/")

    assert len(many) == len(few) + 1  # a list of several pages is counted; rows cost nothing more
    assert "Page 1 of 2" in first.text
    assert "Page 2 of 2" in lead.get("/admin/people/?page=2").text


def test_the_lead_adds_a_school_by_hand(lead, db_session):
    answer = lead.post("/admin/schools/new", data=SCHOOL)

    assert answer.location == "/admin/schools/willow-lock-school"
    school = queries.school_by_slug("willow-lock-school")
    assert (school.postcode, school.emergency_phone, school.roll) == (
        "ZX5 9ZZ",
        "07700 900999",
        212,
    )
    assert "Willow Lock School" in lead.get(answer.location).text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Enter the school’s name."),
        ({"urn": "12"}, "A reference number has six digits."),
        ({"urn": "900101"}, "Hollow Lane First School already has this reference number."),
        ({"low_year": "7", "high_year": "6"}, "The youngest year is above the oldest."),
        ({"roll": "many"}, "Enter a whole number, such as 12."),
        ({"roll": "-1"}, "cannot be below 0"),
        ({"day_starts": "16:00"}, "The school day ends before it starts."),
        ({"day_ends": "25:00"}, "Write the time like 08:50."),
        ({"emergency_phone": "ask Jo"}, "is not a telephone number"),
        ({"website": "javascript:alert(1)"}, "Begin the address with https://."),
    ],
)
def test_a_wrong_school_is_explained_and_not_written(lead, db_session, wrong, told):
    answer = lead.post("/admin/schools/new", data=SCHOOL | wrong)

    assert answer.status_code == 422
    assert told in answer.text
    assert db_session.query(School).filter_by(name="Willow Lock School").count() == 0


def test_two_schools_of_one_name_get_two_addresses(lead):
    lead.post("/admin/schools/new", data=SCHOOL)
    second = lead.post("/admin/schools/new", data=SCHOOL | {"urn": ""})
    third = lead.post("/admin/schools/new", data=SCHOOL | {"urn": ""})

    assert second.location == "/admin/schools/willow-lock-school-netherwick"
    assert third.location == "/admin/schools/willow-lock-school-netherwick-2"


def test_a_school_is_changed_and_keeps_its_address(lead, db_session):
    lead.post("/admin/schools/new", data=SCHOOL)

    lead.post("/admin/schools/willow-lock-school/change", data=SCHOOL | {"name": "Lock Academy"})

    assert queries.school_by_slug("willow-lock-school").name == "Lock Academy"


def test_a_school_leaves_and_comes_back(lead, db_session):
    lead.post("/admin/schools/millrace/leave", data={"left_on": "2027-07-31"})
    assert [s.slug for s in queries.member_schools()] == ["hollow-lane", "st-wulfrida"]
    assert "Millrace" in lead.get("/admin/schools/?show=left").text

    lead.post("/admin/schools/millrace/rejoin")
    assert len(queries.member_schools()) == 3


def test_terms_and_closures_are_added_and_taken_out(lead, db_session):
    term = {"name": "Autumn term 2027", "first_on": "2027-09-02", "last_on": "2027-12-17"}
    closure = {"reason": "Snow", "school": "millrace", "first_on": "2027-03-03", "last_on": ""}
    assert lead.post("/admin/days/terms/new", data=term).location == "/admin/days"
    assert lead.post("/admin/days/closures/new", data=closure).location == "/admin/days"
    page = lead.get("/admin/days").text
    assert ("Autumn term 2027" in page, "Snow" in page) == (True, True)

    [row] = db_session.query(Closure).filter_by(reason="Snow").all()
    lead.post(f"/admin/days/closures/{row.public_id}/remove")
    lead.post("/admin/days/terms/2027-09-02/remove")

    assert db_session.query(Closure).filter_by(reason="Snow").count() == 0
    assert db_session.query(Term).filter_by(name="Autumn term 2027").count() == 0


@pytest.mark.parametrize(
    ("first_on", "last_on", "told"),
    [
        ("2027-09-02", "2027-08-01", "The last day is before the first."),
        ("2027-09-02", "2028-12-17", "Check the two years."),
        ("2027-03-01", "2027-04-01", "starts before"),
        ("", "2027-04-01", "Enter the first day."),
        ("soon", "2027-04-01", "Enter a date, such as 12/06/2026."),
    ],
)
def test_a_wrong_term_is_explained(lead, first_on, last_on, told):
    data = {"name": "A term", "first_on": first_on, "last_on": last_on}

    answer = lead.post("/admin/days/terms/new", data=data)

    assert answer.status_code == 422
    assert told in answer.text


def test_a_coordinator_keeps_the_own_schools_details(coordinator, db_session):
    data = {
        name: SCHOOL[name]
        for name in (
            "office_phone",
            "emergency_phone",
            "website",
            "address",
            "day_starts",
            "day_ends",
        )
    }

    # A form cannot change what a coordinator may not change.
    answer = coordinator.post("/school/details", data=data | {"roll": "9999", "name": "Mine"})

    assert answer.location == "/school/details"
    school = queries.school_by_slug("hollow-lane")
    assert (school.emergency_phone, school.day_starts) == ("07700 900999", "08:45")
    assert (school.name, school.roll) == ("Hollow Lane First School", 162)


def test_a_coordinator_enters_an_inset_day_and_takes_it_out(coordinator, db_session):
    coordinator.post("/school/closures/new", data={"reason": "INSET", "first_on": "2027-03-05"})
    assert "Friday 5 March 2027" in coordinator.get("/school/details").text
    [row] = db_session.query(Closure).filter_by(reason="INSET").all()
    assert row.school.slug == "hollow-lane"

    coordinator.post(f"/school/closures/{row.public_id}/remove")

    assert db_session.query(Closure).filter_by(reason="INSET").count() == 0


def test_a_coordinator_takes_out_no_closure_of_others(coordinator, lead, db_session):
    lead.post(
        "/admin/days/closures/new",
        data={"reason": "Snow", "school": "millrace", "first_on": "2027-03-03"},
    )
    for closure in db_session.query(Closure).all():
        assert coordinator.post(f"/school/closures/{closure.public_id}/remove").status_code == 404
