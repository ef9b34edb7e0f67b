"""The page of one event: what everybody may know, and who sees a draft."""

import pytest
from jinja2 import ChoiceLoader, DictLoader

from booking.days.events import pages, ports, service
from booking.days.events.models import Sharing
from booking.domain.allocation.claims import Basis
from booking.domain.charging import AVOID_FOR_CONTRIBUTIONS, FeeKind, FeePart
from booking.domain.funds import Fund
from booking.domain.permissions import Role
from tests.builders import events, schools
from tests.page import check_page, soup, words


@pytest.fixture
def host(db_session):
    """Provide a school that hosts, in a network with a guest."""
    schools.make_school(name="Guest School", low_year=0, high_year=8)
    return schools.make_school(name="Host School", low_year=0, high_year=8)


def page_of(client, event):
    """Return the words of an event's page."""
    response = client.get(f"/events/{event.slug}")
    assert response.status_code == 200
    return words(soup(response).main)


def test_a_visitor_reads_all_about_an_event(client, host):
    event = events.make_event(
        host=host,
        title="Puzzle day",
        led_by="Happy Minds",
        venue="Main hall",
        places=30,
        dates=[events.one_date(events.london(2027, 6, 11, 9, 15))],
        concept="Teams solve puzzles.\n\nThen they make one.",
        intended_impact="Pupils try again.",
        practicalities="Bring lunch.",
        guarantee=2,
        cap_per_school=6,
    )

    text = page_of(client, event)

    for expected in (
        "Hosted by Host School",
        "Friday 11 June 2027, 9:15am to 2:45pm",
        "Years 5 to 6",
        "Teams solve puzzles.",
        "Then they make one.",
        "Pupils try again.",
        "Happy Minds",
        "Main hall",
        "30 places",
        "Bring lunch.",
        "Requests open",
        "Requests close Friday 26 March 2027, 4pm",
        "Every school that asks on time gets up to 2 places first.",
        "No school gets more than 6 places.",
        event.seed_commitment,
        "You do not need to pay anything.",
    ):
        assert expected in text


def test_the_seed_itself_is_not_shown(client, host):
    event = events.make_event(host=host)

    assert event.seed not in client.get(f"/events/{event.slug}").text


def test_every_date_of_a_series_is_listed(client, host):
    starts = [events.london(2027, 4, day, 16) for day in (5, 12, 19)]
    event = events.make_event(host=host, dates=[events.one_date(at, hours=1.5) for at in starts])

    text = page_of(client, event)

    for day in (5, 12, 19):
        assert f"Monday {day} April 2027, 4pm to 5:30pm" in text


PARTS = (
    FeePart("speaker", 340, Fund.EVENTS),
    FeePart("materials", 110, Fund.EVENTS),
    FeePart("administration", 90, Fund.ADMIN),
    FeePart("CPD fund", 60, Fund.CPD),
)


def test_parents_see_where_a_contribution_goes_in_the_words_of_the_law(client, host):
    event = events.make_event(
        host=host,
        fee_pence=600,
        fee_parts=PARTS,
        places=20,
        cost_lines=(service.CostDetails("Speaker", 9000),),
    )

    text = page_of(client, event)

    assert (
        "£6.00 = £3.40 speaker + £1.10 materials + £0.90 administration + £0.60 teachers’ training"
        in text
    )
    assert "There is no obligation to contribute." in text
    assert "every pupil is treated the same whether or not their family contributes" in text
    assert "The total cost of the event is £90.00, which is £4.50 for each of 20 places." in text


def test_a_contribution_is_never_called_a_fee_or_a_charge(client, host):
    event = events.make_event(host=host, fee_pence=600, fee_parts=PARTS)

    text = page_of(client, event).casefold()

    found = [word for word in AVOID_FOR_CONTRIBUTIONS if f" {word} " in f" {text} "]
    assert found == []


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        ({"basis": Basis.BY_ROLL}, "in proportion to the number of pupils in Years 5 to 6"),
        ({"basis": Basis.SEASON}, "the schools that have had the fewest this school year"),
        ({"guarantee": 1}, "gets its first place before any school gets a second"),
        ({"sharing": Sharing.SET_QUOTAS}, "The host sets a number of places for each school."),
        ({"sharing": Sharing.FIRST_COME}, "in the order in which they ask"),
    ],
)
def test_every_way_of_sharing_is_put_in_words(client, host, details, sentence):
    assert sentence in page_of(client, events.make_event(host=host, **details))


