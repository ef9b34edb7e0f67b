"""The pages of sign-in with Google and Microsoft."""

from booking.people.openid.routes import back
from booking.people.openid.routes.there import openid

PAGES = (back,)
__all__ = ["PAGES", "openid"]
