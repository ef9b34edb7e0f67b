"""The pages of rounds: the promise, the result and its proof, and what the host does."""

import json

import pytest

from booking.days.events.models import Sharing
from booking.days.places import queries as place_queries
from booking.domain.permissions import Role
from booking.foundation.db import db
from tests import page
from tests.builders import allocation, events, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.fixture
def host(db_session):
    """Return the school that hosts."""
    return schools.make_school()


@pytest.fixture
def hosting(host):
    """Return somebody who hosts at that school."""
    return schools.make_person(role=Role.HOST, school=host)


@pytest.fixture
def host_client(client, hosting):
    """Return that person's browser."""
    schools.sign_in(client, hosting)
    return client


@pytest.fixture
def after_deadline(host_client, hosting, time_machine):
    """Provide a way to move past an event's deadline and sign in again: sessions have ended."""

    def move(event):
        time_machine.move_to(allocation.after_deadline(event))
        schools.sign_in(host_client, hosting)

    return move


def read(response):
    """Return the words of a page."""
    return page.words(page.soup(response).find("main"))


def asked_event(host, *, wanted=(1, 5), places=3, **details):
    event = events.make_event(host=host, places=places, **details)
    asking = [schools.make_school() for _ in wanted]
    allocation.ask_all(event, asking, wanted)
    return event, asking


def test_before_the_round_everybody_reads_the_rule_and_the_sealed_lottery(client, host):
    event, _ = asked_event(host, guarantee=1)
    seed, commitment = event.seed, event.seed_commitment

    response = client.get(f"/events/{event.slug}/allocation")

    words = read(response)
    assert "Every school that asks on time gets its first place" in words
    assert "it never helps to ask for more than you need." in words
    assert commitment in words
    assert seed not in response.text


def test_after_the_round_everybody_reads_who_received_what_and_why(client, host):
    event, (small, large) = asked_event(host)
    names = small.name, large.name
    row = allocation.run_round(event)
    seed, digest = event.seed, row.digest

    words = read(client.get(f"/events/{event.slug}/allocation"))

    assert f"{names[0]} asked for 1 place and received it." in words
    assert (
        f"{names[1]} asked for 5 places and received 2. Its 3rd place would have been number 4 "
        "in the order; 3 places were available." in words
    )
    assert seed in words
    assert digest in words
    assert "both agree" in words
    assert "Why did" not in words


