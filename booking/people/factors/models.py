"""What somebody signs in with besides a password."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from booking.foundation.db import Model
from booking.foundation.encryption import EncryptedText, Sealed


class Passkey(Model):
    """A passkey: a key pair on somebody's device, of which we have the public half."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    #: What the device calls it, in base64url.
    credential_id: Mapped[str] = mapped_column(unique=True)
    #: The credential as the device attested it: its model, its id and the public key (CBOR).
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    #: How often the device says it was used; 0 if it does not count.
    sign_count: Mapped[int] = mapped_column(BigInteger)
    #: What its person calls it: "Work laptop".
    name: Mapped[str]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AuthenticatorApp(Sealed, Model):
    """The app that shows somebody a code each half minute (RFC 6238); one for each person."""

    __tablename__ = "authenticator_apps"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    #: In base32.
    secret: Mapped[str] = mapped_column(EncryptedText)
    #: The last step whose code was accepted: each code works once.
    used_step: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryCode(Model):
    """A code for the day when the telephone is lost; its row goes when it is used."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]


class UsedChallenge(Model):
    """A challenge that a passkey has answered, until it would be too old anyway."""

    __tablename__ = "used_challenges"

    challenge_hash: Mapped[str] = mapped_column(primary_key=True)
    used_at: Mapped[datetime] = mapped_column(index=True)
