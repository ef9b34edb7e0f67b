"""Damage that may be done to a database, each with what the doctor says of it."""

from dataclasses import dataclass

from booking.foundation.encryption import FieldKeys
from booking.foundation.settings import DEFAULT_FIELD_KEY


@dataclass(frozen=True)
class Fault:
    """Damage done to the database behind the application's back, and what the doctor says."""

    promise: str
    said: str
    statements: tuple[str, ...]
    guarded: bool = False


_KEYS = FieldKeys()
_KEYS.configure(DEFAULT_FIELD_KEY)
#: As an earlier version encrypted it: bound to no row.
PAYEE = _KEYS.encrypt(b"Ms Reed")
PAID = "(SELECT booking_id FROM payment_lines)"
ADA = f"(SELECT pupil_id FROM bookings WHERE id = {PAID})"
HOME = f"(SELECT school_id FROM bookings WHERE id = {PAID})"
OTHER_SCHOOL = f"(SELECT MAX(school_id) FROM bookings WHERE school_id <> {HOME})"
PUZZLE, CHESS = ("(SELECT MIN(id) FROM events)", "(SELECT MAX(id) FROM events)")
LAST_MAIL = "(SELECT MAX(id) FROM messages)"
OVERSOLD = "No event has more pupils than places"
OWN_PLACE = "A pupil’s place belongs to the same event and the same school"
OWN_PUPIL = "Pupils are named by their own school"
ONCE = "A pupil has one place, or is a reserve once, at an event"
AT_ONCE = "No pupil was named for two events at once"
OFFERED = "A place on offer is held by nobody"
ROWS = "Every processor row stands for entries of the same amount"
OVERSPENT = "No fund except events and administration is overspent"
ADDS_UP = "A payment is the sum of its lines, and what was refunded the sum of its refunds"
TAKEN = "Every payment that was taken is in the ledger"
LEDGER = "Every ledger entry is whole, balances in each fund, and is as it was when sealed"
SIZES = "Every ledger entry is found by its size"
BY_TWO = "Every payment that two people approved is in the ledger as they approved it"
TRAIL = "The audit trail's hash chain holds"
ROUNDS = "Every round can be recomputed from its published record"
PLANS = "Every accepted season plan agrees with its record and its places"
BANK = "The bank lines add up to the bank’s balance, and each match has two equal sides"
PROMISED = "CPD money is only promised to approved bids, and is there"
KEYS = "Everything encrypted can be read in its place"
PAST = "Nothing is kept too long"
FILE = "The database is intact"
RIGHTS = "Every request about what is held is answered in time"
ERASED = "Whoever was erased is erased in this database too"
PAYOUTS = "Every payout that arrived is in the ledger, and none that came back"
UNDONE = "No payment that was undone is still in the ledger"
SLIPS = "Every paying-in slip is in the ledger just as long as it stands"
REFUNDS = "Every refund is in the ledger just when the money has gone"
INVOICES = "Every invoice, and every payment of one, is in the ledger as its page says"
ASKED = "Consent is asked for again only where a pupil has a place"
TOLD = "What a host asked about a pupil is kept only while the pupil has a place"
WITHDRAWN = "A withdrawn question has no answers"
PAIRS = "A pair has two members at most, and a triad three"
ROOM = "No visit has more visitors than room"
HELPED = "A question that an answer helped with is closed"
NUMBERED = "Every resource has its versions, numbered from one"
NOMINATED = "Nobody is listed without a nomination younger than a year"
OWN_FILES = "The file of every version belongs to its resource"
GROUPS = "A pupil’s group is one of the event where the pupil has a place"
FULL = "No workshop has more pupils than places"
AT_WORKSHOP = "A pupil is at a workshop of the right event, at its time, and at one at a time"
SHARED = "Workshops were shared out as their record says"
CLAIMS = "Claims of events' costs are paid once, and by others than claim them"
SEATS = "No bus has promised more seats than it has"
STOPS = "Every stop of a tour is at its event's school and time, and none meets another"
CONTENTS = "Every file has its content, unchanged"
QUESTION = (
    'INSERT INTO event_questions (id, public_id, event_id, position, "of", kind, label, text,'
    " help, options, required, for_staff, kept, cleared, late, asked_at)"
    " SELECT 1, 'one', event_id, 1, 'parent', 'text', 'Coat', 'Coat?', '', '[]', false, false,"
    f" 'fortnight', '[]', false, named_at FROM bookings WHERE id = {PAID}"
)
ANSWER = (
    "INSERT INTO question_answers (question_id, booking_id, chosen, answered_at)"
    f" SELECT 1, id, '[]', named_at FROM bookings WHERE id = {PAID}"
)
WORKSHOP = (
    "INSERT INTO workshops (id, public_id, event_id, title, line, room, places, time)"
    f" SELECT 1, 'one', event_id, 'Chess', '', '', 1, 'first' FROM bookings WHERE id = {PAID}"
)
SPOT = (
    "INSERT INTO workshop_spots (workshop_id, half, number, booking_id)"
    " SELECT 1, {half}, {number}, booking_id FROM payment_lines"
)

