"""The audit trail as it was written, and the histories that other features put on their pages."""

from booking.foundation.audit.routes import histories, trail
from booking.foundation.audit.routes.trail import blueprint

__all__ = ["blueprint", "histories", "trail"]
