"""Pages of signing in, of one's account, of a school's own details and of the network."""

from booking.schools.routes import account as account_pages
from booking.schools.routes import invitations, resets, signing_in
from booking.schools.routes.blueprints import account, admin, own_school

__all__ = [
    "account",
    "account_pages",
    "admin",
    "invitations",
    "own_school",
    "resets",
    "signing_in",
]
