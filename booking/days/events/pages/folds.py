"""What the form for an event folds away: each part said in a sentence, with "change" to open it.

A part is a name, the fields that it holds, and its sentence; `days/host/_fold_<name>.html` draws
it. A new field joins the part that it belongs to, or is a part of its own.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from booking.days.events import labels, words
from booking.days.events.models import Sharing
from booking.domain import english, money, terms
from booking.domain.charging import FeeKind

#: What stands in each field of the form, read or not.
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Fold:
    """A part of the form that is folded away, and whether it is open."""

    name: str
    sentence: str
    is_open: bool

    @property
    def template(self) -> str:
        """Return the template that draws its fields."""
        return f"days/host/_fold_{self.name}.html"

    @property
    def is_of_rules(self) -> bool:
        """Return whether it holds rules, dates and amounts only, and no texts about anybody."""
        return self.name not in TEXTS


def folds(facts: Facts, *, asked: Collection[str], wrong: Collection[str]) -> dict[str, Fold]:
    """Return the parts of which the form asks something, open where something is wrong."""
    found = {}
    for name, (fields, sentence) in PARTS.items():
        if not set(fields).isdisjoint(asked):
            is_open = not set(fields).isdisjoint(wrong)
            found[name] = Fold(name, sentence(facts), is_open)
    return found


def _where(facts: Facts) -> str:
    address = ", ".join((facts["venue_address"] or "").splitlines())
    at = f"At {address}" if address else "At the host school’s own address"
    contact = ", ".join(filter(None, (facts["contact_name"], facts["contact_phone"])))
    return f"{at}; contact on the day: {contact or 'none yet'}"


def _practicalities(facts: Facts) -> str:
    if facts["practicalities"]:
        return "Good to know, such as what to bring and lunch, is written"
    return "Nothing yet about what to bring, lunch or where to arrive"


def _about(facts: Facts) -> str:
    theme = f"Theme: {facts['theme']}" if facts["theme"] else "No theme yet"
    led = f"led by {facts['led_by']}" if facts["led_by"] else "nobody leads it yet"
    impact = "what we hope it changes is written" if facts["intended_impact"] else ""
    return "; ".join(filter(None, (theme, led, impact)))


def _sharing(facts: Facts) -> str:
    sharing = facts["sharing"]
    name = words.SHARING_NAMES.get(sharing) or labels.of("sharing")
    if sharing is Sharing.FAIR_ROUND:
        return f"{name}; requests close {_deadline(facts['requests_close_at'])}"
    if sharing is Sharing.SET_QUOTAS:
        return f"{name}; unclaimed places go to other schools {_deadline(facts['release_at'])}"
    return name


def _naming(facts: Facts) -> str:
    at = facts["naming_close_at"]
    return f"Schools name their pupils {'by ' if at else ''}{_deadline(at)}"


def _answers(facts: Facts) -> str:
    reply = english.plural(facts["reply_days"] or 0, "school day")
    offer = facts["offer_days"] or 0
    return f"Parents have {reply} to answer; a school has {offer} to take up an offer"


def _limits(facts: Facts) -> str:
    cap = facts["cap_per_school"]
    most = "no limit for one school" if cap is None else f"no school gets more than {cap:,}"
    if facts["sharing"] is Sharing.FIRST_COME:
        return "Enter a limit for each school" if cap is None else most.capitalize()
    if not facts["guarantee"]:
        return f"No school is guaranteed a place; {most}"
    return f"Each school is guaranteed {english.plural(facts['guarantee'], 'place')}; {most}"


def _host_places(facts: Facts) -> str:
    kept = facts["host_places"]
    return f"The host keeps {english.plural(kept, 'place') if kept else 'no places'} for itself"


def _minimum(facts: Facts) -> str:
    least = facts["min_pupils"]
    if least is None:
        return "Runs with any number of pupils"
    runs = f"Runs with at least {english.plural(least, 'pupil')}"
    return f"{runs}; you decide by {_in_sentence(facts['decide_at'])}"


def _money(facts: Facts) -> str:
    rows = [row for row in facts["cost_lines"] if _pence(row)]
    cost = f"budget {money.pounds(sum(map(_pence, rows)))}" if rows else "no budget yet"
    if facts["fee_kind"] is FeeKind.FREE:
        return f"Nothing to pay; {cost}"
    parts = [row for row in facts["fee_parts"] if _pence(row)]
    where = english.listed([_part(row) for row in parts]) if parts else "still to say"
    return f"Where the money goes: {where}; {cost}"


def _part(row: Any) -> str:
    return f"{money.pounds(_pence(row))} {_cell(row, 'label') or ''}".strip()


def _pence(row: Any) -> int:
    return _cell(row, "pence") or 0


def _cell(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else getattr(row, name)


def _deadline(at: datetime | None) -> str:
    return terms.deadline_text(at) if at is not None else "on a day that follows from the date"


def _in_sentence(at: datetime | None) -> str:
    return terms.in_sentence(at) if at is not None else "a day that follows from the date"


#: The parts that hold what a person writes.
TEXTS = frozenset({"where", "about", "practicalities"})
PARTS: Mapping[str, tuple[tuple[str, ...], Callable[[Facts], str]]] = {
    "where": (("venue_address", "contact_name", "contact_phone"), _where),
    "about": (("theme", "intended_impact", "led_by"), _about),
    "practicalities": (("practicalities",), _practicalities),
    "sharing": (("sharing", "basis", "requests_close_at", "release_at"), _sharing),
    "naming": (("naming_close_at",), _naming),
    "answers": (("reply_days", "offer_days"), _answers),
    "limits": (("guarantee", "cap_per_school"), _limits),
    "host_places": (("host_places",), _host_places),
    "minimum": (("min_pupils", "decide_at"), _minimum),
    "money": (("fee_parts", "cost_lines", "fee_reason"), _money),
}