def test_first_come_has_no_lottery(client, host):
    event = events.make_event(host=host, sharing=Sharing.FIRST_COME)

    assert "lottery" not in page_of(client, event)


def test_a_cancelled_event_says_so_and_why(client, host):
    event = events.cancel_event(events.make_event(host=host), reason="The hall is flooded.")

    text = page_of(client, event)

    assert "This event has been cancelled" in text
    assert "The hall is flooded." in text


def test_the_contact_is_shown_to_schools_and_not_to_the_public(client, host):
    event = events.make_event(host=host, contact_name="Harriet Hale", contact_phone="01632 960100")
    assert "Harriet" not in page_of(client, event)

    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=host))
    assert "01632 960100" in page_of(client, event)


def test_what_hosts_type_is_text_and_never_a_mark(client, host):
    event = events.make_event(host=host, title="<b>Bold</b>", concept="<script>alert(1)</script>")

    # The title of the window leaves marks out; the heading shows them as text.
    response = client.get(f"/events/{event.slug}", check=False)

    assert "<script>alert(1)" not in response.text
    assert "<b>Bold" not in response.text


@pytest.mark.parametrize("path", ["/events/{}", "/events/{}.ics", "/events/nothing-2027"])
def test_a_draft_is_not_found_by_visitors(client, host, path):
    draft = events.make_event(host=host, published=False)

    assert client.get(path.format(draft.slug)).status_code == 404


def test_a_draft_is_shown_to_its_writers_with_a_banner(client, host):
    draft = events.make_event(host=host, published=False)
    schools.sign_in(client, schools.make_person(role=Role.HOST, school=host))

    assert "This is a preview" in page_of(client, draft)


def test_a_draft_is_not_found_by_hosts_of_other_schools(client, host):
    draft = events.make_event(host=host, published=False)
    other = schools.make_school()
    schools.sign_in(client, schools.make_person(role=Role.HOST, school=other))

    assert client.get(f"/events/{draft.slug}").status_code == 404


def test_the_calendar_file_is_a_download_with_a_validator(client, host):
    event = events.make_event(host=host)

    response = client.get(f"/events/{event.slug}.ics")
    again = client.get(
        f"/events/{event.slug}.ics", headers={"If-None-Match": response.headers["ETag"]}
    )

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == (f'attachment; filename="{event.slug}.ics"')
    assert b"METHOD:PUBLISH" in response.data
    assert (again.status_code, again.data) == (304, b"")


def test_higher_features_add_panels_to_the_page(app, client, host, monkeypatch):
    event = events.make_event(host=host)
    panel = DictLoader({"panel.html": "<p>{{ panel.facts.words }} {{ event.title }}</p>"})
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([panel, app.jinja_env.loader]))
    providers = [
        lambda event, actor, now: ports.Panel("panel.html", {"words": "First"}, "main"),
        lambda event, actor, now: None,
        lambda event, actor, now: ports.Panel("panel.html", {"words": "Second"}, "main"),
    ]
    with ports.panels.instead(*providers):
        text = page_of(client, event)

    assert 0 < text.index("First Puzzle day") < text.index("Second Puzzle day")


def test_a_charge_offers_help_in_confidence(client, host):
    event = events.make_event(
        host=host,
        fee_kind=FeeKind.CHARGE,
        fee_pence=500,
        places=10,
        fee_reason="Agreed.",
        cost_lines=(service.CostDetails("Coach", 5000),),
    )

    assert "Help is available: ask your child's school in confidence." in page_of(client, event)


