"""Payments, refunds and the card processor's messages."""

import sqlalchemy as sa
from alembic import op

revision = "0006_payments"
down_revision = "0005_places"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "bank_sessions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("success_url", sa.String(), nullable=False),
        sa.Column("cancel_url", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("pays_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("refunds", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_sessions")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_bank_sessions_idempotency_key")),
    )
    op.create_table(
        "webhook_events",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("object_id", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_events")),
    )
    op.create_table(
        "payments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "method",
            sa.Enum(
                "card",
                "cash",
                "cheque",
                "bank_transfer",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("refunded_pence", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "opened",
                "paid",
                "lapsed",
                "failed",
                "refunded",
                "part_refunded",
                "to_explain",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("session_id", sa.String(), nullable=True),
        sa.Column("session_url", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("session_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("card_fee_pence", sa.Integer(), nullable=True),
        sa.Column("to_explain", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_payments_some_pence")),
        sa.CheckConstraint(
            "refunded_pence BETWEEN 0 AND amount_pence",
            name=op.f("ck_payments_refund_within_payment"),
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_payments_booking_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_payments_event_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["parents.id"], name=op.f("fk_payments_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payments_public_id")),
        sa.UniqueConstraint("session_id", name=op.f("uq_payments_session_id")),
    )
    op.create_index(op.f("ix_payments_booking_id"), "payments", ["booking_id"], unique=False)
    op.create_index(op.f("ix_payments_event_id"), "payments", ["event_id"], unique=False)
    op.create_index("ix_payments_state_opened_at", "payments", ["state", "opened_at"], unique=False)
    op.create_table(
        "refunds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "pending",
                "succeeded",
                "failed",
                "cancelled",
                name="refundstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("gateway_id", sa.String(), nullable=True),
        sa.Column("requested_by_id", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_refunds_some_pence")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_refunds_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["people.id"], name=op.f("fk_refunds_requested_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        sa.UniqueConstraint("gateway_id", name=op.f("uq_refunds_gateway_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_refunds_public_id")),
    )
    op.create_index(op.f("ix_refunds_payment_id"), "refunds", ["payment_id"], unique=False)
    op.create_index(op.f("ix_refunds_state"), "refunds", ["state"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("refunds")
    op.drop_table("payments")
    op.drop_table("webhook_events")
    op.drop_table("bank_sessions")
