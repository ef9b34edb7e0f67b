"""Fetching from a partner's server: what is sent, what is believed, and where the limits are."""

import gzip
import socket
import time
import tracemalloc
import zlib
from dataclasses import replace

import pytest

from booking.days.partners import fetching
from booking.days.partners.fetching import CannotFetch, KnownState
from tests.features.days.partners import server

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def way(tmp_path):
    with server.serving(tmp_path, all_s=5) as way:
        way.partner.body = CALENDAR
        yield way


def fetch(way, url=server.URL, known=None, **changes):
    return fetching.fetch(url, known or KnownState(), door=replace(way.door, **changes))


def test_a_calendar_comes_with_what_the_partner_calls_its_state(way):
    way.partner.headers = {"ETag": '"v1"', "Last-Modified": "Mon, 01 Mar 2027 08:00:00 GMT"}

    found = fetch(way, "https://calendar.partner.example/terms.ics?all=1")

    assert found.body == CALENDAR
    assert found.known == KnownState('"v1"', "Mon, 01 Mar 2027 08:00:00 GMT")
    [(path, headers)] = way.partner.asked
    assert path == "/terms.ics?all=1"
    assert headers["Host"] == server.HOST
    assert headers["Accept-Encoding"] == "identity"
    assert "Cookie" not in headers
    assert "If-None-Match" not in headers


def test_what_the_partner_said_last_time_is_sent_back(way):
    way.partner.status, way.partner.body = 304, b""
    known = KnownState('"v1"', "Mon, 01 Mar 2027 08:00:00 GMT")

    found = fetch(way, known=known)

    assert found == fetching.Fetched(None, known)
    [(_, headers)] = way.partner.asked
    assert headers["If-None-Match"] == '"v1"'
    assert headers["If-Modified-Since"] == "Mon, 01 Mar 2027 08:00:00 GMT"


@pytest.mark.parametrize(
    "ips",
    [["127.0.0.1"], ["10.1.2.3"], ["8.8.8.8", "192.168.0.9"], ["::1"], ["169.254.169.254"], []],
)
def test_a_name_that_leads_into_a_private_network_is_not_asked(way, ips):
    with pytest.raises(CannotFetch, match="not a public site"):
        fetch(way, resolve=lambda host: ips)

    assert way.dialled == []


def test_the_real_door_does_not_lead_to_this_machine():
    door = replace(fetching.DOOR, resolve=lambda host: fetching.resolve("localhost"))

    with pytest.raises(CannotFetch, match="not a public site"):
        fetching.fetch(server.URL, KnownState(), door=door)


def test_a_name_is_looked_up_once_and_the_checked_machine_is_asked(way):
    answers = iter([["8.8.4.4", "1.1.1.1"], ["127.0.0.1"]])  # pointed elsewhere after the check

    fetch(way, resolve=lambda host: next(answers))

    assert way.dialled == ["8.8.4.4"]
    assert next(answers) == ["127.0.0.1"], "nobody looked it up a second time"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("location", "offered"),
    [
        ("https://new.partner.example/terms.ics?a=b", "https://new.partner.example/terms.ics?a=b"),
        ("/2027/terms.ics", "https://calendar.partner.example/2027/terms.ics"),
        ("webcal://new.partner.example/t.ics", "https://new.partner.example/t.ics"),
        ("https://127.0.0.1/secret", ""),
        ("https://169.254.169.254/latest/meta-data", ""),
        ("https://localhost/t.ics", ""),
        ("http://new.partner.example/t.ics", ""),
        ("https://new.partner.example:8443/t.ics", ""),
        ("https://me:secret@new.partner.example/t.ics", ""),
        ("file:///etc/passwd", ""),
        ("https://[", ""),
        (server.URL, ""),
        ("", ""),
    ],
)
def test_a_redirect_is_offered_if_it_may_be_asked_for_and_never_followed(
    way, status, location, offered
):
    way.partner.status, way.partner.headers = status, {"Location": location}

    with pytest.raises(fetching.HasMoved, match="has moved") as told:
        fetch(way)

    assert told.value.url == offered
    assert offered in str(told.value)
    assert len(way.partner.asked) == 1


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (401, "does not let everybody"),
        (403, "does not let everybody"),
        (404, "no calendar at this address"),
        (410, "no calendar at this address"),
        (500, "error 500"),
        (204, "error 204"),
    ],
)
def test_a_refusal_is_explained(way, status, told):
    way.partner.status = status

    with pytest.raises(CannotFetch, match=told):
        fetch(way)


