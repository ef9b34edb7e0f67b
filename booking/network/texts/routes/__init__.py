"""Pages of the network's own words: for everybody, and for the lead who writes them."""

from booking.network.texts.routes import facts, public, versions, writing
from booking.network.texts.routes.blueprints import about, texts

#: Imported for their routes, which they add to the blueprints below.
PAGES = (facts, public, versions, writing)
BLUEPRINTS = (about, texts)
