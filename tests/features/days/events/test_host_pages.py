"""Pages for hosts and the lead: write, check, publish, change, cancel, clone."""

import pytest
from sqlalchemy import select

from booking.days.events import ports, service
from booking.days.events.models import Event, EventState
from booking.domain.permissions import Role
from tests.builders import events, schools
from tests.page import soup, words


def typed(host, **changes):
    """Return what a host types into the form of a new event."""
    return {
        "host_school_id": host.id,
        "title": "Puzzle day",
        "theme": "Mathematics",
        "concept": "Teams solve puzzles.\r\n\r\nThen they make one.",
        "intended_impact": "",
        "led_by": "Happy Minds",
        "low_year": "5",
        "high_year": "6",
        "dates-0-on": "2027-06-11",
        "dates-0-starts": "09:15",
        "dates-0-ends": "14:45",
        "venue": "Main hall",
        "places": "30",
        "sharing": "fair_round",
        "basis": "equal_shares",
        "guarantee": "0",
        "cap_per_school": "",
        "requests_close_at": "2027-04-01T16:00",
        "release_at": "",
        "naming_close_at": "2027-05-14T16:00",
        "reply_days": "5",
        "offer_days": "2",
        "fee_kind": "voluntary_contribution",
        "fee_pence": "£6",
        "fee_parts-0-label": "speaker",
        "fee_parts-0-pence": "4.50",
        "fee_parts-0-fund": "events",
        "fee_parts-1-label": "CPD fund",
        "fee_parts-1-pence": "150p",
        "fee_parts-1-fund": "cpd",
        "fee_parts-2-fund": "events",
        "cost_lines-0-label": "Speaker",
        "cost_lines-0-pence": "120",
        "fee_reason": "",
        **changes,
    }


def only_event(db_session):
    """Return the only event."""
    return db_session.scalars(select(Event)).one()


def errors(response):
    """Return the sentences of the error summary."""
    assert response.status_code == 422
    return [words(line) for line in soup(response).select(".error-summary li")]


def test_a_host_writes_checks_and_publishes_an_event(signed_in, host, db_session):
    written = signed_in.post("/host/events/new", data=typed(host))
    event = only_event(db_session)
    assert written.status_code == 303
    assert written.location == f"/host/events/{event.slug}/"
    assert "Ready to publish" in signed_in.get(written.location).text

    check = signed_in.get(f"/host/events/{event.slug}/publish")
    assert "£6.00 = £4.50 speaker + £1.50 teachers’ training" in check.text
    published = signed_in.post(f"/host/events/{event.slug}/publish")

    assert published.location == "/host/events/puzzle-day-2027/"
    event = only_event(db_session)
    assert event.state is EventState.PUBLISHED
    assert (event.first_starts_at, event.last_ends_at) == (
        events.london(2027, 6, 11, 9, 15),
        events.london(2027, 6, 11, 14, 45),
    )
    assert event.requests_close_at == events.london(2027, 4, 1, 16)
    assert event.concept == "Teams solve puzzles.\n\nThen they make one."
    assert [(p.label, p.pence, p.fund) for p in event.fee_parts] == [
        ("speaker", 450, "events"),
        ("CPD fund", 150, "cpd"),
    ]
    assert [(line.label, line.pence) for line in event.cost_lines] == [("Speaker", 12000)]


def test_adding_a_date_keeps_everything_typed_and_saves_nothing(signed_in, host, db_session):
    response = signed_in.post("/host/events/new", data=typed(host, title="", add="dates"))

    page = soup(response)
    assert response.status_code == 200
    assert page.find(id="dates-0-on")["value"] == "2027-06-11"
    assert page.find(id="dates-1-on").get("value", "") == ""
    assert page.find(id="fee_pence")["value"] == "£6"
    assert page.find(id="fee_parts-1-label")["value"] == "CPD fund"
    assert db_session.scalars(select(Event)).all() == []


@pytest.mark.parametrize("name", ["fee_parts", "cost_lines"])
def test_parts_and_costs_can_be_added_too(signed_in, host, name):
    response = signed_in.post("/host/events/new", data=typed(host, add=name))

    assert soup(response).find(id=f"{name}-3-label") is not None


