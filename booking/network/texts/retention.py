"""How long it is kept who wrote an old version of a text; the texts themselves stay."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists
from sqlalchemy.orm import aliased

from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, emptying
from booking.network.texts.models import TextVersion


def rules() -> Sequence[RetentionRule]:
    """Return when the names beside old versions go."""
    return (
        emptying(
            "who wrote old versions of texts",
            others.OWN_TEXTS,
            TextVersion,
            _past,
            _nobody,
        ),
    )


def _past(now: datetime) -> Sequence[Any]:
    newer = aliased(TextVersion)
    return (
        TextVersion.written_at <= others.OWN_TEXTS.over(now),
        TextVersion.written_by_id.is_not(None),
        exists().where(newer.key == TextVersion.key, newer.number > TextVersion.number),
    )


def _nobody(_now: datetime) -> Mapping[str, Any]:
    return {"written_by_id": None}
