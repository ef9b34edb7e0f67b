"""Invoices to schools, and what schools have paid."""

import sqlalchemy as sa
from alembic import op

revision = "0018_school_invoices"
down_revision = "0017_partner_feeds"
branch_labels = None
depends_on = None

STATES = ("raised", "paid", "cancelled")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "invoices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("school_year", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("pupils", sa.Integer(), nullable=False),
        sa.Column("each_pence", sa.Integer(), nullable=False),
        sa.Column("paid_pence", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("pupils > 0 AND each_pence > 0", name=op.f("ck_invoices_for_something")),
        sa.CheckConstraint(
            "paid_pence BETWEEN 0 AND pupils * each_pence",
            name=op.f("ck_invoices_paid_within_amount"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_invoices_event_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_invoices_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoices")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invoices_public_id")),
        sa.UniqueConstraint("school_year", "nth", name=op.f("uq_invoices_school_year_nth")),
    )
    op.create_index(op.f("ix_invoices_event_id"), "invoices", ["event_id"])
    op.create_index("ix_invoices_school_id_raised_on", "invoices", ["school_id", "raised_on"])
    op.create_index("ix_invoices_state_due_on", "invoices", ["state", "due_on"])
    live = sa.text("state <> 'cancelled'")
    op.create_index(
        "uq_invoices_live",
        "invoices",
        ["event_id", "school_id"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
    op.create_table(
        "invoice_payments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("pence > 0", name=op.f("ck_invoice_payments_some_pence")),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoices.id"], name=op.f("fk_invoice_payments_invoice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_payments")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invoice_payments_public_id")),
    )
    op.create_index(op.f("ix_invoice_payments_invoice_id"), "invoice_payments", ["invoice_id"])


def downgrade() -> None:
    """Remove the tables."""
    op.drop_table("invoice_payments")
    op.drop_table("invoices")
