"""The coordinator's pages about pupils: list, add, change, take off, import, export, September."""

import io

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from booking.domain.permissions import Role
from booking.foundation.audit.models import AuditEntry
from booking.people.pupils import queries
from booking.people.pupils.details import ParentDetails, known_parents
from booking.people.pupils.models import Pupil
from tests.builders.pupils import make_pupil
from tests.builders.schools import make_person, make_school, sign_in
from tests.page import soup, words


@pytest.fixture
def school(db_session):
    return make_school(name="Ashdale Primary School")


@pytest.fixture
def coordinator(client, school):
    person = make_person(role=Role.COORDINATOR, school=school)
    sign_in(client, person)
    return person


def text_of(response):
    return words(soup(response).find("main"))


def messages(response):
    return words(soup(response).find(class_="messages") or soup(response))


def pupil_fields(**changes):
    return {
        "forename": "Amara",
        "surname": "Okoro",
        "year_group": "5",
        "first-name": "Ngozi Okoro",
        "first-email": "ngozi@parents.example",
        "first-phone": "07700 900123",
        **changes,
    }


def upload(client, content, name="pupils.csv"):
    content = content.encode() if isinstance(content, str) else content
    # Encoded here: the client's own way leaves a temporary file open for large ones.
    boundary, body = encode_multipart({"file": FileStorage(io.BytesIO(content), name)})
    return client.post(
        "/school/pupils/import", data=body, content_type=f"multipart/form-data; boundary={boundary}"
    )


def say_yes(client, preview, **said):
    form = soup(preview).find("form", action="/school/pupils/import/yes")
    rows = form.find("input", id="rows")["value"]
    return client.post(form["action"], data={"rows": rows, **said})


def test_a_coordinator_sees_the_schools_own_pupils(client, school, coordinator):
    make_pupil(school=school, forename="Amara", surname="Okoro", parent_name="Ngozi Okoro")
    make_pupil(school=make_school(), forename="Bea", surname="Elsewhere")

    page = text_of(client.get("/school/pupils/"))

    assert "Amara Okoro" in page
    assert "Ngozi Okoro" in page
    assert "Bea" not in page


def test_the_list_is_filtered_by_name_and_year(client, school, coordinator):
    make_pupil(school=school, forename="Amara", surname="Okoro", year_group=5)
    make_pupil(school=school, forename="Bea", surname="Ng", year_group=4)

    assert "Bea" not in text_of(client.get("/school/pupils/?year=5"))
    assert "Amara" not in text_of(client.get("/school/pupils/?q=bea"))
    assert "Nobody found" in text_of(client.get("/school/pupils/?q=zzz"))


def test_the_list_is_paged_with_the_same_number_of_queries(
    client, school, coordinator, count_queries
):
    make_pupil(school=school)
    client.get("/school/pupils/")
    with count_queries() as one:
        client.get("/school/pupils/")
    for _ in range(51):
        make_pupil(school=school)
    with count_queries() as many:
        page = client.get("/school/pupils/")

    assert len(many) == len(one) + 1  # a list longer than its first page is counted as well
    assert "Showing 1 to 50 of 52 pupils" in text_of(page)


def test_an_empty_list_says_what_to_do(client, coordinator):
    assert "Import a list" in text_of(client.get("/school/pupils/"))


def test_a_pupil_is_added(client, school, coordinator, db_session):
    response = client.post("/school/pupils/add", data=pupil_fields())

    assert (response.status_code, response.location) == (303, "/school/pupils/")
    pupil = db_session.scalars(select(Pupil)).one()
    assert (pupil.name, pupil.school_id) == ("Amara Okoro", school.id)
    assert known_parents(pupil) == [
        ParentDetails("Ngozi Okoro", "ngozi@parents.example", "+447700900123")
    ]
    assert "Amara Okoro is on your list." in messages(client.get("/school/pupils/"))


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"forename": " "}, "Enter the forename that the pupil is known by."),
        ({"forename": "A" * 81}, "Use at most 80 characters."),
        ({"first-email": "ngozi at home"}, "is not an e-mail address"),
        ({"first-name": ""}, "Enter this parent’s name."),
        ({"first-phone": "12"}, "is not a telephone number"),
        ({"year_group": "9"}, "Choose one of these"),
    ],
)
def test_a_pupil_is_refused_beside_the_field_and_nothing_is_lost(
    client, coordinator, db_session, wrong, error
):
    response = client.post("/school/pupils/add", data=pupil_fields(**wrong))

    assert response.status_code == 422
    assert error in text_of(response)
    assert soup(response).find("input", id="surname")["value"] == "Okoro"
    assert db_session.scalars(select(Pupil)).all() == []


