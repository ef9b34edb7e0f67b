"""How long what is written down at the door may be, and how long it is kept."""

from booking.domain.keeping import families

NAME_MAX = 80
REASON_MAX = 200
#: Counted from the end of the event.
KEPT = families.WALK_INS.days
