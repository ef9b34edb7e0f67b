"""Two people at one form: what somebody else has saved since its page was opened.

`editing` builds a form from a stored row. The page carries a digest of what each field held when it
was read. When the form is sent, it is built once more from the row, under the row's lock, and the
three are compared: as read, as typed, as it stands now. Nothing is saved over a change that the
person has not seen.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from flask import request

from booking.foundation.web import changes
from booking.foundation.web.changes import Change
from booking.foundation.web.forms import contents, locks, meanwhile

if TYPE_CHECKING:
    from booking.foundation.web.forms.base import Form

F = TypeVar("F", bound="Form")
#: The input of the page that carries the digests: "title:4f2c… venue:91ab…".
AS_READ = "as_read"
#: While a form is built from what is stored, nothing that was sent may come into it.
_only_stored: ContextVar[bool] = ContextVar("only_stored", default=False)


class StalePage(Exception):
    """Somebody else has changed the row since the page was opened; nothing was written."""

    def __init__(self, found: "meanwhile.Meanwhile") -> None:
        super().__init__("changed meanwhile")
        self._found = found

    def show(self, form: "Form") -> None:
        """Show in the form what was changed; the person has seen it from then on."""
        assert form.edit is not None, "only an edit is compared"
        self._found.show(form)
        form.edit.seen = written(contents.digests(self._found.stored))
        form.edit.is_stale = True


@dataclass
class Edit:
    """How a form is built from its row, and what was read and typed."""

    build: Callable[[], Any]
    lock: Callable[[], Any]
    #: Finds out who changed the locked row.
    ask_who: Callable[[Any], Sequence[Change]]
    #: The digest of each field as typed, before a validator tidied it.
    typed: Mapping[str, str] = field(default_factory=dict)
    #: The digests of what the person has seen; "" while the page has not been sent.
    seen: str = ""
    #: Whether the page shows what somebody else has changed.
    is_stale: bool = False

    def stored(self) -> Any:
        """Return the form as the row stands now, with nothing that was sent."""
        with _stored_only():
            return self.build()

    def refuse_if_stale(self, form: Any) -> None:
        """Compare, under the row's lock. Raises StalePage."""
        read = _parsed(self.seen)
        if not read:
            return  # no page of ours sent it
        row = self.lock()
        found = meanwhile.compared(form, self.stored(), read=read, typed=self.typed)
        if found.is_any:
            found.by = self.ask_who(row) if row is not None else ()
            raise StalePage(found)


def editing(
    build: Callable[[], F],
    row: Any = None,
    *,
    changed_by: Collection[str],
    school_id: int | None = None,
    lock: Callable[[], Any] | None = None,
) -> F:
    """Return the form that `build` makes of a stored row, guarded against stale pages.

    `changed_by` are the actions of the audit trail that change what the form shows; of a row that
    many schools write to, only those of `school_id` are told. `lock` returns the row, locked: say
    it where a service locks something else before the row, or where the row may not be there yet.
    `build` is called again under that lock.
    """
    form = build()
    form.edit = Edit(
        build,
        lock or (lambda: locks.row(row)),
        lambda locked: changes.made_to(locked, tuple(changed_by), school_id),
        seen=request.form.get(AS_READ, "") if form.is_submitted() else "",
    )
    return form


def reads_only_what_is_stored() -> bool:
    """Return whether a form is being built from its row alone."""
    return _only_stored.get()


@contextmanager
def _stored_only() -> Iterator[None]:
    before = _only_stored.set(True)
    try:
        yield
    finally:
        _only_stored.reset(before)


def written(digests: Mapping[str, str]) -> str:
    """Return digests as the page carries them."""
    return " ".join(f"{name}:{mark}" for name, mark in digests.items())


def _parsed(text: str) -> dict[str, str]:
    """Return the digests that a page carried; what is none is passed over."""
    pairs = (part.partition(":") for part in text.split())
    return {name: mark for name, _, mark in pairs if len(mark) == contents.DIGEST_LENGTH}


def as_read(form: Any) -> str:
    """Return what the page of a form carries: what was read when the person last saw it."""
    if form.edit.seen:
        return str(form.edit.seen)
    # A page that another of its buttons has sent holds nothing of this form.
    return written(contents.digests(form.edit.stored() if form.is_submitted() else form))