def asked_about(response):
    hidden = soup(response).find("input", attrs={"name": "first-email-asked"})
    return hidden and hidden["value"]


@pytest.mark.parametrize("address", ["ngozi@localhost", "ngozi@mail.local", "n@[192.0.2.1]"])
def test_an_address_that_can_never_get_mail_is_refused(client, coordinator, db_session, address):
    response = client.post("/school/pupils/add", data=pupil_fields(**{"first-email": address}))

    assert response.status_code == 422
    assert soup(response).find(id="first-email-error")
    assert db_session.scalars(select(Pupil)).all() == []


def test_invented_addresses_are_refused_in_production(app, client, coordinator, db_session):
    app.config["APP_ENV"] = "production"
    try:
        response = client.post("/school/pupils/add", data=pupil_fields())
    finally:
        app.config["APP_ENV"] = "testing"

    assert response.status_code == 422
    assert "No mail can ever reach “ngozi@parents.example”" in text_of(response)


def test_a_likely_slip_is_a_question_and_not_a_refusal(client, coordinator, db_session):
    slip = pupil_fields(**{"first-email": "Ngozi@gmial.com"})
    response = client.post("/school/pupils/add", data=slip)

    assert response.status_code == 422
    assert "Did you mean ngozi@gmail.com?" in text_of(response)
    assert asked_about(response) == "ngozi@gmial.com"
    assert db_session.scalars(select(Pupil)).all() == []

    kept = client.post("/school/pupils/add", data=slip | {"first-email-asked": "ngozi@gmial.com"})

    assert kept.status_code == 303
    [pupil] = db_session.scalars(select(Pupil))
    assert [parent.email for parent in known_parents(pupil)] == ["ngozi@gmial.com"]
    # What was kept once is not asked about again.
    again = client.post(f"/school/pupils/{pupil.public_id}/", data=slip)
    assert again.status_code == 303


def test_another_slip_is_another_question(client, coordinator):
    slip = pupil_fields(**{"first-email": "ngozi@hotmial.co.uk"})
    response = client.post(
        "/school/pupils/add", data=slip | {"first-email-asked": "ngozi@gmial.com"}
    )

    assert response.status_code == 422
    assert asked_about(response) == "ngozi@hotmial.co.uk"


def test_the_same_pupil_twice_is_refused(client, school, coordinator):
    make_pupil(school=school, forename="Amara", surname="Okoro", year_group=5)

    response = client.post("/school/pupils/add", data=pupil_fields())

    assert response.status_code == 422
    assert "Amara Okoro in Year 5 is already on your list." in text_of(response)


def test_the_class_is_typed_on_a_pupils_page_and_stays(client, school, coordinator):
    client.post("/school/pupils/add", data=pupil_fields(class_name=" 5 Oak "))
    [pupil] = queries.pupils_of(school.id)
    url = f"/school/pupils/{pupil.public_id}/"
    assert soup(client.get(url)).find("input", id="class_name")["value"] == "5 Oak"

    client.post(url, data=pupil_fields(class_name="5 Ash"))
    assert [one.class_name for one in queries.pupils_of(school.id)] == ["5 Ash"]
    too_long = client.post(url, data=pupil_fields(class_name="x" * 41))
    assert (too_long.status_code, "at most 40 characters" in text_of(too_long)) == (422, True)


def test_a_namesake_is_added_when_both_are_in_classes(client, school, coordinator):
    make_pupil(school=school, forename="Amara", surname="Okoro", class_name="5A")

    for class_name, status in (("", 422), ("5a", 422), ("5B", 303)):
        response = client.post("/school/pupils/add", data=pupil_fields(class_name=class_name))
        assert response.status_code == status

    assert [one.class_name for one in queries.pupils_of(school.id)] == ["5A", "5B"]


def test_a_pupil_is_changed(client, school, coordinator, db_session):
    pupil = make_pupil(school=school, forename="Amara", surname="Okoro")
    url = f"/school/pupils/{pupil.public_id}/"
    assert soup(client.get(url)).find("input", id="forename")["value"] == "Amara"

    response = client.post(url, data=pupil_fields(forename="Mara"))

    assert response.status_code == 303
    assert [p.name for p in queries.pupils_of(school.id)] == ["Mara Okoro"]


def test_a_pupil_who_left_is_taken_off_the_list(client, school, coordinator):
    pupil = make_pupil(school=school)
    url = f"/school/pupils/{pupil.public_id}/leave"
    assert client.get(url).status_code == 200
    assert len(queries.pupils_of(school.id)) == 1  # the preview changed nothing

    assert client.post(url).status_code == 303

    assert queries.pupils_of(school.id) == []
    assert client.get(f"/school/pupils/{pupil.public_id}/").status_code == 404