FAULTS = [
    Fault(
        PAIRS,
        "a pair, has 3 members",
        ("UPDATE staff_groups SET kind = 'pair'",),
    ),
    Fault(
        ROOM,
        "2 have a yes, and there is room for 1",
        ("UPDATE staff_visits SET room = 1",),
    ),
    Fault(
        HELPED,
        "is open, although an answer helped",
        ("UPDATE colleague_questions SET closed_at = NULL",),
    ),
    Fault(
        NUMBERED,
        "1 versions, the newest numbered 2",
        ("UPDATE resource_versions SET number = 2",),
    ),
    Fault(
        NOMINATED,
        "listed, and nobody has said yes within a year",
        ("UPDATE nominations SET said_yes = NULL",),
    ),
    Fault(
        OWN_FILES,
        "its file belongs to something else",
        ("UPDATE attached_files SET owner_kind = 'meeting'",),
    ),
    Fault(
        GROUPS,
        "is in a group without a confirmed place at its event",
        (
            "INSERT INTO event_groups (id, event_id, position, name)"
            f" SELECT 1, {CHESS}, 0, 'Red' FROM payment_lines",
            "INSERT INTO group_members (booking_id, group_id, pinned)"
            " SELECT booking_id, 1, false FROM payment_lines",
        ),
    ),
    Fault(
        FULL,
        "workshop 1: 1 pupils on 1 places",
        (WORKSHOP, SPOT.format(half=1, number=2)),
    ),
    Fault(
        AT_WORKSHOP,
        "is at a workshop where it cannot be",
        (WORKSHOP, SPOT.format(half=2, number=1)),
    ),
    Fault(
        SHARED,
        "This is not the record of workshops",
        (
            "INSERT INTO workshop_choices (event_id, closes_at, seed, seed_commitment, opened_at,"
            " record, version) SELECT event_id, named_at, 'seed', 'beef', named_at, '{}', 0"
            f" FROM bookings WHERE id = {PAID}",
        ),
    ),
    Fault(
        STOPS,
        "is a stop at another school than its host",
        (
            "INSERT INTO tours (id, slug, state, title, theme, concept, room_wanted,"
            " leading_school_id, teacher, low_year, high_year, pupils_max, minutes,"
            " travel_minutes, first_on, last_on, created_at) SELECT 1, 'box', 'open', 'Box', '',"
            f" '', '', {HOME}, '', 5, 6, 30, 120, 30, '2027-01-01', '2027-12-31', named_at"
            f" FROM bookings WHERE id = {PAID}",
            "INSERT INTO tour_stops (public_id, tour_id, school_id, state, room, pupils, others,"
            " low_year, high_year, note, asked_at, starts_at, ends_at, event_id, reason) SELECT"
            f" 'one', 1, {HOME}, 'accepted', 'Hall', 12, 0, 5, 6, '', first_starts_at,"
            f" first_starts_at, last_ends_at, id, '' FROM events WHERE id = {PUZZLE}",
        ),
    ),
    Fault(
        CONTENTS,
        "content beef: its bytes are missing",
        (
            "INSERT INTO file_contents (sha256, kind, size_bytes, added_at)"
            " SELECT 'beef', 'pdf', 9, MAX(named_at) FROM bookings",
        ),
    ),
    Fault(
        TOLD,
        "is declined, and answers to its host’s questions are still kept",
        (QUESTION, ANSWER, f"UPDATE bookings SET state = 'declined' WHERE id = {PAID}"),
    ),
    Fault(
        WITHDRAWN,
        "question 1 was withdrawn, and its answers are still kept",
        (QUESTION, ANSWER, "UPDATE event_questions SET withdrawn_at = asked_at"),
    ),
    Fault(
        ASKED,
        "is declined, and its parents are asked whether it is still fine",
        (
            "INSERT INTO consent_questions (booking_id, facts_digest, asked_at, reply_by_at)"
            f" SELECT id, 'moved', named_at, named_at FROM bookings WHERE id = {PAID}",
            f"UPDATE bookings SET state = 'declined' WHERE id = {PAID}",
        ),
    ),
    Fault(
        OVERSOLD,
        "puzzle-day-2027: 3 pupils on 2 places",
        (
            "DROP INDEX uq_bookings_seated_place",
            "INSERT INTO bookings (public_id, event_id, pupil_id, school_id, place_id, state,"
            " named_at) SELECT 'third', event_id, pupil_id + 1, school_id, place_id, 'invited',"
            f" named_at FROM bookings WHERE id = {PAID}",
        ),
    ),
    Fault(
        OWN_PLACE,
        "has a place that is not its school's",
        (
            f"UPDATE places SET school_id = {OTHER_SCHOOL} WHERE id ="
            f" (SELECT place_id FROM bookings WHERE id = {PAID})",
        ),
    ),
    Fault(
        OWN_PUPIL,
        "names another school's pupil",
        (f"UPDATE pupils SET school_id = {OTHER_SCHOOL} WHERE id = {ADA}",),
    ),
    Fault(
        ONCE,
        "is there 2 times",
        (
            "DROP INDEX uq_bookings_live_pupil",
            "INSERT INTO bookings (public_id, event_id, pupil_id, school_id, state, reserve_rank,"
            " named_at) SELECT 'again', event_id, pupil_id, school_id, 'reserve', 1, named_at"
            f" FROM bookings WHERE id = {PAID}",
        ),
    ),
    Fault(
        AT_ONCE,
        "put one pupil at two events at the same time",
        (
            "UPDATE event_dates SET"
            f" starts_at = (SELECT starts_at FROM event_dates WHERE event_id = {PUZZLE}),"
            f" ends_at = (SELECT ends_at FROM event_dates WHERE event_id = {PUZZLE})"
            f" WHERE event_id = {CHESS}",
        ),
    ),
    Fault(
        # No other change to the event explains it: only one of a date, recorded in the trail.
        AT_ONCE,
        "put one pupil at two events at the same time",
        (
            "UPDATE events SET sequence = 1, modified_at = '2027-06-01 00:00:00'",
            "UPDATE event_dates SET"
            f" starts_at = (SELECT starts_at FROM event_dates WHERE event_id = {PUZZLE}),"
            f" ends_at = (SELECT ends_at FROM event_dates WHERE event_id = {PUZZLE})"
            f" WHERE event_id = {CHESS}",
        ),
    ),
    Fault(
        OFFERED,
        "is open although a school holds its place",
        (
            f"UPDATE places SET school_id = {OTHER_SCHOOL}"
            " WHERE id = (SELECT place_id FROM offers WHERE state = 'open')",
        ),
    ),
    Fault(
        ROWS,
        "row txn_x is 500 pence at the card processor and 0 in the books",
        (
            "INSERT INTO balance_rows (gateway_id, kind, amount_pence, fee_pence, source_id,"
            " money_id, description, moved_at) VALUES"
            " ('txn_x', 'charge', 535, 35, '', '', '', '2027-01-01 10:00:00')",
        ),
    ),
    Fault(
        OVERSPENT,
        "the balance of the CPD fund is -",
        (
            "INSERT INTO entries (id, key, kind, description, entered_on, entered_at, reason,"
            " school, line_count) VALUES (900, 'speaker:900', 'speaker', 'Speaker', '2027-03-01',"
            " '2027-03-01 09:30:00', '', '', 2)",
            *(
                "INSERT INTO entry_lines (id, entry_id, account, fund, pence, memo)"
                f" VALUES ({row}, 900, '{account}', 'cpd', {pence}, '')"
                for row, account, pence in (
                    (901, "expenses:speakers", 999_900),
                    (902, "assets:bank", -999_900),
                )
            ),
            "INSERT INTO entry_sizes (entry_id, pence) VALUES (900, 999900)",
        ),
        guarded=True,
    ),
    Fault(ADDS_UP, "does not add up", ("UPDATE payment_lines SET refunded_pence = 1",)),
    Fault(TAKEN, "payment nobody's has no entry", ("UPDATE payments SET public_id = 'nobody''s'",)),
    Fault(
        LEDGER,
        "it was changed after it had been sealed",
        (
            "UPDATE entries SET description = 'Gift of nobody'"
            " WHERE id = (SELECT MAX(id) FROM entries)",
        ),
        guarded=True,
    ),
    Fault(
        LEDGER,
        "Entry 900 (grant:900): it has 0 lines, not 2.",
        (
            "INSERT INTO entries (id, key, kind, description, entered_on, entered_at, reason,"
            " school, line_count) VALUES (900, 'grant:900', 'grant', 'Gift', '2027-03-01',"
            " '2027-03-01 09:30:00', '', '', 2)",
            "INSERT INTO entry_sizes (entry_id, pence) VALUES (900, 1)",
        ),
        guarded=True,
    ),
    Fault(SIZES, "has no size", ("DELETE FROM entry_sizes",), guarded=True),
    Fault(
        BY_TWO,
        "the payment tampered is not in the ledger, or for another amount",
        (
            "INSERT INTO spending_proposals (public_id, key, wanted, pence, why, bank_line, state,"
            " asked_by_id, asked_at, expires_at, decided_by_id, decided_at, answer, made_id)"
            " SELECT 'tampered', 'hand:never', '{}', 1, 'above', '', 'approved', MIN(id),"
            " '2027-01-01 00:00:00', '2027-01-15 00:00:00', NULL, '2027-01-02 00:00:00', '',"
            " (SELECT MIN(id) FROM entries) FROM people",
        ),
    ),
    Fault(
        TRAIL,
        "audit entry 1: it was changed after it had been sealed",
        ("UPDATE audit_entries SET action = 'nothing' WHERE id = 1",),
        guarded=True,
    ),
    Fault(
        ROUNDS,
        "puzzle-day-2027: The record is not the one published",
        ("UPDATE rounds SET digest = 'beef'",),
    ),
    Fault(
        PLANS,
        "spring-2027: This is not the record of a season plan",
        (
            "INSERT INTO season_plans (slug, name, first_on, last_on, weighting, at_most,"
            " wishes_close_at, state, seed, seed_commitment, opened_at) VALUES ('spring-2027',"
            " 'Spring', '2027-04-20', '2027-07-20', 'equal', 1, '2027-03-01 00:00:00',"
            " 'accepted', 'seed', 'beef', '2027-03-01 00:00:00')",
            "INSERT INTO season_plan_records (plan_id, record, digest, published, accepted_at)"
            " SELECT id, '{}', 'beef', '{}', wishes_close_at FROM season_plans",
        ),
    ),
    Fault(
        BANK,
        "closes with £6.00, but all lines add up to £0.00",
        (
            "INSERT INTO bank_statements (public_id, file_name, file_hash, first_on, last_on,"
            " closing_pence, known_count, imported_at) VALUES ('b', 'b.csv', 'beef',"
            " '2027-02-01', '2027-02-28', 600, 0, '2027-03-01 00:00:00')",
        ),
    ),
    Fault(
        PROMISED,
        "bid unkept is approved and has £0.00 promised",
        (
            "INSERT INTO bids (public_id, kind, state, school_id, title, provider, for_whom,"
            " benefit, takes_place_on, cost_pence, asked_pence, approved_pence, applied_at, reason)"
            f" SELECT 'unkept', 'subsidy', 'approved', {HOME}, '', '', '', '', '2027-04-01', 2, 1,"
            " 1, '2027-03-01 00:00:00', ''",
        ),
    ),
    Fault(
        PAYOUTS,
        "payout po_x is paid, and the ledger says otherwise",
        (
            "INSERT INTO payouts (gateway_id, amount_pence, state, automatic, arrives_on,"
            " created_at, rows_pence, posted_at) VALUES ('po_x', 565, 'paid', TRUE, '2027-02-26',"
            " '2027-02-24 09:00:00', 565, '2027-02-26 09:00:00')",
        ),
    ),
    Fault(
        UNDONE,
        "was undone, but its entry has not been reversed",
        ("UPDATE payments SET undone_at = '2027-03-01 09:00:00'",),
    ),
    Fault(
        SLIPS,
        "slip 100044 of 2027-02-26 is not in the ledger as its page says",
        (
            "INSERT INTO pay_ins (public_id, school_id, amount_pence, reference, banked_on,"
            f" recorded_at) SELECT 'slip', {HOME}, 600, '100044', '2027-02-26',"
            " '2027-02-26 10:00:00'",
        ),
    ),
    Fault(
        REFUNDS,
        "refund unpaid is pending, and the ledger says otherwise",
        (
            "INSERT INTO refunds (public_id, payment_id, line_id, amount_pence, reason, state,"
            " requested_at) SELECT 'unpaid', payment_id, id, 100, 'Ill', 'pending',"
            " '2027-02-26 10:00:00' FROM payment_lines",
            "UPDATE payment_lines SET refunded_pence = 100",
            "UPDATE payments SET refunded_pence = 100, state = 'part_refunded'",
        ),
    ),
    Fault(
        INVOICES,
        "asks for £24.00, and the ledger has £0.00",
        (
            "INSERT INTO invoices (public_id, school_year, nth, school_id, event_id, state, pupils,"
            " each_pence, amount_pence, paid_pence, raised_on, due_on, raised_at, reason) SELECT"
            f" 'unbooked', '2026/27', 1, {HOME}, {PUZZLE}, 'raised', 4, 600, 2400, 0,"
            " '2027-02-01', '2027-03-30', '2027-02-01 09:00:00', ''",
        ),
    ),
    Fault(
        CLAIMS,
        "was paid £1.00, but has no such entry",
        (
            "INSERT INTO cost_claims (public_id, event_id, state, pence, line, what, payee, reason,"
            f" claimed_at, entry_id) SELECT 'unpaid', {PUZZLE}, 'paid', 100, '', 'Coach',"
            f" '{PAYEE}', '',"
            " '2027-02-01 09:00:00', id FROM entries WHERE id = (SELECT MIN(id) FROM entries)",
        ),
    ),
    Fault(
        SEATS,
        "has promised 3 of its 2 seats",
        (
            "INSERT INTO travel_plans (id, public_id, event_id, school_id, seats, gets_on,"
            " base_name, base_phone, first_aid, supervision, meeting_point)"
            f" SELECT 1, 'bus', {PUZZLE}, {HOME}, 2, '', '', '', '', '', ''",
            "INSERT INTO seat_shares (public_id, plan_id, school_id, seats, state, asked_at)"
            f" SELECT 'share', 1, {OTHER_SCHOOL}, 3, 'confirmed', '2027-02-01 09:00:00'",
        ),
    ),
    Fault(
        KEYS,
        "pupils.admission_number: 1 row with a key that FIELD_KEY lacks",
        (f"UPDATE pupils SET admission_number = 'lost:AAAA' WHERE id = {ADA}",),
    ),
    Fault(
        KEYS,
        "messages.html: 1 of",
        (f"UPDATE messages SET html = text WHERE id = {LAST_MAIL}",),
    ),
    Fault(
        KEYS,
        "messages.text: 1 of",
        (
            "UPDATE messages SET text ="
            " (SELECT text FROM messages WHERE id = (SELECT MIN(id) FROM messages))"
            f" WHERE id = {LAST_MAIL}",
        ),
    ),
    Fault(
        PAST,
        "parents' links: ",
        ("UPDATE parent_links SET expires_at = '2026-01-01 00:00:00'",),
    ),
    Fault(
        PAST,
        "pupils: 1 rows should have been deleted (one year after the school year",
        (
            "INSERT INTO pupils (public_id, school_id, forename, surname, year_group, class_name,"
            f" added_at) SELECT 'p', {HOME}, 'Old', 'List', 5, '', '2020-03-02 09:00:00'"
            " FROM payment_lines",
        ),
    ),
    Fault(
        ERASED,
        "1 person who asked to be erased can be read again",
        (
            "INSERT INTO erasures (kind, public_id, erased_at) SELECT 'parents', public_id,"
            " '2026-01-01 00:00:00' FROM parents WHERE id IN (SELECT parent_id FROM"
            f" pupil_parents WHERE pupil_id = {ADA})",
        ),
    ),
    Fault(
        RIGHTS,
        "1 request should have been answered",
        ("UPDATE data_requests SET due_on = received_on",),
    ),
]
