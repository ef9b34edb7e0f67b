"""Imports every feature's tables once, for migrations and the shell."""

from booking.allocation.models import Round
from booking.audit.models import AuditEntry, AuditSeal
from booking.bank.models import BankLine, BankMatch, BankStatement, MatchedEntry
from booking.calendars.models import Feed
from booking.checkout.models import Consent, Funding, Needs
from booking.events.models import CostLine, Event, EventDate, FeePart, RemovedDate
from booking.fund.models import Entry, FundRow, LedgerSeal, Line
from booking.notifications.models import Message
from booking.partners.models import PartnerDate, PartnerFeed
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
from booking.seasons.models import (
    PlannedEvent,
    PlannedPupil,
    PlannedSchool,
    PlanRecord,
    Proposal,
    SeasonPlan,
    Wish,
)
from booking.web.models import ThrottleCount, WebSession

__all__ = [
    "AccompanyingAdult",
    "AuditEntry",
    "AuditSeal",
    "BankLine",
    "BankMatch",
    "BankSession",
    "BankStatement",
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
    "MatchedEntry",
    "Message",
    "Needs",
    "Offer",
    "Parent",
    "ParentLink",
    "PartnerDate",
    "PartnerFeed",
    "PasswordReset",
    "Payment",
    "Person",
    "Place",
    "PlaceRequest",
    "PlanRecord",
    "PlannedEvent",
    "PlannedPupil",
    "PlannedSchool",
    "Proposal",
    "Pupil",
    "PupilParent",
    "Refund",
    "RegisterMark",
    "RemovedDate",
    "RoleGrant",
    "Round",
    "School",
    "SeasonPlan",
    "Term",
    "ThrottleCount",
    "WebSession",
    "WebhookEvent",
    "Wish",
    "YearMove",
]
