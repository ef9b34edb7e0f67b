"""Tables of pupils, their parents and parents' private links. No UPN, no date of birth."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.foundation import clock
from booking.foundation.db import Model
from booking.foundation.encryption import EncryptedText, Sealed
from booking.foundation.tokens import new_public_id

#: Nobody shares an address within a school; any number of parents may have none.
HAS_ADDRESS_SQL = text("email != ''")


class Pupil(Sealed, Model):
    """A pupil whom a school may put forward for a place: known name and year group.

    Class and admission number only help an import to tell who is who, and stay within the school.
    """

    __tablename__ = "pupils"
    __table_args__ = (
        CheckConstraint("year_group BETWEEN -1 AND 13", name="year_group_known"),
        Index("ix_pupils_school_id_surname", "school_id", "surname", "forename"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    #: The name the pupil is known by.
    forename: Mapped[str]
    surname: Mapped[str]
    year_group: Mapped[int]
    #: The school year that the year group is of ("2026/27"); None where nobody can say.
    school_year: Mapped[str | None]
    #: The school's name for the class, or empty; it tells apart two pupils with one name and year.
    class_name: Mapped[str] = mapped_column(default="")
    #: The school's own number, if its lists have it. Only an import reads it.
    admission_number: Mapped[str | None] = mapped_column(EncryptedText, deferred=True)
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    left_at: Mapped[datetime | None]
    #: Since when this is nobody in particular: bookings whose names have gone are of such a pupil.
    forgotten_at: Mapped[datetime | None] = mapped_column(index=True)
    parents: Mapped[list["Parent"]] = relationship(
        secondary="pupil_parents", back_populates="pupils"
    )

    @property
    def name(self) -> str:
        """The name as known, for pages of the pupil's own school and rosters."""
        return f"{self.forename} {self.surname}"

    def __repr__(self) -> str:
        """Show the id only: names stay out of logs."""
        return f"<Pupil {self.id}>"


class Parent(Model):
    """A parent or carer of pupils at one school: reached by private link, or asked on paper."""

    __tablename__ = "parents"
    __table_args__ = (
        Index(
            "uq_parents_school_id_email",
            "school_id",
            "email",
            unique=True,
            sqlite_where=HAS_ADDRESS_SQL,
            postgresql_where=HAS_ADDRESS_SQL,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Recognises a parent who was erased, in a copy of the database from before.
    public_id: Mapped[str | None] = mapped_column(unique=True, index=True, default=new_public_id)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    name: Mapped[str]
    #: Lower case; empty for a parent without an address, whom the school asks on paper.
    email: Mapped[str]
    #: E.164, or empty.
    phone: Mapped[str] = mapped_column(default="")
    pupils: Mapped[list[Pupil]] = relationship(secondary="pupil_parents", back_populates="parents")


class PupilParent(Model):
    """Which parents a pupil has."""

    __tablename__ = "pupil_parents"

    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("parents.id"), primary_key=True, index=True)


class ParentLink(Model):
    """A private link sent to a parent about one booking; only the token's hash is stored."""

    __tablename__ = "parent_links"
    __table_args__ = (Index("uq_parent_links_code_hash", "code_hash", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("parents.id"), index=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    #: What a letter's code, which opens the same page, is worked out from; None for a link in a
    #: mail. Of letters of version 1.0 the code's keyed hash.
    code_hash: Mapped[str | None]
    parent: Mapped[Parent] = relationship()


class YearMove(Model):
    """A record that a school's pupils moved up into a school year: once each September."""

    __tablename__ = "year_moves"
    __table_args__ = (UniqueConstraint("school_id", "school_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    #: "2027/28".
    school_year: Mapped[str]
    moved_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When the day was over in which it could be undone; from then on it stands.
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    pupils: Mapped[list["MovedPupil"]] = relationship(
        back_populates="move", cascade="all, delete-orphan", passive_deletes=False
    )


class MovedPupil(Model):
    """What a move changed of one pupil, kept as long as it can be undone."""

    __tablename__ = "moved_pupils"

    move_id: Mapped[int] = mapped_column(ForeignKey("year_moves.id"), primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), primary_key=True, index=True)
    year_group_before: Mapped[int]
    school_year_before: Mapped[str | None]
    class_name_before: Mapped[str] = mapped_column(default="")
    #: The year group that the move gave; None for a pupil who left.
    year_group_after: Mapped[int | None]
    move: Mapped[YearMove] = relationship(back_populates="pupils")
    pupil: Mapped[Pupil] = relationship()