def test_an_event_asks_as_many_queries_for_three_dates_and_parts_as_for_one(
    client, host, count_queries
):
    counts = []
    for many in (1, 3):
        event = events.make_event(
            host=host,
            dates=[events.one_date(events.london(2027, 6, 10 + n, 9, 15)) for n in range(many)],
            fee_pence=300,
            fee_parts=[FeePart(f"part {n}", 300 // many, Fund.EVENTS) for n in range(many)],
        )
        with count_queries() as statements:
            client.get(f"/events/{event.slug}")
        counts.append(len([s for s in statements if s.startswith("SELECT")]))

    assert counts[0] == counts[1] > 1


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (events.london(2027, 3, 26, 15), ["Next", "", ""]),
        (events.london(2027, 3, 26, 16), ["Past", "Next", ""]),
        (events.london(2027, 6, 11, 9), ["Past", "Past", "Next"]),
        (events.london(2027, 6, 11, 12), ["Past", "Past", "Now"]),
        (events.london(2027, 6, 12), ["Past", "Past", "Past"]),
    ],
)
def test_the_way_to_an_event_says_what_is_past_and_what_is_next(host, now, told):
    event = events.make_event(
        host=host,
        dates=[events.one_date(events.london(2027, 6, 11, 9, 15))],
        requests_close_at=events.london(2027, 3, 26, 16),
        naming_close_at=events.london(2027, 5, 14, 16),
    )
    assert [(stage.label, stage.word) for stage in pages.stages(event, now)] == list(
        zip(
            ("Requests close", "Naming closes", "The day itself"),
            told,
            strict=True,
        )
    )


def test_a_cancelled_event_has_nothing_next(host):
    event = events.make_event(host=host)
    before = events.london(2026, 1, 1)
    assert pages.stages(event, before)[0].word == "Next"
    events.cancel_event(event)
    assert {stage.word for stage in pages.stages(event, before)} == {""}


def test_a_link_that_is_sent_on_says_what_when_and_where(client, host):
    event = events.make_event(
        host=host,
        title="Puzzle day",
        concept="Teams solve puzzles. " * 20,
        dates=[events.one_date(events.london(2027, 6, 11, 9, 15))],
    )
    page = check_page(client.get(f"/events/{event.slug}"))
    said = {
        tag.get("property") or tag.get("name"): tag["content"] for tag in page.find_all("meta")[1:]
    }
    assert said["og:title"] == "Puzzle day"
    assert said["description"] == said["og:description"]
    assert said["description"].startswith(
        "Friday 11 June 2027, 9:15am to 2:45pm, Host School. Teams solve puzzles."
    )
    assert len(said["description"]) < 240


def test_places_kept_for_quotas_are_not_called_open_before_they_are(client, host, time_machine):
    event = events.make_event(
        host=host,
        sharing=Sharing.SET_QUOTAS,
        places=24,
        release_at=events.london(2027, 4, 12, 16, 0),
        dates=[events.one_date(events.london(2027, 6, 11, 9, 15))],
    )
    assert "Other places from 12 April" in page_of(client, event)

    time_machine.move_to(events.london(2027, 4, 12, 16, 1))
    assert "Places open" in page_of(client, event)


@pytest.mark.parametrize(
    ("kind", "for_the_day", "explained"),
    [
        (FeeKind.VOLUNTARY_CONTRIBUTION, 250, True),
        (FeeKind.VOLUNTARY_CONTRIBUTION, 200, False),
        (FeeKind.PAID_BY_SCHOOL, 250, False),
    ],
)
def test_what_is_asked_above_the_cost_is_explained(client, host, kind, for_the_day, explained):
    event = events.make_event(
        host=host,
        places=14,
        fee_kind=kind,
        fee_pence=for_the_day + 100,
        fee_parts=[
            FeePart("materials", for_the_day, Fund.EVENTS),
            FeePart("CPD fund", 100, Fund.CPD),
        ],
        cost_lines=(service.CostDetails("materials", 2_800),),
    )

    text = page_of(client, event)

    assert "The total cost of the event is £28.00, which is £2.00 for each of 14 places." in text
    assert ("Families are asked for £2.50 towards it" in text) is explained
