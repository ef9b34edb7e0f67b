"""Lock a visit, or what a colleague asked, before anything changes: the visit always first."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, select

from booking.domain.visits import COMING
from booking.foundation.db import db
from booking.network.visits.models import StaffVisit, VisitAsk

Row = TypeVar("Row")


def visit(visit_id: int) -> StaffVisit:
    """Return a visit as it is now, locked: its places are given one after the other."""
    return db.session.scalars(_fresh(select(StaffVisit).where(StaffVisit.id == visit_id))).one()


def ask(ask_id: int) -> VisitAsk:
    """Return what a colleague asked as it is now, locked; its visit is locked before it."""
    visit(db.session.scalars(select(VisitAsk.visit_id).where(VisitAsk.id == ask_id)).one())
    return db.session.scalars(_fresh(select(VisitAsk).where(VisitAsk.id == ask_id))).one()


def coming(visit_id: int) -> Sequence[VisitAsk]:
    """Return what is asked or agreed about a visit that is locked already, locked."""
    return _asks(VisitAsk.visit_id == visit_id)


def _asks(*conditions: ColumnElement[bool]) -> Sequence[VisitAsk]:
    found = select(VisitAsk).where(VisitAsk.state.in_(COMING), *conditions).order_by(VisitAsk.id)
    return db.session.scalars(_fresh(found)).all()


def _fresh(found: Select[Row]) -> Select[Row]:
    return found.with_for_update().execution_options(populate_existing=True)
