"""A statement on paper, by Typst: it reads the document as JSON, so text is only ever text."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

import config as settings
from booking.domain import terms
from booking.fund.statements.document import Document, Table, cell_text

TEMPLATES = Path(settings.ROOT) / "templates" / "print"
#: With more columns than this the paper lies on its side.
UPRIGHT_COLUMNS_MAX = 6


def as_pdf(document: Document, *, network: str) -> bytes:
    """This function will return the statement as a PDF file, A4."""
    content = typst.compile(
        str(TEMPLATES / "statement.typ"),
        root=str(TEMPLATES),
        font_paths=fonts(),
        sys_inputs={"statement": json.dumps(_shown(document, network))},
        timestamp=int(document.made_at.timestamp()),
    )
    assert isinstance(content, bytes), "a PDF is one file"
    return content


@cache
def fonts() -> typst.Fonts:
    """Load the fonts that come with Typst, once: the same paper on every machine."""
    return typst.Fonts(include_system_fonts=False)


def _shown(document: Document, network: str) -> dict[str, Any]:
    widest = max((len(table.head) for table in document.tables), default=0)
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "network": network,
        "made": terms.deadline_text(document.made_at),
        "seal": document.seal,
        "notes": list(document.notes),
        "sideways": widest > UPRIGHT_COLUMNS_MAX,
        "tables": [_table(table) for table in document.tables],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "note": table.note,
        "head": list(table.head),
        "numeric": sorted(table.numeric),
        "rows": [
            {"kind": row.kind.value, "cells": [cell_text(cell) for cell in row.cells]}
            for row in table.rows
        ],
    }
