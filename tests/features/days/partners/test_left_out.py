"""An entry that cannot be read does not cost the others, and every entry is accounted for."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.days.partners import reading
from booking.days.partners.reading import LeftOutEntry
from tests.features.days.partners.test_reading import FROM, KEPT, UNTIL, calendar, dates, read


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("DTSTART:20270612T150000Z \nLOCATION:Hall", "its start"),
        ("DTSTART:2027-06-12T15:00:00Z", "its start"),
        ("DTSTART:20270231", "its start"),
        ("DTSTART", "its start"),
        ("DURATION:PT1H", "its start"),
        ("DTSTART:P1D", "its start"),
        ("DTSTART:20270612\nDTSTART:20270613", "its start is given twice"),
        ("DTSTART;TZID=Nowhere/Known:20270612T150000", "its time zone, “Nowhere/Known”"),
        ("DTSTART:20270612T150000Z\nDTEND:late", "its end"),
        ("DTSTART:20270612T150000Z\nDTEND:20270612T140000Z", "it ends before it starts"),
        ("DTSTART;VALUE=DATE:20270612\nDTEND;VALUE=DATE:20270610", "it ends before it starts"),
        ("DTSTART:20270612T150000Z\nDURATION:an hour", "its length"),
        ("DTSTART:20270612T150000Z\nRRULE:every week", "how it repeats"),
        ("DTSTART:20270612T150000Z\nRRULE:FREQ=WEEKLY;UNTIL=June", "how it repeats"),
        ("DTSTART:20270612T150000Z\nRRULE:INTERVAL=2", "how it repeats"),
        (
            "DTSTART:20270612T150000Z\nRRULE:FREQ=DAILY\nEXDATE:never",
            "the dates that it leaves out",
        ),
        ("DTSTART:20270612T150000Z\nRDATE:sometimes", "the dates that it adds"),
        ("DTSTART:20270612T150000Z\nRECURRENCE-ID:x", "which date of a series it changes"),
        (
            "DTSTART:20270612T150000Z\nRRULE:FREQ=DAILY\nEXDATE;TZID=Nowhere:20270613T150000",
            "its time zone, “Nowhere”",
        ),
        (
            "DTSTART:20270612T150000Z\nRRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY",
            "the rule of what it leaves out",
        ),
        ("DTSTART:99991231T235959\nDURATION:P5D", "its start and end do not go together"),
    ],
)
def test_what_cannot_be_read_is_left_out_with_its_own_reason(entry, why):
    found = read(KEPT, f"SUMMARY:Choir\n{entry}", KEPT.replace("Kept", "Kept too"))

    assert [one.title for one in found.dates] == ["Kept", "Kept too"]
    assert found.unreadable == (LeftOutEntry("Choir", why),)
    assert (found.entries, found.read) == (3, 2)


def test_an_entry_whose_first_line_is_lost_is_named():
    body = calendar(KEPT, "SUMMARY:Choir\nDTSTART:20270612T150000Z", KEPT.replace("Kept", "Last"))
    lines = body.split(b"\r\n")
    begins = [number for number, line in enumerate(lines) if line == b"BEGIN:VEVENT"]
    lines[begins[1]] = b"BEGIN VEVENT"

    found = reading.read(b"\r\n".join(lines), first_on=FROM, last_on=UNTIL)

    assert [one.title for one in found.dates] == ["Kept", "Last"]
    assert found.unreadable == (LeftOutEntry("Choir", "where it begins"),)
    assert (found.entries, found.read) == (3, 2)


@pytest.mark.parametrize(
    ("entry", "first", "last", "timed"),
    [
        ("DTSTART;VALUE=DATE:20270612\nDTEND:20270614T000000Z", 12, 13, False),
        ("DTSTART:20270612T000000\nDTEND;VALUE=DATE:20270614", 12, 13, False),
        ("DTSTART:20270612T150000Z\nDTEND;VALUE=DATE:20270613", 12, 13, True),
        ("DTSTART;VALUE=DATE:20270612\nDURATION:PT10H", 12, 12, True),
        ("DTSTART:20270612T150000Z\nDTEND:20270613T150000Z\nDURATION:PT0S", 12, 13, True),
        ("DTSTART:20270612T150000Z\nRRULE:FREQ=DAILY;COUNT=1;BYDAY=SA, SU", 12, 12, True),
        ("DTSTART;VALUE=DATE:20270612\nRRULE:\nEXDATE:\nDTEND:\nCLASS:\nURL:", 12, 12, False),
    ],
)
def test_days_beside_times_and_parts_without_a_value_are_read(entry, first, last, timed):
    [one] = dates(f"SUMMARY:Fair\n{entry}")

    assert (one.first_on.day, one.last_on.day, one.starts_at is not None) == (first, last, timed)


def test_what_is_left_out_on_purpose_is_counted():
    found = read(
        KEPT,
        f"{KEPT}\nCLASS:PRIVATE",
        "SUMMARY:Secret\nCLASS:CONFIDENTIAL\nDTSTART:some day",
        f"{KEPT}\nSTATUS:CANCELLED",
    )

    assert found.passed_over == {"private": 2, "cancelled": 1}
    assert (found.entries, found.read, found.unreadable) == (4, 1, ())


def test_to_dos_and_notes_are_counted():
    body = calendar(KEPT, before="BEGIN:VTODO\nSUMMARY:Mark\nDUE:20270612\nEND:VTODO")

    found = reading.read(body, first_on=FROM, last_on=UNTIL)

    assert (found.entries, found.read, found.passed_over) == (2, 1, {"other": 1})


def test_the_newest_version_of_an_entry_counts():
    body = calendar(
        "SUMMARY:Second\nSEQUENCE:1\nDTSTART:20270611T081500Z",
        "SUMMARY:First\nSEQUENCE:0\nDTSTART:20270610T081500Z",
        "SUMMARY:Third\nSEQUENCE:1\nDTSTART:20270611T081500Z",
    )
    for number in (1, 2):
        body = body.replace(f"UID:{number}@".encode(), b"UID:0@")
    one = reading.read(body, first_on=FROM, last_on=UNTIL)
    assert [each.title for each in one.dates] == ["Third"]
    assert (one.entries, one.read, one.passed_over) == (3, 1, {"replaced": 2})


def test_entries_of_a_server_that_gives_all_the_same_uid_are_all_shown():
    body = calendar(KEPT, KEPT.replace("Kept", "Too").replace("0611", "0612"))

    found = reading.read(body.replace(b"UID:1@", b"UID:0@"), first_on=FROM, last_on=UNTIL)

    assert [one.title for one in found.dates] == ["Kept", "Too"]


CHOIR = "SUMMARY:Choir\nDTSTART:20270602T160000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3"


def test_a_changed_date_that_cannot_be_read_is_not_shown_as_it_was():
    changed = "RECURRENCE-ID:20270609T160000Z\nSUMMARY:Choir\nDTSTART:later"
    body = calendar(CHOIR, changed).replace(b"UID:1@", b"UID:0@")

    found = reading.read(body, first_on=FROM, last_on=UNTIL)

    assert [one.first_on.day for one in found.dates] == [2, 16]
    assert found.unreadable == (LeftOutEntry("Choir", "its start"),)
    assert (found.entries, found.read) == (2, 1)


def test_a_series_that_cannot_be_read_leaves_its_changed_dates():
    changed = "RECURRENCE-ID:20270609T160000Z\nSUMMARY:Choir\nDTSTART:20270610T170000Z"
    broken = CHOIR.replace("FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;BYSETPOS=5;BYDAY=XX")
    body = calendar(broken, changed).replace(b"UID:1@", b"UID:0@")

    found = reading.read(body, first_on=FROM, last_on=UNTIL)

    assert [one.first_on.day for one in found.dates] == [10]
    assert found.unreadable == (LeftOutEntry("Choir", "how it repeats"),)


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ('"(UTC+00:00) Dublin, Edinburgh, Lisbon, London"', 15),
        ('"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"', 14),
        ("GMT Standard Time", 15),
        ("/freeassociation.sourceforge.net/Europe/London", 15),
    ],
)
def test_zones_are_known_by_the_names_that_programs_give_them(zone, hour):
    [one] = dates(f"SUMMARY:Briefing\nDTSTART;TZID={zone}:20270611T160000\nDURATION:PT1H")

    assert one.starts_at.hour == hour


def test_a_zone_that_the_calendar_describes_is_known():
    described = "\n".join(
        [
            *("BEGIN:VTIMEZONE", "TZID:Island", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
            *("TZOFFSETFROM:+0300", "TZOFFSETTO:+0300", "END:STANDARD", "END:VTIMEZONE"),
        ]
    )
    [one] = dates(
        "SUMMARY:Regatta\nDTSTART;TZID=Island:20270611T160000\nDURATION:PT1H", before=described
    )

    assert one.starts_at.hour == 13


def test_entities_are_undone_once():
    [one] = dates(
        "SUMMARY:Arts &amp; Crafts &#8211; Children&#8217;s Day &amp;amp; R&copy\n"
        "LOCATION:St John&#039;s School\nURL:https://partner.example/?a=1&amp;b=2\n"
        "DTSTART:20270907T080000Z"
    )

    assert one.title == "Arts & Crafts – Children’s Day &amp; R&copy"
    assert one.location == "St John's School"
    assert one.link == "https://partner.example/?a=1&b=2"


def test_an_entity_hides_no_control_character():
    [one] = dates("SUMMARY:Choir&#8238;&#10;&#0;x\nDTSTART:20270907T080000Z")

    assert one.title == "Choir \N{REPLACEMENT CHARACTER}x"


def test_several_calendars_in_one_file_and_what_is_between_them():
    body = calendar(KEPT) + b"<!-- cached -->\r\n" + calendar(KEPT.replace("Kept", "Other"))
    body = b"\xef\xbb\xbf" + body.replace(b"\r\n", b"\n") + b"SUMMARY:after\nBEGIN:VEVENT\n"

    newest = reading.read(body, first_on=FROM, last_on=UNTIL)
    assert ([one.title for one in newest.dates], newest.entries) == (["Other"], 2)
    other = body.replace(b"UID:0@", b"UID:1@", 1)
    found = reading.read(other, first_on=FROM, last_on=UNTIL)
    assert [one.title for one in found.dates] == ["Kept", "Other"]
    assert found.entries == 2


def test_a_long_history_costs_little_and_counts_as_read():
    past = [
        f"SUMMARY:Past\nDTSTART;VALUE=DATE:{2000 + n % 25}0{1 + n % 9}01" for n in range(20_000)
    ]

    found = read(*past, KEPT)

    assert [one.title for one in found.dates] == ["Kept"]
    assert (found.entries, found.read) == (20_001, 20_001)


@pytest.mark.slow
def test_a_rule_that_never_ends_costs_only_itself():
    never = "SUMMARY:Never\nDTSTART:19900101T000000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"

    found = reading.read_apart(calendar(never, KEPT), first_on=FROM, last_on=UNTIL)

    assert [one.title for one in found.dates] == ["Kept"]
    assert found.unreadable == (LeftOutEntry("Never", "it takes too long to work out"),)


def test_a_fault_of_ours_is_not_said_to_be_the_partners(monkeypatch, caplog):
    with pytest.raises(reading.Unreadable, match="the fault is in this site"):
        reading.read_apart(calendar(KEPT), first_on="not a day", last_on=UNTIL)

    assert caplog.messages == ["reading a calendar apart ended with 1: ValueError"]


days = st.dates(FROM + timedelta(days=9), UNTIL - timedelta(days=9))
kinds = st.sampled_from(
    [
        "SUMMARY:{name}\nDTSTART;VALUE=DATE:{day}",
        "SUMMARY:{name}\nDTSTART:{day}T090000Z\nDTEND:{day}T100000Z\nLOCATION:Hall",
        "SUMMARY:{name}\nDTSTART;TZID=Europe/London:{day}T090000\nDURATION:PT1H",
        "SUMMARY:{name}\nDTSTART:{day}T090000Z\nDTEND:{day}T100000Z\nRRULE:FREQ=WEEKLY;COUNT=2",
        "SUMMARY:{name}\nDTSTART;VALUE=DATE:20000229\nRRULE:FREQ=YEARLY",
        "SUMMARY:{name}\nDTSTART:{day}T090000Z\nSTATUS:CANCELLED",
        "SUMMARY:{name}\nDTSTART:{day}T090000Z\nBEGIN:VALARM\nTRIGGER:-PT15M\nEND:VALARM",
    ]
)
spoilt = st.one_of(
    st.binary(max_size=30).filter(lambda raw: b"VCALENDAR" not in raw.upper()),
    st.sampled_from(
        [
            *(b"", b"DTSTART:soon", b"DTEND:20200101T000000Z", b"RRULE:FREQ=SECONDLY", b"BEGIN:X"),
            *(b"DTSTART;TZID=Nowhere:20270611T090000", b"SUMMARY:\xff\xfe\x80", b"EXDATE:,,,"),
            *(b"RRULE:FREQ=MONTHLY;BYMONTHDAY=99", b"SEQUENCE:x", b"DURATION:-P9D", b"UID:0@x"),
            *(b"END:VEVENT", b"BEGIN:VEVENT", b"RECURRENCE-ID:20270611", b"CLASS:PRIVATE"),
        ]
    ),
)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_whatever_one_entry_is_spoilt_with_all_others_are_shown(data):
    written = data.draw(st.lists(st.tuples(kinds, days), min_size=2, max_size=6))
    entries = [
        kind.format(name=f"Entry {n}", day=f"{day:%Y%m%d}") for n, (kind, day) in enumerate(written)
    ]
    whole = read(*entries)
    victim = data.draw(st.integers(0, len(entries) - 1))
    lines = calendar(*entries).split(b"\r\n")
    begins = [n for n, line in enumerate(lines) if line == b"BEGIN:VEVENT"][victim]
    ends = [n for n, line in enumerate(lines) if line == b"END:VEVENT"][victim]
    place = data.draw(st.integers(begins, ends))
    lines[place : place + data.draw(st.integers(0, 1))] = [data.draw(spoilt)]

    found = reading.read(b"\r\n".join(lines), first_on=FROM, last_on=UNTIL)

    title = f"Entry {victim}"
    others = [one for one in whole.dates if one.title != title]
    assert [one for one in found.dates if one in others] == others
    left_out = len(found.unreadable) + sum(found.passed_over.values())
    assert found.read + left_out == found.entries
    assert found.entries in {len(entries), len(entries) + 1}, "an end in the middle makes two"


@given(st.binary(max_size=300), st.integers(0, 400))
@settings(max_examples=150, deadline=None)
def test_whatever_bytes_stand_in_a_calendar_every_entry_is_accounted_for(raw, place):
    body = calendar(KEPT, "SUMMARY:B\nDTSTART;VALUE=DATE:20270907\nRRULE:FREQ=YEARLY")
    at = min(place, len(body))
    try:
        found = reading.read(body[:at] + raw + body[at:], first_on=FROM, last_on=UNTIL)
    except reading.Unreadable:
        return
    left_out = len(found.unreadable) + sum(found.passed_over.values())
    assert found.read + left_out == found.entries
