"""A partner's calendar as plain dates: repeated, whole days, other zones, and malicious ones."""

import unicodedata
from datetime import UTC, date, datetime

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.days.partners import reading
from booking.days.partners.reading import LeftOutEntry, apart
from booking.foundation import folders

FROM, UNTIL = date(2027, 3, 1), date(2028, 3, 1)
KEPT = "SUMMARY:Kept\nDTSTART:20270611T081500Z"


def calendar(*entries, before=""):
    """Return a calendar of these entries, each given as its lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Partner//EN", *before.splitlines()]
    for number, entry in enumerate(entries):
        lines += ["BEGIN:VEVENT", f"UID:{number}@partner.example", "DTSTAMP:20270101T000000Z"]
        lines += [*entry.strip().splitlines(), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def dates(*entries, **more):
    """Return the dates read from these entries."""
    return list(read(*entries, **more).dates)


def read(*entries, **more):
    """Return what is read from these entries, and what was left out."""
    return reading.read(calendar(*entries, **more), first_on=FROM, last_on=UNTIL)


def test_a_date_with_times_is_read_in_its_own_zone():
    [one] = dates(
        "SUMMARY:Concert\nLOCATION:Hall\nDTSTART:20270611T081500Z\nDTEND:20270611T100000Z"
    )

    assert one == reading.FoundDate(
        "Concert",
        "Hall",
        "",
        date(2027, 6, 11),
        date(2027, 6, 11),
        datetime(2027, 6, 11, 8, 15, tzinfo=UTC),
        datetime(2027, 6, 11, 10, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "start", ["DTSTART:20270611T091500", "DTSTART;TZID=Europe/London:20270611T091500"]
)
def test_a_time_without_a_zone_is_londons(start):
    [one] = dates(f"SUMMARY:Concert\n{start}\nDURATION:PT1H")

    assert one.starts_at == datetime(2027, 6, 11, 8, 15, tzinfo=UTC)
    assert one.ends_at == datetime(2027, 6, 11, 9, 15, tzinfo=UTC)


def test_whole_days_end_on_their_last_day():
    [term, day] = dates(
        "SUMMARY:Summer term\nDTSTART;VALUE=DATE:20270419\nDTEND;VALUE=DATE:20270722",
        "SUMMARY:INSET day\nDTSTART;VALUE=DATE:20270907",
    )

    assert (term.first_on, term.last_on) == (date(2027, 4, 19), date(2027, 7, 21))
    assert (day.first_on, day.last_on) == (date(2027, 9, 7), date(2027, 9, 7))
    assert (term.starts_at, day.starts_at) == (None, None)


def test_a_night_that_ends_at_midnight_is_one_day():
    [one] = dates("SUMMARY:Night\nDTSTART:20270611T180000Z\nDTEND:20270611T230000Z")

    assert (one.first_on, one.last_on) == (date(2027, 6, 11), date(2027, 6, 11))


def test_a_repeated_date_is_written_out_with_its_exceptions():
    found = dates(
        "SUMMARY:Choir\nDTSTART;TZID=Europe/London:20270322T160000\nDURATION:PT1H\n"
        "RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/London:20270405T160000"
    )

    # The clocks change in between, but the choir still meets at four.
    assert [one.starts_at.hour for one in found] == [16, 15, 15]
    assert [one.first_on.day for one in found] == [22, 29, 12]


def test_what_is_over_far_off_cancelled_or_private_is_left_out():
    found = dates(
        "SUMMARY:Over\nDTSTART:20260611T081500Z\nDTEND:20260611T100000Z",
        "SUMMARY:Far off\nDTSTART:20310611T081500Z\nDTEND:20310611T100000Z",
        "SUMMARY:Off\nSTATUS:CANCELLED\nDTSTART:20270611T081500Z\nDTEND:20270611T100000Z",
        "SUMMARY:Private\nCLASS:PRIVATE\nDTSTART:20270611T081500Z\nDTEND:20270611T100000Z",
        "SUMMARY:Kept\nDTSTART:20270611T081500Z\nDTEND:20270611T100000Z",
    )

    assert [one.title for one in found] == ["Kept"]


def test_text_becomes_one_plain_line_of_bounded_length():
    [one] = dates(
        "SUMMARY:<script>alert(1)</script>\\nBEGIN:VEVENT\u202e hidden\n"
        f"LOCATION:{'x' * 900}\nDTSTART:20270611T081500Z"
    )

    assert one.title == "<script>alert(1)</script> BEGIN:VEVENT hidden"
    assert len(one.location) == reading.TEXT_MAX


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "http://partner.example/",
        "https://me:pw@partner.example/",
        "data:text/html,x",
        "https://partner.example/a b",
        "https://local/",
        "//partner.example",
    ],
)
def test_a_link_that_is_not_plain_https_is_left_out(url):
    [one] = dates(f"SUMMARY:Link\nURL:{url}\nDTSTART:20270611T081500Z")

    assert one.link == ""


def test_a_plain_link_is_kept():
    [one] = dates("SUMMARY:Link\nURL:https://partner.example/day?id=1\nDTSTART:20270611T081500Z")

    assert one.link == "https://partner.example/day?id=1"


@pytest.mark.parametrize("rule", ["SECONDLY", "MINUTELY", "HOURLY"])
def test_what_repeats_more_often_than_daily_is_left_out(rule):
    found = read(f"SUMMARY:Bomb\nDTSTART:20270611T081500Z\nDURATION:PT1S\nRRULE:FREQ={rule}", KEPT)

    assert [one.title for one in found.dates] == ["Kept"]
    assert found.unreadable == (LeftOutEntry("Bomb", "it repeats more often than daily"),)


@pytest.mark.parametrize("frequency", ["DAILY", "WEEKLY"])
def test_what_repeats_often_since_another_age_is_left_out_with_its_reason(frequency):
    found = read(
        f"SUMMARY:Old\nDTSTART:00010101T000000Z\nDURATION:PT1H\nRRULE:FREQ={frequency}", KEPT
    )

    assert [one.title for one in found.dates] == ["Kept"]
    assert found.unreadable == (LeftOutEntry("Old", "it has repeated since before 1900"),)


def test_a_foundation_day_is_shown_each_year_however_old_the_school_is():
    found = dates("SUMMARY:Foundation day\nDTSTART;VALUE=DATE:15520302\nRRULE:FREQ=YEARLY")

    assert [one.first_on for one in found] == [date(2027, 3, 2)]


def test_a_calendar_that_repeats_without_end_is_bounded():
    found = read(*["SUMMARY:Daily\nDTSTART:20270611T081500Z\nRRULE:FREQ=DAILY"] * 10)

    assert len(found.dates) == reading.DATES_MAX
    assert found.not_kept == 10 * 265 - reading.DATES_MAX


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        (["SUMMARY:A\nDTSTART:20270611T081500Z"] * (reading.ENTRIES_MAX + 1), "more than 5,000"),
        (
            ["SUMMARY:A\nDTSTART:20270611T081500Z\nRRULE:FREQ=YEARLY"] * (reading.REPEATED_MAX + 1),
            "More than 2,000",
        ),
    ],
    ids=["entries", "rules"],
)
def test_more_than_can_be_is_refused(entries, told):
    with pytest.raises(reading.Unreadable, match=told):
        dates(*entries)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"BEGIN:VCALENDAR",
        b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        b"\xff\xfe\x00",
    ],
)
def test_a_damaged_file_is_refused(body):
    with pytest.raises(reading.Unreadable, match="damaged"):
        reading.dates(body, first_on=FROM, last_on=UNTIL)


def test_times_that_contradict_one_another_are_left_out():
    found = dates(
        "SUMMARY:Backwards\nDTSTART:20270611T081500Z\nDTEND:20270610T081500Z",
        "SUMMARY:Mixed\nDTSTART:20270611T081500Z\nDTEND;VALUE=DATE:20270612",
        "SUMMARY:Nothing",
        "SUMMARY:Kept\nDTSTART:20270611T081500Z",
    )

    assert "Kept" in [one.title for one in found]
    assert all(one.first_on <= one.last_on for one in found)


@given(
    st.lists(
        st.text(st.characters(blacklist_categories=("Cs",)), max_size=60), min_size=1, max_size=5
    ),
    st.dates(date(2027, 4, 1), date(2028, 1, 1)),
)
@settings(max_examples=60)
def test_whatever_a_partner_writes_is_a_plain_line(texts, day):
    file = icalendar.Calendar()
    file.add("VERSION", "2.0")
    file.add("PRODID", "x")
    for number, text in enumerate(texts):
        entry = icalendar.Event()
        entry.add("UID", str(number))
        entry.add("DTSTART", day)
        entry.add("SUMMARY", text)
        file.add_component(entry)

    found = reading.dates(file.to_ical(), first_on=FROM, last_on=UNTIL)

    assert len(found) == len(texts)
    for one in found:
        kinds = {unicodedata.category(c) for c in one.title if c not in "\u200c\u200d"}
        assert not kinds & {"Cc", "Cf", "Zl", "Zp"}
    assert all(len(one.title) <= reading.TEXT_MAX for one in found)


def test_reading_apart_finds_the_same():
    body = calendar(
        "SUMMARY:Élan 👩‍🔬\nDTSTART:20270611T081500Z", "SUMMARY:B\nDTSTART;VALUE=DATE:20270907"
    )

    apart = reading.read_apart(body, first_on=FROM, last_on=UNTIL)

    assert apart == reading.read(body, first_on=FROM, last_on=UNTIL)
    assert [one.title for one in apart.dates] == ["Élan 👩‍🔬", "B"]


def test_reading_apart_finds_the_program_where_it_stands():
    """Not only where it happens to be installed."""
    assert (
        folders.IMPORTED_FROM / "booking" / "days" / "partners" / "reading" / "apart.py"
    ).exists()


def test_reading_apart_says_what_is_wrong():
    with pytest.raises(reading.Unreadable, match="damaged"):
        reading.read_apart(b"BEGIN:VCALENDAR", first_on=FROM, last_on=UNTIL)


@pytest.mark.slow
def test_a_calendar_that_takes_too_long_ends_its_own_process_only(monkeypatch):
    # A day that never comes, looked for in every year until 9999, by each of three hundred rules.
    never = "SUMMARY:Never\nDTSTART:19900101T000000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    monkeypatch.setattr(apart, "WALL_S", 3)

    with pytest.raises(reading.Unreadable, match="takes too long"):
        reading.read_apart(calendar(*[never] * 300), first_on=FROM, last_on=UNTIL)
