"""The pages of season plans: the lead's, a school's on a desk and on a phone, everybody's."""

import json
from datetime import timedelta

import pytest

from booking.days.places import queries as place_queries
from booking.days.places.models import Booking, PlaceRequest
from booking.days.seasons import queries
from booking.days.seasons.models import PlannedPupil, PlanState
from booking.days.seasons.routes import sheets
from booking.days.seasons.service import proposing
from booking.domain.season import record
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from tests.builders import schools, seasons
from tests.builders.pupils import make_pupil
from tests.builders.seasons import some
from tests.page import soup


@pytest.fixture
def two_days(db_session):
    return seasons.make_events(2, 2)


@pytest.fixture
def plan(two_days, ash, elm):
    return seasons.open_plan(two_days)


def address(plan, what=""):
    return f"/admin/plans/{plan.slug}/{what}"


def fields(pupil, *events, first="", most=""):
    key = pupil.public_id
    return {
        f"events-{key}": [event.slug for event in events],
        f"first-{key}": first,
        f"most-{key}": most,
        f"seen-{key}": "1",
    }


def closed(plan, time_machine):
    time_machine.move_to(seasons.after_deadline(plan))


def test_a_lead_chooses_days_sees_their_events_and_opens_a_plan(client, lead, two_days, ash):
    schools.make_terms()
    schools.sign_in(client, lead)
    page = client.get("/admin/plans/new")
    assert "Choose a term" in page.text
    first, last = (event.first_starts_at.date().isoformat() for event in two_days)
    url = f"/admin/plans/new?first={first}&last={last}"
    page = client.get(url)
    assert "Day 1" in page.text
    assert "its own rule until now: equal shares" in page.text

    closes = two_days[0].requests_close_at.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")
    answer = client.post(
        url,
        data={
            "name": "Spring term",
            "events": [event.slug for event in two_days],
            "wishes_close_at": closes,
            "at_most": "2",
            "weighting": "by_roll",
        },
    )

    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "Schools can enter choices until" in page.text
    assert "Ash Primary" in page.text
    plan = queries.by_slug("spring-term-2027")
    assert (plan.at_most, plan.weighting) == (2, "by_roll")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": ""}, "Give the plan a name"),
        ({"events": []}, "at least two events"),
        ({"at_most": "0"}, "Enter a number from 1 to 20."),
        ({"wishes_close_at": "2020-01-01T10:00"}, "Choose a closing time in the future."),
    ],
)
def test_a_plan_that_cannot_be_opened_is_refused_beside_its_field(
    client, lead, two_days, data, words
):
    schools.sign_in(client, lead)
    first, last = (event.first_starts_at.date().isoformat() for event in two_days)
    whole = {
        "name": "Spring term",
        "events": [event.slug for event in two_days],
        "wishes_close_at": "2027-03-10T16:00",
        "at_most": "1",
        "weighting": "equal",
    }
    answer = client.post(f"/admin/plans/new?first={first}&last={last}", data=whole | data)
    assert answer.status_code == 422
    assert words in answer.text
    assert queries.by_slug("spring-term-2027") is None


def test_days_in_the_wrong_order_are_refused(client, lead):
    schools.sign_in(client, lead)
    answer = client.get("/admin/plans/new?first=2027-05-01&last=2027-04-01")
    assert answer.status_code == 422
    assert "cannot be before" in answer.text
    assert client.get("/admin/plans/new?first=2027-05-01&last=").status_code == 422
    far = client.get("/admin/plans/new?first=2027-05-01&last=2029-05-01")
    assert "at most a school year" in far.text


def test_days_without_events_say_what_to_do(client, lead):
    schools.sign_in(client, lead)
    page = client.get("/admin/plans/new?first=2027-08-01&last=2027-08-02")
    assert "No two events to share" in page.text


def test_a_coordinator_enters_wishes_for_a_whole_page_at_a_desk(client, plan, two_days, ash):
    mia, noah = some(ash, 2)
    some(ash, 1, year_group=1)
    schools.sign_in(client, "c@ash.example")
    home = client.get("/school/")
    assert "Enter your pupils’ choices: Spring term" in home.text
    page = client.get(f"/school/plans/{plan.slug}/")
    assert mia.name in page.text

    answer = client.post(
        f"/school/plans/{plan.slug}/",
        data=fields(mia, *two_days, first=two_days[1].slug, most="2") | fields(noah, two_days[0]),
    )

    assert answer.status_code == 303
    assert "Saved: 2 pupils." in client.get(answer.location).text
    rows = queries.planned_pupils(plan.id, [mia.id, noah.id])
    assert [wish.is_first for wish in rows[mia.id].wishes] == [False, True]
    assert (rows[mia.id].at_most, rows[noah.id].at_most) == (2, None)
    assert queries.progress(plan.id)[ash.id] == queries.WishProgress(pupils=2, wishes=3)


