"""Imports every feature's tables once, for migrations and the shell."""

from booking.days.allocation.models import Round
from booking.days.events.models import CostLine, Event, EventDate, FeePart, RemovedDate
from booking.days.partners.models import PartnerDate, PartnerFeed
from booking.days.places.models import Booking, Offer, Place, PlaceRequest
from booking.days.seasons.models import (
    PlannedEvent,
    PlannedPupil,
    PlannedSchool,
    PlanRecord,
    Proposal,
    SeasonPlan,
    Wish,
)
from booking.foundation.audit.models import AuditEntry, AuditSeal
from booking.foundation.notifications.models import Message
from booking.foundation.web.models import ThrottleCount, WebSession
from booking.money.bank.models import BankLine, BankMatch, BankStatement, MatchedEntry
from booking.money.bids.models import Bid, BidApproval, BidPromise, BidReceipt, BidRules
from booking.money.checkout.models import (
    Consent,
    Explanation,
    Funding,
    Needs,
    PayIn,
    PayInPayment,
    RefundChoice,
    RowEntry,
)
from booking.money.fund.models import (
    ClosedYear,
    DayTotal,
    Decision,
    Entry,
    FundRow,
    LedgerRules,
    LedgerSeal,
    Line,
)
from booking.money.invoices.models import Invoice, InvoicePayment
from booking.money.payments.demo_processor.models import (
    DemoDispute,
    DemoMovement,
    DemoPayout,
    DemoSession,
)
from booking.money.payments.models import (
    BalanceRow,
    Dispute,
    Payment,
    PaymentLine,
    Payout,
    ProcessorWatch,
    Refund,
    WebhookEvent,
)
from booking.network.meetings.models import Meeting, MeetingAnswer, MeetingRole
from booking.on_the_day.calendars.models import Feed
from booking.on_the_day.rosters.models import AccompanyingAdult, RegisterMark
from booking.people.pupils.models import Parent, ParentLink, Pupil, PupilParent, YearMove
from booking.people.schools.models import (
    Closure,
    Invitation,
    InvitationRole,
    PasswordReset,
    Person,
    RoleGrant,
    School,
    Term,
)

__all__ = [
    "AccompanyingAdult",
    "AuditEntry",
    "AuditSeal",
    "BalanceRow",
    "BankLine",
    "BankMatch",
    "BankStatement",
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
    "DemoDispute",
    "DemoMovement",
    "DemoPayout",
    "DemoSession",
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
    "ProcessorWatch",
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