def test_more_bytes_than_may_be_are_not_read(way):
    way.partner.body = CALENDAR + b"x" * fetching.SIZE_MAX

    with pytest.raises(CannotFetch, match="more than 16 MB"):
        fetch(way)


@pytest.mark.parametrize(
    ("packing", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("", gzip.compress),  # compressed without saying so
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body, wbits=-zlib.MAX_WBITS)),
        ("gzip", bytes),  # plain, although it says otherwise
        ("deflate", bytes),
    ],
)
def test_an_answer_packed_unasked_is_unpacked(way, packing, pack):
    way.partner.headers = {"Content-Encoding": packing} if packing else {}
    way.partner.body = pack(CALENDAR)

    assert fetch(way).body == CALENDAR


def test_an_answer_packed_otherwise_is_refused(way):
    way.partner.headers = {"Content-Encoding": "br"}

    with pytest.raises(CannotFetch, match="compressed in a way that we cannot read"):
        fetch(way)


def test_an_answer_that_unpacks_to_more_than_may_be_is_refused_before_it_has(way):
    way.partner.body = gzip.compress(CALENDAR + bytes(200_000_000))
    assert len(way.partner.body) < fetching.SIZE_MAX / 50
    tracemalloc.start()

    with pytest.raises(CannotFetch, match="more than 16 MB"):
        fetch(way)

    assert tracemalloc.get_traced_memory()[1] < 4 * fetching.SIZE_MAX
    tracemalloc.stop()


def test_a_packed_answer_that_breaks_off_is_told(way):
    way.partner.body = gzip.compress(CALENDAR * 50)[:-20]

    with pytest.raises(CannotFetch, match="broke off"):
        fetch(way)


def test_a_packed_answer_that_is_damaged_is_told(way):
    way.partner.body = b"\x1f\x8b" + b"\xff" * 40

    with pytest.raises(CannotFetch, match="cannot be unpacked"):
        fetch(way)


@pytest.mark.parametrize("after", [b"<!-- Served from a cache -->\n", b"\x00" * 9, b"\r\n\r\n0"])
def test_what_follows_the_end_of_a_calendar_is_nothing(way, after):
    way.partner.body = CALENDAR + after

    assert fetch(way).body == way.partner.body


@pytest.mark.parametrize(
    "body",
    [CALENDAR[:-12], CALENDAR + CALENDAR[:-15], CALENDAR.replace(b"\nEND", b"\nX-END")],
)
def test_a_calendar_without_its_end_broke_off(way, body):
    way.partner.body = body

    with pytest.raises(CannotFetch, match="broke off"):
        fetch(way)


@pytest.mark.parametrize("body", [b"", b"<html><script>alert(1)</script>", b"PK\x03\x04", b"BEGIN"])
def test_what_is_no_calendar_is_refused(way, body):
    way.partner.body = body

    with pytest.raises(CannotFetch, match="is not a calendar"):
        fetch(way)


def test_a_partner_who_sends_a_byte_now_and_then_is_hung_up_on(way):
    way.partner.body, way.partner.drip_s = CALENDAR * 50, 0.05
    began = time.monotonic()

    with pytest.raises(CannotFetch):
        fetch(way, all_s=0.4)

    assert time.monotonic() - began < 3


def test_a_partner_who_says_nothing_is_hung_up_on(way):
    way.partner.silent = True
    began = time.monotonic()

    with pytest.raises(CannotFetch, match="did not answer"):
        fetch(way, all_s=0.4)

    assert time.monotonic() - began < 2.5


def test_a_certificate_of_somebody_else_is_not_believed(way):
    with pytest.raises(CannotFetch, match="certificate"):
        fetch(way, "https://other.partner.example/terms.ics")


def test_a_certificate_that_nobody_vouches_for_is_not_believed(way):
    with pytest.raises(CannotFetch, match="certificate"):
        fetch(way, context=fetching.DOOR.context)


def test_a_name_that_does_not_exist_is_explained(way):
    def resolve(host):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.raises(CannotFetch, match="There is no site called"):
        fetch(way, resolve=resolve)


@pytest.mark.parametrize("tag", ["x" * 400, '"é"'])
def test_a_tag_that_could_not_be_sent_back_is_forgotten(way, tag):
    way.partner.headers = {"ETag": tag.encode().decode("latin-1")}

    assert fetch(way).known.etag == ""
