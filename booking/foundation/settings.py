"""What a setting is, and what is said when Fairplace refuses to start with one."""

import base64
from dataclasses import dataclass

#: Keys that everybody can read here: for development alone, and refused in production.
DEFAULT_SECRET = "development-only-secret"  # noqa: S105 - see above
DEFAULT_FIELD_KEY = "dev:" + base64.b64encode(b"development-only-field-key-32byt").decode()


class BadSetting(ValueError):
    """A setting that Fairplace refuses to start with; the message says what to change."""


@dataclass(frozen=True)
class Setting:
    """One setting: read from the environment variable of the same name."""

    name: str
    default: str
    purpose: str
    #: What stands in the example for a server, if it has to be chosen there; see `example()`.
    on_server: str | None = None
