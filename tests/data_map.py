"""`python -m tests.data_map`: draw dist/DATA-MAP.md from what the program itself goes by.

What is kept is `domain/keeping`, which the privacy page prints and the purge carries out; who reads
an answer is `domain/readers`; what is encrypted is said by the columns of the models.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from booking import features
from booking.domain import keeping, readers
from booking.domain.keeping import KeptRow, LawfulBasis, Whose
from booking.foundation.db import Model
from booking.foundation.encryption import EncryptedBytes, EncryptedText

MAP = Path(__file__).parents[1] / "dist" / "DATA-MAP.md"
HEAD = """\
# Data map

What lies where, why, for how long, and who reads it: drawn by `make data-map` from the tables by
which the program itself goes. docs/CONTROLS.md says what each level asks for. Everything is in the
one database, and in its copies for as long as the site’s settings say.
"""
#: How sensitive: see CONTROLS. Health and what may end in court are above everything else.
LEVELS = {
    Whose.FAMILIES: 3,
    Whose.ADULTS: 3,
    Whose.STAFF: 2,
    Whose.MONEY: 2,
    Whose.NETWORK: 2,
}
HIGHEST = {LawfulBasis.HEALTH, LawfulBasis.CLAIMS}


def level(row: KeptRow) -> int:
    """Return how sensitive a kind of data is, from 1 to 4."""
    return 4 if row.basis in HIGHEST else LEVELS[row.whose]


def drawn() -> str:
    """Return the map."""
    return "\n".join([HEAD, *_kept(), *_read(), *_encrypted()])


def _kept() -> Iterator[str]:
    for whose in Whose:
        yield f"## {whose}\n"
        yield "| Level | What | Why | How long | What remains | Where |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for row in (row for row in keeping.TABLE if row.whose is whose):
            why = f"{row.purpose} ({row.basis})"
            places = "; ".join(_places(row.columns))
            cells = (str(level(row)), row.what, why, row.how_long, row.remains or "nothing", places)
            yield f"| {' | '.join(cells)} |"
        yield ""


def _places(columns: frozenset[str]) -> Iterator[str]:
    """Yield each table with its columns."""
    tables = sorted({column.partition(".")[0] for column in columns})
    for table in tables:
        names = sorted(each.partition(".")[2] for each in columns if each.startswith(f"{table}."))
        yield f"`{table}`: {', '.join(names)}"


def _read() -> Iterator[str]:
    yield "## Who reads what a family answers\n"
    yield "| Answer | Who | When | On the page |"
    yield "| --- | --- | --- | --- |"
    for question in readers.QUESTIONS:
        for reader in question.readers:
            when = reader.window.words
            yield f"| {question.name} | {reader.who} | {when} | `{reader.page}` |"
    yield ""


def _encrypted() -> Iterator[str]:
    for name in features.FEATURES:
        import_module(f"booking.{name}.wiring")  # and so its models
    kinds = (EncryptedText, EncryptedBytes)
    found = sorted(
        f"`{table.name}`: {column.name}"
        for table in Model.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, kinds)
    )
    yield "## What is encrypted in the database\n"
    yield from (f"- {each}" for each in found)
    yield ""


def headings(text: str) -> list[str]:
    """Return the headings of a map."""
    return re.findall(r"^## (.+)$", text, flags=re.MULTILINE)


if __name__ == "__main__":
    MAP.parent.mkdir(exist_ok=True)
    MAP.write_text(drawn())