def test_a_pupil_that_was_not_on_the_page_keeps_its_wishes(client, plan, two_days, ash):
    mia, noah = some(ash, 2)
    seasons.wish(plan, ash, {mia: two_days})
    schools.sign_in(client, "c@ash.example")
    client.post(f"/school/plans/{plan.slug}/", data=fields(noah, two_days[0]))
    rows = queries.planned_pupils(plan.id, [mia.id, noah.id])
    assert (len(rows[mia.id].wishes), len(rows[noah.id].wishes)) == (2, 1)
    client.post(f"/school/plans/{plan.slug}/", data=fields(mia))
    assert len(queries.planned_pupils(plan.id, [mia.id])[mia.id].wishes) == 0


def test_going_to_the_next_page_keeps_what_was_ticked(client, plan, two_days, ash, monkeypatch):
    monkeypatch.setattr(sheets, "PUPILS_PER_PAGE", 1)
    mia, noah = some(ash, 2)
    schools.sign_in(client, "c@ash.example")
    here = f"/school/plans/{plan.slug}/"
    first = client.get(here).text

    answer = client.post(here, data=fields(mia, two_days[0]) | {"then": "next"})
    second = client.get(answer.location).text
    back = client.post(answer.location, data=fields(noah, two_days[1]) | {"then": "previous"})

    assert "Save, next page" in first
    assert "Save, previous page" not in first
    assert "Save, previous page" in second
    assert (answer.location, back.location) == (f"{here}?page=2", f"{here}?page=1")
    assert queries.progress(plan.id)[ash.id].pupils == 2


def test_wishes_that_are_refused_stay_on_the_page(client, plan, two_days, ash):
    [mia] = some(ash, 1)
    schools.sign_in(client, "c@ash.example")
    answer = client.post(
        f"/school/plans/{plan.slug}/", data=fields(mia, two_days[0], first=two_days[1].slug)
    )
    assert answer.status_code == 422
    assert "tick the first choice as well" in answer.text
    box = f'value="{two_days[0].slug}"'
    assert any("checked" in line and box in line for line in answer.text.splitlines())
    assert queries.progress(plan.id) == {}


def test_a_coordinator_goes_from_pupil_to_pupil_on_a_phone(client, plan, two_days, ash):
    mia, noah = some(ash, 2)
    schools.sign_in(client, "c@ash.example")
    here = f"/school/plans/{plan.slug}/pupils/{mia.public_id}"
    assert "Save, next pupil" in client.get(here).text
    answer = client.post(here, data=fields(mia, two_days[0]) | {"then": "next"})
    assert answer.location.endswith(noah.public_id)
    answer = client.post(answer.location, data=fields(noah, two_days[1]) | {"then": "next"})
    assert answer.location.endswith(f"/school/plans/{plan.slug}/")
    assert queries.progress(plan.id)[ash.id].pupils == 2


def test_nobody_sees_another_schools_pupils(client, plan, two_days, ash, elm, lead):
    mia = seasons.some(ash, 1)[0]
    seasons.wish(plan, ash, {mia: two_days})
    schools.sign_in(client, "c@elm.example")
    assert client.get(f"/school/plans/{plan.slug}/pupils/{mia.public_id}").status_code == 404
    assert mia.name not in client.get(f"/school/plans/{plan.slug}/").text
    stolen = client.post(f"/school/plans/{plan.slug}/", data=fields(mia))
    assert "Nothing has changed." in client.get(stolen.location).text
    assert len(queries.planned_pupils(plan.id, [mia.id])[mia.id].wishes) == 2
    schools.sign_out(client)
    schools.sign_in(client, lead)
    assert mia.name not in client.get(address(plan)).text


