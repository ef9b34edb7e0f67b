"""Input of a table: a file or pasted text, how it is to be read, and what its columns are."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import islice
from typing import Any

from flask import current_app, request
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, TextAreaField

from booking.foundation.tables import carried, encodings, reading, separated
from booking.foundation.tables.records import (
    NO_HEADER,
    NOT_NEEDED,
    ReadTable,
    TableChoices,
    TableDialect,
)
from booking.foundation.web import uploads
from booking.foundation.web.forms import Depends, Form

#: Text that is not tidied: tabs and ends of lines are what a table is made of.
_VERBATIM = {"data-verbatim": "true"}
_COLUMN = "column_"
#: The value of a choice that is left to the guess.
GUESSED = ""
_SHOWN_MAX = 60
CELLS_SHOWN = 3


class TableFileForm(Form):
    """A file, text pasted from a spreadsheet, or what an earlier page showed of either."""

    file = FileField("CSV or Excel file", [Depends()])
    pasted = TextAreaField(
        "Or paste the table here",
        [Depends()],
        render_kw={**_VERBATIM, "autocomplete": "off", "rows": 4},
    )
    #: What was chosen before, to be read again in another way.
    content = HiddenField(render_kw=_VERBATIM)

    def __init__(self, *, owner: str, missing: str) -> None:
        """Take whose page it is (what it carries is theirs alone), and what to say of nothing."""
        super().__init__()
        self.owner, self.missing = owner, missing

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a file or for pasted text."""
        whole: bool = super().validate(extra_validators)
        if not (self.file.data or (self.pasted.data or "").strip() or self.content.data):
            self.refuse(self.missing, "file")
            return False
        return whole

    def validate_file(self, field: FileField) -> None:
        """Have the file looked at for viruses, before it is read as a table."""
        uploads.looked_at(field, reading.BYTES_MAX)

    @property
    def file_name(self) -> str:
        """The name of the file that was just chosen, or an empty text."""
        return (self.file.data.filename or "") if self.file.data else ""

    def given(self) -> bytes | str:
        """Return the content of what was chosen. Raises ContentTooOld."""
        if self.file.data:
            with closing(self.file.data) as file:
                # One byte more than allowed is enough to know.
                content: bytes = file.read(reading.BYTES_MAX + 1)
                return content
        if (self.pasted.data or "").strip():
            return str(self.pasted.data)
        return carried.unpack(
            self.content.data or "", secret=current_app.config["SIGNING_KEYS"], owner=self.owner
        )

    def choices(self, dialect: TableDialect) -> TableChoices:
        """Return how the person says that the content is to be read."""
        return choices_in(request.form.items(), dialect)


def choices_in(sent: Iterable[tuple[str, str]], dialect: TableDialect) -> TableChoices:
    """Return the choices in the fields of `how_read`; what is not there is guessed."""
    fields = dict(sent)
    header = fields.get("header_line", GUESSED)
    facts = {GUESSED, NOT_NEEDED, *(value for value, _words in dialect.facts)}
    return TableChoices(
        encoding=fields.get("encoding") or None,
        separator=fields.get("separator") or None,
        sheet=fields.get("sheet") or None,
        header_line=int(header) if _is_line(header) else None,
        columns={
            int(name.removeprefix(_COLUMN)): value
            for name, value in fields.items()
            if name.startswith(_COLUMN) and _is_line(name.removeprefix(_COLUMN)) and value in facts
        },
    )


def how_read(
    table: ReadTable,
    dialect: TableDialect,
    *,
    content: bytes | str,
    choices: TableChoices,
    owner: str,
    meanings: Sequence[str | None],
) -> Form:
    """Return the form that shows how a table was read, and sends it to be read in another way.

    `meanings` say of each column what the dialect took it for; None where nobody is asked, because
    nothing else may be made of it. The form stands on the preview (`_macros/reading.html`) and is
    sent to the page that asks for the file.
    """
    fields: dict[str, Any] = {"content": HiddenField(render_kw=_VERBATIM)}
    data: dict[str, Any] = {
        "content": carried.pack(content, secret=current_app.config["SIGNING_KEYS"], owner=owner)
    }
    for name, field, chosen in _ways(table, choices):
        fields[name], data[name] = field, chosen
    for place, title in enumerate(table.header):
        if not title or meanings[place] is None:
            continue
        name = f"{_COLUMN}{place}"
        fields[name] = SelectField(
            f"“{title[:_SHOWN_MAX]}”",
            [Depends()],
            description=_first_cells(table, place),
            choices={
                GUESSED: f"As read: {meanings[place] or 'not used'}",
                **dict(dialect.facts),
                NOT_NEEDED: "Not needed",
            },
        )
        data[name] = table.pointed.get(place, GUESSED)
    form_class: type[Form] = type("HowReadForm", (Form,), fields)
    return form_class(formdata=None, data=data)


def _ways(table: ReadTable, choices: TableChoices) -> Iterable[tuple[str, SelectField, str]]:
    """Yield a field for whatever was guessed of the file as a whole, and what was chosen."""
    guess = table.guess
    if guess.encoding is not None:
        yield (
            "encoding",
            _select("Letters (encoding)", encodings.CHOICES, guess.encoding),
            choices.encoding or GUESSED,
        )
    if guess.separator is not None:
        yield (
            "separator",
            _select("Columns are separated by", separated.CHOICES, guess.separator),
            choices.separator or GUESSED,
        )
    if len(guess.sheets) > 1:
        yield (
            "sheet",
            _select("Sheet", {title: title for title in guess.sheets}, guess.sheet or ""),
            choices.sheet or GUESSED,
        )
    lines = {str(NO_HEADER): "No row names the columns"} | {
        str(line): f"Line {line}: {' · '.join(cell for cell in cells if cell)[:_SHOWN_MAX]}"
        for line, cells in guess.top
    }
    found = str(guess.header_line)
    lines.setdefault(found, f"Line {found}")
    yield (
        "header_line",
        _select("The row with the names of the columns", lines, found),
        GUESSED if choices.header_line is None else str(choices.header_line),
    )


def _first_cells(table: ReadTable, place: int) -> str:
    """Return some cells of a column, by which a person knows what it holds."""
    every = (one.cells[place] for one in table.records if place < len(one.cells))
    some = list(islice(dict.fromkeys(cell for cell in every if cell), CELLS_SHOWN))
    return ", ".join(some)[:_SHOWN_MAX]


def _select(label: str, words: dict[str, str], found: str) -> SelectField:
    return SelectField(label, [Depends()], choices={GUESSED: f"As found: {words[found]}", **words})


def _is_line(text: str) -> bool:
    return text == str(NO_HEADER) or (text.isdecimal() and len(text) < 8)
