"""Themes come from a list that the lead keeps, and events follow it."""

import pytest
from sqlalchemy import select

from booking.days.events import queries, service
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from tests.builders import events, schools
from tests.page import soup, words

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.fixture
def host():
    schools.make_school()
    return schools.make_school(name="Host School")


@pytest.fixture
def lead(client):
    schools.sign_in(client, schools.make_person(role=Role.LEAD))
    return client


def offered():
    return queries.offered_themes()


def named(name):
    return next(theme for theme in queries.themes() if theme.name == name)


def do(act, **arguments):
    with transaction():
        return act(actor=COMMAND, now=clock.now(), **arguments)


def theme_of(event):
    db.session.refresh(event)
    return event.theme


def chosen(response):
    return [option.text for option in soup(response).select("select[name=theme] option")]


def test_a_new_theme_takes_its_events_along_when_it_is_renamed_and_merged(lead, host):
    for name in (" Star  gazing ", "Space"):
        assert lead.post("/admin/themes", data={"name": name}).status_code == 303
    event = events.make_event(host=host, theme="star GAZING")
    before, sequence = event.modified_at, event.sequence
    assert event.theme == "Star gazing"

    lead.post(f"/admin/themes/{named('Star gazing').public_id}", data={"name": "star gazing"})
    assert theme_of(event) == "star gazing"
    lead.post(f"/admin/themes/{named('star gazing').public_id}", data={"name": "Astronomy"})
    assert theme_of(event) == "Astronomy"
    assert (event.modified_at > before, event.sequence) == (True, sequence)
    assert chosen(lead.get("/")) == ["Any", "Astronomy"]

    gone, space = named("Astronomy").public_id, named("Space").public_id
    assert "1 event has this theme" in words(soup(lead.get(f"/admin/themes/{gone}")))
    assert lead.post(f"/admin/themes/{gone}/merge", data={"into": space}).status_code == 303
    assert theme_of(event) == "Space"
    assert "Astronomy" not in offered()
    assert lead.get("/?theme=Space").text.count("Puzzle day") > 0
    acts = select(AuditEntry.action).where(AuditEntry.action.endswith("_theme"))
    assert list(db.session.scalars(acts.order_by(AuditEntry.id))) == [
        "add_theme",
        "add_theme",
        "rename_theme",
        "rename_theme",
        "merge_theme",
    ]


def test_a_retired_theme_stays_on_its_events_and_is_offered_to_no_other(lead, host):
    event, draft = events.make_event(host=host), events.make_event(host=host, published=False)
    lead.post(f"/admin/themes/{named('Mathematics').public_id}/retire")
    assert "Mathematics" not in offered()

    details = service.details_of(event)
    assert do(service.change, event=event, details=details) == ()
    assert theme_of(draft) == "Mathematics"
    again = do(service.clone, event=event)
    assert again.theme == ""
    with pytest.raises(service.EventRefused, match="Choose a theme from the list: Art, "):
        do(service.write, details=details)
    assert "Mathematics" in queries.offered_themes("Mathematics")

    lead.post(f"/admin/themes/{named('Mathematics').public_id}/offer")
    assert do(service.write, details=details).theme == "Mathematics"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Enter a name, such as Science."),
        ("x" * 61, "Shorten this to 60 characters."),
        ("sCIENCE", "Science is on the list already."),
    ],
)
def test_a_name_that_will_not_do_is_refused_beside_it(lead, name, said):
    response = lead.post("/admin/themes", data={"name": name})

    assert response.status_code == 422
    assert said in words(soup(response).find("main"))
    theme = named("Art").public_id
    assert lead.post(f"/admin/themes/{theme}", data={"name": name}).status_code == 422
    assert lead.post(f"/admin/themes/{theme}/merge", data={"into": theme}).status_code == 422
    assert named("Art")


def test_a_theme_that_is_not_on_the_list_is_refused_with_the_list(host):
    with pytest.raises(service.EventRefused) as refused:
        events.make_event(host=host, theme="Alchemy", published=False)

    [problem] = refused.value.problems
    assert (problem.field, "Science" in problem.words) == ("theme", True)
