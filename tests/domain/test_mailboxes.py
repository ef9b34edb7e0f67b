"""Domains that can never get mail are known, and slips of the hand are asked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import mailboxes

COMMON = st.sampled_from(sorted(mailboxes.COMMON))
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz.")


@pytest.mark.parametrize(
    ("domain", "is_unreachable"),
    [
        ("gmail.com", False),
        ("school.sch.uk", False),
        ("localhost", True),
        ("mailserver", True),
        ("printer.local", True),
        ("Office.LAN", True),
        ("made-up.invalid", True),
        ("mail.test", True),
        ("latest", True),
        ("192.0.2.1", True),
        ("latest.com", False),
        ("home.uk", False),
        ("parents.example", False),
        ("example.com", False),
    ],
)
def test_an_ending_that_the_internet_does_not_have_is_unreachable(domain, is_unreachable):
    assert mailboxes.is_unreachable(domain, but_invented=True) is is_unreachable


@pytest.mark.parametrize("domain", ["parents.example", "example.com", "mail.example.org"])
def test_invented_names_are_unreachable_for_a_real_network(domain):
    assert mailboxes.is_unreachable(domain, but_invented=False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmail.co.uk", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("hotmial.co.uk", "hotmail.co.uk"),
        ("hotnail.com", "hotmail.com"),
        ("yaho.co.uk", "yahoo.co.uk"),
        ("outlok.com", "outlook.com"),
        ("btinternet.co.uk", "btinternet.com"),
        ("email.com", ""),
        ("ymail.com", ""),
        ("hotmail.fr", ""),
        ("oakfield.sch.uk", ""),
        ("parents.example", ""),
    ],
)
def test_a_familiar_slip_is_recognised(typed, meant):
    assert mailboxes.meant(typed) == meant


@given(st.one_of(st.text(max_size=30), COMMON, st.from_regex(r"[a-z.]{0,20}", fullmatch=True)))
def test_what_was_meant_is_always_a_common_domain_that_needs_no_question(typed):
    found = mailboxes.meant(typed)

    assert found == "" or found in mailboxes.COMMON
    assert mailboxes.meant(found) == ""


@given(COMMON, st.data())
def test_every_single_slip_in_a_common_domain_is_asked_about(domain, data):
    at = data.draw(st.integers(0, len(domain) - 2))
    letter = data.draw(LETTERS)
    slip = data.draw(
        st.sampled_from(
            [
                domain[:at] + domain[at + 1 :],
                domain[:at] + letter + domain[at:],
                domain[:at] + letter + domain[at + 1 :],
                domain[:at] + domain[at + 1] + domain[at] + domain[at + 2 :],
            ]
        )
    )
    is_real = slip in mailboxes.COMMON | mailboxes.ALSO_REAL or slip.startswith(".")

    assert is_real or mailboxes.meant(slip) != ""


@given(st.text(alphabet="abc.", max_size=8), st.text(alphabet="abc.", max_size=8))
def test_a_slip_is_a_slip_from_both_sides(one, other):
    assert mailboxes.is_one_slip(one, other) is mailboxes.is_one_slip(other, one)
