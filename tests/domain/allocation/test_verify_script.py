"""The stand-alone script agrees with the product, and with nobody who changed a record."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given

from booking.domain.allocation import draw, record, share
from booking.domain.allocation.claims import Basis, Claim
from tests.domain.allocation.rounds import PROPERTY, SEED, make_round, rounds

SCRIPT = Path(__file__).parents[3] / "docs" / "verify_allocation.py"
CLAIMS = [
    Claim("ash", 5, weight=30, at_least=1, arrived=2),
    Claim("beech", 4, weight=90, received=3, arrived=1),
    Claim("cedar", 3, weight=60, late=True, in_time=1, arrived=3),
    Claim("elm", 9, weight=60, at_most=2, arrived=4),
]
AGREES = "The record agrees: recomputed from its claims, rule and seed.\n"


def run(path: Path, *options: str) -> tuple[int, str]:
    """Run the script far from the project, so that it cannot import it."""
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(path), *options],
        cwd=path.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def published(basis: Basis = Basis.BY_ROLL) -> bytes:
    round_ = make_round(CLAIMS, places=9, basis=basis)
    return record.to_bytes(record.record(round_, share.allot(round_)))


def test_the_script_agrees_with_a_genuine_record(tmp_path):
    path = tmp_path / "record.json"
    path.write_bytes(published())
    digest = record.json.loads(published())["sha256"]
    kept = ["--commitment", draw.commitment(SEED), "--sha256", digest]
    assert run(path) == (0, AGREES)
    assert run(path, *kept) == (0, AGREES)
    assert run(path, "--commitment", "0" * 64, "--sha256", "0" * 64) == (
        1,
        "The record does NOT agree.\n"
        "- The seed is not the one committed to before requests were made.\n"
        "- The record is not the one published: its digest is different.\n",
    )


@pytest.mark.parametrize(
    ("genuine", "changed", "found"),
    [
        (b'"wanted":5', b'"wanted":4', ["The record has been changed: its digest does not match."]),
        (
            b'"seed":"0',
            b'"seed":"1',
            [
                "The seed is not the one committed to in the record.",
                "The places given are not those that the rule gives.",
                "The record has been changed: its digest does not match.",
            ],
        ),
        (
            b'"places":9',
            b'"places":8',
            [
                "The places given are not those that the rule gives.",
                "The record has been changed: its digest does not match.",
            ],
        ),
        (b'"places":9', b'"places" 9', None),
        (b'"late":true', b'"lite":true', None),
        (b'"arrived":2,', b'"arrived":2 ', None),
        (
            b"fixed-path-1",
            b"fixed-path-2",
            ["This script follows fixed-path-1; the record follows fixed-path-2."],
        ),
    ],
)
def test_the_script_sees_a_changed_byte(tmp_path, genuine, changed, found):
    content = published()
    assert genuine in content
    path = tmp_path / "record.json"
    path.write_bytes(content.replace(genuine, changed, 1))
    status, said = run(path)
    assert status == 1
    assert said.startswith("The record does NOT agree.\n- ")
    if found is not None:
        assert said.splitlines()[1:] == [f"- {one}" for one in found]


def test_the_script_says_when_there_is_no_record(tmp_path):
    status, said = run(tmp_path / "absent.json")
    assert status == 1
    assert "- The file cannot be read as the record of a round: FileNotFoundError" in said


@PROPERTY
@given(rounds())
def test_the_script_gives_the_same_places_as_the_product(round_):
    script = runpy.run_path(str(SCRIPT))
    published_ = record.record(round_, share.allot(round_))
    assert script["discrepancies"](record.to_bytes(published_), None, None) == []


def test_the_script_is_short_and_stands_alone():
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 150
    assert "booking" not in text
