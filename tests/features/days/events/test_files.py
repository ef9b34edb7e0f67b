"""Files of an event: kept by its hosts, and seen by those for whom each is meant."""

import io
import re
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.foundation.files.models import AttachedFile, FileAudience
from tests.builders import events, files, places, schools
from tests.page import soup, text, words

LABELS = {audience: f"Zq{audience.value.replace('_', '')}" for audience in FileAudience}


@pytest.fixture
def host(db_session):
    """Provide the host school."""
    schools.make_school(name="Guest School", slug="guests", low_year=0, high_year=6)
    return schools.make_school(name="Host School", low_year=0, high_year=8)


@pytest.fixture
def event(host):
    """Provide a published event."""
    return events.make_event(host=host, title="Fossil hunt")


@pytest.fixture
def hosts(app, host):
    """Provide the host's browser."""
    client = app.test_client()
    schools.sign_in(client, schools.make_person(role=Role.HOST, school=host))
    return client


@pytest.fixture
def here(event):
    """Provide the address of the event's files."""
    return f"/files/of/event/{event.uid}/"


def sent(content=None, name="letter.pdf", **facts):
    """Return what a host sends to add a file."""
    file = (io.BytesIO(content if content is not None else files.pdf()), name)
    return {"file": file, "label": "Letter to parents", "audience": "coming", **facts}


def only_file():
    db.session.rollback()
    return db.session.scalars(select(AttachedFile).order_by(AttachedFile.id.desc())).first()


def test_a_host_adds_replaces_changes_and_deletes_a_file(hosts, event, here):
    work = f"/host/events/{event.slug}/"
    assert "Add a file" in text(hosts.get(work))
    name = "Письмо “родителям”.pdf"
    added = hosts.post(here, data=sent(name=name, with_invitation="y"))
    assert (added.status_code, added.location) == (303, here)
    shown = hosts.get(here)
    page = text(shown)
    assert "“Letter to parents” has been added." in words(soup(shown).body)
    assert "With the invitation" in page
    assert "The files of this school take up 26 bytes of 200 MB" in page
    file = only_file()

    got = hosts.get(f"/files/{file.public_id}", check=False)
    assert got.data == files.pdf()
    told = got.headers["Content-Disposition"]
    assert told.startswith('attachment; filename="Pis\'mo roditelyam.pdf"') or "attachment" in told
    assert unquote(told.partition("UTF-8''")[2]) == "Письмо “родителям”.pdf"
    assert re.fullmatch(r"[\x20-\x7e]+", told)
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Cache-Control"] == "private, no-cache"
    assert "sandbox" in got.headers["Content-Security-Policy"]
    again = hosts.get(
        f"/files/{file.public_id}", headers={"If-None-Match": got.headers["ETag"]}, check=False
    )
    assert (again.status_code, again.data) == (304, b"")

    changing = f"/files/{file.public_id}/change"
    form = soup(hosts.get(changing))
    assert form.find(id="label")["value"] == "Letter to parents"
    hosts.post(changing, data={"label": "Map", "audience": "everybody"})
    newer = {"file": (io.BytesIO(files.pdf("newer")), "map.pdf")}
    assert hosts.post(f"/files/{file.public_id}/replace", data=newer).status_code == 303
    page = text(hosts.get(here))
    assert "1 older version" in page
    assert "Everybody, on the event’s public page" in page

    newest = only_file()
    assert newest.replaces_id == file.id
    asked = text(hosts.get(f"/files/{newest.public_id}/delete"))
    assert "can be seen by: Everybody, on the event’s public page" in asked
    assert hosts.post(f"/files/{newest.public_id}/delete").status_code == 303
    assert only_file() is None
    told = text(hosts.get(f"{work}history"))
    for sentence in (
        "added a file for those who come",
        "changed a file, which is for everybody",
        "replaced a file by a newer version",
        "deleted a file, which was for everybody",
    ):
        assert sentence in told


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"label": "Map", "audience": "coming"}, "Choose a file."),
        (sent(b"MZ program"), "This file is a program."),
        (sent(files.pdf(), label=""), "Say what it is, such as “Map”."),
        (sent(files.pdf(), audience="nobody"), "Choose who can see it."),
        (
            sent(files.pdf(), audience="hosts", with_invitation="y"),
            "What goes with the invitation is read by families",
        ),
    ],
    ids=["none", "program", "no label", "nobody", "hosts"],
)
def test_a_refusal_keeps_what_was_typed(hosts, here, data, said):
    refused = hosts.post(here, data=data, content_type="multipart/form-data")

    assert refused.status_code == 422
    assert said in text(refused)
    assert soup(refused).find(id="label")["value"] == data["label"]
    assert only_file() is None


def upload(client, here, content):
    answer = client.post(here, data=sent(content), check=False)
    answer.request.environ["wsgi.input"].close()  # the test client's own copy of a large body
    return answer


