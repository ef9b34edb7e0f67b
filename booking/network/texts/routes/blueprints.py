"""The blueprints, and how addresses find a text."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from booking.domain.own_texts import NOTICES, TextKey
from booking.domain.permissions import Action, Scope
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.network.texts import queries
from booking.network.texts.models import TextVersion
from booking.network.texts.refusals import FactsRefused, NotDescribed, TextRefused, TextUnchanged

#: What everybody may read.
about = Blueprint("about", __name__)
#: Where the lead writes it.
texts = Blueprint("texts", __name__, url_prefix="/admin/words")

REFUSALS: Refusals = {
    TextRefused: "",
    TextUnchanged: "text",
    FactsRefused: "",
    NotDescribed: "alt",
}


def load_key(key: str) -> TextKey | None:
    """Return which text an address names."""
    return next((each for each in TextKey if each.value == key), None)


def load_notice(key: str) -> TextKey | None:
    """Return which notice an address names; everybody may read all versions of one."""
    found = load_key(key)
    return found if found in NOTICES else None


def load_version(key: str, number: int) -> TextVersion | None:
    """Return which version of which text an address names."""
    found = load_key(key)
    return None if found is None else queries.version(found, number)


def of_a_text(action: Action) -> Callable[[Any], Any]:
    """Admit people who may do this to the network's texts."""
    return requires(action, load=load_key, scope=lambda _key: Scope(), name="key")


def of_a_version(action: Action) -> Callable[[Any], Any]:
    """Admit people who may do this to the version at this address."""
    return requires(action, load=load_version, scope=lambda _version: Scope(), name="version")
