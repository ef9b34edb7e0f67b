"""Columns with words that are about nobody: numbers, titles, states, places, sums.

Whoever adds a column with words to a table says so here, or says in the table of what is kept how
long it is kept (tests/house/test_kept.py). Names that end like these need no line.
"""

from booking.domain.keeping.rows import columns

#: What a column's name ends with if it is a random number, a digest or a school year.
ENDINGS = (
    *("public_id", "slug", "uid", "hash", "digest", "seed", "commitment", "gateway_id"),
    *("session_id", "school_year", "sha256", "seal"),
)

COLUMNS = columns(
    "audit_entries: action subject_type request_id; audit_seals: marks; demo_disputes: id;"
    "demo_movements: id source_id payout_id; demo_payouts: id;"
    "demo_sessions: id idempotency_key success_url cancel_url status refunds; erasures: kind;"
    "funds: title purpose; job_runs: name worker; ledger_seals: marks;"
    "messages: template attachment_type; pointed_columns: dialect owner title meaning;"
    "public_calendars: name; schools: urn phase town postcode day_starts day_ends; terms: name;"
    "help_areas: name; themes: name folded; webhook_events: id type;"
    "attached_files: owner_kind owner_id;"
    "balance_rows: source_id money_id; closed_years: accepted funds;"
    "events: venue venue_address fee_reason; kits: name contents; ledger_totals: account;"
    "meetings: venue link minutes_link circle; partner_dates: title location link;"
    "partner_feeds: name url etag last_modified problem moved_to outcome; season_plans: name;"
    "bank_lines: fingerprint; cost_lines: label; entries: key kind school;"
    "event_dates: venue venue_address; event_groups: name; event_questions: options cleared;"
    "fee_parts: label; feeds: leaves_out; group_plans: before; ledger_event_totals: account;"
    "moved_pupils: school_year_before; payments: session_url; rounds: record;"
    "season_plan_records: record published; tours: theme room_wanted;"
    "workshops: title line room; cost_claims: line; entry_lines: account;"
    "explanations: key problem parked_key; invoice_payments: account; tour_stops: room;"
    "bid_receipts: content_type; consents: channel; refunds: instead; security_counts: kind;"
    "site_alerts: key name level; made_copies: path; rule_changes: wanted was;"
    "record_readings: name level title story advice;"
    "spending_proposals: key bank_line"
)
