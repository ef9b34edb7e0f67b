"""What is typed or imported about a parent, and how many there may be."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from booking.foundation import contacts
from booking.people.pupils.models import Parent, Pupil

#: The form, the import and the export have room for two.
PARENTS_MAX = 2
NAME_MAX = 80
CLASS_MAX = 40
#: What a contact without a name is called.
NAMELESS_PARENT = "Parent or carer"
#: A name in small letters, and a year group.
SharedName = tuple[str, int]


@dataclass(frozen=True)
class ParentDetails:
    """A parent or carer as typed or imported; the e-mail address is where the link goes.

    Without one, the school asks the parent on paper.
    """

    name: str
    email: str
    phone: str = ""

    @property
    def key(self) -> str:
        """What is one parent's alone: the address or, without one, name and number."""
        return parent_key(self.name, self.email, self.phone)


def parent_key(name: str, email: str, phone: str) -> str:
    """Return an address or, without one, name and number, which are no address: it has no space."""
    return email or f"{name.casefold()} {phone}"


def same_person(one: ParentDetails, other: ParentDetails) -> bool:
    """Return whether two contacts of one pupil are the same parent, of whom one says less.

    Two addresses are two people. A couple often shares a telephone number, so only a contact
    without a name is known by it.
    """
    if one.email and other.email:
        return one.email == other.email
    if NAMELESS_PARENT in {one.name, other.name}:
        return one.phone == other.phone != ""
    return one.name.casefold() == other.name.casefold()


def known_parents(pupil: Pupil) -> list[ParentDetails]:
    """Return a pupil's parents as details, in the order in which they were added."""
    return [known(parent) for parent in sorted(pupil.parents, key=lambda parent: parent.id or 0)]


def known(parent: Parent) -> ParentDetails:
    """Return what the school knows about a parent, as details."""
    return ParentDetails(parent.name, parent.email, parent.phone)


def told(parent: ParentDetails) -> str:
    """Return a parent's name beside whatever the school knows: the address, or the number."""
    if parent.email:
        return f"{parent.name} <{parent.email}>"
    return (
        f"{parent.name}, {contacts.readable_phone(parent.phone)}" if parent.phone else parent.name
    )


def names_apart(pupils: Sequence[Pupil], shared: Collection[SharedName] = ()) -> dict[int, str]:
    """Return the pupils' names by id, with class or parents for namesakes in one year.

    This is for pages where the pupils' own school chooses one, so that nobody chooses the wrong
    family. `shared` are names that the school's list has more than once, for pages that do not show
    all of it.
    """
    keys = {p.id: (p.name.casefold(), p.year_group) for p in pupils}
    here = Counter(keys.values())
    return {
        p.id: _apart(p) if here[keys[p.id]] > 1 or keys[p.id] in shared else p.name for p in pupils
    }


def _apart(pupil: Pupil) -> str:
    said = [f"class {pupil.class_name}"] if pupil.class_name else []
    parents = [told(parent) for parent in known_parents(pupil)]
    return f"{pupil.name} ({'; '.join([*said, *parents]) or 'no parents'})"
