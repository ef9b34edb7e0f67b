"""The command that proves now, by hand, what the worker proves each night."""

import json
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import with_appcontext

from booking.cli.progress import Progress
from booking.domain.proving import ProofOutcome, ProofPart
from booking.proofs import proving, restoring, words
from booking.proofs.details import Found
from booking.proofs.proving import Proved

MARKS = {ProofOutcome.PROVED: "ok", ProofOutcome.FAILED: "no", ProofOutcome.UNPROVED: "--"}


@click.command()
@click.option(
    "--part",
    "names",
    type=click.Choice([each.value for each in ProofPart]),
    multiple=True,
    help="Only this part; may be given several times.",
)
@click.option("--whole", is_flag=True, help="Verify both chains from their first rows.")
@click.option(
    "--copy",
    "path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Only try out this copy of the database, wherever it was made; nothing is written down.",
)
@click.option(
    "--key",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The private key, if that copy is encrypted.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything for a program.")
@with_appcontext
def prove(
    names: tuple[str, ...], whole: bool, path: Path | None, key: Path | None, as_json: bool
) -> None:
    """Prove that all is sound, as the worker does each night; exit with 1 if anything is not."""
    tell = Progress()
    if path is not None:
        found = restoring.examine(path, digest="", key=key, tell=tell)
        results = [Proved(ProofPart.COPY, found, 0.0)]
    elif key is not None:
        raise click.UsageError("Name the copy that the key opens with --copy.")
    else:
        results = list(_proved([ProofPart(name) for name in names] or list(ProofPart), whole, tell))
    tell.end()
    if as_json:
        print(json.dumps([_as_json(each) for each in results], indent=2, ensure_ascii=False))
    else:
        for each in results:
            _print(each.part, each.found, each.seconds)
    if any(each.found.outcome is ProofOutcome.FAILED for each in results):
        raise SystemExit(1)


def _proved(chosen: list[ProofPart], whole: bool, tell: Progress) -> Iterator[Proved]:
    try:
        yield from proving.prove(lambda: chosen, whole=whole, tell=tell)
    except proving.Busy as error:
        raise click.ClickException(
            "The worker, or another command, is proving at the moment. Try again in a minute."
        ) from error


def _print(part: ProofPart, found: Found, seconds: float) -> None:
    print(
        f"{MARKS[found.outcome]:3} {words.TITLES[part]}: {_counts(part, found)}, in {seconds:.1f} s"
    )
    for problem in found.problems:
        print(f"      {problem}")
    if found.reason:
        print(f"      Not proved here: {words.REASONS[found.reason]}")


def _counts(part: ProofPart, found: Found) -> str:
    return words.counts(
        part, checks=found.checks, counted=found.counted, reached=found.reached.rows
    )


def _as_json(each: Proved) -> dict[str, object]:
    found = each.found
    return {
        "part": each.part.value,
        "outcome": found.outcome.value,
        "checks": found.checks,
        "counted": found.counted,
        "seconds": round(each.seconds, 3),
        "problems": found.problems,
        "reason": found.reason,
        "whole": found.is_whole,
    }
