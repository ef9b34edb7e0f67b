"""The ledger as an hledger journal (hledger.org, "hledger manual: Journal format").

A fund is the last part of an account's name: `assets:bank:cpd`. Characters with a meaning for
hledger are replaced in what people wrote: a semicolon starts a comment, a bar separates the payee
from the note, a comma ends a tag, a bracket ends the code.
"""

from collections.abc import Iterator

from booking.money.fund import queries
from booking.money.fund.exports.beancount import amount
from booking.money.fund.models import Entry, EntryLine
from booking.money.fund.queries import LedgerMark

MEANINGFUL = str.maketrans({";": "–", "|": "/", ",": " ", "(": "[", ")": "]"})
#: hledger's letters for the types of account.
TYPES = {"assets": "A", "equity": "E", "income": "R", "expenses": "X"}
WIDTH = 58


def lines(mark: LedgerMark) -> Iterator[str]:
    """Yield the whole file."""
    yield "; The ledger of the network, written by Fairplace\n\n"
    yield "commodity £1,000.00\n\n"
    declared = set()
    for name, fund in queries.accounts_used(mark.last_id):
        declared.add(f"{name}:{fund.value}")
        yield _declared(f"{name}:{fund.value}")
    late: set[str] = set()
    for entry in queries.whole(mark.last_id):
        late |= {account(line) for line in entry.lines} - declared
        yield "\n" + transaction(entry)
    for name in sorted(late):  # written while the file was being made
        yield _declared(name)


def _declared(name: str) -> str:
    return f"account {name}  ; type:{TYPES[name.partition(':')[0]]}\n"


def account(line: EntryLine) -> str:
    """Return a line's account, with its fund."""
    return f"{line.account}:{line.fund.value}"


def transaction(entry: Entry) -> str:
    """Return one entry: its date, key, description, tags and lines."""
    tags = {
        "kind": entry.kind,
        "event": entry.event.slug if entry.event else "",
        "school": entry.school,
        "reason": entry.reason,
        "reverses": entry.reverses.key if entry.reverses else "",
    }
    head = f"{entry.entered_on.isoformat()} * ({plain(entry.key)}) {plain(entry.description)}"
    written = [head]
    written += [f"    ; {name}: {plain(value)}" for name, value in tags.items() if value]
    written += [_posting(line) for line in entry.lines]
    return "\n".join(written) + "\n"


def _posting(line: EntryLine) -> str:
    sum_text = "£" + amount(line.pence)
    room = max(WIDTH - len(account(line)), len(sum_text) + 2)
    memo = f"  ; memo: {plain(line.memo)}" if line.memo else ""
    return f"    {account(line)}{sum_text:>{room}}{memo}"


def plain(words: str) -> str:
    """Return words in which no character has a meaning for hledger."""
    return " ".join(words.translate(MEANINGFUL).split())
