"""What is typed or imported about a parent, and how much room there is."""

from dataclasses import dataclass

#: The form, the import and the export have room for two.
PARENTS_MAX = 2
NAME_MAX = 80


@dataclass(frozen=True)
class ParentDetails:
    """A parent or carer as typed or imported; the e-mail address is where the link goes."""

    name: str
    email: str
    phone: str = ""
