"""Paged lists: one size, one way to ask for a page."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for
from sqlalchemy import Select, func

from booking.foundation.db import db

PAGE_SIZE = 50
#: The largest number accepted in an address: databases cannot count beyond it.
NUMBER_MAX = 10**9
T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list, and what the pager needs."""

    items: list[T]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def last(self) -> int:
        """Return the number of the last page, at least 1."""
        return max(1, -(-self.total // self.size))

    @property
    def previous_url(self) -> str:
        """Return the address of the page before, or an empty text."""
        return self._url(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        """Return the address of the page after, or an empty text."""
        return self._url(self.number + 1) if self.number < self.last else ""

    def _url(self, number: int) -> str:
        arguments: dict[str, Any] = {**request.args, **(request.view_args or {}), "page": number}
        return url_for(str(request.endpoint), **arguments)


def whole(text: str) -> int:
    """Return a number that an address asks for. Raises ValueError if it cannot be one."""
    number = int(text)
    if abs(number) > NUMBER_MAX:
        raise ValueError(text)
    return number


def asked_page() -> int:
    """Return the page number in the address, at least 1."""
    return max(1, request.args.get("page", 1, type=whole))


def page_of(statement: Select[Any], *, number: int, size: int = PAGE_SIZE) -> Page[Any]:
    """Run `statement` for one page; count the list only when it is longer than its first page."""
    rows = db.session.scalars(statement.limit(size).offset((number - 1) * size)).unique().all()
    if number == 1 and len(rows) < size:
        return Page(list(rows), number, len(rows), size)
    counted = statement.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    return Page(list(rows), number, db.session.scalar(counted) or 0, size)
