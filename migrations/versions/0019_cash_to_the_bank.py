"""Cash and cheques that schools paid in at the bank."""

import sqlalchemy as sa
from alembic import op

revision = "0019_cash_to_the_bank"
down_revision = "0018_school_invoices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "pay_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("banked_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_pay_ins_some_pence")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_pay_ins_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_ins")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pay_ins_public_id")),
    )
    op.create_index("ix_pay_ins_school_id_banked_on", "pay_ins", ["school_id", "banked_on"])
    op.create_table(
        "pay_in_payments",
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("pay_in_id", sa.Integer(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_pay_in_payments_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["pay_in_id"], ["pay_ins.id"], name=op.f("fk_pay_in_payments_pay_in_id")
        ),
        sa.PrimaryKeyConstraint("payment_id", name=op.f("pk_pay_in_payments")),
    )
    op.create_index(op.f("ix_pay_in_payments_pay_in_id"), "pay_in_payments", ["pay_in_id"])


def downgrade() -> None:
    """Remove the tables."""
    op.drop_table("pay_in_payments")
    op.drop_table("pay_ins")
