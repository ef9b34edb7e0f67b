"""Who reads which guide."""

from collections.abc import Collection

from booking.domain.permissions import Role

#: The names of the files, in the order of the contents, and who reads each.
GUIDES = {
    "coordinator": "For coordinators",
    "parent": "For parents and carers",
    "host": "For hosts and day staff",
    "treasurer": "For the treasurer",
    "lead": "For the network lead",
    "colleague": "For members of staff and associates",
}
#: The auditor reads everybody's pages, and has no tasks.
GUIDES_OF = {
    Role.COORDINATOR: "coordinator",
    Role.HOST: "host",
    Role.DAY_STAFF: "host",
    Role.TREASURER: "treasurer",
    Role.LEAD: "lead",
    Role.STAFF: "colleague",
    Role.ASSOCIATE: "colleague",
}


def guides_for(roles: Collection[Role]) -> list[str]:
    """Return the guides of somebody with these roles, in the order of the contents."""
    own = {GUIDES_OF[role] for role in roles if role in GUIDES_OF}
    return [name for name in GUIDES if name in own]