def test_several_dates_make_a_series(signed_in, host, db_session):
    more = {"dates-1-on": "2027-06-18", "dates-1-starts": "16:00", "dates-1-ends": "17:30"}

    signed_in.post("/host/events/new", data=typed(host, **more))

    assert [date.starts_at for date in only_event(db_session).dates] == [
        events.london(2027, 6, 11, 9, 15),
        events.london(2027, 6, 18, 16),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": " "}, ["Enter a title."]),
        (
            {"high_year": "4"},
            [
                "Highest year group: Choose Year 5 or above, because the highest year is below the "
                "lowest."
            ],
        ),
        (
            {"dates-0-ends": "09:00"},
            ["Date 1, ends: The end must be after the start. Check the times."],
        ),
    ],
)
def test_what_is_wrong_is_said_by_name_and_beside_its_field_and_kept(
    signed_in, host, db_session, changes, expected
):
    response = signed_in.post("/host/events/new", data=typed(host, **changes))

    check_told_and_kept(response, changes, expected)
    assert db_session.scalars(select(Event)).all() == []


def check_told_and_kept(response, changes, expected):
    assert errors(response) == expected
    page = soup(response)
    assert len(page.select(".field-error")) == 1
    assert page.find(id="venue")["value"] == "Main hall"
    for name, value in changes.items():
        field = page.find(id=name)
        if field.name == "input" and value.strip():
            assert field["value"] == value
        fold = field.find_parent("details")
        assert fold is None or fold.has_attr("open"), "what is wrong is never folded away"


UNREADABLE = [
    ({"places": "many"}, ["Places: Enter a whole number, such as 12."]),
    ({"dates-0-ends": ""}, ["Date 1: Enter when it ends."]),
    ({"dates-0-on": "soon"}, ["Date 1: Enter a date, such as 12/06/2026."]),
    ({"dates-0-starts": "9 o'clock"}, ["Date 1, starts: Enter a time, such as 09:15."]),
    (
        {"requests_close_at": "soon"},
        ["Requests close: Enter a date and a time, such as 12/06/2026 16:00."],
    ),
    (
        {"fee_pence": "six"},
        ["Amount for each place: “six” is not an amount. Enter pounds and pence, like 6 or 6.50."],
    ),
    ({"fee_parts-0-label": ""}, ["Fee part 1: Say what this part of the fee pays for."]),
    ({"cost_lines-0-pence": ""}, ["Cost 1, total amount: Enter an amount, like 240."]),
]


def test_what_cannot_be_read_is_said_of_a_published_event(signed_in, host):
    event = events.make_event(host=host)
    for changes, expected in UNREADABLE:
        response = signed_in.post(f"/host/events/{event.slug}/edit", data=typed(host, **changes))

        check_told_and_kept(response, changes, expected)


def test_the_second_date_that_is_wrong_is_named_in_its_row(signed_in, host):
    more = {"dates-1-on": "2027-06-11", "dates-1-starts": "10:00", "dates-1-ends": "11:00"}

    response = signed_in.post("/host/events/new", data=typed(host, **more))

    assert errors(response) == ["Date 2, starts: This date overlaps with another one."]
    assert soup(response).find(id="dates-1-starts-error") is not None


def test_a_host_chooses_among_their_own_schools(signed_in, host):
    other = schools.make_school(name="Other School")

    page = soup(signed_in.get("/host/events/new"))
    refused = signed_in.post("/host/events/new", data=typed(other))

    assert page.find(id="host_school_id")["value"] == str(host.id), "one school needs no choice"
    assert refused.status_code == 422


def test_the_lead_may_choose_any_school(client, host, db_session):
    schools.sign_in(client, schools.make_person(role=Role.LEAD))

    client.post("/host/events/new", data=typed(host))

    assert only_event(db_session).host_school_id == host.id


def test_a_draft_that_lacks_something_cannot_be_published(signed_in, host):
    draft = events.make_event(host=host, published=False, venue="", led_by="")

    page = signed_in.get(f"/host/events/{draft.slug}/publish")
    refused = signed_in.post(f"/host/events/{draft.slug}/publish")

    assert "Say where the event is." in page.text
    assert "Publish this event" not in page.text
    assert errors(refused) == ["Say who leads the event.", "Say where the event is."]


