"""The identities at Google and Microsoft by which people sign in."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from booking.domain.identity_claims import ProviderKind
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id


class Identity(Model):
    """Who a person is to one provider. It is theirs for ever, whatever their address becomes."""

    __tablename__ = "identities"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        # One of each provider: whoever gets a former colleague's address finds the place taken.
        UniqueConstraint("person_id", "issuer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    kind: Mapped[ProviderKind] = mapped_column(words(ProviderKind))
    #: The provider's name for itself, with Microsoft's tenant in it: "https://accounts.google.com".
    issuer: Mapped[str]
    #: The provider's own name for the person, which it gives to nobody else.
    subject: Mapped[str]
    linked_at: Mapped[datetime]
    #: When it last signed the person in.
    used_at: Mapped[datetime]

    def __repr__(self) -> str:
        """Show the id only: who somebody is elsewhere stays out of logs."""
        return f"<Identity {self.id}>"
