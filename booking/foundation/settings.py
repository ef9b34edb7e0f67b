"""What a setting is, and what is said when Fairplace refuses to start with one."""

from dataclasses import dataclass


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