def test_a_charge_above_cost_asks_for_a_reason_before_publication(signed_in, host, db_session):
    after_school = events.one_date(events.london(2027, 4, 28, 16), hours=2)
    draft = events.make_event(
        host=host,
        published=False,
        fee_kind="charge",
        fee_pence=600,
        dates=[after_school],
        cost_lines=(service.CostDetails("Coach", 6000),),
    )
    url = f"/host/events/{draft.slug}/publish"

    assert "the cost per pupil is £5.00" in signed_in.get(url).text
    refused = signed_in.post(url, data={"fee_reason": ""})
    assert refused.status_code == 422
    accepted = signed_in.post(url, data={"fee_reason": "Two may drop out."})

    assert accepted.status_code == 303
    assert only_event(db_session).fee_reason == "Two may drop out."


def test_publishing_twice_says_so(signed_in, host):
    event = events.make_event(host=host)

    response = signed_in.post(f"/host/events/{event.slug}/publish", follow_redirects=True)

    assert "has already been published" in response.text


def test_the_preview_is_the_page_that_everybody_will_see(signed_in, host):
    draft = events.make_event(host=host, published=False, title="Puzzle day")

    text = words(soup(signed_in.get(f"/host/events/{draft.slug}/preview")).main)

    assert "This is a preview" in text
    assert "How places are shared" in text


def test_a_published_event_is_changed_through_the_same_form(signed_in, host, db_session):
    event = events.make_event(host=host)
    page = soup(signed_in.get(f"/host/events/{event.slug}/edit"))
    assert page.find(attrs={"name": "sharing"}) is None
    data = {
        f["name"]: f.get("value", "")
        for f in page.select("main input[name]")
        if f.get("type") != "radio" or f.has_attr("checked")
    }
    data |= {f["name"]: f.text.strip() for f in page.select("main textarea")}
    data |= {f["name"]: f.find("option", selected=True)["value"] for f in page.select("select")}

    same = signed_in.post(f"/host/events/{event.slug}/edit", data=data, follow_redirects=True)
    assert "Nothing has changed." in same.text
    signed_in.post(f"/host/events/{event.slug}/edit", data={**data, "venue": "Sports hall"})

    event = only_event(db_session)
    assert (event.venue, event.sequence) == ("Sports hall", 1)
    assert len(event.dates) == 1


def test_reducing_places_below_those_taken_is_refused_beside_the_field(signed_in, host):
    event = events.make_event(host=host, places=30)
    words_ = "Schools hold 12 of the 30 places. Enter 12 or more."

    with ports.forbidden_changes.instead(lambda _e, _d: [service.Problem("places", words_)]):
        response = signed_in.post(f"/host/events/{event.slug}/edit", data=typed(host, places="3"))

    assert errors(response) == [words_]
    assert soup(response).find(id="places")["value"] == "3"


def test_a_host_cancels_an_event_and_says_why(signed_in, host, db_session):
    event = events.make_event(host=host)
    url = f"/host/events/{event.slug}/cancel"

    assert "This cannot be undone" in signed_in.get(url).text
    assert errors(signed_in.post(url, data={"reason": ""})) == [
        "Why is it cancelled? Say why the event is cancelled. Everybody concerned will be told."
    ]
    signed_in.post(url, data={"reason": "The hall is flooded."})

    assert only_event(db_session).state is EventState.CANCELLED


@pytest.mark.parametrize("page", ["edit", "cancel", "publish"])
def test_a_cancelled_event_is_not_edited_again(signed_in, host, page):
    event = events.cancel_event(events.make_event(host=host))

    response = signed_in.get(f"/host/events/{event.slug}/{page}")

    assert response.status_code == 303
    assert response.location == f"/host/events/{event.slug}/"


def test_last_years_event_is_taken_up_again(signed_in, host, db_session):
    event = events.make_event(host=host)

    response = signed_in.post(f"/host/events/{event.slug}/clone")

    draft = db_session.scalars(select(Event).where(Event.state == EventState.DRAFT)).one()
    assert response.location == f"/host/events/{draft.slug}/edit"
    assert (draft.first_starts_at - event.first_starts_at).days == 364


def test_a_draft_is_deleted(signed_in, host, db_session):
    draft = events.make_event(host=host, published=False)

    signed_in.post(f"/host/events/{draft.slug}/discard")

    assert db_session.scalars(select(Event)).all() == []


def test_the_home_page_shows_drafts_to_finish_and_events_by_where_they_stand(signed_in, host):
    events.make_event(host=host, title="Coming day")
    events.make_event(host=host, title="A draft", published=False)
    events.make_event(host=schools.make_school(), title="Somebody else's")

    home = words(soup(signed_in.get("/host/")).main)
    drafts = words(soup(signed_in.get("/host/?section=drafts")).main)

    assert "Finish and publish A draft" in home
    assert "Upcoming (1)" in home
    assert "Coming day" in home
    assert "A draft" in drafts
    assert "Somebody else's" not in home + drafts


