"""What the lead keeps: the list of areas, and whether schools are introduced at once."""

from datetime import datetime

from booking.domain.helping import AREA_MAX
from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.network.directory import queries
from booking.network.directory.models import DirectoryChoice, HelpArea
from booking.network.directory.refusals import AreaRefused
from booking.network.directory.service import steps


def add_area(*, actor: Actor, now: datetime, name: str) -> HelpArea:
    """Put an area on the list; a retired one comes back. Raises AreaRefused."""
    name = name.strip()
    if not name or len(name) > AREA_MAX:
        raise AreaRefused(f"Give the area a name of at most {AREA_MAX} characters.")
    found = queries.area_named(name)
    if found is not None and found.retired_at is None:
        raise AreaRefused("This area is on the list already.")
    area = found or HelpArea(name=name)
    area.retired_at = None
    db.session.add(area)
    db.session.flush()
    steps.record(actor=actor, action="add_help_area", subject=area, now=now)
    return area


def remove_area(*, actor: Actor, now: datetime, area: HelpArea) -> bool:
    """Take an area off the list; return whether it was retired because something has it."""
    in_use = queries.is_in_use(area.id)
    steps.record(actor=actor, action="remove_help_area", subject=area, now=now)
    if in_use:
        area.retired_at = area.retired_at or now
    else:
        db.session.delete(area)
    return in_use


def choose(*, actor: Actor, now: datetime, at_once: bool) -> None:
    """Say whether schools are introduced at once; choosing the same again changes nothing."""
    row = db.session.get(DirectoryChoice, 1) or DirectoryChoice(id=1)
    if bool(row.at_once) is at_once:
        return
    row.at_once = at_once
    db.session.add(row)
    steps.record(actor=actor, action="choose_introductions", subject=row, now=now, at_once=at_once)