def test_the_record_is_downloaded_byte_for_byte(client, host):
    event, _ = asked_event(host)
    url = f"/events/{event.slug}/allocation.json"
    assert client.get(url).status_code == 404
    record = allocation.run_round(event).record

    response = client.get(url)

    assert response.data == record.encode()
    assert response.mimetype == "application/json"
    again = client.get(url, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_the_result_is_drawn_for_wide_screens_and_for_phones(client, host):
    event, _ = asked_event(host)
    url = f"/events/{event.slug}/allocation.svg"
    assert client.get(url).status_code == 404
    allocation.run_round(event)

    wide, narrow = client.get(url), client.get(f"{url}?narrow=1")

    assert (wide.mimetype, narrow.mimetype) == ("image/svg+xml", "image/svg+xml")
    assert 'viewBox="0 0 720' in wide.text
    assert 'viewBox="0 0 360' in narrow.text
    assert client.get(url).data == wide.data


def test_the_script_that_checks_can_be_downloaded(client):
    response = client.get("/allocation/verify.py")

    assert response.text.startswith("#!/usr/bin/env python3")
    assert "filename=verify_allocation.py" in response.headers["Content-Disposition"]


def test_a_record_that_does_not_agree_is_not_shown_as_the_result(client, host):
    event, _ = asked_event(host)
    allocation.run_round(event)
    with allocation.transaction():
        event.seed_commitment = "0" * 64

    words = read(client.get(f"/events/{event.slug}/allocation"))

    assert "The record of this round does not agree" in words
    assert "The seed is not the one committed to before requests were made." in words
    assert client.get(f"/events/{event.slug}/allocation.svg").status_code == 404


def test_a_coordinator_reads_why_the_own_school_got_this(client, host):
    event, (_, large) = asked_event(host, guarantee=1)
    person = schools.make_person(role=Role.COORDINATOR, school=large)
    name = large.name
    allocation.run_round(event)
    schools.sign_in(client, person)

    words = read(client.get(f"/events/{event.slug}/allocation"))

    assert f"Why did {name} get this?" in words
    assert "You asked for 5 places and received 2. Your first place was guaranteed." in words
    assert "With 1 more place at this event, you would have received one more" in words
    assert "You are next: the next place that comes back will be offered to you." in words


def test_first_come_promises_no_round(client, host):
    event = events.make_event(host=host, sharing=Sharing.FIRST_COME)

    words = read(client.get(f"/events/{event.slug}/allocation"))

    assert "there is no round and no lottery" in words


def test_the_event_page_leads_to_the_explanation(client, host):
    event, _ = asked_event(host)
    url = f"/events/{event.slug}/allocation"
    before = client.get(f"/events/{event.slug}")
    allocation.run_round(event)
    after = client.get(f"/events/{event.slug}")

    assert f'href="{url}"' in before.text
    assert "The places have been shared out." in read(after)


def test_the_host_sees_requests_and_each_rule_side_by_side(host_client, host):
    event, _ = asked_event(host)

    words = read(host_client.get(f"/host/events/{event.slug}/round"))

    for rule in ("Equal shares (this event)", "By number of pupils", "By places received"):
        assert rule in words
    assert "Until requests close, a trial lottery settles ties" in words
    assert "Check and run the round" not in words
    assert host_client.get(f"/host/events/{event.slug}/round.svg").mimetype == "image/svg+xml"
    assert place_queries.held(event.id) == {}


def test_the_host_checks_and_runs_the_round_and_sees_the_result(host_client, host, after_deadline):
    event, _ = asked_event(host)
    base, shown = f"/host/events/{event.slug}/round", f"/events/{event.slug}/allocation"
    after_deadline(event)

    assert "Check and run the round" in read(host_client.get(base))
    assert "A round can only be run once." in read(host_client.get(f"{base}/check"))
    response = host_client.post(base)

    assert (response.status_code, response.location) == (303, shown)
    assert "Each school has been told what it received and why." in host_client.get(shown).text


def test_a_second_click_is_shown_the_result(host_client, host, after_deadline):
    event, _ = asked_event(host)
    base = f"/host/events/{event.slug}/round"
    after_deadline(event)
    host_client.post(base)

    response = host_client.post(base, follow_redirects=True)

    assert response.status_code == 200
    assert "A round is only run once, and its result stands." in response.text
    assert "The round has been run" in read(host_client.get(base))
    assert "The round has already been run" in read(host_client.get(f"{base}/check"))


def test_a_refused_round_says_why_and_changes_nothing(host_client, host):
    event, _ = asked_event(host)

    response = host_client.post(f"/host/events/{event.slug}/round")

    assert response.status_code == 422
    assert "Run the round after that." in read(response)
    assert place_queries.held(event.id) == {}


def test_a_round_without_requests_says_so_on_the_page(host_client, host, after_deadline):
    event = events.make_event(host=host)
    slug = event.slug
    after_deadline(event)

    assert "No school has asked yet" in read(host_client.get(f"/host/events/{slug}/round"))
    response = host_client.post(f"/host/events/{slug}/round")
    assert "there is nothing to share out" in read(response)


def test_the_host_sets_quotas_on_one_page(host_client, host):
    event = events.make_event(host=host, sharing=Sharing.SET_QUOTAS, places=9)
    other = schools.make_school()
    url = f"/host/events/{event.slug}/quotas"
    data = {f"quota-{host.slug}": "2", f"quota-{other.slug}": "5"}
    ids = host.id, other.id

    response = host_client.post(url, data=data)

    assert (response.status_code, response.location) == (303, url)
    assert place_queries.held(event.id) == {ids[0]: 2, ids[1]: 5}
    words = read(host_client.get(url))
    assert "7 of 9 places are kept for a school" in words
    public = read(host_client.get(f"/events/{event.slug}/allocation"))
    assert "The host decided these numbers." in public


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("10", "The numbers add up to 10 places, but the event has 9. Reduce them by 1."),
        ("-1", "Enter a number from 0 to 2,000."),
        ("four", "Enter a whole number, such as 12."),
    ],
)
def test_wrong_quotas_are_refused_and_kept_as_typed(host_client, host, typed, message):
    event = events.make_event(host=host, sharing=Sharing.SET_QUOTAS, places=9)
    name = f"quota-{host.slug}"

    response = host_client.post(f"/host/events/{event.slug}/quotas", data={name: typed})

    assert response.status_code == 422
    assert message in read(response)
    assert page.soup(response).find("input", attrs={"name": name})["value"] == typed
    assert place_queries.held(event.id) == {}


