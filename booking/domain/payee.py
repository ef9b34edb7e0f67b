"""Whom schools pay: the account on the network's invoices, checked as far as its digits allow.

An IBAN has check digits, and so has no slip of one digit or of two digits exchanged. A sort code
and an account number have none of their own: whether they fit each other is known only from the
banks' list of weights, which changes every few months, so we check their form, and compare them
with the IBAN if there is one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from stdnum import iban as ibans
from stdnum.exceptions import ValidationError

from booking.domain import english

#: Each setting, and what it is called in a sentence.
SETTINGS = {
    "PAYEE_NAME": "the name of the account",
    "PAYEE_SORT_CODE": "the sort code",
    "PAYEE_ACCOUNT_NUMBER": "the account number",
    "PAYEE_IBAN": "the IBAN",
    "PAYEE_ADDRESS": "the sender’s address",
    "PAYEE_CONTACT": "whom to ask about an invoice",
}


class PayeeWrong(ValueError):
    """The account cannot be right; the message says which setting to correct."""


class PayeeMissing(ValueError):
    """No invoice can be sent, because nobody could pay it; the message says what is missing."""


@dataclass(frozen=True)
class Payee:
    """The account that invoices are paid into, and who sends them."""

    name: str = ""
    sort_code: str = ""
    account_number: str = ""
    iban: str = ""
    #: The sender's address, line by line.
    address: tuple[str, ...] = ()
    contact: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the settings without which no invoice can be paid; none if it can."""
        needed = [("PAYEE_NAME", self.name), ("PAYEE_ADDRESS", self.address)]
        found = [name for name, value in needed if not value]
        if not self.iban and not self.sort_code:
            found.append("PAYEE_SORT_CODE and PAYEE_ACCOUNT_NUMBER, or PAYEE_IBAN")
        return tuple(found)


def in_words(payee: Payee) -> str:
    """Return the account in one line, as two people confirm it; "" if it is not complete."""
    if not payee.name or not (payee.sort_code or payee.iban):
        return ""
    parts = [
        payee.name,
        f"sort code {payee.sort_code}" if payee.sort_code else "",
        f"account number {payee.account_number}" if payee.account_number else "",
        f"IBAN {payee.iban}" if payee.iban else "",
    ]
    return ", ".join(filter(None, parts))


def in_force(payee: Payee, confirmed: str) -> Payee:
    """Return the payee that the settings name, without an account if two confirmed another one.

    Nothing is then asked from anybody, rather than into an account that one person put there.
    """
    if not confirmed or in_words(payee) == confirmed:
        return payee
    return replace(payee, name="", sort_code="", account_number="", iban="")


def check(payee: Payee) -> None:
    """Raise PayeeMissing unless an invoice says where it is to be paid, and who sends it."""
    if payee.missing:
        raise PayeeMissing(
            "No invoice can be sent, because it could not say where to pay. Ask whoever runs the "
            f"server to set {english.listed(payee.missing)}."
        )


def of_settings(values: Mapping[str, str]) -> Payee:
    """Return the payee that the settings name, with digits in their usual groups.

    Raises PayeeWrong.
    """
    given = {name: " ".join(str(values.get(name, "")).split()) for name in SETTINGS}
    sort_code = _digits(given["PAYEE_SORT_CODE"], 6, "PAYEE_SORT_CODE", "12-34-56")
    account = _digits(given["PAYEE_ACCOUNT_NUMBER"], 8, "PAYEE_ACCOUNT_NUMBER", "01234567")
    if bool(sort_code) != bool(account):
        raise PayeeWrong("PAYEE_SORT_CODE and PAYEE_ACCOUNT_NUMBER belong together: set both.")
    iban = _iban(given["PAYEE_IBAN"])
    if iban.startswith("GB") and sort_code and iban[8:] != sort_code + account:
        raise PayeeWrong(
            "PAYEE_IBAN is of another account than PAYEE_SORT_CODE and PAYEE_ACCOUNT_NUMBER: "
            "correct the one that is wrong."
        )
    address = tuple(part.strip() for part in given["PAYEE_ADDRESS"].split(",") if part.strip())
    return Payee(
        name=given["PAYEE_NAME"],
        sort_code="-".join(re.findall("..", sort_code)),
        account_number=account,
        iban=ibans.format(iban) if iban else "",
        address=address,
        contact=given["PAYEE_CONTACT"],
    )


def _digits(value: str, count: int, setting: str, example: str) -> str:
    bare = re.sub(r"[ -]", "", value)
    if value and not re.fullmatch(rf"[0-9]{{{count}}}", bare):
        raise PayeeWrong(f"{setting} is '{value}'; write {count} digits, such as {example}.")
    return bare


def _iban(value: str) -> str:
    if not value:
        return ""
    try:
        return str(ibans.validate(value))
    except ValidationError as error:
        raise PayeeWrong(
            f"PAYEE_IBAN is '{value}'; its check digits or its length are wrong. Copy it again "
            "from a statement."
        ) from error
