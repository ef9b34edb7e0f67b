"""Lock a school's plan: its seats are scarce. An event is locked before its plans."""

from sqlalchemy import select

from booking.foundation.db import db, insert_into
from booking.foundation.tokens import new_public_id
from booking.on_the_day.travel.models import SeatShare, TravelPlan, VisitNotes


def plan(plan_id: int) -> TravelPlan:
    """Return a plan as it is now; whoever asks for its seats waits."""
    return db.session.scalars(
        select(TravelPlan)
        .where(TravelPlan.id == plan_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def plan_of(event_id: int, school_id: int) -> TravelPlan:
    """Return a school's plan, locked, and begin it if there is none: two may begin it at once."""
    db.session.execute(
        insert_into(TravelPlan)
        .values(public_id=new_public_id(), event_id=event_id, school_id=school_id)
        .on_conflict_do_nothing(index_elements=["event_id", "school_id"])
    )
    return db.session.scalars(
        select(TravelPlan)
        .where(TravelPlan.event_id == event_id, TravelPlan.school_id == school_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def plans_of_event(event_id: int) -> list[TravelPlan]:
    """Return every plan for an event, locked in id order."""
    return list(
        db.session.scalars(
            select(TravelPlan)
            .where(TravelPlan.event_id == event_id)
            .order_by(TravelPlan.id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
    )


def share(share_id: int) -> SeatShare:
    """Return seats as they are now, with the plan of the bus locked."""
    plan_id = db.session.scalars(select(SeatShare.plan_id).where(SeatShare.id == share_id)).one()
    plan(plan_id)
    return db.session.scalars(
        select(SeatShare).where(SeatShare.id == share_id).execution_options(populate_existing=True)
    ).one()


def notes_of(event_id: int) -> VisitNotes:
    """Return what the host tells schools, locked, and begin it if there is nothing."""
    db.session.execute(
        insert_into(VisitNotes)
        .values(event_id=event_id)
        .on_conflict_do_nothing(index_elements=["event_id"])
    )
    return db.session.scalars(
        select(VisitNotes)
        .where(VisitNotes.event_id == event_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
