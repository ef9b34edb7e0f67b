"""Tables of the directory: areas, what people offer, nominations, links between schools."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.domain.helping import ExpertiseState, HelpCosts, HelpOutcome, LinkState
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import Person, School


class HelpArea(Model):
    """An area in which somebody can help; the lead keeps the list."""

    __tablename__ = "help_areas"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    name: Mapped[str] = mapped_column(unique=True)
    #: One that is in use is retired: what has it keeps it, and nobody chooses it any more.
    retired_at: Mapped[datetime | None]


class Expertise(Model):
    """What one person offers; listed for a year once their head has nominated them."""

    __tablename__ = "expertise"
    __table_args__ = (
        CheckConstraint("(state = 'listed') = (listed_until IS NOT NULL)", name="listed_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    #: None: of no school; the lead confirms instead of a head.
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    state: Mapped[ExpertiseState] = mapped_column(words(ExpertiseState), index=True)
    #: Words with blanks around each, so that one is found: " primary middle ".
    phases: Mapped[str]
    kinds: Mapped[str]
    time: Mapped[str]
    costs: Mapped[HelpCosts] = mapped_column(words(HelpCosts))
    about: Mapped[str]
    for_partners: Mapped[bool]
    offered_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When its state last changed.
    moved_at: Mapped[datetime] = mapped_column(default=clock.now)
    listed_until: Mapped[datetime | None]
    #: Why somebody else took it off, or what the head said.
    reason: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship()
    school: Mapped[School | None] = relationship()
    areas: Mapped[list[HelpArea]] = relationship(
        secondary="expertise_areas", order_by=HelpArea.name
    )

    def __repr__(self) -> str:
        """Show the public id."""
        return f"<Expertise {self.public_id}>"


class ExpertiseArea(Model):
    """An area of an offer."""

    __tablename__ = "expertise_areas"

    expertise_id: Mapped[int] = mapped_column(
        ForeignKey("expertise.id", ondelete="CASCADE"), primary_key=True
    )
    area_id: Mapped[int] = mapped_column(ForeignKey("help_areas.id"), primary_key=True, index=True)


class Nomination(Model):
    """One asking of a head (or of the lead, without a link), and the answer."""

    __tablename__ = "nominations"

    id: Mapped[int] = mapped_column(primary_key=True)
    expertise_id: Mapped[int] = mapped_column(
        ForeignKey("expertise.id", ondelete="CASCADE"), index=True
    )
    #: None: the lead decides, signed in.
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    #: Who was asked; empty for the lead.
    head_name: Mapped[str] = mapped_column(default="")
    head_email: Mapped[str] = mapped_column(default="")
    is_reminder: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    #: When it stopped mattering: answered, or another took its place.
    closed_at: Mapped[datetime | None]
    said_yes: Mapped[bool | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    expertise: Mapped[Expertise] = relationship()


class HelpLink(Model):
    """A school asks for a link in an area; the network introduces, and steps back."""

    __tablename__ = "help_links"
    __table_args__ = (
        CheckConstraint("(outcome IS NULL) = (state != 'answered')", name="answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("help_areas.id"), index=True)
    #: Whom the school asked for, or whom the lead suggests; None: whoever can help.
    expertise_id: Mapped[int | None] = mapped_column(
        ForeignKey("expertise.id", ondelete="SET NULL"), index=True
    )
    state: Mapped[LinkState] = mapped_column(words(LinkState), index=True)
    what: Mapped[str]
    by_when: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When its state last changed.
    moved_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: What the lead said who suggested somebody or turned it down.
    word: Mapped[str] = mapped_column(default="")
    introduced_at: Mapped[datetime | None]
    #: The one question afterwards; what the link in its mail opens.
    outcome_hash: Mapped[str | None] = mapped_column(unique=True)
    outcome_asked_at: Mapped[datetime | None]
    outcome: Mapped[HelpOutcome | None] = mapped_column(words(HelpOutcome))

    school: Mapped[School] = relationship()
    asked_by: Mapped[Person | None] = relationship()
    area: Mapped[HelpArea] = relationship()
    expertise: Mapped[Expertise | None] = relationship()


class DirectoryChoice(Model):
    """What the network has chosen for its directory: one row."""

    __tablename__ = "directory_choices"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    #: Whether a school is introduced at once, without the lead.
    at_once: Mapped[bool] = mapped_column(default=False)
