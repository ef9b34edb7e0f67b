"""Imports every feature's tables once, for migrations and the shell."""

from booking.allocation.models import Round
from booking.audit.models import AuditEntry, AuditSeal
from booking.bank.models import BankLine, BankMatch, BankStatement, MatchedEntry
from booking.bids.models import Bid, BidApproval, BidPromise, BidReceipt, BidRules
from booking.calendars.models import Feed
from booking.checkout.models import (
    Consent,
    Explanation,
    Funding,
    Needs,
    PayIn,
    PayInPayment,
    RefundChoice,
    RowEntry,
)
from booking.events.models import CostLine, Event, EventDate, FeePart, RemovedDate
from booking.fund.models import (
    ClosedYear,
    DayTotal,
    Decision,
    Entry,
    FundRow,
    LedgerRules,
    LedgerSeal,
    Line,
)
from booking.invoices.models import Invoice, InvoicePayment
from booking.network.models import Meeting, MeetingAnswer, MeetingRole
from booking.notifications.models import Message
from booking.partners.models import PartnerDate, PartnerFeed
from booking.payments.demo_models import BankDispute, BankMovement, BankPayout
from booking.payments.models import (
    BalanceRow,
    BankSession,
    BankWatch,
    Dispute,
    Payment,
    PaymentLine,
    Payout,
    Refund,
    WebhookEvent,
)
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
    "BalanceRow",
    "BankDispute",
    "BankLine",
    "BankMatch",
    "BankMovement",
    "BankPayout",
    "BankSession",
    "BankStatement",
    "BankWatch",
    "Bid",
    "BidApproval",
    "BidPromise",
    "BidReceipt",
    "BidRules",
    "Booking",
    "ClosedYear",
    "Closure",
    "Consent",
    "CostLine",
    "DayTotal",
    "Decision",
    "Dispute",
    "Entry",
    "Event",
    "EventDate",
    "Explanation",
    "FeePart",
    "Feed",
    "FundRow",
    "Funding",
    "Invitation",
    "InvitationRole",
    "Invoice",
    "InvoicePayment",
    "LedgerRules",
    "LedgerSeal",
    "Line",
    "MatchedEntry",
    "Meeting",
    "MeetingAnswer",
    "MeetingRole",
    "Message",
    "Needs",
    "Offer",
    "Parent",
    "ParentLink",
    "PartnerDate",
    "PartnerFeed",
    "PasswordReset",
    "PayIn",
    "PayInPayment",
    "Payment",
    "PaymentLine",
    "Payout",
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
    "RefundChoice",
    "RegisterMark",
    "RemovedDate",
    "RoleGrant",
    "Round",
    "RowEntry",
    "School",
    "SeasonPlan",
    "Term",
    "ThrottleCount",
    "WebSession",
    "WebhookEvent",
    "Wish",
    "YearMove",
]
