"""Where higher features add to a pupil's page without pupils knowing about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from booking.foundation.ports import Port
from booking.people.pupils.models import Pupil


@dataclass(frozen=True)
class PupilPanel:
    """A piece of a pupil's page: its template sees `pupil` and `panel.facts`."""

    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    #: "top" (before the fields) or "bottom".
    where: str = "bottom"


@Port
def panels(pupil: Pupil, *, now: datetime) -> PupilPanel | None:
    """Return a piece of a pupil's page, for the pupil's own school."""
