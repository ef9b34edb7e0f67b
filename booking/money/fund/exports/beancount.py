"""The ledger in Beancount's language (beancount.github.io, "Beancount Language Syntax").

A fund is the last part of an account's name, `Assets:Bank:CPD`, so that each fund has a balance of
its own. What people wrote is always in strings; everything else is made of our own words.
"""

import re
from collections.abc import Iterator
from datetime import date

from booking.domain.ledger import Fund
from booking.money.fund import queries
from booking.money.fund.models import Entry, EntryLine
from booking.money.fund.queries import LedgerMark

#: The spelling of a fund if its capitalised slug will not do.
FUNDS = {Fund.CPD: "CPD"}
#: The column where amounts end, so that figures line up.
WIDTH = 62


def lines(mark: LedgerMark) -> Iterator[str]:
    """Yield the whole file."""
    yield 'option "title" "Fairplace: the ledger of the network"\n'
    yield 'option "operating_currency" "GBP"\n\n'
    opened = {account(name, fund) for name, fund in queries.accounts_used(mark.last_id)}
    for name in sorted(opened):
        yield _open(mark.first_on, name)
    late: set[str] = set()
    for entry in queries.whole(mark.last_id):
        late |= {account(line.account, line.fund) for line in entry.lines} - opened
        yield "\n" + transaction(entry)
    # Written while the file was being made; order does not matter to Beancount.
    for name in sorted(late):
        yield _open(mark.first_on, name)


def account(name: str, fund: Fund) -> str:
    """Return one of our accounts, with its fund, as Beancount writes accounts."""
    words = [_component(part) for part in name.split(":")]
    return ":".join([*words, FUNDS.get(fund) or _component(fund.value)])


def _component(part: str) -> str:
    return "-".join(word.capitalize() for word in part.split("-"))


def transaction(entry: Entry) -> str:
    """Return one entry: its date, description, kind, event, key and lines."""
    tags = f" #{_tag(entry.kind)}" + (f" ^{_tag(entry.event.slug)}" if entry.event else "")
    written = [f"{entry.entered_on.isoformat()} * {text(entry.description)}{tags}"]
    facts = {
        "key": entry.key,
        "school": entry.school,
        "reason": entry.reason,
        "reverses": entry.reverses.key if entry.reverses else "",
    }
    written += [f"  {name}: {text(value)}" for name, value in facts.items() if value]
    for line in entry.lines:
        written.append(_posting(line))
        if line.memo:
            written.append(f"    memo: {text(line.memo)}")
    return "\n".join(written) + "\n"


def _posting(line: EntryLine) -> str:
    name, sum_text = account(line.account, line.fund), amount(line.pence)
    room = max(WIDTH - len(name), len(sum_text) + 2)
    return f"  {name}{sum_text:>{room}} GBP"


def amount(pence: int) -> str:
    """Return pence as pounds without a currency sign: -120 is "-1.20"."""
    sign = "-" if pence < 0 else ""
    whole, part = divmod(abs(pence), 100)
    return f"{sign}{whole}.{part:02d}"


def text(words: str) -> str:
    """Return words as a Beancount string, on one line."""
    tidied = " ".join(words.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{tidied}"'


def _tag(words: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", words)


def _open(on: date | None, name: str) -> str:
    assert on is not None, "an account is used by an entry, and an entry has a day"
    return f"{on.isoformat()} open {name} GBP\n"
