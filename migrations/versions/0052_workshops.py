"""Workshops within an event: what there is, what pupils wish for, and where they are."""

import sqlalchemy as sa
from alembic import op

revision = "0052_workshops"
down_revision = "0051_themes"
branch_labels = None
depends_on = None


def _events(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["event_id"], ["events.id"], name=f"fk_{table}_event_id_events", ondelete="CASCADE"
    )


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "workshops",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column(
            "time",
            sa.Enum(
                "first",
                "second",
                "whole_day",
                name="workshoptime",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("places >= 1", name="ck_workshops_some_places"),
        _events("workshops"),
        sa.PrimaryKeyConstraint("id", name="pk_workshops"),
        sa.UniqueConstraint("public_id", name="uq_workshops_public_id"),
    )
    op.create_index("ix_workshops_event_id", "workshops", ["event_id"])
    op.create_table(
        "workshop_choices",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("seed_commitment", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shared_by_id", sa.Integer(), nullable=True),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        _events("workshop_choices"),
        sa.ForeignKeyConstraint(
            ["shared_by_id"], ["people.id"], name="fk_workshop_choices_shared_by_id_people"
        ),
        sa.PrimaryKeyConstraint("event_id", name="pk_workshop_choices"),
    )
    op.create_table(
        "workshop_wishes",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.CheckConstraint("rank >= 1 AND rank <= 3", name="ck_workshop_wishes_three_at_most"),
        sa.CheckConstraint("half = 1 OR half = 2", name="ck_workshop_wishes_half_of_the_day"),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name="fk_workshop_wishes_booking_id_bookings"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshops.id"],
            name="fk_workshop_wishes_workshop_id_workshops",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("booking_id", "workshop_id", name="pk_workshop_wishes"),
        sa.UniqueConstraint(
            "booking_id", "half", "rank", name="uq_workshop_wishes_booking_id_half_rank"
        ),
    )
    op.create_index("ix_workshop_wishes_workshop_id", "workshop_wishes", ["workshop_id"])
    op.create_table(
        "workshop_spots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number >= 1", name="ck_workshop_spots_numbered_from_one"),
        sa.CheckConstraint("half = 1 OR half = 2", name="ck_workshop_spots_half_of_the_day"),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name="fk_workshop_spots_workshop_id_workshops"
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name="fk_workshop_spots_booking_id_bookings"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_workshop_spots"),
        sa.UniqueConstraint("workshop_id", "half", "number", name="uq_workshop_spots_spot"),
        sa.UniqueConstraint("booking_id", "half", name="uq_workshop_spots_one_at_a_time"),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("workshop_spots", "workshop_wishes", "workshop_choices", "workshops"):
        op.drop_table(table)
