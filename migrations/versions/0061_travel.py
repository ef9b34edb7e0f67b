"""How schools travel to an event, seats that they share, and what hosts tell them for a visit."""

import sqlalchemy as sa
from alembic import op

revision = "0061_travel"
down_revision = "0060_register_taps"
branch_labels = None
depends_on = None

MODES = ("coach", "minibus", "shared", "walking", "public_transport", "parents")
STATES = ("asked", "confirmed", "declined", "withdrawn", "taken_back", "called_off")
LIVE = sa.text("state IN ('asked', 'confirmed')")


def words(name: str, *values: str) -> sa.Enum:
    """Return a text column that holds only these values."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def texts(*names: str) -> list[sa.Column]:
    """Return columns of text that are never NULL."""
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "travel_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("mode", words("travelmode", *MODES), nullable=True),
        *(sa.Column(name, sa.Time(), nullable=True) for name in ("leaves", "arrives", "back")),
        sa.Column("seats", sa.Integer(), nullable=False),
        *texts("gets_on", "base_name", "base_phone", "first_aid", "supervision", "meeting_point"),
        sa.Column("check_since", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_travel_plans_seats_not_negative")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_travel_plans_event_id")),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_travel_plans_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_plans")),
        sa.UniqueConstraint(
            "event_id", "school_id", name=op.f("uq_travel_plans_event_id_school_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_travel_plans_public_id")),
    )
    op.create_index("ix_travel_plans_school_id", "travel_plans", ["school_id"])
    op.create_table(
        "seat_shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("state", words("seatstate", *STATES), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("news_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("seats >= 1", name=op.f("ck_seat_shares_some_seats")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["travel_plans.id"], name=op.f("fk_seat_shares_plan_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_seat_shares_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_shares")),
        sa.UniqueConstraint("public_id", name=op.f("uq_seat_shares_public_id")),
    )
    op.create_index("ix_seat_shares_school_id", "seat_shares", ["school_id"])
    op.create_index(
        "uq_seat_shares_live",
        "seat_shares",
        ["plan_id", "school_id"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_table(
        "visit_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        *texts("first_aid", "safeguarding_name", "safeguarding_phone"),
        *texts("drop_off", "meeting_point", "risks"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_visit_notes_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_notes")),
        sa.UniqueConstraint("event_id", name=op.f("uq_visit_notes_event_id")),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("visit_notes", "seat_shares", "travel_plans"):
        op.drop_table(table)
