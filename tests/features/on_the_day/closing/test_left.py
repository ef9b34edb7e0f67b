"""Lost property between a host and the schools that came, and what a host would do again."""

from datetime import timedelta

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db
from booking.on_the_day.closing import retention
from booking.on_the_day.closing.models import LostThing
from tests.builders import closing
from tests.builders.events import make_event, one_date
from tests.builders.rosters import expect_pupil
from tests.builders.schools import make_person, make_school, sign_in, sign_out
from tests.features.on_the_day.closing.test_day import shown, url
from tests.features.on_the_day.conftest import DAY, at


def page_of(event):
    return f"/school/events/{event.slug}/"


def test_a_school_asks_for_its_coat_and_gets_it_back(
    client, as_host, event, bookings, school, db_session
):
    other = make_school()
    expect_pupil(event=event, school=other)
    as_host()
    page = client.get(url(event, "lost"))
    assert "Not a pupil’s name" in page.text
    soon = client.post(
        url(event, "lost"), data={"what": "A coat", "kept_until": clock.today().isoformat()}
    )
    assert "Keep it for at least 7 days" in soon.text
    typed = {"what": "A blue coat", "found_where": "in the hall"}
    until = (clock.today() + timedelta(days=28)).isoformat()
    client.post(url(event, "lost"), data={**typed, "kept_until": until})
    [thing] = db_session.query(LostThing).all()
    sign_out(client)

    sign_in(client, make_person(role=Role.COORDINATOR, school=school))
    panel = shown(client, page_of(event))
    assert "A blue coat, found in the hall The host keeps it until" in panel
    client.post(f"/school/lost/{thing.public_id}/ours", data={"way": "send"})
    assert "Your school has asked for it, and for it to be sent back." in shown(
        client, page_of(event)
    )
    sign_out(client)

    sign_in(client, make_person(role=Role.COORDINATOR, school=other))
    assert "A blue coat" not in shown(client, page_of(event))
    late = client.post(f"/school/lost/{thing.public_id}/ours", data={"way": "fetch"})
    assert "This has been asked for already." in shown(client, late.location)
    assert "Your school does not ask for this any more." in shown(
        client, client.post(f"/school/lost/{thing.public_id}/not-ours").location
    )
    sign_out(client)

    as_host()
    assert "Ashdale Primary School asks you to send it back." in shown(client, "/host/")
    client.post(f"/host/lost/{thing.public_id}/", data={"to": "given_back"})
    assert "Given back" in shown(client, url(event, "lost"))
    client.post(f"/host/lost/{thing.public_id}/", data={"to": "listed"})
    db_session.expire_all()
    again = db_session.get_one(LostThing, thing.id)
    assert (again.state.value, again.claimed_by_school_id) == ("listed", None)


def test_nothing_goes_before_its_day_and_it_is_forgotten_a_month_later(
    client, as_host, event, bookings, time_machine, db_session
):
    as_host()
    thing = closing.leave(event)
    early = client.post(f"/host/lost/{thing.public_id}/", data={"to": "disposed_of"})
    assert "The schools were told that it is kept until Friday 9 July 2027." in shown(
        client, early.location
    )
    as_host(days=29)
    assert "Nobody has asked for it, and its last day is over." in shown(client, "/host/")
    client.post(f"/host/lost/{thing.public_id}/", data={"to": "disposed_of"})
    assert "Lost property" not in shown(client, "/host/")
    assert "This has been asked for or given back" in shown(
        client, client.post(f"/host/lost/{thing.public_id}/remove").location
    )

    rule = retention.rules()[0]
    assert rule.overdue(clock.now() + timedelta(days=29)) == 0
    assert rule.overdue(clock.now() + timedelta(days=30)) == 1


def test_a_school_that_did_not_come_neither_sees_nor_asks_for_it(client, event, time_machine):
    time_machine.move_to(at(0, 16))
    thing = closing.leave(event)
    sign_in(client, make_person(role=Role.COORDINATOR, school=make_school()))

    answer = client.post(f"/school/lost/{thing.public_id}/ours", data={"way": "fetch"})

    assert answer.status_code == 404


def test_what_a_host_would_do_again_is_read_where_the_next_event_begins(
    client, as_host, event, school, db_session
):
    as_host(days=20)
    empty = client.post(url(event, "reflection"), data={"went_well": "", "to_change": " "})
    assert "Write what went well, or what to change next time." in empty.text
    wrote = {"went_well": "The puzzles.", "to_change": "More tables."}
    client.post(url(event, "reflection"), data=wrote)
    assert "What to change next time: More tables." in shown(client, url(event))
    assert "What to change next time: More tables." in shown(client, "/host/")
    sign_out(client)

    elsewhere = make_person(role=Role.HOST, school=school)
    sign_in(client, elsewhere)
    assert "More tables." not in shown(client, "/host/events/examples")
    closing.reflect(event, to_change="More tables.", for_colleagues=True)
    assert "More tables." in shown(client, "/host/events/examples")
    assert "More tables." not in shown(client, "/host/")


def test_another_hosts_day_is_not_to_be_found(client, school, host, time_machine):
    event = make_event(host=host, dates=[one_date(DAY)])
    time_machine.move_to(at(0, 16))
    sign_in(client, make_person(role=Role.HOST, school=school))

    assert client.get(url(event)).status_code == 404
    assert db.session.query(LostThing).count() == 0
