"""Bids for CPD money, and what the fund has promised.

Promises are append-only like the ledger, with triggers like those in 0010: what was promised on a
past day does not change.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014_cpd_bids"
down_revision = "0013_disputes_and_payouts"
branch_labels = None
depends_on = None

STATES = (
    "applied",
    "approved_once",
    "approved",
    "claimed",
    "spent",
    "refused",
    "withdrawn",
    "lapsed",
)
PROMISES = "bid_promises"


def _words(column: str, name: str, *values: str) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=False)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Create the tables, and protect promises from changes."""
    _create_bids()
    _create_parts()
    _create_rules()
    if op.get_bind().dialect.name == "sqlite":
        _refuse_on_sqlite()
        return
    op.execute(
        f"CREATE TRIGGER {PROMISES}_no_change BEFORE UPDATE OR DELETE ON {PROMISES} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {PROMISES}_no_truncate BEFORE TRUNCATE ON {PROMISES} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _create_bids() -> None:
    op.create_table(
        "bids",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        _words("kind", "kind", "subsidy", "speaker"),
        _words("state", "state", *STATES),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("for_whom", sa.String(), nullable=False),
        sa.Column("benefit", sa.String(), nullable=False),
        sa.Column("takes_place_on", sa.Date(), nullable=False),
        sa.Column("cost_pence", sa.Integer(), nullable=False),
        sa.Column("asked_pence", sa.Integer(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_pence", sa.Integer(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lapses_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_pence", sa.Integer(), nullable=True),
        sa.Column("claimed_pence", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "0 < asked_pence AND asked_pence <= cost_pence",
            name=op.f("ck_bids_share_of_the_cost"),
        ),
        sa.CheckConstraint(
            "approved_pence IS NULL OR (0 < approved_pence AND approved_pence <= asked_pence)",
            name=op.f("ck_bids_approved_within_asked"),
        ),
        sa.CheckConstraint(
            "claimed_pence IS NULL OR (0 < claimed_pence AND claimed_pence <= approved_pence)",
            name=op.f("ck_bids_claimed_within_approved"),
        ),
        sa.CheckConstraint(
            "(state = 'spent') = (entry_id IS NOT NULL)", name=op.f("ck_bids_spent_has_its_entry")
        ),
        _refers("bids", "school_id", "schools"),
        _refers("bids", "applicant_id", "people"),
        _refers("bids", "entry_id", "entries"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bids")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bids_public_id")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_bids_entry_id")),
    )
    op.create_index(op.f("ix_bids_applicant_id"), "bids", ["applicant_id"])
    op.create_index("ix_bids_school_id_takes_place_on", "bids", ["school_id", "takes_place_on"])
    op.create_index("ix_bids_state_lapses_at", "bids", ["state", "lapses_at"])


def _create_parts() -> None:
    op.create_table(
        "bid_approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        _refers("bid_approvals", "bid_id", "bids"),
        _refers("bid_approvals", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_approvals")),
        sa.UniqueConstraint("bid_id", "person_id", name=op.f("uq_bid_approvals_bid_id_person_id")),
    )
    op.create_table(
        PROMISES,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        _words("state", "state", *STATES),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("pence <> 0", name=op.f("ck_bid_promises_not_zero")),
        _refers(PROMISES, "bid_id", "bids"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_promises")),
    )
    op.create_index(op.f("ix_bid_promises_bid_id"), PROMISES, ["bid_id"])
    op.create_table(
        "bid_receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        _refers("bid_receipts", "bid_id", "bids"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_receipts")),
    )
    op.create_index(op.f("ix_bid_receipts_bid_id"), "bid_receipts", ["bid_id"])


def _create_rules() -> None:
    op.create_table(
        "bid_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subsidy_percent", sa.Integer(), nullable=False),
        sa.Column("speaker_percent", sa.Integer(), nullable=False),
        sa.Column("bid_max_pence", sa.Integer(), nullable=False),
        sa.Column("term_max_pence", sa.Integer(), nullable=False),
        sa.Column("two_above_pence", sa.Integer(), nullable=False),
        sa.Column("lapse_days", sa.Integer(), nullable=False),
        sa.Column("shown_to_visitors", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_bid_rules_one_row")),
        sa.CheckConstraint(
            "subsidy_percent BETWEEN 1 AND 100", name=op.f("ck_bid_rules_subsidy_share")
        ),
        sa.CheckConstraint(
            "speaker_percent BETWEEN 1 AND 100", name=op.f("ck_bid_rules_speaker_share")
        ),
        sa.CheckConstraint(
            "0 < bid_max_pence AND bid_max_pence <= term_max_pence",
            name=op.f("ck_bid_rules_ceilings_in_order"),
        ),
        sa.CheckConstraint("two_above_pence >= 0", name=op.f("ck_bid_rules_two_above_zero")),
        sa.CheckConstraint("lapse_days >= 1", name=op.f("ck_bid_rules_lapses_later")),
        _refers("bid_rules", "changed_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_rules")),
    )


def _refuse_on_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{PROMISES} is append-only'); END"
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {PROMISES}_no_{change.lower()} BEFORE {change} ON {PROMISES} {refuse}"
        )
    # INSERT OR REPLACE deletes without firing a delete trigger.
    op.execute(
        f"CREATE TRIGGER {PROMISES}_no_replace BEFORE INSERT ON {PROMISES} "  # noqa: S608 - our own
        f"WHEN EXISTS (SELECT 1 FROM {PROMISES} WHERE id = NEW.id) {refuse}"
    )


def downgrade() -> None:
    """Drop the tables; their triggers go with them."""
    for table in ("bid_rules", "bid_receipts", PROMISES, "bid_approvals", "bids"):
        op.drop_table(table)
