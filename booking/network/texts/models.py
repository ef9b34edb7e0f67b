"""Tables of the network's own words: each version of each text, and what it says about itself."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.domain.own_texts import TextKey
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.people.schools.models import Person


class TextVersion(Model):
    """One version of one text; never changed: the newest is the one that stands."""

    __tablename__ = "text_versions"
    __table_args__ = (
        UniqueConstraint("key", "number"),
        CheckConstraint("number >= 0", name="number_from_0"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[TextKey] = mapped_column(words(TextKey))
    #: 0: the text that came with Fairplace, as it stood when it was first changed.
    number: Mapped[int]
    #: A few marks of Markdown, and facts such as {network}.
    text: Mapped[str]
    #: What was changed, in the writer's words.
    said: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: None: it came with Fairplace, or nobody needs to know any more.
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    written_by: Mapped[Person | None] = relationship()

    def __repr__(self) -> str:
        """Show which version of which text."""
        return f"<TextVersion {self.key.value} {self.number}>"


class OwnFacts(Model):
    """The one row of what the network says about itself; what is empty, the settings say."""

    __tablename__ = "network_facts"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    short_name: Mapped[str] = mapped_column(default="")
    #: "#1f6b45"; empty: the colour of Fairplace.
    colour: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    telephone: Mapped[str] = mapped_column(default="")
    postal_address: Mapped[str] = mapped_column(default="")
    #: Who is responsible for the network and its data.
    controller: Mapped[str] = mapped_column(default="")
    #: Who answers questions about data protection.
    officer: Mapped[str] = mapped_column(default="")
    #: The number at the Information Commissioner's Office.
    ico_number: Mapped[str] = mapped_column(default="")
    hosting: Mapped[str] = mapped_column(default="")
    mailing: Mapped[str] = mapped_column(default="")
    #: The picture, written anew; None: the mark of Fairplace.
    logo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    logo_type: Mapped[str] = mapped_column(default="")
    #: The SHA-256 of the picture, shortened: part of its address.
    logo_digest: Mapped[str] = mapped_column(default="")
    logo_alt: Mapped[str] = mapped_column(default="")
    logo_width: Mapped[int] = mapped_column(default=0)
    logo_height: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)

    def __repr__(self) -> str:
        """Show that it is the one row."""
        return "<OwnFacts>"
