"""What was changed meanwhile, by whom, and how a form shows it: merged where nobody disagrees."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_login import current_user
from wtforms import FormField, HiddenField

from booking.domain import english, terms
from booking.foundation import clock
from booking.foundation.web.changes import Change
from booking.foundation.web.forms import contents


@dataclass
class Meanwhile:
    """The difference between what was read and what stands now, as far as it matters."""

    #: The form as the row stands now.
    stored: Any
    #: Fields that somebody else changed and this person left alone.
    merged: Sequence[str]
    #: Fields that both have changed, to different contents.
    disputed: Sequence[str]
    #: Whether something that the page asked can no longer be changed.
    asks_less: bool
    by: Sequence[Change] = field(default_factory=tuple)

    @property
    def is_any(self) -> bool:
        """Whether the person has to look before anything is saved."""
        return bool(self.merged or self.disputed or self.asks_less)

    def _of(self, name: str) -> Change | None:
        """Return the newest change that names a field, else the newest."""
        named = [change for change in self.by if name in change.fields]
        return next(iter(named or self.by), None)

    def show(self, form: Any) -> None:
        """Merge into the form what nobody disputes, and say beside each field what became of it."""
        makers = dict.fromkeys(
            filter(None, (self._of(name) for name in (*self.merged, *self.disputed)))
        )
        form.refuse(_on_top(tuple(makers) or tuple(self.by[:1]), asks_less=self.asks_less))
        for name in self.merged:
            if isinstance(form[name], HiddenField):  # the page itself shows what it stands for
                form.take_over(self.stored[name])
                continue
            was, now = contents.in_words(form[name]), contents.in_words(self.stored[name])
            form.take_over(self.stored[name])
            _say(form[name], f"{_label(form[name])}Changed from “{was}” to “{now}”.")
        for name in self.disputed:
            now, typed = contents.in_words(self.stored[name]), contents.in_words(form[name])
            _say(
                form[name],
                f"{_label(form[name])}{_maker(self._of(name))} saved “{now}”; you have “{typed}”. "
                "Save again to keep yours, or enter theirs.",
            )


def compared(
    form: Any, stored: Any, *, read: Mapping[str, str], typed: Mapping[str, str]
) -> Meanwhile:
    """Compare as read, as typed and as it stands now; same contents are no difference."""
    now = contents.digests(stored)
    changed = [
        name
        for name in _both(form, stored)
        if read.get(name, now[name]) != now[name] and typed.get(name) != now[name]
    ]
    return Meanwhile(
        stored,
        merged=[name for name in changed if typed.get(name) == read[name]],
        disputed=[name for name in changed if typed.get(name) != read[name]],
        asks_less=any(name not in now and hasattr(type(form), name) for name in read),
    )


def _both(form: Any, stored: Any) -> Iterator[str]:
    return (each.short_name for each in contents.of_row(stored) if each.short_name in form)


def _on_top(by: Sequence[Change], *, asks_less: bool) -> str:
    makers = english.listed(f"{_maker(each)} at {_time(each.at)}" for each in by) if by else ""
    less = " Some of it can no longer be changed here." if asks_less else ""
    return (
        f"This was changed while you had the page open{f', by {makers}' if makers else ''}.{less} "
        "What you typed is kept. Look at what is different, then save again."
    )


def _maker(change: Change | None) -> str:
    if change is None:
        return "somebody"
    is_you = change.person_id is not None and change.person_id == current_user.person_id
    return "you, in another window," if is_you else change.who


def _time(at: datetime) -> str:
    local = terms.london(at)
    today = local.date() == clock.today()
    return terms.time_text(local.time()) if today else terms.deadline_text(at)


def _label(each: Any) -> str:
    """Return the name of a group of fields, which its first field does not say."""
    return f"{each.label.text}: " if isinstance(each, FormField) else ""


def _say(each: Any, words: str) -> None:
    """Show words beside a field; a group's stand beside its first field."""
    shown = next(contents.of_row(each.form)) if isinstance(each, FormField) else each
    if words:
        shown.errors = (*shown.errors, words)
