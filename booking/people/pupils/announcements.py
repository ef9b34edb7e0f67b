"""What pupils announce. Subscribers get the pupil, `actor` and `now`."""

from booking.foundation.announcement import Announcement

left = Announcement("a pupil left the school, or was added by mistake: nothing is booked any more")
parents_changed = Announcement(
    "a pupil has other parents: `gone` no longer speak for the pupil, `come` now do"
)
