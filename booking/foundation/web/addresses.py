"""The addresses that mails, calendars and check lists name: one table, checked against the routes.

Templates and routes say `url_for`. What is also written outside a request, or in a service, which
knows no Flask, takes the address from here: `addresses.SCHOOL_EVENT(slug=event.slug)`.
"""

import re
from dataclasses import dataclass
from typing import NewType
from urllib.parse import quote

#: A path of this site that came out of the table. `render.absolute_url` takes nothing else.
Path = NewType("Path", str)
_PART = re.compile(r"<(\w+)>")


@dataclass(frozen=True)
class Address:
    """Where a page is: the endpoint of its route, and the path as the route writes it."""

    endpoint: str
    rule: str

    def __call__(self, **parts: str) -> Path:
        """Return the path with its parts filled in, each by the name that the route gives it."""
        assert parts.keys() == self.parts, f"{self.rule} has the parts {sorted(self.parts)}"
        return Path(_PART.sub(lambda found: quote(parts[found[1]], safe=""), self.rule))

    @property
    def parts(self) -> set[str]:
        """Say which parts the path has."""
        return set(_PART.findall(self.rule))

    @property
    def prefix(self) -> str:
        """Return what stands before the first part: "/parent/"."""
        return self.rule.partition("<")[0]


HELP_GUIDE = Address("guides.guide", "/help/<role>")
HELP_TASK = Address("guides.task", "/help/<role>/<task>")
HELP_PICTURE = Address("guides.picture", "/help/images/<name>")
ACCOUNT = Address("account.home", "/account/")
ASK_RESET = Address("account.ask_reset", "/reset")
BID = Address("bids.bid", "/cpd/bids/<public_id>")
BOOKING_MONEY = Address("checkout.booking_money", "/school/bookings/<public_id>/money")
CALENDAR_FEED = Address("calendars.feed", "/calendar/feeds/<token>.ics")
CIRCULAR = Address("circulars.show", "/circulars/<public_id>")
CLAIM = Address("claims.show", "/claims/<public_id>")
CONTACT = Address("about.contact", "/contact")
DATA_REQUEST = Address("data_requests.network_show", "/admin/rights/<public_id>")
DEMO_PAYMENT = Address("demo_processor.pay_page", "/demo-processor/<session_id>")
EXPERTISE = Address("directory.show", "/who-can-help/<public_id>")
HELP_LINK = Address("directory.link", "/who-can-help/links/<public_id>")
NOMINATION = Address("directory.nomination", "/nominate/<token>")
LINK_OUTCOME = Address("directory.outcome", "/link-outcome/<token>")
EVENT = Address("events.show", "/events/<slug>")
EVENT_CALLS = Address("incidents.calls", "/host/events/<slug>/calls")
EVENT_COUNTS = Address("incidents.counts", "/host/events/<slug>/counts")
EVENT_INCIDENTS = Address("incidents.listing", "/host/events/<slug>/incidents")
EVENT_CHANGES = Address("answers.changes", "/host/events/<slug>/changes")
EVENT_ALLOCATION = Address("allocation.explanation", "/events/<slug>/allocation")
FAMILY_QUESTION = Address("checkout.family_question", "/school/questions/<public_id>")
FILE = Address("files.download", "/files/<public_id>")
LETTER_CODE = Address("checkout.letter_code", "/letter")
FUND = Address("fund.home", "/fund/")
FUND_BANK_IMPORT = Address("bank.choose_file", "/fund/bank/import")
FUND_BANK_LINE = Address("bank.line", "/fund/bank/lines/<public_id>")
FUND_BANK_MATCHING = Address("bank.matching", "/fund/bank/matching")
FUND_CLAIMS = Address("claims.all_claims", "/fund/claims")
FUND_DECISION = Address("fund.decision", "/fund/decisions/<public_id>")
FUND_DECISIONS = Address("fund.decisions", "/fund/decisions")
FUND_DISPUTES = Address("clearing.disputes", "/fund/disputes")
FUND_EVENT = Address("fund.event", "/fund/events/<slug>")
FUND_EVENTS = Address("fund.events", "/fund/events")
FUND_NEW_ENTRY = Address("fund.new", "/fund/entries/new/<kind>")
FUND_INVOICES = Address("invoices.home", "/fund/invoices/")
FUND_EXPLANATION = Address("clearing.explanation", "/fund/to-explain/<public_id>")
FUND_ENTRY = Address("fund.entry", "/fund/entries/<key>")
FUND_PAYMENT = Address("tracing.payment", "/fund/payments/<public_id>")
FUND_PAYOUT = Address("clearing.payout", "/fund/payouts/<payout_id>")
FUND_PAYOUTS = Address("clearing.payouts", "/fund/payouts")
FUND_REFUNDS = Address("clearing.going_back", "/fund/refunds")
FUND_RULE_CHANGE = Address("fund.rule_change", "/fund/rule-changes/<public_id>")
FUND_SPENDING = Address("fund.spending", "/fund/spending/<public_id>")
FUND_SLIP = Address("tracing.slip", "/fund/slips/<public_id>")
FUND_TRANSFERS = Address("transfers.home", "/fund/transfers/")
FUND_TO_EXPLAIN = Address("clearing.to_explain", "/fund/to-explain")
HOST_EVENT = Address("host.work", "/host/events/<slug>/")
IDEA = Address("ideas.idea", "/ideas/<public_id>")
INVITATION = Address("account.invitation", "/invitations/<token>")
INVITATIONS = Address("admin.invitations", "/admin/invitations/")
INVOICE = Address("invoices.show", "/invoices/<public_id>")
MAIL_STOP = Address("mail_choices.show", "/mail/stop/<token>")
MEETING = Address("meetings.meeting", "/meetings/<public_id>")
NETWORK_LIFE = Address("overview.home", "/network-life/")
NEW_ADDRESS = Address("account.new_address", "/new-address/<token>")
OBJECTION = Address("checkout.objection", "/school/objections/<public_id>")
PAID = Address("checkout.back", "/paid/<reference>")
PARENT = Address("parent.overview", "/parent/<token>")
PARENT_QUESTIONS = Address("parent.questions", "/parent/<token>/questions")
PARENT_REFUND = Address("parent.refund_choice", "/parent/<token>/refund")
PAYMENT_HISTORY = Address("checkout.payment_history", "/fund/payments/<public_id>/history")
POST = Address("posts.post", "/posts/<public_id>/")
PLAN = Address("seasons.public_plan", "/plans/<slug>")
PUPIL_DAY = Address("answers.pupil", "/school/bookings/<public_id>/")
COLLEAGUE_QUESTION = Address("colleague_questions.show", "/questions/<public_id>")
STAFF_GROUP = Address("colleague_groups.show", "/groups/<public_id>")
RESOURCES = Address("resources.listing", "/resources/")
RESOURCE = Address("resources.show", "/resources/<public_id>")
RESOURCE_FEED = Address("resources.feed", "/resources/feeds/<token>.atom")
RESET = Address("account.reset", "/reset/<token>")
RUNNING = Address("upkeep.running", "/admin/health")
SCHOOL = Address("school.home", "/school/")
SCHOOL_GLASS = Address("glass.opened", "/school/openings/<public_id>")
SCHOOL_INCIDENT = Address("incidents.at_school", "/school/incidents/<public_id>/")
SCHOOL_EVENT = Address("school.event", "/school/events/<slug>/")
SCHOOL_DATA_REQUEST = Address("data_requests.show", "/school/rights/<public_id>")
SCHOOL_FILES = Address("members.files", "/schools/files")
SCHOOL_PLAN = Address("seasons.wishes", "/school/plans/<slug>/")
SCHOOL_TRAVEL = Address("travel.plan", "/school/events/<slug>/travel")
TOUR = Address("tours.show", "/tours/<slug>")
TOUR_WORK = Address("tours.work", "/tours/<slug>/work")
VISIT = Address("visits.show", "/visits/<public_id>")
WALK_IN = Address("walk_ins.put_right", "/school/walk-ins/<public_id>/")
SECURITY = Address("factors.home", "/account/security")
PERSON = Address("admin.person", "/admin/people/<public_id>")
SIGN_IN = Address("account.sign_in", "/sign-in")
#: Addresses that hold a secret: kept by no browser, told to no other site, masked in logs.
SECRET = (
    *(PARENT, INVITATION, RESET, NEW_ADDRESS, MAIL_STOP, PAID, DEMO_PAYMENT),
    *(NOMINATION, LINK_OUTCOME),
)
#: Those that programs fetch, and keep what they answer: masked in logs too.
FEEDS = (CALENDAR_FEED, RESOURCE_FEED)
