"""The lead follows partners' calendars; everybody sees their dates, apart from our own."""

from datetime import UTC, date, datetime

import pytest

from booking.days.partners import queries, service
from booking.days.partners.fetching import KnownState
from booking.days.partners.reading import CalendarReading, FoundDate, LeftOutEntry
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from tests.builders import events, schools
from tests.page import soup

URL = "https://county.example/terms.ics"
#: Not an invented name, as in the demonstration.
REAL = "https://calendar.partner.test/terms.ics"
HOME = "/admin/partners/"


@pytest.fixture
def lead(client, db_session):
    schools.sign_in(client, schools.make_person(role=Role.LEAD))
    return client


def follow(*found, name="County", url=URL):
    """Return a partner's calendar; with dates, they have been read."""
    with transaction():
        feed = service.follow(actor=COMMAND, now=clock.now(), name=name, url=url)
        if found:
            service.record_reading(
                now=clock.now(),
                feed_id=feed.id,
                url=url,
                known=KnownState(),
                body_hash="1",
                found=CalendarReading(found, entries=len(found), read=len(found)),
            )
    return feed


def one(title="Half term", *, on=date(2027, 5, 31), **more):
    return FoundDate(title, more.pop("location", ""), more.pop("link", ""), on, on, **more)


def test_the_lead_follows_a_calendar_and_leaves_it(lead):
    assert "You are not following any partner’s calendar yet" in lead.get(HOME).text

    made = lead.post(HOME, data={"name": "County", "url": "webcal://county.example/terms.ics"})
    assert made.status_code == 303
    page = lead.get(HOME).text
    assert URL in page
    assert "Not read yet" in page

    [(feed, _)] = queries.all_feeds()
    assert lead.post(f"{HOME}{feed.public_id}/leave").status_code == 303
    assert queries.count() == 0


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"name": "", "url": URL}, "Give it a name"),
        ({"name": "County", "url": ""}, "Enter the address"),
        ({"name": "County", "url": "http://county.example/"}, "begins with https://"),
        ({"name": "County", "url": "https://10.0.0.1/t.ics"}, "must name a site"),
        ({"name": "x" * 61, "url": URL}, "Shorten the name"),
    ],
)
def test_what_cannot_be_followed_is_refused_and_kept_as_typed(lead, data, told):
    response = lead.post(HOME, data=data)

    assert response.status_code == 422
    assert told in response.text
    assert data["url"] in response.text
    assert queries.count() == 0


def test_a_calendar_is_followed_once(lead):
    follow()

    response = lead.post(HOME, data={"name": "Again", "url": URL})

    assert response.status_code == 422
    assert "You are already following this calendar, as County" in response.text


def test_a_twenty_first_calendar_is_refused(lead):
    for number in range(service.FEEDS_MAX):
        follow(url=f"https://county.example/{number}.ics")

    response = lead.post(HOME, data={"name": "One more", "url": URL})

    assert response.status_code == 422
    assert "Stop following one first" in response.text


def test_what_went_wrong_and_what_to_do_is_the_leads_task(lead):
    feed = follow()
    with transaction():
        service.record_problem(
            now=clock.now(),
            feed_id=feed.id,
            url=URL,
            problem="There is no site called county.example.",
        )

    assert "Check the calendar of County" in lead.get("/admin/").text
    assert "There is no site called county.example." in lead.get(HOME).text

    lead.post(f"{HOME}{feed.public_id}/ask")
    assert feed.due_at <= clock.now()


def test_what_was_left_out_is_told_on_the_page(lead):
    feed = follow(one(), url=REAL)
    found = CalendarReading(
        entries=9,
        read=3,
        unreadable=(LeftOutEntry("<b>Choir</b>", "its start"), LeftOutEntry("Play", "its end")),
        passed_over={"cancelled": 1, "other": 2, "private": 1},
        not_kept=1,
    )
    with transaction():
        service.record_reading(
            now=clock.now(),
            feed_id=feed.id,
            url=REAL,
            known=KnownState(),
            body_hash="2",
            found=found,
        )

    page = lead.get(HOME).text

    assert (
        "2 entries could not be read: “&lt;b&gt;Choir&lt;/b&gt;” (its start); “Play” (its end)."
        in page
    )
    assert (
        "3 of 9 entries read. Left out: 1 marked as private, 1 cancelled and 2 to-dos or notes. "
        "The last 1 date of them would be too many to show." in page
    )


def test_many_entries_that_cannot_be_read_are_counted_and_some_named(lead):
    feed = follow(one(), url=REAL)
    unreadable = tuple(LeftOutEntry(f"Entry {n}", "its start") for n in range(30))
    with transaction():
        service.record_reading(
            now=clock.now(),
            feed_id=feed.id,
            url=REAL,
            known=KnownState(),
            body_hash="2",
            found=CalendarReading(entries=31, read=1, unreadable=unreadable),
        )

    assert "30 entries could not be read: “Entry 0”" in lead.get(HOME).text
    assert "“Entry 19” (its start); and 10 more." in lead.get(HOME).text


