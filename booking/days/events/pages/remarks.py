"""What to look at before an event is published, by severity: said in words, on the last page.

Only a problem keeps an event from being published; it leads to its field. A warning is for the host
to weigh, and a note is good to know.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from booking.days.events import queries, words
from booking.days.events.models import Event
from booking.days.events.pages.corrections import corrections
from booking.domain.charging import Remedy, Warning
from booking.domain.problems import Problem


class Severity(IntEnum):
    """How much something weighs; the worst comes first."""

    PROBLEM = 1
    WARNING = 2
    NOTE = 3


@dataclass(frozen=True)
class Remark:
    """One thing to look at, and the id of its field in the form if it has one."""

    severity: Severity
    words: str
    field_id: str = ""


def remarks(
    event: Event, problems: Iterable[Problem], cautions: Iterable[Warning], *, is_lead: bool
) -> list[Remark]:
    """Return what to look at before an event is published, the worst first.

    `cautions` is what the law on charging says about its fee.
    """
    # Only what a reason can resolve is asked for on the page itself.
    asked = corrections(problem for problem in problems if problem.field != "fee_reason")
    found = [Remark(Severity.PROBLEM, each.words, each.field_id) for each in asked]
    found += [
        Remark(Severity.WARNING, said) for said in _warnings(event, cautions, is_lead=is_lead)
    ]
    if not event.theme:
        said = "It has no theme, so visitors who look for one will not find it."
        found.append(Remark(Severity.NOTE, said, "theme"))
    return sorted(found, key=lambda remark: remark.severity)


def _warnings(event: Event, cautions: Iterable[Warning], *, is_lead: bool) -> Iterator[str]:
    schools = queries.count_schools((event.low_year, event.high_year))
    if guarantee := words.guarantee_warning(event, schools=schools):
        yield guarantee
    for caution in cautions:
        if caution.remedy is Remedy.REASON or is_lead:
            yield caution.words
