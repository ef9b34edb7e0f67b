"""How many examples each property of the allocation tries: FAIRPLACE_EXAMPLES, or 60."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "allocation",
    settings(),
    max_examples=int(os.environ.get("FAIRPLACE_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
