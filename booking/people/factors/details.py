"""What a passkey says, and what somebody signs in with, as plain values."""

from dataclasses import dataclass
from urllib.parse import urlsplit

#: How a proof of both factors is recorded: the first half, then the second.
PASSKEY, CODE, RECOVERY = "passkey", "code", "recovery"
#: How long a challenge may take to be answered, in seconds.
CHALLENGE_SECONDS = 300


@dataclass(frozen=True)
class Site:
    """For whom a passkey is: a passkey never answers to another site's name."""

    #: BASE_URL, which is never read from a request.
    base_url: str
    #: What the network is called.
    name: str

    @property
    def domain(self) -> str:
        """Return the site's name in the DNS, which the passkey is bound to (its RP id)."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def origin(self) -> str:
        """Return what a browser says where it was asked."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}".lower()


@dataclass(frozen=True)
class NewPasskey:
    """A passkey that a device has just made."""

    credential_id: str
    public_key: bytes
    sign_count: int


@dataclass(frozen=True)
class Answered:
    """What a passkey answered to a challenge, checked."""

    credential_id: str
    sign_count: int
    challenge_hash: str
