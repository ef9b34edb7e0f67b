"""Counting pupils in and out of a date: heads as somebody counted them, and what the marks say."""

from collections.abc import Sequence
from dataclasses import dataclass

from booking.domain import english


@dataclass(frozen=True)
class HeadCounts:
    """One date's numbers."""

    #: Marked as here, in time or late.
    here: int = 0
    #: Written down at the door, without being on the list; they are not marked one by one.
    walked_in: int = 0
    #: Marked as gone before the end.
    left_early: int = 0
    #: Marked as collected at the end.
    collected: int = 0
    #: Neither here nor reported absent.
    unexplained: int = 0
    #: Heads that a person counted; None: nobody has yet.
    counted_in: int | None = None
    counted_out: int | None = None

    @property
    def known(self) -> int:
        """How many came, by the register and by what was written down at the door."""
        return self.here + self.walked_in

    @property
    def due_out(self) -> int:
        """How many have to go out at the end, by the marks."""
        return self.known - self.left_early


def differences(counts: HeadCounts) -> Sequence[str]:
    """Return where the numbers of a date do not agree, in sentences; none: they do.

    What has not been counted is no difference; see `missing_counts`.
    """
    said = []
    came, went = counts.counted_in, counts.counted_out
    if came is not None and came != counts.known:
        said.append(
            f"{_more(came - counts.known, 'counted in than the register has here')}: "
            f"{came} {_were(came)} counted in, and {counts.here} {_are(counts.here)} marked"
            f"{_unlisted(counts)}."
        )
    if came is not None and went is not None and came != went + counts.left_early:
        early = f", {counts.left_early} left early" if counts.left_early else ""
        said.append(
            f"{_across(came - counts.left_early - went)}: {came} came in{early} and {went} went "
            "out."
        )
    if went is not None and came is None and went != counts.due_out:
        said.append(
            f"{_more(went - counts.due_out, 'counted out than the register has here')}: "
            f"{went} {_were(went)} counted out, and {counts.due_out} had to go."
        )
    if went is not None and counts.collected and counts.collected + counts.walked_in != went:
        said.append(
            f"{counts.collected} {_are(counts.collected)} marked as collected, and {went} "
            f"{_were(went)} counted out{_unlisted(counts)}."
        )
    return said


def missing_counts(counts: HeadCounts) -> Sequence[str]:
    """Return what still has to be counted, in a sentence; none: nothing.

    The register says how many came in. All of them have to be counted out, or be marked as gone.
    """
    still = counts.due_out - counts.collected
    if counts.counted_out is not None or still <= 0:
        return []
    pupils = english.plural(still, "pupil")
    return [f"{pupils} {_are(still)} neither counted out nor marked as gone."]


def unexplained(counts: HeadCounts) -> Sequence[str]:
    """Return that pupils are unexplained, in a sentence; none: there are none."""
    left = counts.unexplained
    if not left:
        return []
    return [f"{english.plural(left, 'pupil')} {_are(left)} neither here nor reported absent."]


def blocking(counts: HeadCounts, *, is_explained: bool) -> Sequence[str]:
    """Return what keeps a date from being closed, in sentences; none: it can be closed.

    An incident that says why the numbers differ explains their difference and nothing else.
    """
    differ = [] if is_explained else differences(counts)
    return [*unexplained(counts), *missing_counts(counts), *differ]


def _across(more_in: int) -> str:
    """Return how many more came in than went out, or the other way round."""
    if more_in > 0:
        return f"{more_in} more came in than went out"
    return f"{-more_in} more went out than came in"


def _more(difference: int, than: str) -> str:
    return f"{abs(difference)} {'more' if difference > 0 else 'fewer'} {than}"


def _unlisted(counts: HeadCounts) -> str:
    """Return that some came without being on the list; nothing if nobody did."""
    return f"; {counts.walked_in} came without being on the list" if counts.walked_in else ""


def _are(number: int) -> str:
    return english.agree(number, "is", "are")


def _were(number: int) -> str:
    return english.agree(number, "was", "were")
