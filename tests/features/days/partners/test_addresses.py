"""Which addresses may be followed, and which machines may be asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.days.partners import addresses


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (" https://Dates.County.example/terms.ics ", "https://dates.county.example/terms.ics"),
        ("webcal://dates.county.example/t.ics?a=b", "https://dates.county.example/t.ics?a=b"),
        ("https://county.example", "https://county.example/"),
        ("https://county.example:443/t.ics#top", "https://county.example/t.ics"),
    ],
)
def test_an_address_is_read_as_people_copy_it(typed, asked):
    assert addresses.tidy(typed) == asked


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("http://county.example/t.ics", "begins with https://"),
        ("ftp://county.example/t.ics", "begins with https://"),
        ("file:///etc/passwd", "begins with https://"),
        ("https://me:secret@county.example/t.ics", "name and password"),
        ("https://county.example:8443/t.ics", "number after the colon"),
        ("https://county.example:99999/t.ics", "not an address"),
        ("https://localhost/t.ics", "must name a site"),
        ("https://127.0.0.1/t.ics", "must name a site"),
        ("https://2130706433/t.ics", "must name a site"),
        ("https://0x7f.1/t.ics", "must name a site"),
        ("https://[::1]/t.ics", "must name a site"),
        ("https://county.example/a b.ics", "contains a space"),
        ("https://county.example/a\r\nX-Evil: 1", "contains a space"),
        ("https://cöunty.example/t.ics", "a character that no address can have"),
        ("https://county.example/" + "a" * 500, "too long"),
        ("https:///t.ics", "must name a site"),
    ],
)
def test_what_cannot_be_a_partners_is_refused_with_what_to_do(typed, told):
    with pytest.raises(addresses.NotAnAddress, match=told):
        addresses.tidy(typed)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "127.9.9.9",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "240.0.0.1",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
        "2001::1",
        "not an address",
        "",
    ],
)
def test_machines_that_not_everybody_can_reach_are_not_asked(ip):
    assert not addresses.is_public(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_machines_may_be_asked(ip):
    assert addresses.is_public(ip)


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_as_public_as_it_is(ip):
    assert addresses.is_public(f"::ffff:{ip}") == addresses.is_public(str(ip))


@given(st.text(max_size=80).map("https://".__add__) | st.text(max_size=80))
def test_whatever_is_typed_is_refused_or_a_plain_address(text):
    try:
        found = addresses.tidy(text)
    except addresses.NotAnAddress:
        return
    assert found.startswith("https://")
    assert found.isascii()
    assert found.isprintable()
    assert addresses.tidy(found) == found
