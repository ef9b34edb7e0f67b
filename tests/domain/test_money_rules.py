"""Every rule of money says whether it takes two people; the account in force is one of two's."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from booking.domain import payee
from booking.domain.ledger.money_rules import MONEY_RULES
from booking.domain.payee import Payee
from tests.house import tree

KEEPS = re.compile(r"action=\"((?:keep|offer|show)_\w+|\w+_fund)\"")
WORDS = st.text(alphabet="abc ,", max_size=6)
PAYEES = st.builds(
    Payee,
    name=WORDS,
    sort_code=st.sampled_from(["", "12-34-56", "65-43-21"]),
    account_number=st.sampled_from(["", "01234567", "76543210"]),
    iban=st.sampled_from(["", "GB82 WEST 1234 5698 7654 32"]),
    address=st.just(("The Old Library",)),
)


def test_every_rule_of_money_that_a_page_changes_is_in_the_table():
    source = "\n".join(file.text for file in tree.under("booking/money/"))
    from_variables = {"add_fund", "change_fund", "close_fund", "open_fund", "remove_fund"}

    assert {rule.act for rule in MONEY_RULES} == set(KEEPS.findall(source)) | from_variables
    assert all(rule.what and rule.why for rule in MONEY_RULES)


def test_what_takes_two_is_kept_through_a_book_of_rules():
    books = "\n".join(
        file.text for file in tree.under("booking/money/") if "-> KeptRules | None" in file.text
    )

    for rule in MONEY_RULES:
        assert (f'action="{rule.act}"' in books) == rule.takes_two, rule.what


@given(PAYEES, PAYEES)
def test_nobody_is_asked_to_pay_into_an_account_that_two_did_not_confirm(settings, other):
    confirmed = payee.in_words(other)
    found = payee.in_force(settings, confirmed)

    if confirmed and payee.in_words(settings) != confirmed:
        assert payee.in_words(found) == ""
        assert "PAYEE_NAME" in found.missing
    else:
        assert found == settings


@given(PAYEES)
def test_another_account_never_reads_the_same(settings):
    said = payee.in_words(settings)

    if settings.sort_code and said:
        assert payee.in_words(replace(settings, sort_code="99-99-99")) != said
    assert bool(said) == bool(settings.name and (settings.sort_code or settings.iban))
