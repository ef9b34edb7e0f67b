"""The bank is the network's own account; the card processor takes card payments."""

import re

import pytest

from tests.house import tree

GLOSSARY = "docs/glossary.md"
#: Where card payments are taken and cleared, and what parents read: no bank is involved.
ROOMS = (
    "booking/money/payments/",
    "booking/money/checkout/",
    "booking/money/clearing/",
    "booking/domain/payment_states.py",
    "booking/domain/processor_states.py",
    "templates/money/parent/",
    "templates/money/checkout/",
    "templates/money/clearing/",
    "templates/money/demo_processor/",
    "templates/emails/",
    "tests/builders/checkout.py",
    "tests/features/money/checkout/",
    "tests/features/money/payments/",
)
#: What may be said about a bank there: the network's own account, and a cardholder's bank.
ALLOWED = (
    r"\b(accounts\.)?(?-i:BANK)\b",
    r"\bassets:bank\b",
    r"\bbank accounts?\b",
    r'"bank_account"',
    r"_in_the_bank\b",
    r"\bbank[ _]transfers?\b",
    r"(\b|_)banked(_on)?\b",
    r"\bbank holidays?\b",
    r"\b(take|takes|taken|took) to the bank\b",
    r"\bcardholder(’|')s bank\b",
    r"\b(tell|told) their bank\b",
    r"\byour bank\b",
)


def banks(text):
    """Return the lines that mention a bank in a way that is not allowed, with their numbers."""
    left = re.sub("|".join(ALLOWED), "", text, flags=re.IGNORECASE)
    lines = zip(text.splitlines(), left.splitlines(), strict=True)
    return [
        f"{number}: {line.strip()}"
        for number, (line, rest) in enumerate(lines, start=1)
        if "bank" in rest.lower()
    ]


def wrong_phrases(glossary):
    """Return the phrases of several words in the glossary's column "not"."""
    rows = [line.strip().strip("|").split("|") for line in glossary.splitlines()]
    cells = [cells[2] for cells in rows if len(cells) == 3]
    phrases = [phrase.strip() for cell in cells for phrase in cell.split(",")]
    return [phrase for phrase in phrases if re.fullmatch(r"[a-z]+( [a-z]+)+", phrase)]


def written():
    """Yield the path and text of code, templates and documents, but for the glossary itself."""
    yield from ((source.path, source.text) for source in tree.sources())
    yield from tree.templates(".html", ".txt").items()
    for path in [*tree.ROOT.glob("*.md"), *(tree.ROOT / "docs").glob("*.md")]:
        yield path.relative_to(tree.ROOT).as_posix(), path.read_text()


def test_whoever_takes_cards_is_never_called_a_bank():
    wrong = [
        f"{path}:{line}"
        for path, text in written()
        if path.startswith(ROOMS)
        for line in [*banks(text), *banks(path)]
    ]

    assert wrong == []


def test_the_glossarys_wrong_phrases_are_written_nowhere():
    phrases = wrong_phrases(tree.document(GLOSSARY))
    mine = "tests/house/test_which_bank.py"

    several = [phrase.replace(" of ", "s? of ") for phrase in phrases]
    wrong = re.compile(rf"\b({'|'.join(several)})s?\b", re.IGNORECASE)

    assert "demo bank" in phrases
    assert [
        f"{path}: {found.group()}"
        for path, text in written()
        if path not in {GLOSSARY, mine}
        for found in wrong.finditer(text)
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "Go to the bank",
        "You pay on the bank’s own page.",
        "class BankSession(Model):",
        "def ask_bank() -> None:",
        "from booking.money.payments import bank_account",
        "The bank wants evidence by Friday.",
        "Cash is taken to the bank, and the bank is asked.",
    ],
)
def test_a_processor_called_a_bank_is_found(text):
    assert banks(text) == [f"1: {text}"]


@pytest.mark.parametrize(
    "text",
    [
        "A payout goes to the network's bank account.",
        "Record cash, a cheque or a bank transfer.",
        "Cash that a school took to the bank, banked once.",
        "The cardholder’s bank decides.",
        "Your bank declined the card.",
    ],
)
def test_the_bank_account_and_the_bank_of_a_cardholder_may_be_named(text):
    assert banks(text) == []
