"""What places announce. Subscribers get the booking, `actor` and `now`."""

from booking.foundation.announcement import Announcement

invited = Announcement("a pupil was named into a place and the parent is asked")
confirmed = Announcement("a booking was confirmed")
ended = Announcement("a booking ended: declined, lapsed, withdrawn or cancelled")
