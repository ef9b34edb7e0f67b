"""Ports of network life: what waits for a person, what is new, what is found, who helps with what.

A feature of network life provides to them in its `wiring.py`; each answers only with what the
person may see, in one query.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.domain.permissions import Actor
from booking.foundation.ports import Port
from booking.foundation.web.navigation import Door
from booking.foundation.web.task_lists import Task


@dataclass(frozen=True)
class WhatIsNew:
    """Something that came lately: what it is, its kind in one word, when, and where it is."""

    item: str
    kind: str
    when: datetime
    link: str


@dataclass(frozen=True)
class FoundTitle:
    """Something whose title has what was searched for."""

    item: str
    kind: str
    link: str


@dataclass(frozen=True)
class HelpedArea:
    """An area in which colleagues offer help."""

    key: str
    name: str


@Port
def helped_areas() -> Sequence[HelpedArea] | None:
    """Return the areas in which colleagues offer help, by name."""


@Port
def helps_with(*, actor: Actor) -> Collection[str] | None:
    """Return the keys of the areas in which a person offers help to other schools."""


@Port
def life_doors() -> Sequence[Door] | None:
    """Return the pages of a feature of network life."""


@Port
def needs_me(*, actor: Actor, now: datetime) -> Sequence[Task] | None:
    """Return what waits for a person, a few at most."""


@Port
def what_is_new(*, actor: Actor, now: datetime, since: datetime) -> Sequence[WhatIsNew] | None:
    """Return what came after `since` and is for this person, newest first, a few at most."""


@Port
def found(*, actor: Actor, text: str) -> Sequence[FoundTitle] | None:
    """Return what has `text` in its title and is for this person, a few at most."""
