"""A statement on paper."""

from typing import Any

from booking.domain import english, terms
from booking.foundation.web import lettering, paper
from booking.money.fund.statements.document import Document, Table, cell_text

#: With more columns than this, the page is landscape.
UPRIGHT_COLUMNS_MAX = 6


def as_pdf(document: Document, *, network: str) -> bytes:
    """Return the statement as a PDF file, A4."""
    return paper.as_pdf(
        "statement",
        _shown(document, network),
        made_at=document.made_at,
        rows=_rows(document),
    )


def in_latin(document: Document) -> tuple[str, ...]:
    """Return the texts that the PDF would have in Latin letters only."""
    return lettering.in_latin(_shown(document, ""))


def _rows(document: Document) -> int:
    return sum(len(table.rows) for table in document.tables)


def _shown(document: Document, network: str) -> dict[str, Any]:
    widest = max((len(table.head) for table in document.tables), default=0)
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "network": network,
        "made": terms.in_sentence(document.made_at),
        "seal": document.seal,
        "notes": list(document.notes),
        "signed_by": list(document.signed_by),
        "sideways": widest > UPRIGHT_COLUMNS_MAX,
        "rows": english.plural(_rows(document), "line"),
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
