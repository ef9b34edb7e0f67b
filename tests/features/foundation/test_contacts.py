"""Addresses: checked in one way everywhere, and written with their owner's name."""

from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.foundation import contacts


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Sam.Okoro@Parents.example ", "sam.okoro@parents.example"),
        ("sam+school@mail.school.sch.uk", "sam+school@mail.school.sch.uk"),
        ("o'neill@parents.example", "o'neill@parents.example"),
    ],
)
def test_an_address_is_kept_in_one_spelling(typed, stored):
    assert contacts.email_address(typed) == stored


@pytest.mark.parametrize(
    "typed", ["", "sam", "sam@", "@parents.example", "a b@parents.example", "sam@[192.0.2.1]"]
)
def test_what_has_no_form_of_an_address_is_refused(typed):
    with pytest.raises(contacts.NotAnEmail, match="is not an e-mail address"):
        contacts.email_address(typed)


@pytest.mark.parametrize(
    "typed", ["sam@localhost", "sam@mailserver", "sam@mail.local", "sam@x.invalid", "sam@x.test"]
)
def test_what_no_mail_can_reach_is_refused_as_such(typed):
    with pytest.raises(contacts.Unreachable, match="No mail can ever reach"):
        contacts.email_address(typed)


@given(st.text(max_size=60))
def test_whatever_is_accepted_is_accepted_again_unchanged(typed):
    try:
        email = contacts.email_address(typed)
    except contacts.NotAnEmail:
        return
    assert contacts.email_address(email) == email
    assert len(email) <= contacts.EMAIL_MAX


@given(st.text(max_size=100))
def test_a_name_never_changes_whose_mailbox_it_is(name):
    header = contacts.mailbox(name, "sam@school.example")
    message = EmailMessage()
    message["Reply-To"] = header

    assert parseaddr(header)[1] == "sam@school.example" or not header
    written = message.as_bytes().decode()
    assert [line for line in written.splitlines() if line.startswith("Reply-To")] or not header
    assert "\nBcc" not in written


def test_a_mailbox_has_the_name_of_its_owner():
    assert contacts.mailbox("Sam O'Neill", "sam@school.example") == (
        "Sam O'Neill <sam@school.example>"
    )
    assert contacts.mailbox("Neill, Sam", "sam@school.example") == (
        '"Neill, Sam" <sam@school.example>'
    )


def test_an_address_that_not_every_server_passes_on_is_left_out():
    assert contacts.mailbox("Sam", "säm@school.example") == ""
