"""The table of adults who accompany a school's pupils to an event."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Model


class AccompanyingAdult(Model):
    """An adult of the home school on the day, with the mobile the host may ring."""

    __tablename__ = "accompanying_adults"
    __table_args__ = (Index("ix_accompanying_adults_event_id_school_id", "event_id", "school_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    name: Mapped[str]
    mobile: Mapped[str]
