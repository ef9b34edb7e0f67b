"""Offers of returned places."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from booking.days.places.models import Offer, OfferState
from booking.foundation.db import db


def open_offers(*, school_id: int, event_id: int | None = None) -> list[Offer]:
    """Return the offers waiting for a school's answer, the soonest to expire first."""
    statement = (
        select(Offer)
        .where(Offer.school_id == school_id, Offer.state == OfferState.OPEN)
        .options(joinedload(Offer.event), joinedload(Offer.place))
        .order_by(Offer.expires_at, Offer.id)
    )
    if event_id is not None:
        statement = statement.where(Offer.event_id == event_id)
    return list(db.session.scalars(statement))


def offer_by_public_id(public_id: str) -> Offer | None:
    """Return an offer, whatever became of it."""
    return db.session.scalar(select(Offer).where(Offer.public_id == public_id))
