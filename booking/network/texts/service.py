"""Write and take back the network's texts, and keep what it says about itself."""

from datetime import datetime
from hashlib import sha256

from booking.domain import colours, own_texts
from booking.domain.own_texts import TextKey
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.network.texts import locks, queries, words
from booking.network.texts.details import FACT_FIELDS, FactDetails, Logo
from booking.network.texts.models import OwnFacts, TextVersion
from booking.network.texts.refusals import FactsRefused, NotDescribed, TextRefused, TextUnchanged

_AS_IT_CAME = "As it came with Fairplace"


def check(*, key: TextKey, text: str, said: str) -> None:
    """Raise TextRefused if a text cannot be saved as it is."""
    if found := tuple(own_texts.problems(key=key, text=text, said=said)):
        raise TextRefused(found)


def change_text(*, actor: Actor, now: datetime, key: TextKey, text: str, said: str) -> TextVersion:
    """Save a text as a new version; earlier ones stay. Raises TextRefused, TextUnchanged."""
    check(key=key, text=text, said=said)
    before = locks.text(key) or _as_it_came(key, now)
    if before.text == text:
        raise TextUnchanged("This is the text that stands already. Nothing has been saved.")
    version = TextVersion(
        key=key,
        number=before.number + 1,
        text=text,
        said=said.strip(),
        written_at=now,
        written_by_id=actor.person_id,
    )
    db.session.add(version)
    audit.record(
        actor=actor,
        action="change_text",
        subject=version,
        now=now,
        key=key.value,
        number=version.number,
    )
    return version


def take_back(*, actor: Actor, now: datetime, key: TextKey, number: int) -> TextVersion:
    """Let an earlier version stand again, as a new one. Raises TextRefused, TextUnchanged."""
    locks.text(key)
    earlier = queries.version(key, number)
    text = earlier.text if earlier else words.shipped(key)
    said = f"Version {number} again" if number else f"{_AS_IT_CAME}, again"
    return change_text(actor=actor, now=now, key=key, text=text, said=said)


def keep_facts(*, actor: Actor, now: datetime, details: FactDetails) -> OwnFacts:
    """Keep what the network says about itself. Raises FactsRefused."""
    colour = _checked_colour(details.colour)
    row = locks.facts()
    changed = []
    for name in FACT_FIELDS:
        value = colour if name == "colour" else str(getattr(details, name)).strip()
        if getattr(row, name) != value:
            changed.append(name)
            setattr(row, name, value)
    row.changed_at = now
    audit.record(actor=actor, action="keep_facts", subject=row, now=now, fields=changed)
    return row


def keep_logo(*, actor: Actor, now: datetime, logo: Logo, alt: str) -> OwnFacts:
    """Keep a picture as the network's mark. Raises NotDescribed."""
    if not alt.strip():
        raise NotDescribed("Say what the picture shows, for people who cannot see it.")
    row = locks.facts()
    row.logo, row.logo_type, row.logo_alt = logo.content, logo.media_type, alt.strip()
    row.logo_digest = sha256(logo.content).hexdigest()[:16]
    row.logo_width, row.logo_height, row.changed_at = logo.width, logo.height, now
    audit.record(actor=actor, action="keep_logo", subject=row, now=now, digest=row.logo_digest)
    return row


def remove_logo(*, actor: Actor, now: datetime) -> OwnFacts:
    """Return to the mark of Fairplace."""
    row = locks.facts()
    row.logo, row.logo_type, row.logo_alt, row.logo_digest = None, "", "", ""
    row.logo_width, row.logo_height, row.changed_at = 0, 0, now
    audit.record(actor=actor, action="remove_logo", subject=row, now=now)
    return row


def _as_it_came(key: TextKey, now: datetime) -> TextVersion:
    """Keep the text that comes with Fairplace, so that a later release does not change it."""
    version = TextVersion(
        key=key, number=0, text=words.shipped(key), said=_AS_IT_CAME, written_at=now
    )
    db.session.add(version)
    db.session.flush()
    return version


def _checked_colour(text: str) -> str:
    """Return the colour as it is written in style sheets. Raises FactsRefused."""
    if not text.strip():
        return ""
    try:
        colour = colours.read(text)
    except colours.NotAColour as error:
        raise FactsRefused([Problem("colour", str(error))]) from error
    if not colours.is_readable(colour):
        raise FactsRefused(
            [
                Problem(
                    "colour",
                    f"Words in {colour}, or white words on it, would be hard to read. The nearest "
                    f"colour that is easy to read is {colours.nearest_readable(colour)}.",
                )
            ]
        )
    return str(colour)
