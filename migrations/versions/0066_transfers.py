"""References for families' bank transfers, and whether any are offered."""

import sqlalchemy as sa
from alembic import op

revision = "0066_transfers"
down_revision = "0065_cost_claims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "transfer_references",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_transfer_references_booking_id_bookings")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["parents.id"], name=op.f("fk_transfer_references_parent_id_parents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_references")),
        sa.UniqueConstraint("number", name=op.f("uq_transfer_references_number")),
        sa.UniqueConstraint(
            "booking_id", "parent_id", name=op.f("uq_transfer_references_booking_id_parent_id")
        ),
        sa.CheckConstraint(
            "number BETWEEN 1000000 AND 9999999", name=op.f("ck_transfer_references_seven_digits")
        ),
    )
    op.create_index("ix_transfer_references_parent_id", "transfer_references", ["parent_id"])
    op.create_table(
        "transfer_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_rules")),
        sa.CheckConstraint("id = 1", name=op.f("ck_transfer_rules_one_row")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("transfer_rules")
    op.drop_table("transfer_references")
