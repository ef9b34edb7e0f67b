"""What is kept of adults, of those who work with the site, of money and of the network."""

from booking.domain.keeping.rows import KeptRow, LawfulBasis, Whose
from booking.domain.keeping.times import KeepingTime

_ADULTS, _STAFF, _MONEY, _NETWORK = Whose.ADULTS, Whose.STAFF, Whose.MONEY, Whose.NETWORK
_WORK = "To run the network"
_RIGHT = "To keep the site working and safe"
_YEARS_OF_ACCOUNTS = 6
_UNPAID = 90

ACCOMPANYING = KeptRow(
    _ADULTS,
    "Adults who travel with pupils: name, mobile number, e-mail address",
    "To reach whoever looks after the pupils",
    LawfulBasis.TASK,
    KeepingTime("the event", days=14),
    "accompanying_adults: name mobile email",
)
TRAVEL = KeptRow(
    _ADULTS,
    "How schools travel, with whom to ring at the school, and the host’s safeguarding lead",
    "To reach whoever can help on the day",
    LawfulBasis.TASK,
    KeepingTime("the event", days=14),
    "travel_plans: gets_on base_name base_phone first_aid supervision meeting_point;"
    "visit_notes: first_aid safeguarding_name safeguarding_phone drop_off meeting_point risks",
)
LEADING = KeptRow(
    _ADULTS,
    "Who leads an event or a tour, and whom to ring about it",
    "To tell families and schools who is responsible",
    LawfulBasis.TASK,
    KeepingTime("the event", school_years=1),
    "events: led_by contact_name contact_phone; leadings: teacher organisation contact;"
    "tours: teacher",
    remains="what the event was, and how many led",
)
ACCOUNTS = KeptRow(
    _STAFF,
    "Accounts: name, e-mail address, mobile number, password (only what recognises it), "
    "an associate’s institution",
    "To know who may do what",
    LawfulBasis.TASK,
    KeepingTime(
        "the account was closed, or its person, without a role, last did something", school_years=1
    ),
    "people: name email mobile password_hash hints_read; role_grants: institution",
    remains="an account without a name, so that the record of acts says who did two things",
)
FACTORS = KeptRow(
    _STAFF,
    "Passkeys, authenticator apps and recovery codes",
    _RIGHT,
    LawfulBasis.TASK,
    KeepingTime("they are removed, or the account loses its name"),
    "passkeys: name credential_id public_key; authenticator_apps: secret;recovery_codes: code_hash",
)
INVITATIONS = KeptRow(
    _STAFF,
    "Invitations: name and e-mail address",
    "To give somebody a role",
    LawfulBasis.TASK,
    KeepingTime("they expired", days=30),
    "invitations: email name token_hash; invitation_roles: institution",
)
PASSWORD_LINKS = KeptRow(
    _STAFF,
    "Links to choose a password",
    _RIGHT,
    LawfulBasis.TASK,
    KeepingTime("they expire"),
    "password_resets: token_hash",
)
IDENTITIES = KeptRow(
    _STAFF,
    "Google and Microsoft accounts that sign somebody in: the number that each has there",
    _RIGHT,
    LawfulBasis.TASK,
    KeepingTime("the link was removed, or the account lost its name"),
    "identities: issuer subject",
)
KNOWN_BROWSERS = KeptRow(
    _STAFF,
    "Browsers in which somebody has signed in",
    "So that strangers’ wrong passwords shut nobody out",
    LawfulBasis.INTERESTS,
    KeepingTime("somebody last signed in there", days=180),
    "known_browsers: token_hash browser",
)
DAY_STAFF = KeptRow(
    _STAFF,
    "Roles for one day",
    "To let helpers see their list",
    LawfulBasis.TASK,
    KeepingTime("the event", days=30),
    "role_grants: person_id",
)
SESSIONS = KeptRow(
    _STAFF,
    "Who is signed in, keys of forms that were sent, and challenges that passkeys answered",
    _RIGHT,
    LawfulBasis.INTERESTS,
    KeepingTime("when they end, at most a day later"),
    "web_sessions: token_hash content browser; sent_forms: name contents answer;"
    "throttle_counts: key; used_challenges: challenge_hash",
)
FEEDS = KeptRow(
    _STAFF,
    "Private calendars that were ended",
    "To know that an address is no longer valid",
    LawfulBasis.TASK,
    KeepingTime("they were revoked", days=30),
    "feeds: token_hash short_id label last_fetched_by",
)
OPENINGS = KeptRow(
    _STAFF,
    "Why somebody who oversees the network opened a school’s pupils",
    "To answer for it to the school",
    LawfulBasis.TASK,
    KeepingTime("it was opened", days=60),
    "glass_openings: reason",
    remains="in the record of acts, that they were opened",
)
DATA_REQUESTS = KeptRow(
    Whose.FAMILIES,
    "Requests about what is held: who asked, about whom, what, and the answer",
    "To answer in time, and to show that it was done",
    LawfulBasis.LAW,
    KeepingTime("the answer, or the day on which it was due", years=1),
    "data_requests: asker about wanted reply_to extended_because answer pupil_id parent_id",
    otherwise=KeepingTime("with the answer, where the person has been erased"),
    remains="what kind of request it was, when it came, when it was answered and how",
)
MEETING_ANSWERS = KeptRow(
    _STAFF,
    "Who is invited to a meeting by name, and who comes",
    _WORK,
    LawfulBasis.TASK,
    KeepingTime("the meeting", days=400),
    "meeting_answers: person_id; meeting_guests: person_id",
    remains="the meeting and its minutes",
)
MAIL = KeptRow(
    _STAFF,
    "Mail in the outbox: to whom, the subject; its text until it is sent",
    "To know what was told to whom",
    LawfulBasis.TASK,
    KeepingTime("it was sent or given up", days=90),
    "messages: key recipient about reply_to subject text html attachment_name attachment files"
    " last_error",
    otherwise=KeepingTime("it should have been sent, if it never was", days=400),
)
CIRCULARS = KeptRow(
    _STAFF,
    "Circulars, their files and templates, and who received them",
    _WORK,
    LawfulBasis.TASK,
    KeepingTime("they were written", years=2),
    "circulars: subject text chosen; circular_templates: name subject text;"
    "circular_copies: person_id",
)
HEADS = KeptRow(
    _STAFF,
    "Who counted heads",
    "To find every pupil",
    LawfulBasis.TASK,
    KeepingTime("the date", days=400),
    "head_counts: counted_by_id",
)
REFLECTIONS = KeptRow(
    _STAFF,
    "What hosts wrote afterwards",
    "To do it better next time",
    LawfulBasis.TASK,
    KeepingTime("the event", years=3),
    "reflections: went_well to_change",
)
LOST = KeptRow(
    _STAFF,
    "Lost property",
    "To give it back",
    LawfulBasis.TASK,
    KeepingTime("the last day on which it is kept", days=30),
    "lost_things: what found_where",
)
IDEAS = KeptRow(
    _STAFF,
    "Ideas for events that came to nothing, and who seconded them",
    _WORK,
    LawfulBasis.TASK,
    KeepingTime("they were closed", years=1),
    "ideas: title details roughly_when closed_word; idea_seconds: note",
    remains="ideas that became events stay with them",
)
FILES = KeptRow(
    _STAFF,
    "Files of events, and what newer versions replaced",
    _WORK,
    LawfulBasis.TASK,
    KeepingTime("the event, or the newer version", days=400),
    "attached_files: name label; file_bytes: content",
    otherwise=KeepingTime("the file was deleted, for its content", days=1),
    remains="what is for everybody stays on the event’s public page",
)
SCHOOL_FILES = KeptRow(
    _STAFF,
    "Files of schools",
    _WORK,
    LawfulBasis.TASK,
    KeepingTime("the school left the network", years=1),
    "attached_files: name",
)
PAPERS = KeptRow(
    _STAFF,
    "Papers of meetings",
    _WORK,
    LawfulBasis.TASK,
    KeepingTime("the meeting", years=6),
    "attached_files: name",
)
PAYERS = KeptRow(
    _MONEY,
    "Which parent paid, or chose what happens to a refund",
    "To refund, and to answer questions",
    LawfulBasis.TASK,
    KeepingTime("the event", school_years=1),
    "payments: parent_id; refund_choices: chosen_by_id",
    remains="the payment, its amount, event and reference",
)
TRANSFERS = KeptRow(
    _MONEY,
    "References for bank transfers",
    "To know what a transfer is for; it may be late",
    LawfulBasis.TASK,
    KeepingTime("the event", days=90),
    "transfer_references: parent_id",
    remains="the payment that came by it",
)
BANK = KeptRow(
    _MONEY,
    "What a bank writes on its statements; it may name who paid",
    "To find what a payment was for, and for the accounts",
    LawfulBasis.LAW,
    KeepingTime("the payment", school_years=_YEARS_OF_ACCOUNTS),
    "bank_lines: description",
    remains="date and amount",
)
RECEIPTS = KeptRow(
    _MONEY,
    "Receipts for bids",
    "For the accounts",
    LawfulBasis.LAW,
    KeepingTime("the payment", school_years=_YEARS_OF_ACCOUNTS),
    "bid_receipts: content",
    otherwise=KeepingTime("a bid that was not paid", days=_UNPAID),
)
CLAIMS = KeptRow(
    _MONEY,
    "Claims of events’ costs: who is paid, their bank account and receipts",
    "To pay, and for the accounts",
    LawfulBasis.LAW,
    KeepingTime("the payment", school_years=_YEARS_OF_ACCOUNTS),
    "cost_claims: what payee reason",
    otherwise=KeepingTime("a claim that was not paid", days=_UNPAID),
)
PROCESSOR = KeptRow(
    _MONEY,
    "Messages about payments on this site; they name nobody",
    "To account for every payment",
    LawfulBasis.LAW,
    KeepingTime("they came", days=400),
    "webhook_events: object_id; demo_sessions: reference description note",
)
PAYMENT_WORDS = KeptRow(
    _MONEY,
    "What staff wrote about a payment or a refund: a cheque’s number, a reason",
    "For the accounts",
    LawfulBasis.LAW,
    KeepingTime("the payment", school_years=_YEARS_OF_ACCOUNTS),
    "payments: reference to_explain undo_reason; refunds: reason",
    remains="the payment and the refund",
)
LEDGER = KeptRow(
    _MONEY,
    "The ledger, payments, invoices and bids, with what staff wrote about them; never the name of "
    "a child or a parent",
    "For the accounts of the network (six years are required), and to show that they are whole",
    LawfulBasis.LAW,
    None,
    "entries: description reason made_by_id; entry_lines: memo; explanations: reason;"
    "pay_ins: reference undo_reason;"
    "invoices: title reason; invoice_lines: words; invoice_payments: undo_reason;"
    "bids: title provider for_whom benefit reason; ledger_decisions: reason answer;"
    "spending_proposals: wanted answer;"
    "disputes: reason; balance_rows: description; bank_statements: file_name",
)
ACTS = KeptRow(
    _NETWORK,
    "The record of acts: who did what and when, by numbers and names of fields; no child’s name, "
    "no health",
    "To answer for what was done; it is sealed, so that nobody can change it unseen",
    LawfulBasis.TASK,
    None,
    "audit_entries: person_id actor_kind subject_id facts reason",
)
EVENTS = KeptRow(
    _NETWORK,
    "Events, tours and meetings with their minutes, and what staff wrote about them",
    "To plan the next year",
    LawfulBasis.TASK,
    None,
    "events: title concept intended_impact practicalities drafted cancelled_reason;"
    "leadings: called; tours: title concept; tour_stops: note reason; lead_looks: note"
    " returned_note; day_closings: reopened_reason; meetings: title notes minutes"
    " cancelled_reason; event_questions: label text help; invitation_roles: event_title;"
    "kit_moves: missing; closures: reason",
)
SCHOOLS = KeptRow(
    _NETWORK,
    "Schools: addresses, telephone numbers, the head, and who is responsible for safeguarding now",
    "To reach a school",
    LawfulBasis.TASK,
    None,
    "schools: name address office_phone emergency_phone safeguarding_name safeguarding_phone"
    " deputy_safeguarding_name deputy_safeguarding_phone head_name head_email website",
)
JOBS = KeptRow(
    _NETWORK,
    "Runs of the site’s own work",
    _RIGHT,
    LawfulBasis.INTERESTS,
    KeepingTime("they were last run", days=90),
    "job_runs: failure",
)
REFUSALS = KeptRow(
    _NETWORK,
    "How often something was refused, by quarter of an hour; nothing about whom",
    "To notice an attack",
    LawfulBasis.INTERESTS,
    KeepingTime("they were counted", days=90),
    "security_counts: key",
)
PROOFS = KeptRow(
    _NETWORK,
    "What the site proved about itself each night: when, by how many checks",
    _RIGHT,
    LawfulBasis.INTERESTS,
    KeepingTime("it was proved", days=400),
    "proofs: broken reason",
)
ERASED = KeptRow(
    _NETWORK,
    "That somebody was erased when they asked: a number and a date, no name",
    "To erase them again after a copy of the database was restored",
    LawfulBasis.LAW,
    None,
    "erasures: public_id",
)
OWN_TEXTS = KeptRow(
    _NETWORK,
    "Who wrote a version of one of the network’s own texts",
    _WORK,
    LawfulBasis.INTERESTS,
    KeepingTime("it was written, once there is a newer one", years=6),
    "text_versions: text said",
    remains="the text, and what was changed",
)
OWN_FACTS = KeptRow(
    _NETWORK,
    "What the network says about itself: name, addresses, who is responsible, its picture",
    "To be reached",
    LawfulBasis.TASK,
    None,
    "network_facts: name short_name colour email telephone postal_address controller officer"
    " ico_number hosting mailing logo_type logo_digest logo_alt logo",
)

ROWS = (
    *(ACCOMPANYING, TRAVEL, LEADING),
    *(
        ACCOUNTS,
        FACTORS,
        INVITATIONS,
        PASSWORD_LINKS,
        IDENTITIES,
        KNOWN_BROWSERS,
        DAY_STAFF,
        SESSIONS,
        FEEDS,
        OPENINGS,
        MEETING_ANSWERS,
    ),
    *(MAIL, CIRCULARS, HEADS, REFLECTIONS, LOST, IDEAS, FILES, SCHOOL_FILES, PAPERS),
    *(PAYERS, TRANSFERS, BANK, RECEIPTS, CLAIMS, PROCESSOR, PAYMENT_WORDS, LEDGER),
    *(ACTS, EVENTS, SCHOOLS, JOBS, REFUSALS, PROOFS, ERASED, OWN_TEXTS, OWN_FACTS),
    DATA_REQUESTS,
)
