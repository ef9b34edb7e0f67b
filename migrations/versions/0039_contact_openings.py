"""Who of the day's staff opened whom to ring for a pupil, when and why."""

import sqlalchemy as sa
from alembic import op

revision = "0039_contact_openings"
down_revision = "0038_family_questions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "contact_openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_contact_openings_booking_id_bookings")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_contact_openings_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_openings")),
    )
    op.create_index(
        "ix_contact_openings_booking_id_person_id",
        "contact_openings",
        ["booking_id", "person_id"],
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("contact_openings")
