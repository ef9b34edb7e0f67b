"""Texts that the lead writes: previewed, kept version by version, taken back, told in the trail."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.own_texts import TextKey
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.details import HistoryReader
from booking.foundation.db import db, transaction
from booking.network.texts import history, retention, service
from booking.network.texts.models import TextVersion
from booking.network.texts.refusals import TextRefused, TextUnchanged
from tests.builders import texts
from tests.builders.schools import actor_of, as_, make_person
from tests.forms_on_pages import form_on, sent
from tests.page import soup, table_rows, words

ABOUT = "/admin/words/about"
WRITTEN = "# We are {network}\n\nWe *like* <b>days</b>.\n\nRing {telephone}.\n\n[No](javascript:x)"


@pytest.fixture
def lead(db_session):
    """Provide the network lead."""
    return make_person(role=Role.LEAD, name="Lea Head", email="lea@network.example")


def test_the_lead_looks_at_a_text_before_everybody_reads_it(app, client, lead):
    as_lead = as_(app, lead)
    form = form_on(as_lead.get(ABOUT))
    assert "puzzle days, masterclasses" in form.find("textarea").text, "the text that comes along"

    preview = as_lead.post(ABOUT, data=sent(form, text=WRITTEN, preview="1"))
    assert preview.status_code == 200
    shown = soup(preview).select_one("section[aria-label=Preview]")
    name = app.config["NETWORK_NAME"]
    assert [words(part) for part in shown.find_all(["h2", "p"])] == [
        f"We are {name}",
        "We like <b>days</b>.",
        "[No](javascript:x)",
    ], "HTML and scripts are words, and a line without its fact is left out"
    assert "puzzle days" in client.get("/about").text, "nothing was saved"
    again = form_on(preview)
    assert again.find("textarea").text.strip() == WRITTEN

    refused = as_lead.post(ABOUT, data=sent(again))
    assert refused.status_code == 422
    assert "Say in a few words what you changed." in refused.text
    page = as_lead.post(ABOUT, data=sent(again, said="Shorter"), follow_redirects=True)
    assert [
        row[at] for row in table_rows(page, "Texts") if row[0].startswith("About") for at in (0, 2)
    ] == ["About this site", "Shorter (Lea Head)"]
    main = soup(client.get("/about")).main
    assert words(main.find("em")) == "like"
    assert "puzzle days" not in words(main)
    assert "GNU Affero General Public License" in words(main), "what the licence asks for stays"


def test_versions_are_kept_named_for_the_lead_and_not_for_the_public(app, client, lead):
    notice = "Kept by {network}.\n\n{kept}"
    assert "comes with Fairplace" in words(soup(client.get("/privacy")).main)
    for number in (1, 2):
        texts.write(lead, TextKey.PRIVACY, text=f"Text {number}. {notice}", said=f"Change {number}")

    page = client.get("/privacy")
    link = soup(page).find("a", string="Earlier versions")["href"]
    assert "This version stands since" in page.text
    assert "Who reads your answers" in page.text, "the table stands where the text says"
    listed = client.get(link)
    assert "Lea Head" not in listed.text
    assert [row[::2] for row in table_rows(listed, "Versions, newest first")] == [
        ["Version 2", "Change 2"],
        ["Version 1", "Change 1"],
        ["Version 0", "As it came with Fairplace"],
    ]
    old = client.get(f"{link}/1")
    assert "Text 1. Kept by" in words(soup(old).main)
    assert client.get("/notices/about/versions").status_code == 404
    assert client.get(f"{link}/7").status_code == 404
    as_lead = as_(app, lead)
    assert "Lea Head" in as_lead.get("/admin/words/privacy/versions").text

    one = form_on(
        as_lead.get("/admin/words/privacy/versions/1"),
        action="/admin/words/privacy/versions/1/take-back",
    )
    as_lead.post(one["action"], data=sent(one), follow_redirects=True)
    assert "Text 1. Kept by" in words(soup(client.get("/privacy")).main)
    newest = db.session.scalars(select(TextVersion).order_by(TextVersion.id.desc())).first()
    assert (newest.number, newest.said) == (3, "Version 1 again")
    [namer] = history.namers()
    named = namer.names([newest.id], HistoryReader(lead.id, frozenset()))
    sentence = history.acts()["change_text"].told[0].format(subject=named[newest.id])
    assert sentence == "wrote version 3 of the text “Privacy notice”"


def test_a_notice_keeps_its_table_and_a_text_that_stands_is_not_saved_again(lead):
    with pytest.raises(TextRefused, match=r"Keep \{kept\} on a line of its own"):
        texts.write(lead, TextKey.PRIVACY, text="We keep nothing.")
    with pytest.raises(TextRefused, match=r"There is no such fact: \{nonsense\}"):
        texts.write(lead, text="{nonsense}")
    version = texts.write(lead)
    with pytest.raises(TextUnchanged):
        texts.write(lead)
    with pytest.raises(TextUnchanged), transaction():
        service.take_back(
            actor=actor_of(lead), now=clock.now(), key=TextKey.ABOUT, number=version.number
        )
    assert set(db.session.scalars(select(TextVersion.number))) == {0, 1}


def test_of_two_who_write_at_once_the_second_sees_the_first_ones_text(app, client, lead):
    other = make_person(role=Role.LEAD, name="Ola Next", email="ola@network.example")
    mine, theirs = as_(app, lead), as_(app, other)
    forms = [form_on(browser.get(ABOUT)) for browser in (mine, theirs)]
    texts_of = [sent(form, text=f"Text {n}", said="New") for n, form in enumerate(forms)]

    assert mine.post(ABOUT, data=texts_of[0]).status_code == 303
    refused = theirs.post(ABOUT, data=texts_of[1])

    assert refused.status_code == 422
    assert "by Lea Head" in words(soup(refused).main)
    assert "Text 0" in words(soup(refused).main)
    kept = form_on(refused)
    assert kept.find("textarea").text.strip() == "Text 1"
    assert theirs.post(ABOUT, data=sent(kept)).status_code == 303
    numbers = db.session.execute(
        select(TextVersion.number, TextVersion.text).order_by(TextVersion.number)
    ).all()
    assert numbers[1:] == [(1, "Text 0"), (2, "Text 1")]


def test_texts_stand_on_the_pages_of_others(app, client, lead):
    texts.write(lead, TextKey.WELCOME, text="**Hello** from {network}", said="Greets")
    texts.write(lead, TextKey.JOINING, text="Ring the bell.", said="Bell")
    texts.write(lead, TextKey.CONTACT, text="Ask the owl.", said="Owl")

    home = soup(client.get("/"))
    assert words(home.select_one(".lede strong")) == "Hello"
    described = home.select_one("meta[property='og:description']")["content"]
    assert described.strip() == f"Hello from {app.config['NETWORK_NAME']}"
    assert "Ring the bell." in words(soup(client.get("/schools")).main)
    contact = words(soup(client.get("/contact")).main)
    assert "Ask the owl." in contact
    assert app.config["CONTACT_EMAIL"] in contact


def test_who_wrote_an_old_version_goes_after_six_years_and_the_text_stays(lead):
    for number in range(2):
        texts.write(lead, text=f"Text {number}")
    [rule] = retention.rules()
    later = clock.now() + timedelta(days=6 * 366)

    assert rule.overdue(later) == 1, "not of the one that stands, nor of the one that came along"
    with transaction():
        rule.purge(later, 100)
    assert rule.overdue(later) == 0
    columns = select(TextVersion.text, TextVersion.written_by_id)
    kept = db.session.execute(columns.order_by(TextVersion.number)).all()
    assert kept[1:] == [("Text 0", None), ("Text 1", lead.id)]
