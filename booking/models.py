"""Imports every feature's tables once, for migrations and the shell."""

from booking.allocation.models import Round
from booking.audit.models import AuditEntry, AuditSeal
from booking.calendars.models import Feed
from booking.checkout.models import Consent, Funding, Needs
from booking.events.models import CostLine, Event, EventDate, FeePart
from booking.fund.models import Entry, FundRow, LedgerSeal, Line
from booking.notifications.models import Message
from booking.payments.models import BankSession, Payment, Refund, WebhookEvent
from booking.places.models import Booking, Offer, Place, PlaceRequest
from booking.pupils.models import Parent, ParentLink, Pupil, PupilParent, YearMove
from booking.rosters.models import AccompanyingAdult, RegisterMark
from booking.schools.models import (
    Closure,
    Invitation,
    InvitationRole,
    PasswordReset,
    Person,
    RoleGrant,
    School,
    Term,
)
from booking.web.models import ThrottleCount, WebSession

__all__ = [
    "AccompanyingAdult",
    "AuditEntry",
    "AuditSeal",
    "BankSession",
    "Booking",
    "Closure",
    "Consent",
    "CostLine",
    "Entry",
    "Event",
    "EventDate",
    "FeePart",
    "Feed",
    "FundRow",
    "Funding",
    "Invitation",
    "InvitationRole",
    "LedgerSeal",
    "Line",
    "Message",
    "Needs",
    "Offer",
    "Parent",
    "ParentLink",
    "PasswordReset",
    "Payment",
    "Person",
    "Place",
    "PlaceRequest",
    "Pupil",
    "PupilParent",
    "Refund",
    "RegisterMark",
    "RoleGrant",
    "Round",
    "School",
    "Term",
    "ThrottleCount",
    "WebSession",
    "WebhookEvent",
    "YearMove",
]
