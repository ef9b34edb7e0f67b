"""What events announce. Subscribers get the event, `actor` and `now`."""

from booking.foundation.announcement import Announcement

published = Announcement("an event was published: its places come into being")
changed = Announcement("a published event changed; `changes` names the fields")
cancelled = Announcement("an event was cancelled: bookings end, money goes back, people are told")