@pytest.mark.parametrize("path", ["", "leave"])
def test_another_schools_pupil_is_not_found(client, coordinator, path):
    stranger = make_pupil(school=make_school())

    assert client.get(f"/school/pupils/{stranger.public_id}/{path}").status_code == 404
    assert client.post(f"/school/pupils/{stranger.public_id}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "add", "import", "new-year", "export.csv"])
def test_nobody_but_a_coordinator_gets_in(client, db_session, path):
    assert client.get(f"/school/pupils/{path}").status_code in {302, 303}
    sign_in(client, make_person(role=Role.LEAD))
    assert client.get(f"/school/pupils/{path}").status_code == 404


def test_an_import_shows_every_row_and_writes_nothing_until_yes(
    client, school, coordinator, db_session
):
    make_pupil(
        school=school, forename="Bea", surname="Ng", year_group=4, parent_email="lin@p.example"
    )
    preview = upload(
        client,
        "Forename,Surname,Year,Parent name,Parent email,DOB,House,Carer name,Carer email\n"
        "Amara,Okoro,5,Ngozi Okoro,ngozi@p.example,1/2/2017,Oak,,\n"
        "Bea,Ng,4,Lin Ng,lin@p.example,,,Sam Ng,new@p.example\n"
        "Cy,Obi,Oak,,,,,,\n",
    )

    shown = text_of(preview)
    for words_shown in (
        "Never kept: DOB",
        "Ignored: House",
        "Yes, save 2 pupils",
        "Not understood (1)",
        "“Oak” is not a year group.",
        "Ngozi Okoro <ngozi@p.example>: will be added",
        "Sam Ng <new@p.example>: will be added",
        "<lin@p.example>: is on your list",
    ):
        assert words_shown in shown
    assert [p.name for p in queries.pupils_of(school.id)] == ["Bea Ng"]

    assert say_yes(client, preview).location == "/school/pupils/"

    assert [
        (p.name, p.year_group, [q.email for q in p.parents]) for p in queries.pupils_of(school.id)
    ] == [
        ("Bea Ng", 4, ["lin@p.example", "new@p.example"]),
        ("Amara Okoro", 5, ["ngozi@p.example"]),
    ]
    assert "1 pupil added, 1 changed." in messages(client.get("/school/pupils/"))


def test_saying_yes_twice_adds_nobody_twice(client, school, coordinator):
    preview = upload(client, "Forename,Surname,Year\nAmara,Okoro,5\n")
    say_yes(client, preview)
    say_yes(client, preview)

    assert len(queries.pupils_of(school.id)) == 1


def two_amelias(client):
    preview = upload(
        client,
        "Forename,Surname,Year,Parent name,Parent email\n"
        "Amelia,Hart,5,Jo Hart,jo@p.example\n"
        "Amelia,Hart,5,Kit Hart,kit@p.example\n",
    )
    shown = soup(preview)
    radios = [i for i in shown.find_all("input", type="radio") if i["name"] == "who_3"]
    return preview, [radio["value"] for radio in radios]


def families(school):
    return sorted([p.name for p in pupil.parents] for pupil in queries.pupils_of(school.id))


def test_two_of_one_name_and_year_are_a_question_and_nobody_is_merged(client, school, coordinator):
    preview, answers = two_amelias(client)

    assert "Who is this? (2)" in text_of(preview)
    assert "Jo Hart <jo@p.example>: added when you say who the pupil is" in text_of(preview)
    assert answers == ["line-2", "another-0", "leave"]
    say_yes(client, preview)
    assert families(school) == []
    assert "2 rows were left out, because nobody" in messages(client.get("/school/pupils/"))

    say_yes(client, preview, who_2="another-0", who_3="another-0")
    assert families(school) == [["Jo Hart"], ["Kit Hart"]]
    say_yes(client, preview, who_2="another-0", who_3="another-0")
    assert families(school) == [["Jo Hart"], ["Kit Hart"]]


def test_two_rows_said_to_be_one_pupil_become_one_with_both_contacts(client, school, coordinator):
    preview, _ = two_amelias(client)

    say_yes(client, preview, who_2="another-0", who_3="line-2")

    assert families(school) == [["Jo Hart", "Kit Hart"]]


def test_all_parents_are_replaced_by_the_tick_of_that_pupil_alone(client, school, coordinator):
    for name in ("Amara", "Bea"):
        parents = [
            ParentDetails(f"Old Carer {name}", f"old.{name}@p.example".lower()),
            ParentDetails(f"Mother {name}", f"{name}@p.example".lower()),
        ]
        make_pupil(school=school, forename=name, surname="Ng", year_group=5, parents=parents)
    preview = upload(
        client,
        "Forename,Surname,Year,Parent name,Parent email\n"
        "Amara,Ng,5,Mother Amara,amara@p.example\n"
        "Bea,Ng,5,Mother Bea,bea@p.example\n",
    )
    assert "Other parents or names on your list (2)" in text_of(preview)

    say_yes(client, preview, replaced="2")

    assert families(school) == [["Mother Amara"], ["Old Carer Bea", "Mother Bea"]]


@pytest.mark.parametrize("said", [{"replaced": "x"}, {"who_": "a"}, {"who_99999999999": "leave"}])
def test_what_no_preview_asks_is_no_answer(client, school, coordinator, said):
    preview = upload(client, "Forename,Surname,Year\nAmara,Okoro,5\n")

    assert say_yes(client, preview, **said).status_code == 303
    assert families(school) == [[]]


def test_a_file_with_upns_is_refused_and_nothing_is_carried(client, school, coordinator):
    response = upload(client, "Forename,Surname,Year,Ref\nAmara,Okoro,5,B801200005001\n")

    assert response.status_code == 422
    assert "contains unique pupil numbers (UPNs)" in text_of(response)
    assert b"B801200005001" not in response.data
    assert queries.pupils_of(school.id) == []


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "This file is empty."),
        (b"PK\x03\x04", "This file is damaged."),
        (b"%PDF-1.7", "This file is a PDF, not a table."),
        (b"a\0b" * 30, "This file is not plain text."),
        (b"x" * (1024 * 1024 + 1), "This file is larger than 1 MB."),
        (b"House,Year\nOak,5\n", "We could not find columns for surname and forename."),
        (
            b"Name,Year\n" + b"Amara Okoro,5\n" * 2001,
            "This file has more than 2,000 rows, which is the limit.",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(
    client, coordinator, content, error
):
    response = upload(client, content)

    assert response.status_code == 422
    assert error in text_of(response)


def test_no_file_at_all_is_refused(client, coordinator):
    response = client.post("/school/pupils/import", data={})

    assert response.status_code == 422
    assert "Choose the file that your system exported, or paste the table." in text_of(response)


def test_a_file_far_too_large_is_turned_away_at_the_door(client, coordinator):
    assert upload(client, b"x" * 2_000_000).status_code == 413


@pytest.mark.slow
def test_the_longest_list_fits_through_preview_and_yes(client, school, coordinator):
    lines = ["Forename,Surname,Year,Parent name,Parent email,Parent phone"] + [
        f"Pupil Number{n},Of Ashdale-Primary{n},5,Parent Number{n},parent{n}@parents.example,"
        "07700 900123"
        for n in range(2000)
    ]
    say_yes(client, upload(client, "\n".join(lines)))

    assert queries.counts_by_year(school.id) == {5: 2000}


def test_rows_that_somebody_made_up_are_refused(client, school, coordinator):
    response = client.post("/school/pupils/import/yes", data={"rows": "made-up"})

    assert response.location == "/school/pupils/import"
    assert "This preview is no longer valid." in messages(client.get(response.location))
    assert queries.pupils_of(school.id) == []


def test_the_rows_of_one_school_cannot_be_said_yes_to_for_another(client, school, coordinator, app):
    preview = upload(client, "Forename,Surname,Year\nAmara,Okoro,5\n")
    other_school = make_school()
    other = app.test_client()
    sign_in(other, make_person(role=Role.COORDINATOR, school=other_school))

    say_yes(other, preview)

    assert queries.pupils_of(other_school.id) == []


def test_the_list_is_exported_safely_and_on_record(client, school, coordinator, db_session):
    make_pupil(
        school=school,
        forename="=1+1",
        surname="Okoro",
        parents=[ParentDetails("Ngozi", "ngozi@p.example", "07700 900123")],
        class_name="5A",
    )

    response = client.get("/school/pupils/export.csv")

    assert response.headers["Cache-Control"] == "no-store"
    assert response.data.decode("utf-8-sig").splitlines()[1] == (
        "'=1+1,Okoro,Year 5,5A,Ngozi,ngozi@p.example,07700 900123,,,"
    )
    entry = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "export_pupils")).one()
    assert (entry.person_id, entry.facts) == (coordinator.id, {"rows": 1})


def test_nobody_moves_up_in_the_middle_of_a_year(client, school, coordinator):
    make_pupil(school=school, year_group=2)

    assert "between August and December" in text_of(client.get("/school/pupils/new-year"))
    client.post("/school/pupils/new-year")
    assert queries.counts_by_year(school.id) == {2: 1}


def test_a_school_that_begins_is_asked_to_bring_its_pupils_in_until_it_has(
    client, coordinator, school
):
    assert "Add your pupils" in text_of(client.get("/school/"))

    make_pupil(school=school)

    assert "Add your pupils" not in text_of(client.get("/school/"))
