"""How choices of mail are told in a history."""

from collections.abc import Mapping
from typing import Any

from booking.foundation.audit.details import ActWords, Topic, act
from booking.people.mail_choices import words
from booking.people.mail_choices.models import StoppableMail


def acts() -> Mapping[str, ActWords]:
    """Return how these acts are told."""
    return {
        "stop_mail": act(
            "Accounts",
            "stopped the mail “{mail_kind}” to {subject}",
            topic=Topic.ACCOUNTS,
            parts=_kind,
        ),
        "start_mail": act(
            "Accounts",
            "started the mail “{mail_kind}” to {subject} again",
            topic=Topic.ACCOUNTS,
            parts=_kind,
        ),
    }


def _kind(facts: Mapping[str, Any]) -> Mapping[str, str]:
    return {"mail_kind": words.title(StoppableMail(facts["kind"]))}
