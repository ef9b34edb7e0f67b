"""Tables of the file shelf: contents and their bytes, whose they are, and each school's shelf."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.domain.filing import FileKind
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id


class FileAudience(StrEnum):
    """Who may see a file; the owner's feature says to which of these a reader belongs."""

    EVERYBODY = "everybody"
    MEMBERS = "members"
    #: The schools that come to an event, with the families of their pupils there; or whoever is
    #: invited to a meeting.
    COMING = "coming"
    DAY_STAFF = "day_staff"
    #: Whoever runs the thing: an event's hosts, a school's coordinators.
    HOSTS = "hosts"


class FileContent(Model):
    """One content, however many files have it. A list never needs its bytes: they are elsewhere."""

    __tablename__ = "file_contents"
    __table_args__ = (CheckConstraint("size_bytes > 0", name="not_empty"),)

    #: SHA-256 of the bytes, in hex.
    sha256: Mapped[str] = mapped_column(primary_key=True)
    #: Told by the content, never by a name.
    kind: Mapped[FileKind] = mapped_column(words(FileKind))
    size_bytes: Mapped[int]
    #: When it was last added: contents that no file has go a day later.
    added_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class FileBytes(Model):
    """The bytes of contents, where the database keeps them itself."""

    __tablename__ = "file_bytes"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class AttachedFile(Model):
    """A file of an owner; a newer version replaces it, and it is kept for those who look after it.

    The name belongs to it and not to the content: the same bytes can have several.
    """

    __tablename__ = "attached_files"
    __table_args__ = (
        Index("ix_attached_files_owner_kind_owner_id", "owner_kind", "owner_id"),
        Index("ix_attached_files_school_id", "school_id"),
        Index("ix_attached_files_sha256", "sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Nobody can guess it; who asks is checked each time nevertheless.
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    sha256: Mapped[str] = mapped_column(ForeignKey("file_contents.sha256"))
    name: Mapped[str]
    #: "event", "meeting", "school": which feature knows the owner.
    owner_kind: Mapped[str]
    owner_id: Mapped[str]
    #: On whose shelf it lies; None: the network's.
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    audience: Mapped[FileAudience] = mapped_column(words(FileAudience))
    #: What it is: "Letter to parents", "Map".
    label: Mapped[str]
    #: In which order an owner's files are listed; a newer version takes its predecessor's place.
    position: Mapped[int]
    #: Whether it goes with the mail that invites a family.
    with_invitation: Mapped[bool] = mapped_column(default=False)
    #: Whether it came with the copy of an earlier owner, and nobody has looked at it since.
    from_earlier: Mapped[bool] = mapped_column(default=False)
    #: The version before this one.
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("attached_files.id", ondelete="SET NULL"), unique=True
    )
    #: When a newer version took its place.
    replaced_at: Mapped[datetime | None]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    content: Mapped[FileContent] = relationship(lazy="joined", innerjoin=True)

    def __repr__(self) -> str:
        """Show the public id: labels stay out of logs."""
        return f"<AttachedFile {self.public_id}>"


class FileShelf(Model):
    """A school's shelf, touched before anything is put on it: two people wait for each other."""

    __tablename__ = "file_shelves"

    #: The school's row; 0 for the network.
    school_key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    touched_at: Mapped[datetime] = mapped_column(default=clock.now)
