"""What those who oversee see of other schools' families without having to say why.

The lead, the treasurer and the auditor see a family's name only through a glass: with a reason, for
a quarter of an hour, and told to the family's school. Each page that is otherwise is listed here.
"""

from collections.abc import Mapping

#: By the page's name, why what it says about a school's people is a role's daily work.
WITHOUT_GLASS: Mapping[str, str] = {
    "travel.notes": (
        "The adults who travel with a school's pupils. Their school names them for whoever "
        "receives the visit, who may be the lead; no pupil or parent is named."
    ),
}
