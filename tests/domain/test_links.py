"""Links that people type: https, one line, no password, and otherwise kept as typed."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from booking.domain import links

SITES = st.from_regex(links.SITE, fullmatch=True)
TYPED = st.one_of(
    st.text(max_size=60),
    st.builds("https://{}{}".format, SITES, st.text(max_size=40)),
    st.builds("https://{}/{}".format, st.text(max_size=20), st.text(max_size=20)),
)


@given(TYPED)
@example("https://meet.example/\r\nATTENDEE:mailto:x@y.example")
@example('https://meet.example/"onclick="x')
@example("https://meet.example@evil.example/")
@example("https://meet.example\\@evil.example/")
@example("javascript:alert(1)//https://a.example")
def test_whatever_is_let_in_is_one_address_on_a_named_site(typed):
    try:
        link = links.tidy(typed)
    except links.NotALink:
        return
    parts = urlsplit(link)
    assert (parts.scheme, parts.username, parts.password) == ("https", None, None)
    assert links.SITE.fullmatch(parts.hostname)
    assert link.isascii()
    assert link.isprintable()
    assert not set(link) & set(' "<>\\^`{|}')
    assert len(link) <= links.LENGTH_MAX
    assert links.tidy(link) == link
    assert link[8:] == typed.strip()[8:]


@given(SITES, st.text(alphabet="abc/?#=&%20:-._~@", max_size=40))
def test_every_plain_https_address_is_let_in(site, rest):
    link = f"https://{site}/{rest}"
    assert links.tidy(f" {link} ") == link


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "begins with https://"),
        ("http://meet.example/", "begins with https://"),
        ("javascript:alert(1)", "begins with https://"),
        ("https://meet.example/" + "a" * 500, "500 characters"),
        ("https://meet.example/our room", "contains a space"),
        ("https://ada:secret@meet.example/", "name and password"),
        ("https://localhost/", "must name a site"),
        ("https://10.0.0.1/", "must name a site"),
        ("https://", "must name a site"),
    ],
)
def test_what_is_no_link_is_refused_in_words(typed, words):
    with pytest.raises(links.NotALink, match=words):
        links.tidy(typed)


def test_the_scheme_may_be_typed_in_capitals():
    assert links.tidy("HTTPS://Meet.Example:8443/a?b#c") == "https://Meet.Example:8443/a?b#c"
