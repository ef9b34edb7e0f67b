"""How it is told in a history that somebody linked a Google or Microsoft account."""

from collections.abc import Mapping
from typing import Any

from booking.domain.identity_claims import ProviderKind
from booking.foundation.audit.details import ActWords, Topic, act
from booking.people.openid.details import TITLES


def acts() -> Mapping[str, ActWords]:
    """Return how these acts are told."""
    return {
        "link_identity": act(
            "Signing in",
            "linked a {provider_title} account to the account of {subject}",
            topic=Topic.ACCOUNTS,
            parts=_title,
        ),
        "unlink_identity": act(
            "Signing in",
            "removed the {provider_title} account from the account of {subject}",
            topic=Topic.ACCOUNTS,
            parts=_title,
        ),
    }


def _title(facts: Mapping[str, Any]) -> Mapping[str, str]:
    return {"provider_title": TITLES[ProviderKind(facts["provider"])]}