def test_a_school_says_how_many_events_and_that_all_wishes_are_in(client, plan, two_days, ash):
    [mia] = some(ash, 1)
    seasons.wish(plan, ash, {mia: two_days})
    schools.sign_in(client, "c@ash.example")
    wrong = client.post(f"/school/plans/{plan.slug}/at-most", data={"at_most": "0"})
    assert wrong.status_code == 422
    client.post(f"/school/plans/{plan.slug}/at-most", data={"at_most": "2"})
    assert "2 events at most" in client.get(f"/school/plans/{plan.slug}/").text
    assert client.post(f"/school/plans/{plan.slug}/finish").status_code == 303
    assert "Enter your pupils’ choices" not in client.get("/school/").text
    # Anybody who continues afterwards is asked to confirm it again.
    client.post(f"/school/plans/{plan.slug}/", data=fields(mia, two_days[0]))
    assert "Enter your pupils’ choices" in client.get("/school/").text


def test_after_the_deadline_a_school_can_read_and_not_write(
    client, plan, two_days, ash, time_machine
):
    [mia] = some(ash, 1)
    closed(plan, time_machine)
    schools.sign_in(client, "c@ash.example")
    assert "Choices have closed" in client.get(f"/school/plans/{plan.slug}/").text
    answer = client.post(f"/school/plans/{plan.slug}/", data=fields(mia, two_days[0]))
    assert answer.status_code == 422
    assert "Ask the network lead to extend the deadline" in answer.text
    one = client.post(
        f"/school/plans/{plan.slug}/pupils/{mia.public_id}", data=fields(mia, two_days[0])
    )
    assert one.status_code == 422
    assert client.post(f"/school/plans/{plan.slug}/finish").status_code == 422


def wished(plan, two_days, ash, elm):
    seasons.wish(plan, ash, dict.fromkeys(some(ash, 3), two_days))
    seasons.wish(plan, elm, dict.fromkeys(some(elm, 3), two_days), first=two_days[0])


def test_a_lead_works_a_plan_out_looks_at_it_and_accepts_it(
    client, plan, two_days, ash, elm, lead, time_machine
):
    wished(plan, two_days, ash, elm)
    closed(plan, time_machine)
    schools.sign_in(client, lead)
    assert "Work out and accept the season plan" in client.get("/admin/").text
    answer = client.post(address(plan, "proposal"))
    page = client.get(answer.location)
    assert "Ash Primary asked for 3 places for 3 pupils and the plan gives 2" in page.text
    assert "would have gone to" in page.text
    assert client.get(address(plan, "proposal.svg")).mimetype == "image/svg+xml"
    digest = queries.proposal_of(plan.id).digest

    answer = client.post(address(plan, "accept"), data={"digest": digest})

    assert answer.status_code == 303
    public = client.get(answer.location)
    assert "Check it yourself" in public.text
    again = client.post(address(plan, "accept"), data={"digest": digest})
    assert "A plan is only accepted once, and it stands." in client.get(again.location).text
    held = [sum(place_queries.held(event.id).values()) for event in two_days]
    assert held == [2, 2]
    accepted = client.get(address(plan)).text
    assert "The plan was accepted" in accepted
    assert "it agrees with its record" in accepted
    with transaction():
        request = db.session.scalars(db.select(PlaceRequest)).first()
        request.places_received += 1
    assert "The plan does not agree with its record" in client.get(address(plan)).text
    assert client.post(address(plan, "proposal")).status_code == 303


def test_what_a_lead_cannot_accept_is_said_on_the_page(
    client, plan, two_days, ash, elm, lead, time_machine
):
    closed(plan, time_machine)
    schools.sign_in(client, lead)
    nothing = client.post(address(plan, "proposal"))
    assert (nothing.status_code, "nothing to plan" in nothing.text) == (422, True)
    none = client.post(address(plan, "accept"), data={"digest": ""})
    assert (none.status_code, "no proposal yet" in none.text) == (422, True)
    time_machine.move_to(plan.wishes_close_at - timedelta(hours=1))
    wished(plan, two_days, ash, elm)
    closed(plan, time_machine)
    client.post(address(plan, "proposal"))
    other = client.post(address(plan, "accept"), data={"digest": "0" * 64})
    assert (other.status_code, "not the newest proposal" in other.text) == (422, True)


