"""Groups at an event, who is in them, and how they were before the last change."""

import sqlalchemy as sa
from alembic import op

revision = "0045_groups"
down_revision = "0044_leading"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "event_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name="fk_event_groups_event_id_events",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_event_groups"),
        sa.UniqueConstraint("event_id", "position", name="uq_event_groups_event_id_position"),
    )
    op.create_table(
        "group_members",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name="fk_group_members_booking_id_bookings"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["event_groups.id"], name="fk_group_members_group_id_event_groups"
        ),
        sa.PrimaryKeyConstraint("booking_id", name="pk_group_members"),
    )
    op.create_index("ix_group_members_group_id", "group_members", ["group_id"])
    op.create_table(
        "group_plans",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name="fk_group_plans_event_id_events",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["people.id"], name="fk_group_plans_changed_by_id_people"
        ),
        sa.PrimaryKeyConstraint("event_id", name="pk_group_plans"),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("group_plans", "group_members", "event_groups"):
        op.drop_table(table)
