"""How long what is written down at the door may be, and how long it is kept."""

from datetime import timedelta

NAME_MAX = 80
REASON_MAX = 200
#: Counted from the end of the event.
KEPT = timedelta(days=14)
