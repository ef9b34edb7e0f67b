"""What families changed late, and who has seen it; where to write to the adults who travel."""

import sqlalchemy as sa
from alembic import op

revision = "0040_late_changes"
down_revision = "0039_contact_openings"
branch_labels = None
depends_on = None

UNSEEN = sa.text("seen_at IS NULL")


def upgrade() -> None:
    """Create the table, and add the address; nobody has one yet."""
    op.create_table(
        "late_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("audience IN ('school', 'host')", name=op.f("ck_late_changes_audience")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_late_changes_booking_id_bookings")
        ),
        sa.ForeignKeyConstraint(
            ["seen_by_id"], ["people.id"], name=op.f("fk_late_changes_seen_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_changes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_late_changes_public_id")),
    )
    op.create_index("ix_late_changes_booking_id", "late_changes", ["booking_id"])
    op.create_index(
        "uq_late_changes_unseen",
        "late_changes",
        ["booking_id", "audience"],
        unique=True,
        sqlite_where=UNSEEN,
        postgresql_where=UNSEEN,
    )
    op.add_column(
        "accompanying_adults", sa.Column("email", sa.String(), nullable=False, server_default="")
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_column("accompanying_adults", "email")
    op.drop_table("late_changes")
