"""What reading a table takes and gives: choices and dialect in, records and the guess out."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

#: As a choice: no row of the file names its columns.
NO_HEADER = -1
#: As what a column is pointed at: it is not needed, whatever its title says.
NOT_NEEDED = "none"


@dataclass(frozen=True)
class TableDialect:
    """One kind of table: how it is recognised, and how its refusals are worded."""

    #: The key under which pointed columns are remembered.
    name: str
    #: Return how many titles of a row name something that this dialect reads.
    explains: Callable[[Sequence[str]], int]
    #: What a record is, in the plural.
    rows: str
    #: Which file to choose instead of an empty one.
    choose: str
    #: What to do about a file that is too large, or too long.
    smaller: str
    shorter: str
    #: What a column can be pointed at: value and words.
    facts: tuple[tuple[str, str], ...] = ()
    #: Return whether a cell is what stands under a title and never is one, such as a year group.
    is_value: Callable[[str], bool] = lambda _cell: False


@dataclass(frozen=True)
class TableChoices:
    """How a person says that a file is to be read; what is None is guessed."""

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    #: The line of the header, or NO_HEADER.
    header_line: int | None = None
    #: What columns are, by their place from 0: a fact of the dialect, or NOT_NEEDED.
    columns: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableGuess:
    """How a file was read. Of encoding and separator a workbook has none, and text has no sheet."""

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    #: All sheets that hold anything.
    sheets: tuple[str, ...] = ()
    header_line: int = NO_HEADER
    #: The first lines of the file, any of which may be its header: line and cells.
    top: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Record:
    """One record: the line of the file on which it begins, and its cells without outer spaces."""

    line: int
    cells: tuple[str, ...]
    #: Its quotation marks do not match, so its cells may be cut in the wrong places.
    is_odd: bool = False

    @property
    def shown(self) -> str:
        """A short form in which people find the record in their file."""
        return " · ".join(cell for cell in self.cells if cell)[:80]


@dataclass(frozen=True)
class OmittedRecord:
    """A record that is left out, and why, as a sentence."""

    line: int
    shown: str
    why: str
    cells: tuple[str, ...] = ()
    #: False for what a report prints between its records: a total, the header once more.
    is_record: bool = True


@dataclass(frozen=True)
class ReadTable:
    """A file, read. Records and omitted ones are together all that stand under the header."""

    header: tuple[str, ...]
    records: tuple[Record, ...]
    omitted: tuple[OmittedRecord, ...]
    guess: TableGuess
    #: What columns were pointed at, by place.
    pointed: Mapping[int, str] = field(default_factory=dict)

    @property
    def in_order(self) -> list[Record | OmittedRecord]:
        """All that stands under the header, read or left out, as it stands in the file."""
        every: list[Record | OmittedRecord] = [*self.records, *self.omitted]
        return sorted(every, key=lambda one: one.line)


def folded(title: str) -> str:
    """Return a column's title as it is compared and remembered."""
    return " ".join(unicodedata.normalize("NFKC", title).casefold().split())
