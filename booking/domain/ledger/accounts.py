"""The accounts of the ledger: a fixed list, and one debtor account for each school.

Names have colons as in plain-text accounting: the first word is the class of the account.
"""

import re

#: How the names of accounts that hold money, or a claim to it, begin.
ASSETS = "assets:"

CARD_CLEARING = "assets:card-clearing"
BANK = "assets:bank"
CASH = "assets:cash"
#: Card processor's money that nobody has explained yet: below zero came in, above zero went out.
TO_EXPLAIN = "assets:to-explain"
CONTRIBUTIONS = "income:contributions"
CHARGES = "income:charges"
SCHOOL_PAYMENTS = "income:school-payments"
SUBSCRIPTIONS = "income:subscriptions"
GRANTS = "income:grants"
EVENT_COSTS = "expenses:event-costs"
SPEAKERS = "expenses:speakers"
COURSE_SUBSIDIES = "expenses:course-subsidies"
CARD_FEES = "expenses:card-fees"
ADMIN_COSTS = "expenses:admin"
OPENING = "equity:opening"
TRANSFERS = "equity:transfers"

#: Each fixed account and what people call it, in the order in which statements list them.
NAMES = {
    BANK: "Bank",
    CARD_CLEARING: "Card payments not yet paid out",
    CASH: "Cash",
    TO_EXPLAIN: "Money to explain",
    CONTRIBUTIONS: "Voluntary contributions",
    CHARGES: "Charges",
    SCHOOL_PAYMENTS: "Payments by schools",
    SUBSCRIPTIONS: "Schools’ subscriptions",
    GRANTS: "Grants",
    EVENT_COSTS: "Costs of events",
    SPEAKERS: "Speakers",
    COURSE_SUBSIDIES: "Course subsidies",
    CARD_FEES: "Card fees",
    ADMIN_COSTS: "Administration",
    OPENING: "Opening balances",
    TRANSFERS: "Transfers between funds",
}

#: Accounts that only card payments move.
OF_CARDS = frozenset({CARD_CLEARING, TO_EXPLAIN, CARD_FEES})

#: Classes of accounts whose lines people read together, and what they call them.
GROUPS = {
    "income": "All income",
    "expenses": "All expenditure",
    "equity": "Opening balances and transfers",
}

_DUE_FROM_SCHOOL = "assets:due-from-school:"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

#: Where the network keeps money: a payment comes from, and goes to, one of these.
MONEY = (BANK, CARD_CLEARING, CASH)


class UnknownAccount(ValueError):
    """The ledger has no account of this name."""


def account(name: str) -> str:
    """Return the name if the ledger has such an account, or raise."""
    school = name.removeprefix(_DUE_FROM_SCHOOL)
    if name in NAMES or (school != name and _SLUG.fullmatch(school)):
        return name
    raise UnknownAccount(f"The ledger has no account “{name[:60]}”. Choose one that it has.")


def title(name: str) -> str:
    """Return what people call an account, or a group of accounts."""
    school = name.removeprefix(_DUE_FROM_SCHOOL)
    return NAMES.get(name) or GROUPS.get(name) or f"Due from {school.replace('-', ' ').title()}"


def due_from_school(slug: str) -> str:
    """Return the name of the account of what one school owes."""
    return account(_DUE_FROM_SCHOOL + slug)


def school_of(name: str) -> str:
    """Return the slug of the school that owes an account's money."""
    assert is_due_from_school(name), "only a school's debt is a school's"
    return name.removeprefix(_DUE_FROM_SCHOOL)


def is_asset(name: str) -> bool:
    """Return whether an account holds money or a claim to it."""
    return name.startswith(ASSETS)


def is_due_from_school(name: str) -> bool:
    """Return whether an account is a claim on a school, not yet money."""
    return name.startswith(_DUE_FROM_SCHOOL)


def is_income(name: str) -> bool:
    """Return whether an account is an income account."""
    return name.startswith("income:")


def is_equity(name: str) -> bool:
    """Return whether an account is an opening balance or a transfer."""
    return name.startswith("equity:")


def is_expense(name: str) -> bool:
    """Return whether an account is an expense account."""
    return name.startswith("expenses:")
