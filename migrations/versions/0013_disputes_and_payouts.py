"""Disputes, payouts, the card processor's rows, waiting refunds and what needs explaining.

A payment that is already parked gets its line in the list of what needs explaining.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013_disputes_and_payouts"
down_revision = "0012_family_payments"
branch_labels = None
depends_on = None

FILL_EXPLANATIONS = (
    "INSERT INTO explanations "
    "(public_id, key, problem, amount_pence, payment_id, parked_key, found_at, reason) "
    "SELECT public_id, 'payment:' || public_id, to_explain, amount_pence, id, '', opened_at, '' "
    "FROM payments WHERE state = 'to_explain' ORDER BY id"
)
TABLES = (
    "explanations",
    "row_entries",
    "refund_choices",
    "bank_payouts",
    "bank_disputes",
    "bank_movements",
    "bank_watch",
    "balance_rows",
    "payouts",
    "disputes",
)


def upgrade() -> None:
    """Create the tables."""
    _create_processor_tables()
    _create_demo_bank_tables()
    _create_checkout_tables()
    op.add_column("refunds", sa.Column("instead", sa.String(), nullable=False, server_default=""))
    op.add_column(
        "bank_sessions", sa.Column("slow", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(FILL_EXPLANATIONS)


def downgrade() -> None:
    """Remove the tables."""
    op.drop_column("bank_sessions", "slow")
    op.drop_column("refunds", "instead")
    for table in TABLES:
        op.drop_table(table)


def _words(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _create_processor_tables() -> None:
    op.create_table(
        "disputes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gateway_id", sa.String(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column(
            "state",
            _words("needs_answer", "under_review", "won", "lost", "closed", name="disputestate"),
            nullable=False,
        ),
        sa.Column("evidence_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_disputes_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
        sa.UniqueConstraint("gateway_id", name=op.f("uq_disputes_gateway_id")),
    )
    op.create_index(op.f("ix_disputes_payment_id"), "disputes", ["payment_id"], unique=False)
    op.create_index(op.f("ix_disputes_state"), "disputes", ["state"], unique=False)
    op.create_table(
        "payouts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gateway_id", sa.String(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("state", _words("coming", "paid", "failed", name="payoutstate"), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows_pence", sa.Integer(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payouts")),
        sa.UniqueConstraint("gateway_id", name=op.f("uq_payouts_gateway_id")),
    )
    op.create_index(op.f("ix_payouts_created_at"), "payouts", ["created_at"], unique=False)
    op.create_index(op.f("ix_payouts_state"), "payouts", ["state"], unique=False)
    op.create_table(
        "balance_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gateway_id", sa.String(), nullable=False),
        sa.Column(
            "kind",
            _words(
                "charge",
                "refund",
                "refund_failure",
                "dispute",
                "fee",
                "payout",
                "payout_failure",
                "other",
                name="rowkind",
            ),
            nullable=False,
        ),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("fee_pence", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("money_id", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payout_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["payouts.id"], name=op.f("fk_balance_rows_payout_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_balance_rows")),
        sa.UniqueConstraint("gateway_id", name=op.f("uq_balance_rows_gateway_id")),
    )
    op.create_index(op.f("ix_balance_rows_money_id"), "balance_rows", ["money_id"], unique=False)
    op.create_index(op.f("ix_balance_rows_payout_id"), "balance_rows", ["payout_id"], unique=False)
    op.create_table(
        "bank_watch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("messages_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payouts_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("balance_pence", sa.Integer(), nullable=True),
        sa.Column("balance_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_bank_watch_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_watch")),
    )


def _create_demo_bank_tables() -> None:
    op.create_table(
        "bank_movements",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column(
            "kind",
            _words(
                "charge",
                "refund",
                "refund_failure",
                "dispute",
                "fee",
                "payout",
                "payout_failure",
                "other",
                name="rowkind",
            ),
            nullable=False,
        ),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("fee_pence", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payout_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_movements")),
    )
    op.create_index(
        "ix_bank_movements_made_at_id", "bank_movements", ["made_at", "id"], unique=False
    )
    op.create_index(
        op.f("ix_bank_movements_payout_id"), "bank_movements", ["payout_id"], unique=False
    )
    op.create_index(
        op.f("ix_bank_movements_session_id"), "bank_movements", ["session_id"], unique=False
    )
    op.create_table(
        "bank_disputes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            _words("needs_answer", "under_review", "won", "lost", "closed", name="disputestate"),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_disputes")),
        sa.UniqueConstraint("session_id", name=op.f("uq_bank_disputes_session_id")),
    )
    op.create_table(
        "bank_payouts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("state", _words("coming", "paid", "failed", name="payoutstate"), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_payouts")),
    )
    op.create_index(
        op.f("ix_bank_payouts_created_at"), "bank_payouts", ["created_at"], unique=False
    )


def _create_checkout_tables() -> None:
    op.create_table(
        "refund_choices",
        sa.Column("refund_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("choice", _words("refund", "gift", name="choice"), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chosen_by_id", sa.Integer(), nullable=True),
        sa.Column("wording_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chosen_by_id"], ["parents.id"], name=op.f("fk_refund_choices_chosen_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["refunds.id"], name=op.f("fk_refund_choices_refund_id")
        ),
        sa.PrimaryKeyConstraint("refund_id", name=op.f("pk_refund_choices")),
    )
    op.create_index(op.f("ix_refund_choices_ends_at"), "refund_choices", ["ends_at"], unique=False)
    op.create_table(
        "row_entries",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_row_entries_entry_id")),
        sa.ForeignKeyConstraint(
            ["row_id"], ["balance_rows.id"], name=op.f("fk_row_entries_row_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_row_entries")),
    )
    op.create_index(op.f("ix_row_entries_row_id"), "row_entries", ["row_id"], unique=False)
    op.create_table(
        "explanations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("row_id", sa.Integer(), nullable=True),
        sa.Column("parked_key", sa.String(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "resolution", _words("attached", "refunded", "noted", name="resolution"), nullable=True
        ),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_explanations_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["people.id"], name=op.f("fk_explanations_resolved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["row_id"], ["balance_rows.id"], name=op.f("fk_explanations_row_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanations")),
        sa.UniqueConstraint("key", name=op.f("uq_explanations_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_explanations_public_id")),
    )
    op.create_index(
        "ix_explanations_resolved_at_found_at",
        "explanations",
        ["resolved_at", "found_at"],
        unique=False,
    )
