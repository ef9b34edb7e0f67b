"""What is typed or imported about a parent, and how many there may be."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from booking.people.pupils.models import Pupil

#: The form, the import and the export have room for two.
PARENTS_MAX = 2
NAME_MAX = 80
CLASS_MAX = 40
#: A name in small letters, and a year group.
SharedName = tuple[str, int]


@dataclass(frozen=True)
class ParentDetails:
    """A parent or carer as typed or imported; the e-mail address is where the link goes."""

    name: str
    email: str
    phone: str = ""


def known_parents(pupil: Pupil) -> list[ParentDetails]:
    """Return a pupil's parents as details, in the order in which they were added."""
    return [
        ParentDetails(parent.name, parent.email, parent.phone)
        for parent in sorted(pupil.parents, key=lambda parent: parent.id or 0)
    ]


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
    parents = [f"{parent.name} <{parent.email}>" for parent in known_parents(pupil)]
    return f"{pupil.name} ({'; '.join([*said, *parents]) or 'no parents'})"
