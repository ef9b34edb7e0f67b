"""The table of columns that somebody pointed at: titles of columns, never what is in them."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from booking.foundation import clock
from booking.foundation.db import Model


class PointedColumn(Model):
    """What a column of an owner's files holds, as a person said once."""

    __tablename__ = "pointed_columns"
    __table_args__ = (UniqueConstraint("dialect", "owner", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The kind of table: a TableDialect's name.
    dialect: Mapped[str]
    #: Whose files they are: "school 12".
    owner: Mapped[str]
    #: The column's title, folded.
    title: Mapped[str]
    #: One of the dialect's facts, or that the column is not needed.
    meaning: Mapped[str]
    pointed_at: Mapped[datetime] = mapped_column(default=clock.now)