def test_without_the_solver_every_page_works_and_says_what_to_install(
    client, plan, two_days, ash, elm, lead, monkeypatch
):
    wished(plan, two_days, ash, elm)
    monkeypatch.setattr(proposing, "find_spec", lambda name: None)
    schools.sign_in(client, lead)
    assert "pip install" in client.get("/admin/plans/").text
    assert "Work out a trial" not in client.get(address(plan)).text
    answer = client.post(address(plan, "proposal"))
    assert answer.status_code == 422
    assert "OR-tools, which is not installed on this site" in answer.text


def test_a_lead_extends_or_withdraws_a_plan(client, plan, two_days, lead):
    schools.sign_in(client, lead)
    early = client.post(address(plan, "deadline"), data={"wishes_close_at": "2027-03-02T10:00"})
    assert (early.status_code, "choose a later time" in early.text) == (422, True)
    later = client.post(address(plan, "deadline"), data={"wishes_close_at": "2027-03-10T10:00"})
    assert later.status_code == 303
    assert client.post(address(plan, "withdraw"), data={"reason": ""}).status_code == 422
    assert client.post(address(plan, "withdraw"), data={"reason": "Too early"}).status_code == 303
    db.session.expire_all()
    assert plan.state is PlanState.WITHDRAWN
    assert "The plan was withdrawn" in client.get(address(plan)).text
    assert "This plan is no longer open" in client.get(address(plan, "withdraw")).text
    again = client.post(address(plan, "withdraw"), data={"reason": "Again"})
    assert (again.status_code, "Open a new plan" in again.text) == (422, True)


def test_an_events_pages_tell_how_it_is_and_was_shared(client, plan, two_days, ash, elm):
    slug = two_days[0].slug
    assert "Season plan." in client.get(f"/events/{slug}").text
    promise = client.get(f"/events/{slug}/allocation")
    assert "These places are shared together with those of other events" in promise.text
    assert two_days[0].seed not in promise.text
    assert plan.seed not in client.get(f"/plans/{plan.slug}").text
    assert client.get(f"/plans/{plan.slug}.json").status_code == 404

    wished(plan, two_days, ash, elm)
    seasons.accept(plan)

    assert "The places have been shared out." in client.get(f"/events/{slug}").text
    result = client.get(f"/events/{slug}/allocation")
    assert "Received in the whole plan" in result.text
    assert two_days[0].seed in result.text
    assert plan.seed in client.get(f"/plans/{plan.slug}").text


def test_a_coordinator_is_not_asked_for_a_number_anywhere(client, plan, two_days, ash):
    schools.sign_in(client, "c@ash.example")
    slug = two_days[0].slug
    assert "Ask for places" not in client.get(f"/events/{slug}").text
    here = client.get(f"/school/events/{slug}/")
    assert "so you do not need to ask for a number" in here.text
    assert "Our pupils’ choices" in here.text
    assert "Ask for places at Day 1" not in client.get("/school/").text
    answer = client.post(f"/school/events/{slug}/request", data={"wanted": "2"})
    assert answer.status_code == 422
    assert "in a season plan" in answer.text


def test_a_host_sees_that_there_is_no_round_and_where_the_plan_is(client, plan, two_days, lead):
    schools.sign_in(client, lead)
    slug = two_days[0].slug
    for page in ("round", "round/check"):
        shown = client.get(f"/host/events/{slug}/{page}")
        assert "There is no round to run." in shown.text
        assert plan.name in shown.text
        assert f'href="/plans/{plan.slug}"' in shown.text
    refused = client.post(f"/host/events/{slug}/round")
    assert refused.status_code == 422
    assert "there is no round to run" in refused.text


def test_the_limits_of_an_event_hold_in_a_plan_and_are_said(client, ash):
    events = seasons.make_events(3, 3, host=ash, host_places=1, cap_per_school=1)
    plan = seasons.open_plan(events)
    page = client.get(f"/events/{events[0].slug}").text
    assert "keeps 1 place for its own pupils" in page
    assert "No school gets more than 1 place here, not counting those that the host keeps." in page
    seasons.wish(plan, ash, dict.fromkeys(some(ash, 4), events))
    seasons.accept(plan)
    assert place_queries.held(events[0].id) == {ash.id: 2}


