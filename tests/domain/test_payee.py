"""The account that schools pay into: wrong digits are noticed, what is missing is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import payee
from booking.domain.payee import PayeeMissing, PayeeWrong

IBAN = "GB82 WEST 1234 5698 7654 32"
WHOLE = {
    "PAYEE_NAME": "Aldermere Schools",
    "PAYEE_SORT_CODE": "12 34 56",
    "PAYEE_ACCOUNT_NUMBER": "98765432",
    "PAYEE_ADDRESS": "The Old Library, Market Place,, Aldermere",
}


def test_an_account_is_read_however_it_is_spaced():
    found = payee.of_settings(WHOLE)
    assert (found.sort_code, found.account_number) == ("12-34-56", "98765432")
    assert found.address == ("The Old Library", "Market Place", "Aldermere")
    assert found.missing == ()
    payee.check(found)


def test_an_iban_alone_will_do_and_is_written_in_groups_of_four():
    facts = {**WHOLE, "PAYEE_SORT_CODE": "", "PAYEE_ACCOUNT_NUMBER": ""}
    found = payee.of_settings({**facts, "PAYEE_IBAN": "gb82west12345698765432"})
    assert (found.iban, found.missing) == (IBAN, ())


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"PAYEE_SORT_CODE": "12345"}, "write 6 digits"),
        ({"PAYEE_SORT_CODE": "1O-20-30"}, "write 6 digits"),
        ({"PAYEE_ACCOUNT_NUMBER": "9876543"}, "write 8 digits"),
        ({"PAYEE_ACCOUNT_NUMBER": ""}, "set both"),
        ({"PAYEE_IBAN": "GB83 WEST 1234 5698 7654 32"}, "check digits"),
        ({"PAYEE_IBAN": "GB82 WEST 1234 5698 7654 3"}, "check digits"),
        ({"PAYEE_ACCOUNT_NUMBER": "98765431", "PAYEE_IBAN": IBAN}, "another account"),
    ],
)
def test_an_account_that_cannot_be_is_refused(facts, words):
    with pytest.raises(PayeeWrong, match=words):
        payee.of_settings({**WHOLE, **facts})


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ("PAYEE_NAME", "PAYEE_NAME"),
        ("PAYEE_ADDRESS", "PAYEE_ADDRESS"),
        (("PAYEE_SORT_CODE", "PAYEE_ACCOUNT_NUMBER"), "PAYEE_SORT_CODE and PAYEE_ACCOUNT_NUMBER"),
    ],
)
def test_what_is_missing_is_named_and_no_invoice_is_sent(setting, named):
    gone = (setting,) if isinstance(setting, str) else setting
    found = payee.of_settings({k: v for k, v in WHOLE.items() if k not in gone})
    with pytest.raises(PayeeMissing, match=named):
        payee.check(found)


@given(st.integers(0, 17), st.characters(codec="ascii", categories=["Nd"]))
def test_every_slip_of_one_digit_in_an_iban_is_noticed(place, digit):
    bare = IBAN.replace(" ", "")
    at = [n for n, c in enumerate(bare) if c.isdecimal()][min(place, 15)]
    changed = bare[:at] + digit + bare[at + 1 :]
    facts = {**WHOLE, "PAYEE_IBAN": changed, "PAYEE_SORT_CODE": "", "PAYEE_ACCOUNT_NUMBER": ""}
    if changed == bare:
        assert payee.of_settings(facts).iban == IBAN
    else:
        with pytest.raises(PayeeWrong):
            payee.of_settings(facts)
