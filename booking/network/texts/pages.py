"""What pages show of the network's own words: texts with their facts, its mark and its colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from markupsafe import Markup

from booking.domain import colours, own_texts, terms
from booking.domain.colours import Shades
from booking.domain.own_texts import TextKey
from booking.foundation import contacts
from booking.foundation.web import identity, markdown
from booking.foundation.web.identity import Mark, NetworkFacts
from booking.network.texts import queries, words
from booking.network.texts.models import TextVersion

#: Card processors that are real companies, as the notice calls them.
_CARDS = {"stripe": "Stripe"}


@dataclass(frozen=True)
class ShownPart:
    """A piece of a text as a page shows it: its words, or a table that the program draws."""

    html: Markup
    table: str = ""


@dataclass(frozen=True)
class ShownText:
    """One version of a text as a page shows it."""

    key: TextKey
    parts: Sequence[ShownPart]
    #: 0: as it came with Fairplace.
    number: int = 0
    since: datetime | None = None


def standing(key: TextKey) -> ShownText:
    """Return a text as it stands now."""
    version = queries.newest(key)
    return shown(key, version) if version else as_shown(key, words.shipped(key))


def shown(key: TextKey, version: TextVersion) -> ShownText:
    """Return one version of a text."""
    since = version.written_at if version.number else None
    return as_shown(key, version.text, number=version.number, since=since)


def as_shown(
    key: TextKey, text: str, *, number: int = 0, since: datetime | None = None
) -> ShownText:
    """Return a text with the facts of today in it."""
    found = own_texts.parts(text, values(since=since))
    pieces = [ShownPart(markdown.as_own_page(part.text), part.table) for part in found]
    return ShownText(key, pieces, number, since)


def text_of(key: str) -> Markup:
    """Return a text that is part of another feature's page."""
    return Markup("").join(part.html for part in standing(TextKey(key)).parts)


def source(key: TextKey) -> str:
    """Return a text as its writer sees it."""
    version = queries.newest(key)
    return version.text if version else words.shipped(key)


def values(*, since: datetime | None = None) -> Mapping[str, str]:
    """Return what stands for each fact in a text; "" where nobody has given it."""
    said, kept = identity.facts(), queries.facts()
    return {
        "network": said.name,
        "controller": said.body,
        "contact": said.email,
        "telephone": contacts.readable_phone(said.telephone),
        "address": said.postal_address,
        "cards": _CARDS.get(said.payments, ""),
        "since": terms.day_text(terms.london(since).date()) if since else "",
        **{name: str(kept.get(name, "")) for name in _ONLY_KEPT},
    }


#: What no setting says.
_ONLY_KEPT = ("officer", "ico_number", "hosting", "mailing")


def missing() -> Sequence[str]:
    """Return what the privacy notice has to say and cannot, because nobody has given it."""
    found = own_texts.missing(source(TextKey.PRIVACY), values())
    return [own_texts.NEEDED[name] for name in found]


def over_settings(settings: NetworkFacts) -> NetworkFacts | None:
    """Return what the lead has kept about the network, and what the settings say besides."""
    kept = queries.facts()
    if not kept:
        return None
    return replace(
        settings,
        name=str(kept["name"] or settings.name),
        short_name=str(kept["short_name"]),
        body=str(kept["controller"] or settings.body),
        email=str(kept["email"] or settings.email),
        telephone=str(kept["telephone"]),
        postal_address=str(kept["postal_address"]),
        colour=str(kept["colour"]),
        mark=_mark(kept),
    )


def _mark(kept: Mapping[str, Any]) -> Mark | None:
    if not kept["logo_digest"]:
        return None
    size = (kept["logo_width"], kept["logo_height"])
    return Mark(kept["logo_digest"], kept["logo_alt"], *size)


def style_sheet(colour: str) -> str:
    """Return the style sheet of the network's colour; empty for that of Fairplace."""
    if not colour:
        return ""
    palette = colours.palette(colours.read(colour))
    by_day, by_night = (f":root{{{_variables(each)}}}" for each in (palette.day, palette.night))
    return f"{by_day}\n@media screen and (prefers-color-scheme: dark){{{by_night}}}\n"


def _variables(shades: Shades) -> str:
    named = {
        "accent": shades.accent,
        "accent-strong": shades.strong,
        "accent-soft": shades.soft,
        "on-accent": shades.on_accent,
    }
    return "".join(f"--{name}: {value};" for name, value in named.items())


@lru_cache(maxsize=8)
def fingerprint(colour: str) -> str:
    """Return what tells the style sheet of one colour from another, for its address."""
    return sha256(style_sheet(colour).encode()).hexdigest()[:8] if colour else ""


def of_settings() -> Mapping[str, str]:
    """Return what the settings say where the lead has kept nothing, by the form's fields."""
    settings = identity.of_settings()
    return {
        "name": settings.name,
        "email": settings.email,
        "controller": settings.body,
    }