class TestMoved:
    """A calendar that has moved is followed to its new address if the lead says so."""

    NEW = "https://new.county.example/terms.ics"

    def moved(self, to=NEW):
        feed = follow(one(), url=REAL)
        with transaction():
            service.record_problem(
                now=clock.now(),
                feed_id=feed.id,
                url=REAL,
                problem=f"county.example says that the calendar has moved to {to}.",
                moved_to=to,
            )
        return feed

    def test_the_lead_is_asked_and_takes_the_new_address(self, lead):
        feed = self.moved()
        assert "The calendar of County has moved: follow it?" in lead.get("/admin/").text
        page = soup(lead.get(HOME))
        assert page.find("button", {"name": "to"})["value"] == self.NEW

        for _ in range(2):  # pressed twice
            done = lead.post(f"{HOME}{feed.public_id}/move", data={"to": self.NEW})
            assert done.status_code == 303

        assert (feed.url, feed.moved_to, feed.problem) == (self.NEW, "", "")
        assert feed.due_at <= clock.now()
        assert "County is now followed at its new address" in lead.get(HOME).text
        assert [count for _, count in queries.all_feeds()] == [1], "its dates stay until it is read"

    def test_another_address_than_the_one_that_was_shown_is_refused(self, lead):
        feed = self.moved()

        for other in ("https://evil.example/t.ics", "https://127.0.0.1/", ""):
            lead.post(f"{HOME}{feed.public_id}/move", data={"to": other})
            assert "County has moved again. Look at the new address first." in lead.get(HOME).text
            assert (feed.url, feed.moved_to) == (REAL, self.NEW)

    def test_an_address_that_is_followed_already_is_refused(self, lead):
        feed = self.moved()
        follow(name="Shire", url=self.NEW)

        lead.post(f"{HOME}{feed.public_id}/move", data={"to": self.NEW})

        assert "You are already following the calendar at the new address, as Shire." in (
            lead.get(HOME).text
        )
        assert feed.url == REAL


def test_an_auditor_sees_the_calendars_and_no_buttons(client, db_session):
    follow()
    schools.sign_in(client, schools.make_person(role=Role.AUDITOR))

    page = client.get(HOME).text

    assert "County" in page
    assert "Stop following" not in page


def test_partners_dates_stand_apart_on_the_calendar_page_and_under_the_listing(client, db_session):
    events.make_event(title="Puzzle day")
    starts_at = datetime(2027, 6, 11, 8, 15, tzinfo=UTC)
    follow(
        one(link="https://county.example/half-term"),
        one("Exam", on=date(2027, 6, 11), starts_at=starts_at, ends_at=starts_at.replace(hour=10)),
    )

    for path in ("/", "/calendar"):
        page = client.get(path).text
        ours, _, theirs = page.partition('id="partners"')
        assert "Half term" not in ours
        assert "Monday 31 May 2027" in theirs
        assert "Friday 11 June 2027, 9:15am to 11:15am" in theirs
        assert (
            'href="https://county.example/half-term" rel="noreferrer nofollow external"' in theirs
        )
    assert "Puzzle day" not in client.get("/calendar").text


def test_a_filtered_listing_and_past_events_are_ours_alone(client, db_session):
    follow(one())

    assert "Half term" not in client.get("/?q=puzzle").text
    assert "Half term" not in client.get("/?past=1").text


def test_coordinators_see_them_on_their_home(client, db_session):
    follow(one())
    school = schools.make_school()
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=school))

    assert "Half term" in client.get("/school/").text


def test_partners_dates_are_in_none_of_our_feeds(client, db_session):
    follow(one())

    assert "Half term" not in client.get("/calendar/network.ics").text


def test_markup_of_a_partner_is_shown_as_it_is_written(client, db_session):
    follow(one('<img src=x onerror="alert(1)">', location="<b>Hall</b>"), name="<i>County</i>")

    for path in ("/", "/calendar"):
        page = client.get(path).text
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page
        assert "<b>Hall" not in page
        assert "<i>County" not in page


def test_dates_that_are_over_are_not_shown(client, db_session):
    follow(one("Over", on=date(2027, 2, 26)), one("Today", on=clock.today()))

    page = client.get("/calendar").text
    assert "Over" not in page
    assert "Today" in page


def test_many_dates_have_pages(client, db_session, count_queries):
    follow(*(one(f"Day {n}") for n in range(60)))

    first, second = client.get("/calendar").text, client.get("/calendar?page=2").text

    assert ("Day 49" in first, "Day 50" in first) == (True, False)
    assert "Day 50" in second


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_the_same_queries_for_one_date_and_three(
    client, db_session, count_queries, count
):
    for number in range(count):
        follow(one(), name=f"Partner {number}", url=f"https://county.example/{number}.ics")

    with count_queries() as statements:
        client.get("/calendar")

    assert len([s for s in statements if s.startswith("SELECT")]) == 5


def test_a_made_up_calendar_says_so_and_cannot_be_read_again(lead):
    follow(one(), name="Wexholt network", url="https://wexholt-schools.example/events.ics")
    follow(one(), name="County", url="https://calendar.partner.test/terms.ics")

    page = lead.get(HOME).text

    assert page.count("Made up for this demonstration, so there is nobody to ask.") == 1
    assert page.count(">OK<") == 1
    assert page.count("Read again") == 1