def test_a_file_that_is_too_large_is_refused_beside_its_field(hosts, here):
    refused = upload(hosts, here, b"%PDF-" + bytes(10 * files.MB) + b"%%EOF")

    assert (refused.status_code, "This file is larger than 10 MB" in text(refused)) == (422, True)


def test_more_than_is_ever_read_is_refused_before_anything_is(hosts, client, here):
    assert upload(hosts, here, bytes(20 * files.MB + 1)).status_code == 413
    assert upload(client, here, bytes(2 * files.MB)).status_code == 413, "a visitor sends no files"


def test_no_room_and_no_virus_check_are_said_beside_the_file(app, hosts, here):
    app.config["FILES_MB_PER_SCHOOL"] = "1"
    full = upload(hosts, here, files.pdf("a" * files.MB))
    assert (full.status_code, "There is no room for this file (1 MB)" in text(full)) == (
        422,
        True,
    )
    app.config["CLAMD"] = "unix:///nowhere/clamd.sock"
    away = hosts.post(here, data=sent())
    assert (away.status_code, "cannot check files for viruses" in text(away)) == (422, True)
    assert only_file() is None


@pytest.fixture
def readers(app, event, host):
    """Provide a browser of everybody who might look, by who they are."""
    guest, elsewhere = schools.make_school(name="Coming School"), schools.make_school()
    places.hold(event, guest)
    people = {
        "host": schools.make_person(role=Role.HOST, school=host),
        "lead": schools.make_person(role=Role.LEAD),
        "day": schools.make_person(role=Role.DAY_STAFF, event_id=event.id),
        "coming": schools.make_person(role=Role.COORDINATOR, school=guest),
        "elsewhere": schools.make_person(role=Role.COORDINATOR, school=elsewhere),
    }
    browsers = {"visitor": app.test_client()}
    for name, person in people.items():
        browsers[name] = app.test_client()
        schools.sign_in(browsers[name], person)
    return browsers


E, M, C, D, H = FileAudience
SEEN = {
    "visitor": {E},
    "elsewhere": {E, M},
    "coming": {E, M, C},
    "day": {E, M, C, D},
    "host": {E, M, C, D, H},
    "lead": {E, M, C, D, H},
}


def test_each_sees_what_is_meant_for_them_and_can_fetch_nothing_else(event, readers):
    made = {
        audience: files.put(event, label=label, audience=audience).public_id
        for audience, label in LABELS.items()
    }

    for name, browser in readers.items():
        page = browser.get(f"/events/{event.slug}").text
        assert {a for a, label in LABELS.items() if label in page} == SEEN[name], name
        fetched = {
            audience: browser.get(f"/files/{public_id}", check=False).status_code
            for audience, public_id in made.items()
        }
        refused = 302 if name == "visitor" else 404
        assert fetched == {a: 200 if a in SEEN[name] else refused for a in FileAudience}, name
        keeps = browser.get(f"/files/of/event/{event.uid}/", check=False).status_code
        assert keeps == (200 if name in {"host", "lead"} else refused), name


def test_a_draft_shows_its_files_to_nobody_else(app, host, hosts):
    draft = events.make_event(host=host, published=False)
    file = files.put(draft, audience=FileAudience.EVERYBODY).public_id

    assert hosts.get(f"/files/{file}", check=False).status_code == 200
    other = app.test_client()
    schools.sign_in(other, schools.make_person(role=Role.COORDINATOR, school=host))
    assert other.get(f"/files/{file}", check=False).status_code == 404
    assert app.test_client().get(f"/files/{file}", check=False).status_code == 302


def test_an_older_version_leads_readers_to_the_newest(client, event, hosts, here):
    file = files.put(event, audience=FileAudience.EVERYBODY).public_id
    newer = {"file": (io.BytesIO(files.pdf("newer")), "letter.pdf")}
    hosts.post(f"/files/{file}/replace", data=newer)
    newest = only_file().public_id

    led = client.get(f"/files/{file}", check=False)
    assert (led.status_code, led.location) == (303, f"/files/{newest}")
    assert hosts.get(f"/files/{file}", check=False).data == files.pdf("Letter to parents")


def test_two_people_at_one_file_see_each_others_change(hosts, event, readers):
    file = files.put(event, label="Map", audience=FileAudience.EVERYBODY).public_id
    page = soup(hosts.get(f"/files/{file}/change"))
    as_read = page.find("input", attrs={"name": "as_read"})["value"]
    readers["lead"].post(f"/files/{file}/change", data={"label": "Plan", "audience": "everybody"})

    late = hosts.post(
        f"/files/{file}/change",
        data={"label": "Route", "audience": "everybody", "as_read": as_read},
    )

    assert late.status_code == 422
    assert "saved “Plan”; you have “Route”" in words(soup(late).find(id="label-error"))
