"""The funds that every line of the ledger and every part of a fee belong to."""

from enum import StrEnum


class Fund(StrEnum):
    """Money kept apart for one purpose."""

    #: Pays for the days themselves.
    EVENTS = "events"
    #: Pays for running the network: card fees, postage, a deficit that the lead accepts.
    ADMIN = "admin"
    #: Pays for speakers and for staff training (continuing professional development).
    CPD = "cpd"


NAMES = {Fund.EVENTS: "Events", Fund.ADMIN: "Administration", Fund.CPD: "CPD fund"}
