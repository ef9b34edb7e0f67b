"""What the network says about itself: on pages, in mail and on paper, with its mark and colour."""

import io

import pytest
from PIL import Image
from sqlalchemy import event

from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.foundation.notifications import render
from booking.foundation.web import identity
from booking.network.texts import forms
from tests.builders import texts
from tests.builders.files import pdf, picture
from tests.builders.schools import as_, make_person
from tests.forms_on_pages import form_on, sent
from tests.page import soup, words

FACTS, LOGO = "/admin/words/facts", "/admin/words/logo"


@pytest.fixture
def lead(db_session):
    """Provide the network lead."""
    return make_person(role=Role.LEAD, name="Lea Head", email="lea@network.example")


def test_what_the_lead_fills_in_is_said_everywhere(app, client, lead):
    as_lead = as_(app, lead)
    form = form_on(as_lead.get(FACTS))
    typed = {
        "name": "Oak Valley Schools",
        "short_name": "Oak Valley",
        "colour": "#1F6B45",
        "email": "office@oakvalley.example",
        "telephone": "01632 960123",
        "postal_address": "1 Oak Lane, Netherwick",
        "controller": "Oak Valley Trust",
    }

    assert as_lead.post(FACTS, data=sent(form, **typed)).status_code == 303

    contact = client.get("/contact")
    text = words(soup(contact).main)
    for said in ("office@oakvalley.example", "01632 960123", "1 Oak Lane", "Oak Valley Trust"):
        assert said in text
    header = soup(contact).select_one(".site-name")
    assert words(header) == "Oak Valley Schools Oak Valley"
    assert soup(contact).title.string.endswith("Oak Valley Schools")
    sheet = soup(contact).select("link[rel=stylesheet]")[-1]["href"]
    style = client.get(sheet)
    assert "--accent: #1f6b45;" in style.text
    assert "prefers-color-scheme: dark" in style.text
    assert "immutable" in style.headers["Cache-Control"]
    assert client.get("/network.css?v=old").headers["Cache-Control"] == "no-cache"
    site_name = soup(client.get("/")).select_one("meta[property='og:site_name']")["content"]
    assert site_name == "Oak Valley Schools"
    assert "Oak Valley Trust is responsible for the rest" in words(
        soup(client.get("/privacy")).main
    )
    with app.test_request_context():
        mail = render.mail("password_changed", {"name": "Jo", "at": None})
        assert mail.subject == "Your password for Oak Valley Schools was changed"
        assert "01632 960123" in mail.html
        assert render.network_mailbox() == "Oak Valley Schools <office@oakvalley.example>"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("colour", "#ffdd00", "The nearest colour that is easy to read is #7d6c00."),
        ("colour", "yellow", "six digits or letters, such as #1f6b45"),
        ("telephone", "ring me", "telephone"),
        ("email", "nobody", "nobody"),
        ("name", "x" * 61, "Shorten this to 60 characters."),
    ],
)
def test_what_nobody_could_read_or_reach_is_refused(app, lead, field, typed, said):
    as_lead = as_(app, lead)
    answer = as_lead.post(FACTS, data=sent(form_on(as_lead.get(FACTS)), **{field: typed}))

    assert answer.status_code == 422
    assert said in words(soup(answer).select_one(f"#{field}-error"))
    assert identity.facts() == identity.of_settings()


def test_a_picture_is_told_by_its_content_and_written_anew(app, client, lead, monkeypatch):
    monkeypatch.setattr(forms, "LOGO_BYTES_MAX", 90_000)
    as_lead = as_(app, lead)
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    large = picture("JPEG", (2000, 1000), exif=exif, quality=60)

    def choose(content, name="logo.png", alt="An oak leaf"):
        form = form_on(as_lead.get(LOGO), action="")
        data = sent(form, alt=alt) | {"picture": (io.BytesIO(content), name)}
        return as_lead.post(LOGO, data=data, content_type="multipart/form-data")

    noise = b"\x89PNG\r\n\x1a\n" + b"0" * forms.LOGO_BYTES_MAX
    for content, alt, said in (
        (pdf(), "x", "Choose a picture: PNG, JPEG or WebP."),
        (b"<svg onload='alert(1)'></svg>", "x", "could run a script"),
        (b"GIF89a", "x", "This picture is a GIF."),
        (b"\x89PNG\r\n\x1a\nrest", "x", "This picture is damaged."),
        (noise, "x", "larger than 1 MB"),
        (b"", "x", "This file is empty."),
        (large, " ", "Say what the picture shows"),
    ):
        answer = choose(content, alt=alt)
        assert answer.status_code == 422
        assert said in answer.text, said
    assert soup(client.get("/about")).select_one(".site-name img") is None

    assert choose(large, name="logo.pdf").status_code == 303
    mark = soup(client.get("/about")).select_one(".site-name img")
    assert (mark["alt"], mark["width"], mark["height"]) == ("An oak leaf", "480", "240")
    sent_out = client.get(mark["src"])
    assert sent_out.mimetype == "image/jpeg", "whatever the file was called"
    assert b"taken at home" not in sent_out.data
    assert "immutable" in sent_out.headers["Cache-Control"]
    assert client.get("/network-logo/another").status_code == 404

    gone = form_on(as_lead.get(LOGO), action=f"{LOGO}/remove")
    as_lead.post(gone["action"], data=sent(gone), follow_redirects=True)
    assert soup(client.get("/about")).select_one(".site-name img") is None
    assert client.get(mark["src"]).status_code == 404


def test_the_lead_is_told_what_the_notice_cannot_say_and_the_public_sees_no_hole(app, client, lead):
    title = "The privacy notice does not say "
    whole = "who the controller is, who runs the computers that the site is on and who delivers"
    as_lead = as_(app, lead)
    assert title + whole in words(soup(as_lead.get("/admin/")).main)
    shown = words(soup(client.get("/privacy")).main)
    assert "{" not in shown
    assert "runs the computers" not in shown
    assert "Stripe" not in shown, "no real company takes cards here"

    texts.say(lead, controller="Oak Trust", hosting="Harbour Ltd", mailing="Pigeon Ltd")
    assert title not in as_lead.get("/admin/").text
    shown = words(soup(client.get("/privacy")).main)
    assert "Harbour Ltd runs the computers" in shown
    app.config["PAYMENTS"], before = "stripe", app.config["PAYMENTS"]
    try:
        assert "Stripe takes the payments that you make" in words(
            soup(as_lead.get("/privacy")).main
        )
    finally:
        app.config["PAYMENTS"] = before


def test_a_page_reads_the_facts_once(app, lead):
    texts.say(lead, name="Oak Valley Schools", colour="#1f6b45")
    texts.give_logo(lead)
    as_lead = as_(app, lead)
    read = []

    def note(_connection, _cursor, statement, *_more):
        if "network_facts" in statement:
            read.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        as_lead.get("/account/")
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(read) == 1
    assert "logo," not in read[0], "the picture is not read for it"
