"""Writing to many in the browser: what one types is kept, looked at, sent and followed."""

from booking.domain.circulars import Readership
from tests.builders.circulars import send, work, write
from tests.builders.schools import as_, make_school, sign_in

TEXT = {"subject": "Wellingtons", "text": "Dear {name}, bring wellingtons to {event}."}


def test_a_host_writes_looks_sends_and_sees_what_became_of_it(world, client):
    sign_in(client, world.host)
    work_page = client.get(f"/host/events/{world.event.slug}/")
    assert "Write to schools" in work_page.text

    page = client.post(
        f"/host/events/{world.event.slug}/write",
        data={"readership": "schools_coming", **TEXT},
        follow_redirects=True,
    )
    assert "Dear Cora Obi, bring wellingtons to Puzzle day." in page.text
    assert "1 person receives it" in page.text
    address = page.request.path

    tried = client.post(f"{address}/try", follow_redirects=True)
    assert "A copy is on its way to hugo@host.example" in tried.text
    late = client.post(f"{address}/send", data={"at": "1999-01-01T10:00"})
    assert late.status_code == 422
    assert "Choose a day and time to come" in late.text
    sent = client.post(f"{address}/send", data={"at": ""}, follow_redirects=True)
    assert "It goes out within a few minutes." in sent.text
    work()

    page = client.get(address)
    assert "Cora Obi" in page.text
    assert "Ashdale School" in page.text
    assert "Waiting: 1" in page.text
    assert "Wellingtons" in client.get("/circulars/").text


def test_what_cannot_be_sent_is_said_beside_its_field_and_kept(world, client):
    sign_in(client, world.own)
    address = f"/school/events/{world.event.slug}/write"
    page = client.post(
        address, data={"readership": "families_silent", "subject": "", "text": "Dear {nmae}"}
    )

    assert page.status_code == 422
    assert "Write what it is about." in page.text
    assert "Dear {nmae}" in page.text
    page = client.post(
        address, data={"readership": "families_silent", "subject": "Hi", "text": "Dear {nmae}"}
    )
    assert "We cannot fill in {nmae} for these readers." in page.text
    assert client.post(address, data={"readership": "everybody", **TEXT}).status_code == 422


def test_those_who_cannot_be_reached_are_named_before_anything_is_sent(world, client, app):
    make_school(name="Lonely School")
    circular = write(world.host, Readership.SCHOOLS_SILENT, event=world.event)

    page = as_(app, world.host).get(f"/circulars/{circular.public_id}")
    assert "Lonely School" in page.text
    assert "1 is not reached" in page.text


def test_a_circular_on_its_way_is_neither_stopped_nor_discarded(world, app):
    circular = write(world.lead)
    client = as_(app, world.lead)
    send(circular, world.lead)
    work()

    stopped = client.post(f"/circulars/{circular.public_id}/stop", follow_redirects=True)
    assert "This has gone out" in stopped.text
    refused = client.post(f"/circulars/{circular.public_id}/discard")
    assert refused.status_code == 422


def test_a_waiting_circular_is_stopped_and_discarded_in_the_browser(world, app):
    address = f"/circulars/{write(world.lead).public_id}"
    client = as_(app, world.lead)
    page = client.post(
        f"{address}/send",
        data={"at": "2027-03-02T10:00"},
        follow_redirects=True,
    )
    assert "It goes out at 10am on Tuesday 2 March" in page.text
    stopped = client.post(f"{address}/stop", follow_redirects=True)
    assert "It is a draft again" in stopped.text
    gone = client.post(f"{address}/discard", follow_redirects=True)
    assert "Discarded. Nobody has received it." in gone.text
    assert client.get(address).status_code == 404


def test_colleagues_find_who_coordinates_a_school_and_how_to_ring(world, app):
    page = as_(app, world.host).get("/who-is-who?q=Ashdale")
    assert "mailto:cora@coming.example" in page.text
    assert "tel:01632960999" in page.text
    assert "Silent School" not in page.text
    of_event = as_(app, world.host).get(f"/host/events/{world.event.slug}/coordinators")
    assert "Cora Obi" in of_event.text
    assert "Sil Ent" not in of_event.text


def test_a_circular_is_read_by_those_who_may_write_to_its_readers_and_nobody_else(world, app):
    facts = {"event": world.event}
    of_lead = write(world.lead)
    of_host = write(world.host, Readership.SCHOOLS_COMING, **facts)
    of_school = write(world.own, Readership.FAMILIES_COMING, **facts, families_of=world.coming)
    may = {
        "lead": {of_lead, of_host},
        "host": {of_host},
        "own": {of_school},
        "other": set(),
    }

    for who, seen in may.items():
        client = as_(app, getattr(world, who))
        listed = client.get("/circulars/").text
        for circular in (of_lead, of_host, of_school):
            address = f"/circulars/{circular.public_id}"
            assert client.get(address).status_code == (200 if circular in seen else 404), who
            assert (address in listed) is (circular in seen), who