def test_what_is_published_has_no_pupil_in_it(client, plan, two_days, ash, elm):
    wished(plan, two_days, ash, elm)
    references = [row.reference for row in _planned(plan)]
    row = seasons.accept(plan)
    published = client.get(f"/plans/{plan.slug}.json")
    assert published.data == row.published.encode()
    pages = [published.text, client.get(f"/plans/{plan.slug}").text]
    pages += [client.get(f"/events/{event.slug}/allocation").text for event in two_days]
    assert not any(reference in page for reference in references for page in pages)
    content = json.loads(published.data)
    assert content["sha256"] == record.digest(content)
    assert content["record_sha256"] == row.digest


def _planned(plan):
    return db.session.scalars(db.select(PlannedPupil).where(PlannedPupil.plan_id == plan.id)).all()


def test_a_coordinator_sees_why_and_names_whom_the_plan_proposes(
    client, plan, two_days, ash, elm, time_machine
):
    wished(plan, two_days, ash, elm)
    row = seasons.accept(plan)
    closed(plan, time_machine)
    schools.sign_in(client, "c@ash.example")
    page = client.get(f"/school/plans/{plan.slug}/")
    assert "You asked for 3 places for 3 pupils and the plan gives 2" in page.text
    part = client.get(f"/school/plans/{plan.slug}/wishes.json")
    shown = {s["slug"]: s for s in json.loads(row.published)["schools"]}[ash.slug]
    assert record.digest(json.loads(part.data)) == shown["inputs_sha256"]
    assert shown["inputs_sha256"] in page.text
    event = next(e for e in two_days if place_queries.held(e.id).get(ash.id))
    here = client.get(f"/school/events/{event.slug}/")
    assert "Nobody gets a place and no parent is asked until you say so." in here.text
    chosen = soup(here).select("#proposed-0")[0]["value"]

    client.post(f"/school/events/{event.slug}/names", data={"pupils": chosen, "into": "places"})

    booking = db.session.scalar(db.select(Booking))
    assert (booking.pupil.public_id, booking.state) == (chosen, "invited")


def test_namesakes_are_told_apart_wherever_a_plan_names_a_pupil(
    client, plan, two_days, ash, elm, time_machine
):
    twins = [
        make_pupil(school=ash, forename="Amelia", surname="Hart", class_name=name)
        for name in ("5A", "5B")
    ]
    apart = ["Amelia Hart (class 5A", "Amelia Hart (class 5B"]
    schools.sign_in(client, "c@ash.example")
    whole = client.get(f"/school/plans/{plan.slug}/").text
    single = client.get(f"/school/plans/{plan.slug}/pupils/{twins[1].public_id}").text
    assert [name in whole for name in apart] == [True, True]
    assert apart[1] in single, "the other one is not on this page"

    seasons.wish(plan, ash, dict.fromkeys(twins, two_days))
    seasons.accept(plan)
    closed(plan, time_machine)
    schools.sign_in(client, "c@ash.example")
    results = client.get(f"/school/plans/{plan.slug}/").text
    assert [name in results for name in apart] == [True, True]
    panels = "".join(client.get(f"/school/events/{day.slug}/").text for day in two_days)
    assert any(f"{name}; " in panels for name in apart)


def test_a_school_without_wishes_is_told_so(client, plan, two_days, ash, elm):
    seasons.wish(plan, ash, dict.fromkeys(some(ash, 1), two_days))
    seasons.accept(plan)
    schools.sign_in(client, "c@elm.example")
    page = client.get(f"/school/plans/{plan.slug}/")
    assert "Your school had no choices in this plan" in page.text
    assert client.get(f"/school/plans/{plan.slug}/wishes.json").status_code == 404


def test_pages_ask_the_database_as_often_for_many_as_for_few(
    client, plan, two_days, ash, elm, lead, count_queries
):
    def asked(url):
        client.get(url)
        with count_queries() as queries_:
            client.get(url)
        return len(queries_)

    def all_asked():
        schools.sign_in(client, "c@ash.example")
        found = [asked(f"/school/plans/{plan.slug}/"), asked("/school/")]
        schools.sign_out(client)
        schools.sign_in(client, lead)
        found += [asked("/admin/plans/"), asked(address(plan)), asked(f"/plans/{plan.slug}")]
        schools.sign_out(client)
        return found

    seasons.wish(plan, ash, dict.fromkeys(some(ash, 1), two_days))
    few = all_asked()
    seasons.wish(plan, ash, dict.fromkeys(some(ash, 5), two_days))
    for _ in range(3):
        school = schools.make_school()
        seasons.wish(plan, school, dict.fromkeys(some(school, 2), two_days))
    assert all_asked() == few
