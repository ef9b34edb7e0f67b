"""Why did a school get this? Its coordinators can read it, and so can those responsible."""

import pytest

from booking.domain.permissions import Role
from tests import page
from tests.builders import allocation, events, schools

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.fixture
def host(app):
    return schools.make_school()


@pytest.fixture
def shared(host):
    """An event of three places: a small school asked for one, a large one for five."""
    event = events.make_event(host=host, places=3, guarantee=1)
    asking = [schools.make_school(), schools.make_school()]
    allocation.ask_all(event, asking, (1, 5))
    allocation.run_round(event)
    return event, asking


def read(client, event, school):
    response = client.get(f"/events/{event.slug}/allocation?school={school.slug}")
    return page.words(page.soup(response).find("main"))


@pytest.mark.parametrize("role", [Role.LEAD, Role.AUDITOR, Role.HOST])
def test_who_answers_for_the_sharing_reads_any_schools_reasons(client, host, shared, role):
    event, (_, large) = shared
    at = host if role is Role.HOST else None
    schools.sign_in(client, schools.make_person(role=role, school=at))

    words = read(client, event, large)

    assert f"Why did {large.name} get this?" in words
    for said in (
        f"{large.name} asked for 5 places and received 2. Its first place was guaranteed.",
        "Of these guaranteed 1",
        "Through the rule 1",
        "What decided Places were handed out one at a time, to each school in turn",
        f"With 1 more place at this event, {large.name} would have received one more",
        "It is next: the next place that comes back will be offered to it.",
    ):
        assert said in words
    assert "You " not in words


def test_the_page_leads_there_from_each_schools_name(client, shared):
    event, (small, _) = shared
    schools.sign_in(client, schools.make_person(role=Role.LEAD))

    tree = page.soup(client.get(f"/events/{event.slug}/allocation"))
    link = tree.find("a", string=small.name)

    assert link["href"] == f"/events/{event.slug}/allocation?school={small.slug}"
    assert "Why did" not in page.words(tree.find("main"))


def test_a_school_with_all_it_asked_for_waits_for_none(client, shared):
    event, (small, _) = shared
    schools.sign_in(client, schools.make_person(role=Role.LEAD))

    words = read(client, event, small)

    assert "Every place asked for was given." in words
    assert f"{small.name} received everything that was asked for." in words
    assert "It is not waiting for a place." in words


@pytest.mark.parametrize("role", [None, Role.COORDINATOR, Role.HOST, Role.TREASURER])
def test_others_read_the_public_page_whatever_school_they_name(client, shared, role):
    event, (_, large) = shared
    if role is not None:
        at = None if role is Role.TREASURER else schools.make_school()
        schools.sign_in(client, schools.make_person(role=role, school=at))

    assert "Why did" not in read(client, event, large)


def test_a_school_that_did_not_ask_has_no_reasons(client, host, shared):
    event, _ = shared
    schools.sign_in(client, schools.make_person(role=Role.LEAD))

    assert "Why did" not in read(client, event, host)


def test_a_coordinator_who_leads_too_reads_the_own_school_first(client, shared):
    event, (small, large) = shared
    person = schools.make_person(role=Role.COORDINATOR, school=small)
    schools.grant(person, Role.LEAD, None)
    schools.sign_in(client, person)

    words = read(client, event, large)

    assert words.index(f"Why did {small.name} get this?") < words.index(
        f"Why did {large.name} get this?"
    )
    assert "You asked for 1 place and received it." in words
