"""Pages for the second step, for one's own second factors, and for somebody who lost theirs."""

from booking.people.factors.routes import again, blueprints, gate, resetting, second_step, security

#: Imported for their routes, which they add to the blueprint.
PAGES = (again, gate, resetting, second_step, security)
BLUEPRINT = blueprints.factors
