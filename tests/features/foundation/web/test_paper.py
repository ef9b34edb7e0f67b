"""A long PDF is small, and is made in a process that then ends."""

import io
from datetime import UTC, datetime

import pypdf
import pytest
import typst

from booking.foundation.web import paper

MADE_AT = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)


def made(rows, words="Payment for a place at the Puzzle day"):
    facts = {
        "title": "All funds",
        "subtitle": "School year 2026/27",
        "network": "The network",
        "made": "Monday 1 March 2027",
        "seal": "",
        "notes": [],
        "signed_by": [],
        "sideways": False,
        "rows": f"{rows} lines",
        "tables": [
            {
                "title": "Lines",
                "note": "",
                "head": ["Entry", "In", "Balance"],
                "numeric": [1, 2],
                "rows": [
                    {"kind": "line", "cells": [f"{words} {n}", "£6.00", f"£{6 * n}.00"]}
                    for n in range(rows)
                ],
            }
        ],
    }
    return paper.as_pdf("statement", facts, made_at=MADE_AT, rows=rows)


@pytest.fixture
def refused_here(monkeypatch):
    """Let nothing be laid out in this process, which would keep it."""

    def refuse(*_arguments, **_options):
        raise AssertionError("laid out in the web process")

    monkeypatch.setattr(typst, "compile", refuse)


def test_a_long_pdf_is_not_laid_out_in_the_web_process(refused_here):
    content = made(paper.LONG_ROWS + 1)

    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    text = " ".join(page.extract_text() for page in pages)
    assert f"Puzzle day {paper.LONG_ROWS}" in " ".join(text.split())
    assert pypdf.PdfReader(io.BytesIO(content)).metadata.title == "All funds: School year 2026/27"


def test_a_short_pdf_is_made_at_once(refused_here):
    with pytest.raises(AssertionError, match="laid out in the web process"):
        made(paper.LONG_ROWS)


def test_a_thousand_rows_are_less_than_a_megabyte(refused_here):
    assert len(made(1_000)) < 1_000_000


@pytest.mark.parametrize("rows", [10, paper.LONG_ROWS + 1])
def test_every_pdf_has_tags_for_screen_readers(rows):
    assert b"/StructTreeRoot" in made(rows)


def test_the_same_facts_make_the_same_bytes(refused_here):
    assert made(paper.LONG_ROWS + 1) == made(paper.LONG_ROWS + 1)


def test_words_that_mean_something_to_other_programs_stay_words(refused_here):
    content = made(paper.LONG_ROWS + 1, words="#let x = 2 $y$ ’é")

    text = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert "#let x = 2 $y$ ’é" in " ".join(text.split())
