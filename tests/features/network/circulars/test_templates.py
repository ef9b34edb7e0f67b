"""Texts to start circulars from: kept, seen by their own, filled in, changed and deleted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.charging import FeeKind
from booking.domain.circulars import GAP, Readership
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.network.circulars import retention, service
from booking.network.circulars.models import Circular, CircularTemplate
from tests.builders.circulars import keep, write
from tests.builders.events import make_event
from tests.builders.schools import as_, make_person
from tests.page import soup, words


def offered(client, address):
    """Return the names of what can be started from, with their addresses."""
    links = soup(client.get(address)).select(".more a[href^='?from=']")
    return {words(link): link["href"] for link in links}


def test_a_host_keeps_a_circular_and_starts_the_next_one_from_it(world, app, db_session):
    client = as_(app, world.host)
    said = {"subject": "Bring boots to {event}", "text": "Dear {name}, {when}: **boots**."}
    circular = write(world.host, Readership.SCHOOLS_COMING, event=world.event, **said)
    page = client.get(f"/circulars/{circular.public_id}")
    keep_at = soup(page).find("a", string="Save as a template")["href"]
    assert "Nobody outside your school sees it." in client.get(keep_at).text
    assert client.post(keep_at, data={"name": " "}).status_code == 422

    listed = client.post(keep_at, data={"name": "Boots"}, follow_redirects=True)

    assert "Boots" in listed.text
    address = f"/host/events/{world.event.slug}/write"
    start = offered(client, address)["Boots"]
    form = soup(client.get(address + start))
    assert form.find("input", {"name": "subject"})["value"] == said["subject"]
    assert form.find("textarea").text.strip() == said["text"]
    assert form.find("input", {"name": "readership", "checked": True})["value"] == "schools_coming"
    with transaction():
        db_session.scalars(select(CircularTemplate)).one().used_at -= timedelta(days=300)
    sent = client.post(
        address + start, data={"readership": "schools_coming", **said}, follow_redirects=True
    )
    assert "Dear Cora Obi, " in sent.text
    used_at = db_session.scalars(select(CircularTemplate)).one().used_at
    assert clock.now() - used_at < timedelta(days=1)


def test_who_sees_whose(world, app):
    another = make_person(role=Role.HOST, school=world.silent, email="x@silent.example")
    theirs = make_event(title="Theirs", host=world.silent)
    keep(world.host, Readership.SCHOOLS_COMING, school=world.event.host_school, name="Of the host")
    keep(world.own, Readership.FAMILIES_COMING, school=world.coming, name="Of the families")
    keep(world.lead, Readership.SCHOOLS_SILENT, name="For hosts")
    keep(world.lead, Readership.FAMILIES_COMING, name="For all families", subject="Hello")
    keep(world.lead, Readership.EVERYBODY, name="For everybody")
    to_schools, to_families = (
        f"/{of}/events/{world.event.slug}/write" for of in ("host", "school")
    )
    seen = {
        "host": (world.host, to_schools, {"Of the host", "For hosts"}),
        "another host": (another, f"/host/events/{theirs.slug}/write", {"For hosts"}),
        "the lead for a host": (world.lead, to_schools, {"For hosts"}),
        "coordinator": (world.own, to_families, {"Of the families", "For all families"}),
        "lead": (world.lead, "/circulars/new", {"For everybody"}),
    }
    kept = {"Of the host", "Of the families", "For hosts", "For all families", "For everybody"}

    for who, (person, address, expected) in seen.items():
        client = as_(app, person)
        found = offered(client, address)
        assert kept & set(found) == expected, who
        assert set(found) - kept, f"{who} has no ready text"
    listed = {
        person.name: {
            name for name in kept if name in as_(app, person).get("/circulars/templates").text
        }
        for person in (world.host, world.own, world.other, world.lead)
    }
    assert listed == {
        "Hugo Host": {"Of the host"},
        "Cora Obi": {"Of the families"},
        "Sil Ent": set(),
        "Lea Head": {"For hosts", "For all families", "For everybody"},
    }
    own = soup(as_(app, world.host).get("/circulars/templates")).select_one("td a")["href"]
    assert as_(app, another).get(own).status_code == 404


def test_a_template_is_renamed_and_deleted_and_its_circulars_stay(world, app, db_session):
    keep(world.lead, name="Boots")
    circular = write(world.lead)
    client = as_(app, world.lead)
    change, delete = (
        link["href"] for link in soup(client.get("/circulars/templates")).select("td a")
    )
    facts = {"name": "Shoes", "readership": "everybody", "subject": "Shoes", "text": "Dear {name}"}
    assert client.post(change, data={**facts, "text": "{child}"}).status_code == 422
    assert client.post(change, data={**facts, "readership": "families_coming"}).status_code == 422
    page = soup(client.get(change))
    hidden = {field["name"]: field.get("value", "") for field in page.select("input[type=hidden]")}
    assert "Shoes" in client.post(change, data={**hidden, **facts}, follow_redirects=True).text

    assert "What was written from it stays" in client.post(delete, follow_redirects=True).text
    assert db_session.scalars(select(CircularTemplate)).all() == []
    assert db_session.get(Circular, circular.id) is not None


def test_the_lead_keeps_a_text_for_families_to_whom_only_their_school_writes(world, app):
    client = as_(app, world.lead)
    facts = {
        "name": "Boots",
        "readership": "families_coming",
        "subject": "{event}: boots",
        "text": f"Dear {{name}}, {{child}} needs {GAP}.",
    }

    assert (
        client.post("/circulars/templates/new", data={**facts, "subject": "{child}"}).status_code
        == 422
    )
    client.post("/circulars/templates/new", data=facts)

    address = f"/school/events/{world.event.slug}/write"
    coordinator = as_(app, world.own)
    start = offered(coordinator, address)["Boots"]
    with_gap = coordinator.post(address + start, data=facts)
    assert with_gap.status_code == 422
    assert f"Fill in the gap “{GAP}”." in with_gap.text
    nobody = coordinator.get(f"/host/events/{world.event.slug}/write?from={start[6:]}")
    assert nobody.status_code == 404


def test_what_is_kept_is_not_let_past_the_rule_on_contributions(world, app):
    event = make_event(
        host=world.event.host_school, fee_kind=FeeKind.VOLUNTARY_CONTRIBUTION, fee_pence=500
    )
    said = {"subject": "The fee", "text": "Your fee is overdue."}
    keep(world.own, Readership.FAMILIES_SILENT, school=world.coming, **said)
    client = as_(app, world.own)
    address = f"/school/events/{event.slug}/write"

    refused = client.post(
        address + offered(client, address)["Wellingtons"],
        data={"readership": "families_silent", **said},
    )

    assert refused.status_code == 422
    assert "families must not read it as a debt" in refused.text


def test_too_many_and_too_old(world, monkeypatch):
    monkeypatch.setattr("booking.domain.circulars.TEMPLATES_MAX", 1)
    kept = keep(world.lead)
    keep(world.host, Readership.SCHOOLS_COMING, school=world.event.host_school)
    with pytest.raises(service.TooManyTemplates):
        keep(world.lead)

    [rule] = [rule for rule in retention.rules() if rule.name == "templates of circulars"]
    later = kept.used_at + timedelta(days=731, minutes=5)
    assert (rule.overdue(later - timedelta(days=1)), rule.overdue(later)) == (0, 2)
    with transaction():
        rule.purge(later, 500)
    assert db.session.scalars(select(CircularTemplate)).all() == []