def test_the_home_page_asks_as_many_queries_for_three_events_as_for_one(
    signed_in, host, count_queries
):
    counts = []
    for how_many in (1, 2):
        for _ in range(how_many):
            events.make_event(host=host)
        signed_in.get("/host/")
        with count_queries() as statements:
            signed_in.get("/host/")
        counts.append(len(statements))

    assert counts[0] == counts[1]


PAGES = ("", "edit", "preview", "publish", "cancel")
ACTIONS = ("edit", "publish", "cancel", "clone", "discard")


def test_hosts_of_other_schools_find_nothing(client, host):
    event = events.make_event(host=host)
    other = schools.make_school()
    schools.sign_in(client, schools.make_person(role=Role.HOST, school=other))

    found = [client.get(f"/host/events/{event.slug}/{page}").status_code for page in PAGES]
    found += [client.post(f"/host/events/{event.slug}/{name}").status_code for name in ACTIONS]

    assert set(found) == {404}


def test_coordinators_have_no_part_in_hosting(client, host):
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=host))

    assert client.get("/host/").status_code == 404
    assert client.get("/host/events/new").status_code == 404


def test_day_staff_see_their_event_and_cannot_change_it(client, host):
    event = events.make_event(host=host, title="Puzzle day")
    schools.sign_in(client, schools.make_person(role=Role.DAY_STAFF, event_id=event.id))

    home = client.get("/host/")
    work = client.get(f"/host/events/{event.slug}/")

    assert "Puzzle day" in home.text
    assert "Change this event" not in work.text
    assert client.get(f"/host/events/{event.slug}/edit").status_code == 404


def test_the_auditor_sees_the_work_and_changes_nothing(client, host):
    event = events.make_event(host=host)
    schools.sign_in(client, schools.make_person(role=Role.AUDITOR))

    assert client.get(f"/host/events/{event.slug}/").status_code == 200
    assert client.get(f"/host/events/{event.slug}/edit").status_code == 404
    assert client.get("/host/events/new").status_code == 404


def test_links_of_higher_features_stand_on_the_work_page(signed_in, host):
    event = events.make_event(host=host)
    link = ports.WorkLink("Roster", f"/host/events/{event.slug}/roster")

    with ports.work_links.instead(lambda event, actor, now: link):
        page = soup(signed_in.get(f"/host/events/{event.slug}/"))

    assert [words(a) for a in page.select(".sub-nav a")] == ["Overview", "Roster"]


def test_nothing_is_published_without_the_forms_token(signed_in, host, db_session):
    draft = events.make_event(host=host, published=False)

    response = signed_in.post(f"/host/events/{draft.slug}/publish", csrf=False)

    assert response.status_code == 400
    assert only_event(db_session).state is EventState.DRAFT


def test_a_guarantee_beyond_the_places_is_warned_about_before_publication(signed_in, host):
    schools.make_school()
    kept = {"host": host, "published": False, "places": 5, "host_places": 2, "guarantee": 2}
    warned = signed_in.get(f"/host/events/{events.make_event(**kept).slug}/publish")
    kept["guarantee"] = 1
    unwarned = signed_in.get(f"/host/events/{events.make_event(**kept).slug}/publish")

    # Three schools have the years; the host keeps 2 of 5 places.
    said = "the guarantee of 2 each adds up to 6 places, but only 3 are shared"
    assert said in words(soup(warned))
    assert "the guarantee of" not in words(soup(unwarned))


def test_a_lead_without_schools_is_told_to_bring_them_in_first(client, db_session):
    schools.sign_in(client, schools.make_person(role=Role.LEAD))

    answer = client.get("/host/events/new", follow_redirects=True)

    assert "Add your schools first." in answer.text
    assert "Write a new event" not in answer.text


def test_only_what_nothing_ever_needs_is_called_optional(signed_in):
    page = soup(signed_in.get("/host/events/new"))
    labels = [words(label) for label in page.select(".form-label") if label.select(".optional")]

    assert "What we hope it changes (optional)" in labels
    for needed in (
        "Requests close",
        "Naming closes",
        "What parents are asked for",
        "Amount for each place",
    ):
        assert not [label for label in labels if label.startswith(needed)]
