"""Tables of schools, people, their roles and invitations, and the days schools are open."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id

#: What stands in place of a password's hash for whoever has none; no password has it.
NO_PASSWORD = "!"  # noqa: S105 - there is none


class School(Model):
    """A school of the network, and its identity in allocations: one row per school, for ever."""

    __tablename__ = "schools"
    __table_args__ = (CheckConstraint("low_year <= high_year", name="years_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    #: Unique reference number in the national register; None for a school that is not in it.
    urn: Mapped[str | None] = mapped_column(unique=True)
    phase: Mapped[str]
    town: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    #: Year groups as ordinals: Nursery -1, Reception 0, Year 1 = 1.
    low_year: Mapped[int]
    high_year: Mapped[int]
    #: Pupils on roll, all years.
    roll: Mapped[int] = mapped_column(default=0)
    office_phone: Mapped[str] = mapped_column(default="")
    #: Answered whenever the school's pupils are out; this is the number a host rings.
    emergency_phone: Mapped[str] = mapped_column(default="")
    #: The designated safeguarding lead and the deputy, named on the day to whoever has a concern.
    safeguarding_name: Mapped[str] = mapped_column(default="", server_default="")
    safeguarding_phone: Mapped[str] = mapped_column(default="", server_default="")
    deputy_safeguarding_name: Mapped[str] = mapped_column(default="", server_default="")
    deputy_safeguarding_phone: Mapped[str] = mapped_column(default="", server_default="")
    #: The head confirms what colleagues offer, by a mailed link; no account.
    head_name: Mapped[str] = mapped_column(default="", server_default="")
    head_email: Mapped[str] = mapped_column(default="", server_default="")
    website: Mapped[str] = mapped_column(default="")
    #: Metres east and north on the national grid, from the national register.
    easting: Mapped[int | None]
    northing: Mapped[int | None]
    #: Start and end of the school day as "HH:MM", which decide what is "in school hours".
    day_starts: Mapped[str] = mapped_column(default="08:50")
    day_ends: Mapped[str] = mapped_column(default="15:20")
    left_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    def __repr__(self) -> str:
        """Show the slug."""
        return f"<School {self.slug}>"


class Person(Model):
    """Somebody who signs in. Parents have no account; they have a private link."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    #: Lower case; the sign-in name.
    email: Mapped[str] = mapped_column(unique=True)
    mobile: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str]
    disabled_at: Mapped[datetime | None]
    #: The hints for a first visit that are shown no more, as words; "*" stands for all of them.
    hints_read: Mapped[str] = mapped_column(default="", server_default="")
    #: Since when the account has no name: nobody can open it again.
    forgotten_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="person")

    @property
    def has_password(self) -> bool:
        """Whether the person chose a password; others come in by Google or Microsoft."""
        return self.password_hash != NO_PASSWORD

    def __repr__(self) -> str:
        """Show the id only: names stay out of logs."""
        return f"<Person {self.id}>"


class RoleGrant(Model):
    """One role of one person: network-wide, at a school, or for one event (day staff)."""

    __tablename__ = "role_grants"
    __table_args__ = (
        UniqueConstraint("person_id", "role", "school_id", "event_id"),
        CheckConstraint("(role = 'associate') = (institution != '')", name="institution_named"),
        CheckConstraint("role != 'staff' OR school_id IS NOT NULL", name="staff_of_a_school"),
        Index("ix_role_grants_school_id_role", "school_id", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[Role] = mapped_column(words(Role))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    #: For associates: the college, university, exam board, museum or school that they come from.
    institution: Mapped[str] = mapped_column(default="", server_default="")
    granted_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When those concerned were told of it; None for a role that need not be announced.
    announced_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(back_populates="grants")
    school: Mapped[School | None] = relationship()


class Invitation(Model):
    """An invitation to one or several roles; the link's token is stored hashed."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    #: Lower case.
    email: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    invited_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    #: When a lead allowed a role to be handed over to somebody who works at another school.
    lead_allowed_at: Mapped[datetime | None]
    invited_by: Mapped[Person | None] = relationship()
    roles: Mapped[list["InvitationRole"]] = relationship(
        order_by="InvitationRole.id", passive_deletes=True, back_populates="invitation"
    )

    def __repr__(self) -> str:
        """Show the id only: names and addresses stay out of logs."""
        return f"<Invitation {self.id}>"


class InvitationRole(Model):
    """One of the roles that an invitation offers."""

    __tablename__ = "invitation_roles"
    __table_args__ = (
        CheckConstraint("(role = 'associate') = (institution != '')", name="institution_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(
        ForeignKey("invitations.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[Role] = mapped_column(words(Role))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    #: What the event was called then, because schools know nothing about events.
    event_title: Mapped[str] = mapped_column(default="")
    #: For associates: where they come from.
    institution: Mapped[str] = mapped_column(default="", server_default="")
    #: For handing over a role: the grant that ends when this one begins.
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("role_grants.id", ondelete="SET NULL")
    )
    invitation: Mapped[Invitation] = relationship(back_populates="roles")
    school: Mapped[School | None] = relationship()


class PasswordReset(Model):
    """A link to choose a new password, or to confirm a new address; single use, hashed.

    A person has at most one, the last that was mailed.
    """

    __tablename__ = "password_resets"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class KnownBrowser(Model):
    """A browser in which somebody has signed in; strangers’ wrong tries do not count against it.

    The cookie holds the token, the table its hash. Several people may share a browser.
    """

    __tablename__ = "known_browsers"
    __table_args__ = (UniqueConstraint("token_hash", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    #: What the browser says that it is.
    browser: Mapped[str] = mapped_column(default="")
    known_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When its person last signed in here.
    used_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class Term(Model):
    """A term of the network, from its first to its last day (half terms are closures)."""

    __tablename__ = "terms"
    __table_args__ = (CheckConstraint("first_on <= last_on", name="dates_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    first_on: Mapped[date] = mapped_column(unique=True)
    last_on: Mapped[date]


class Closure(Model):
    """Days within a term when a school (or, with no school, every school) is closed."""

    __tablename__ = "closures"
    __table_args__ = (CheckConstraint("first_on <= last_on", name="dates_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    reason: Mapped[str]
    school: Mapped[School | None] = relationship()
