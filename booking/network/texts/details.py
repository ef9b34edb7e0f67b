"""Plain values of the network's own words."""

from dataclasses import dataclass

#: The names of what the lead fills in about the network, as columns and fields have them.
FACT_FIELDS = (
    *("name", "short_name", "colour", "email", "telephone", "postal_address", "controller"),
    *("officer", "ico_number", "hosting", "mailing"),
)


@dataclass(frozen=True)
class FactDetails:
    """What the lead says about the network."""

    name: str = ""
    short_name: str = ""
    colour: str = ""
    email: str = ""
    telephone: str = ""
    postal_address: str = ""
    controller: str = ""
    officer: str = ""
    ico_number: str = ""
    hosting: str = ""
    mailing: str = ""


@dataclass(frozen=True)
class Logo:
    """A picture that was looked at and written anew."""

    content: bytes
    media_type: str
    width: int
    height: int
