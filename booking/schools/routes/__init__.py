"""Pages of signing in, of one's account, of a school's own details and of the network."""

from booking.schools.routes import (
    account,
    addresses,
    days,
    invitations,
    network,
    own_school,
    people,
    posts,
    register_import,
    resets,
    schools,
    signing_in,
)
from booking.schools.routes import blueprints as _blueprints

#: Imported for their routes, which they add to the blueprints below.
PAGES = (
    account,
    addresses,
    days,
    invitations,
    network,
    own_school,
    people,
    posts,
    register_import,
    resets,
    schools,
    signing_in,
)
BLUEPRINTS = (
    _blueprints.account,
    _blueprints.admin,
    _blueprints.posts,
    _blueprints.own_school,
)
