"""The pages of resources: found, shared, tried, kept, told of, and closed to everybody else."""

import io

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.domain.resourcing import Licence, ResourceKind, SubjectArea
from booking.foundation.db import db
from booking.foundation.files.models import AttachedFile
from booking.network.resources.models import Resource, ResourceVersion, TriedNote
from tests.builders import files, resources, schools
from tests.page import soup

COLLEGE = "Tallow Hill Sixth Form College"


def typed(**changes):
    """Return the form as it is sent, with a file."""
    return {
        "title": "Bridges from paper",
        "about": "One sheet each.",
        "kind": "worksheet",
        "subjects": ["science", "design"],
        "low_year": "5",
        "high_year": "6",
        "licence": "by-sa",
        "used_at_id": "0",
        "shown": "none",
        "link": "",
        "file": (io.BytesIO(files.pdf("Bridges")), "bridges.pdf"),
        **changes,
    }


def newest():
    db.session.rollback()
    return db.session.scalars(select(Resource).order_by(Resource.id.desc())).first()


def test_somebody_shares_a_file_and_another_school_finds_and_saves_it(
    browser_of, author, reader, ashdale
):
    page = browser_of(author).post("/resources/new", data=typed(school_id=str(ashdale.id)))
    assert page.status_code == 303
    made = newest()
    assert (made.kind, made.licence, made.school_id) == (
        ResourceKind.WORKSHEET,
        Licence.BY_SA,
        ashdale.id,
    )
    assert {row.subject for row in made.subjects} == {SubjectArea.SCIENCE, SubjectArea.DESIGN}

    there = browser_of(reader)
    assert "Bridges from paper" in there.get("/resources/?q=bridg+science&year=5").text
    shown = soup(there.get(page.location))
    assert "Ada Author, Ashdale School" in shown.text
    deed = shown.select_one('a[rel~="license"]')
    assert deed["href"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert deed.text == "Creative Commons Attribution-ShareAlike 4.0 (CC BY-SA 4.0)"
    saved = there.get(shown.find("a", string="Save the file")["href"])
    assert saved.data == files.pdf("Bridges")
    assert saved.headers["Content-Disposition"].startswith('attachment; filename="bridges.pdf"')


def test_a_link_is_shown_with_its_site(browser_of, author, ashdale):
    form = typed(school_id=str(ashdale.id), link="https://films.example/a/b?c", file=(None, ""))
    page = browser_of(author).post("/resources/new", data=form)

    shown = soup(browser_of(author).get(page.location))
    link = shown.find("a", string="Open the link")
    assert (link["href"], link["rel"]) == (
        "https://films.example/a/b?c",
        ["noreferrer", "external"],
    )
    assert "films.example" in link.find_next("span").text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"file": (None, "")}, "Choose a file, or give a link."),
        ({"link": "https://a.example"}, "Give a file or a link, not both."),
        ({"file": (None, ""), "link": "http://a.example"}, "begins with https://"),
        ({"shown": "pupils"}, "every family must have agreed"),
        ({"shown": ""}, "Say whether it shows pupils."),
        ({"subjects": []}, "Choose at least one subject."),
        ({"low_year": "9"}, "must not be below the lowest"),
        ({"file": (io.BytesIO(b"MZ"), "a.exe")}, "This file is a program."),
        ({"licence": "mine"}, "Choose one of these."),
        ({"school_id": "999999"}, "Choose one of these."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_half_written(
    browser_of, author, ashdale, changes, said
):
    form = typed(**{"school_id": str(ashdale.id), **changes})
    page = browser_of(author).post("/resources/new", data=form, check=False)

    assert page.status_code == 422
    assert said in page.text
    assert "One sheet each." in page.text, "what was typed is kept"
    assert db.session.scalars(select(Resource)).all() == []
    assert db.session.scalars(select(AttachedFile)).all() == []


def test_pupils_are_shown_only_with_the_tick(browser_of, author, ashdale):
    form = {"school_id": str(ashdale.id), "shown": "pupils", "families_agreed": "y"}
    there = browser_of(author)
    page = there.post("/resources/new", data=typed(**form), check=False)
    assert "nobody can take a Creative Commons licence back" in page.text
    page = there.post("/resources/new", data=typed(**form, licence="network"))
    assert page.status_code == 303
    about = {name: value for name, value in typed(licence="by").items() if name != "file"}
    page = there.post(f"{page.location}/change", data=about, check=False)
    assert "Choose “Within the network”." in page.text

    [version] = db.session.scalars(select(ResourceVersion))
    assert version.families_agreed


def test_a_new_version_takes_the_place_of_the_newest_and_earlier_ones_can_be_read(
    browser_of, author, reader, shared
):
    here = f"/resources/{shared.public_id}"
    form = {"changed": "Shorter", "shown": "work", "link": ""}
    form["file"] = (io.BytesIO(files.pdf("Second")), "second.pdf")
    assert browser_of(author).post(f"{here}/version", data=form).status_code == 303

    page = soup(browser_of(reader).get(here))
    there = browser_of(reader)
    assert there.get(page.find("a", string="Save the file")["href"]).data == files.pdf("Second")
    assert there.get(page.find("a", string="Version 1")["href"]).data == b"A plan"
    assert "Shows pupils’ work" in page.text
    assert "Version 2" in page.text
    assert "Shorter" in page.text


def test_filters_name_themselves_and_can_be_taken_away(browser_of, reader, ashdale, shared):
    resources.share(school=ashdale, title="Sums", subjects=frozenset({SubjectArea.MATHEMATICS}))
    there = browser_of(reader)

    page = soup(there.get("/resources/?subject=mathematics&kind=lesson_plan&licence=network"))

    assert [link.text for link in page.select("main h2 a")] == ["Sums"]
    assert len(page.select(".chips a")) == 3
    page = soup(there.get(page.select(".chips a")[0]["href"]))
    assert [link.text for link in page.select("main h2 a")] == ["Sums", "Bridges from paper"]
    for nothing in ("?q=zebra", "?year=13", "?kind=policy", "?subject=music", "?licence=by"):
        assert "Nothing fits all of this" in there.get(f"/resources/{nothing}").text
    assert "Sums" in there.get("/resources/?kind=nonsense&year=x").text, "what is no filter is none"


def test_a_list_is_as_cheap_with_many(browser_of, reader, ashdale, birchwood, count_queries):
    there = browser_of(reader)

    def queries_of():
        with count_queries() as queries:
            there.get("/resources/")
        return len(queries)

    resources.share(school=ashdale)
    few = queries_of()
    for n in range(4):
        resources.try_it(
            resources.share(school=ashdale, title=f"Number {n}"), reader, school=birchwood
        )
    assert queries_of() == few


def test_those_who_tried_it_say_how_it_went_change_it_and_take_it_back(
    browser_of, reader, birchwood, shared
):
    here, there = f"/resources/{shared.public_id}", browser_of(reader)
    said = {"worked": "The coins", "did_not": "Glue", "year": "5", "school_id": str(birchwood.id)}
    assert there.post(f"{here}/tried", data=said).status_code == 303
    page = soup(there.get(here))
    assert "Rita Reader, Birchwood School" in page.text

    change = page.find("a", string="Change what you said")["href"]
    assert (
        there.post(change, data={"worked": "Tape", "did_not": "", "year": "6"}).status_code == 303
    )
    page = soup(there.get(here))
    assert "Tape" in page.text
    assert "Glue" not in page.text

    back = page.find("form", action=lambda a: a and a.endswith("/take-back"))["action"]
    assert there.post(back).status_code == 303
    assert db.session.scalars(select(TriedNote)).all() == []


def test_an_author_changes_the_words_instead_of_saying_how_it_went(browser_of, author, shared):
    here = f"/resources/{shared.public_id}"
    assert "Say how it went" not in browser_of(author).get(here).text
    said = {"worked": "Good", "did_not": "", "year": "5", "school_id": str(shared.school_id)}

    page = browser_of(author).post(f"{here}/tried", data=said, check=False)

    assert page.status_code == 422
    assert "You shared this yourself." in page.text


def test_the_lead_hides_a_note_and_its_author_alone_still_sees_it(
    browser_of, author, reader, lead, birchwood, shared
):
    note = resources.try_it(shared, reader, school=birchwood, worked="Tim loved it")
    here, leads = f"/resources/{shared.public_id}", browser_of(lead)
    hide = f"/resources/notes/{note.public_id}/hide"
    assert leads.post(hide, data={"word": "It names a pupil."}).status_code == 303

    assert "Tim loved it" not in browser_of(author).get(here).text
    own = browser_of(reader).get(here).text
    assert "It names a pupil." in own
    assert "Change what you said" not in own
    assert leads.post(hide, data={"word": "Again."}, check=False).status_code == 422
    assert leads.post(f"/resources/notes/{note.public_id}/show").status_code == 303
    assert "Tim loved it" in browser_of(author).get(here).text


def test_who_may_keep_it_and_who_may_not(browser_of, author, coordinator, reader, lead, shared):
    here = f"/resources/{shared.public_id}"
    for person in (author, coordinator, lead):
        assert browser_of(person).get(f"{here}/change").status_code == 200
    assert browser_of(reader).get(f"{here}/change", check=False).status_code == 404
    helper = schools.make_person(role=Role.TREASURER)
    assert browser_of(helper).get(here).status_code == 200


def test_the_listing_of_events_leads_there_for_colleagues_alone(client, browser_of, author):
    assert "/resources/" in browser_of(author).get("/").text
    assert "/resources/" not in client.get("/").text


def test_a_withdrawn_resource_is_seen_by_its_keepers_and_put_back(
    browser_of, author, coordinator, reader, shared
):
    here, keeps = f"/resources/{shared.public_id}", browser_of(coordinator)
    file = soup(keeps.get(here)).find("a", string="Save the file")["href"]
    assert keeps.post(f"{here}/withdraw", data={"word": "Out of date"}).status_code == 303

    assert browser_of(reader).get(here, check=False).status_code == 404
    assert browser_of(reader).get(file, check=False).status_code == 404
    assert "Bridges" not in browser_of(reader).get("/resources/?withdrawn=1").text
    assert "Bridges" in browser_of(author).get("/resources/?withdrawn=1").text
    assert "Out of date" in browser_of(author).get(here).text
    for act in ("version", "change", "tried"):
        form = typed(changed="x", worked="x", year="5", school_id=str(shared.school_id))
        again = browser_of(author).post(f"{here}/{act}", data=form, check=False)
        assert "has been withdrawn" in again.text
    assert browser_of(author).post(f"{here}/put-back").status_code == 303
    assert browser_of(reader).get(here).status_code == 200


def test_what_the_lead_withdrew_only_a_lead_puts_back(browser_of, author, lead, shared):
    here = f"/resources/{shared.public_id}"
    browser_of(lead).post(f"{here}/withdraw", data={"word": "A pupil is named"})
    assert "Put it back" not in browser_of(author).get(here).text

    browser_of(author).post(f"{here}/put-back")

    assert newest().withdrawn_at is not None
    browser_of(lead).post(f"{here}/put-back")
    assert newest().withdrawn_at is None


def test_what_an_associate_shares_names_their_institution_also_once_they_have_left(
    browser_of, reader, lead
):
    person = schools.make_person(role=Role.ASSOCIATE, institution=COLLEGE, name="Bart Quist")
    browser = browser_of(person)
    form = browser.get("/resources/new")
    assert COLLEGE in form.text
    found = resources.share(actor=schools.actor_of(person), title="Maps without names")
    here = f"/resources/{found.public_id}"
    page = soup(browser_of(reader).get(here))
    assert f"Bart Quist, {COLLEGE}" in page.text
    assert page.select_one("nav [aria-current]").text.strip() == "Network life"
    browser.post("/account/leave")
    for address in (here, "/resources/"):
        page = browser_of(reader).get(address).text
        assert COLLEGE in page
        assert "Bart Quist" not in page
