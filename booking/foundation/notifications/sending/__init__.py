"""Sends what is waiting in the outbox: at least once, for as long as it is worth sending.

Each mail is claimed in one transaction, sent outside any, and recorded in another. A process that
dies in between leaves a lease behind; once it has run out, the mail is sent again. A process that
comes back after its lease neither sends nor records: by then the mail is somebody else's.
"""

from booking.foundation.notifications.sending.leases import outgoing
from booking.foundation.notifications.sending.outcomes import give_up_late, put_away, waiting
from booking.foundation.notifications.sending.runs import send_due, send_test

__all__ = ["give_up_late", "outgoing", "put_away", "send_due", "send_test", "waiting"]
