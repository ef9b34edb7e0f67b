"""What families ask their school by private link, and links that reached somebody else."""

import sqlalchemy as sa
from alembic import op

revision = "0038_family_questions"
down_revision = "0037_invoices_by_hand"
branch_labels = None
depends_on = None

TABLE = "family_questions"


def upgrade() -> None:
    """Add them."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "matter IN ('question', 'not_mine')", name=op.f("ck_family_questions_familymatter")
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_family_questions_booking_id_bookings")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["parents.id"], name=op.f("fk_family_questions_parent_id_parents")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["people.id"], name=op.f("fk_family_questions_settled_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_questions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_family_questions_public_id")),
    )
    op.create_index("ix_family_questions_booking_id", TABLE, ["booking_id"])
    op.create_index("ix_family_questions_settled_at", TABLE, ["settled_at"])
    op.create_index("ix_family_questions_parent_id_asked_at", TABLE, ["parent_id", "asked_at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table(TABLE)
