"""The benchmark runs and prints what it compares; its figures do not matter here."""

import json
import re
import subprocess
import sys

import pytest

from bench import allocation
from tests.house import tree

PAGES = ("listing", "event page", "coordinator's home", "network feed", "event file")


@pytest.mark.slow
def test_the_benchmark_prints_a_ratio_for_each_page(tmp_path):
    figures = tmp_path / "figures.json"

    ended = subprocess.run(
        [sys.executable, "-m", "bench", "--smoke", "--json", str(figures)],
        cwd=tree.ROOT,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr
    for page in PAGES:
        assert re.search(rf"^{page} .* \d+% ", ended.stdout, flags=re.MULTILINE), page
    written = json.loads(figures.read_text())
    assert {page["name"] for page in written["pages"]} >= set(PAGES)
    assert [row["database"] for row in written["rounds"]] == ["SQLite"]
    assert len(written["allocation"]) == 3
    assert [season["schools"] for season in written["season"]] == [4]
    assert [books["database"] for books in written["ledger"]] == ["SQLite"]
    assert "income and expenditure" in {look["name"] for look in written["ledger"][0]["looks"]}


def test_a_round_ten_times_as_large_takes_no_more_steps_than_n_log_n_would():
    for grown in allocation.measure(schools=2_400, places=100_000, times=1):
        assert grown.steps > grown.places / 2
        assert grown.steps_ratio <= grown.promised_ratio
