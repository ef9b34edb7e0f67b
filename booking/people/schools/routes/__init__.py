"""Pages for signing in, a person's account, a school's own details and the network."""

from booking.people.schools.routes import (
    account,
    addresses,
    asked_again,
    blueprints,
    days,
    invitations,
    inviting_several,
    leaving,
    members,
    network,
    offers,
    own_school,
    people,
    posts,
    register_import,
    resets,
    schools,
    signing_in,
)

#: Imported for their routes, which they add to the blueprints below.
PAGES = (
    account,
    addresses,
    asked_again,
    days,
    invitations,
    inviting_several,
    leaving,
    members,
    network,
    offers,
    own_school,
    people,
    posts,
    register_import,
    resets,
    schools,
    signing_in,
)
BLUEPRINTS = (
    blueprints.account,
    blueprints.admin,
    blueprints.members,
    blueprints.posts,
    blueprints.own_school,
)
