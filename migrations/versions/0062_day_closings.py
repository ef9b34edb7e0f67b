"""Closed days, what was left behind, and what hosts would do again."""

import sqlalchemy as sa
from alembic import op

revision = "0062_day_closings"
down_revision = "0061_travel"
branch_labels = None
depends_on = None


def _words(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _key(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [of], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Create the three tables."""
    op.create_table(
        "day_closings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("never_marked", sa.Integer(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened_by_id", sa.Integer(), nullable=True),
        sa.Column("reopened_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(reopened_at IS NULL) = (reopened_reason = '')",
            name=op.f("ck_day_closings_reopened_with_a_reason"),
        ),
        _key("day_closings", "event_id", "events.id"),
        _key("day_closings", "closed_by_id", "people.id"),
        _key("day_closings", "reopened_by_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_closings")),
    )
    op.create_index(
        "uq_day_closings_closed_once",
        "day_closings",
        ["event_id"],
        unique=True,
        sqlite_where=sa.text("reopened_at IS NULL"),
        postgresql_where=sa.text("reopened_at IS NULL"),
    )
    op.create_table(
        "lost_things",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("found_where", sa.String(), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=False),
        sa.Column(
            "state",
            _words("listed", "claimed", "given_back", "disposed_of", name="loststate"),
            nullable=False,
        ),
        sa.Column("claimed_by_school_id", sa.Integer(), nullable=True),
        sa.Column("way_back", _words("fetch", "send", name="wayback"), nullable=True),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("listed_by_id", sa.Integer(), nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(way_back IS NULL) = (claimed_by_school_id IS NULL)",
            name=op.f("ck_lost_things_claimed_in_some_way"),
        ),
        _key("lost_things", "event_id", "events.id"),
        _key("lost_things", "claimed_by_school_id", "schools.id"),
        _key("lost_things", "listed_by_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lost_things")),
        sa.UniqueConstraint("public_id", name=op.f("uq_lost_things_public_id")),
    )
    op.create_index("ix_lost_things_event_id", "lost_things", ["event_id"])
    op.create_index(
        op.f("ix_lost_things_claimed_by_school_id"), "lost_things", ["claimed_by_school_id"]
    )
    op.create_table(
        "reflections",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("went_well", sa.String(), nullable=False),
        sa.Column("to_change", sa.String(), nullable=False),
        sa.Column("for_colleagues", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        _key("reflections", "event_id", "events.id"),
        _key("reflections", "written_by_id", "people.id"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_reflections")),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("reflections", "lost_things", "day_closings"):
        op.drop_table(table)