@pytest.mark.parametrize(
    ("role", "at"), [(Role.HOST, "elsewhere"), (Role.COORDINATOR, "host"), (Role.AUDITOR, None)]
)
def test_who_may_not_run_the_round_finds_nothing(client, host, role, at):
    event, _ = asked_event(host)
    quotas = events.make_event(host=host, sharing=Sharing.SET_QUOTAS, title="Quota day")
    school = {"host": host, "elsewhere": schools.make_school, None: None}[at]
    school = school() if callable(school) else school
    schools.sign_in(client, schools.make_person(role=role, school=school))
    base = f"/host/events/{event.slug}/round"

    answers = [
        client.get(base),
        client.get(f"{base}/check"),
        client.get(f"{base}.svg"),
        client.post(base),
        client.get(f"/host/events/{quotas.slug}/quotas"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5


def test_drafts_and_unknown_events_are_not_found(host_client, host):
    draft = events.make_event(host=host, published=False)
    for slug in (draft.slug, "no-such-event"):
        for url in (f"/events/{slug}/allocation", f"/host/events/{slug}/round"):
            assert host_client.get(url).status_code == 404


def test_each_way_of_sharing_has_its_own_page(host_client, host):
    event = events.make_event(host=host)
    assert host_client.get(f"/host/events/{event.slug}/quotas").status_code == 404
    quotas = events.make_event(host=host, sharing=Sharing.SET_QUOTAS, title="Quota day")
    assert host_client.get(f"/host/events/{quotas.slug}/round").status_code == 404


def test_the_hosts_home_says_that_a_round_is_ready(host_client, host, after_deadline):
    event, _ = asked_event(host)
    asked_event(schools.make_school(), title="Another school's day")
    events.make_event(host=host, sharing=Sharing.SET_QUOTAS, title="Quota day")
    before = read(host_client.get("/host/"))
    slug = event.slug
    after_deadline(event)
    response = host_client.get("/host/")

    assert "Run the round" not in before
    assert "Set the quotas: “Quota day”" in before
    assert "Run the round: “Puzzle day”" in read(response)
    assert "2 schools ask for 6 places; there are 3." in read(response)
    assert f"/host/events/{slug}/round" in response.text
    assert "Another school's day" not in read(response)


@pytest.mark.parametrize("state", ["promise", "result", "host"])
def test_pages_ask_as_many_questions_for_many_schools_as_for_one(
    client, host, count_queries, state
):
    person = schools.make_person(role=Role.HOST, school=host)
    few, _ = asked_event(host, wanted=(2,))
    many, _ = asked_event(host, wanted=(2, 3, 4, 5), title="Large day")
    if state == "result":
        allocation.run_round(few)
        allocation.run_round(many)
    schools.sign_in(client, person)
    path = "/host/events/{}/round" if state == "host" else "/events/{}/allocation"
    counts = []
    for slug in (few.slug, many.slug):
        db.session.rollback()
        client.get(path.format(slug))
        with count_queries() as queries:
            client.get(path.format(slug))
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= 16


def test_a_record_holds_schools_and_numbers_and_no_child(client, host):
    event, asking = asked_event(host)
    slugs = sorted(school.slug for school in asking)
    allocation.run_round(event)
    build.name(event, asking[1], now=allocation.after_deadline(event))
    response = client.get(f"/events/{event.slug}/allocation.json")

    record = json.loads(response.data)
    assert sorted(claim["school"] for claim in record["claims"]) == slugs
    assert set(record) == {
        "claims",
        "commitment",
        "event",
        "places",
        "result",
        "rule",
        "seed",
        "sha256",
    }


def test_the_host_is_warned_when_the_guarantees_come_to_more_than_there_is(host_client, host):
    event, _ = asked_event(host, wanted=(3, 3), places=4, guarantee=3)

    words = read(host_client.get(f"/host/events/{event.slug}/round"))

    assert "6 places are guaranteed but there are only 4" in words
