"""How each pupil arrived and left, in place of whether they were there; and every press."""

import sqlalchemy as sa
from alembic import op

revision = "0060_register_taps"
down_revision = "0059_incidents"
branch_labels = None
depends_on = None

ARRIVALS = ("arrived", "late", "absent_reported", "not_here")
DEPARTURES = ("left_early", "collected")


def _words(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Keep every mark: who was there arrived, who was not is not here. Each was one press."""
    with op.batch_alter_table("register_marks") as table:
        table.add_column(sa.Column("arrival", _words("arrival", *ARRIVALS), nullable=True))
        table.add_column(sa.Column("departure", _words("departure", *DEPARTURES), nullable=True))
        for name in ("arrival_at", "departure_at"):
            table.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        for name in ("arrival_by_id", "departure_by_id"):
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
            table.create_foreign_key(f"fk_register_marks_{name}", "people", [name], ["id"])
        table.add_column(sa.Column("left_with", sa.Text(), nullable=True))
    op.execute(
        "UPDATE register_marks SET arrival_at = marked_at, arrival_by_id = marked_by_id,"
        " arrival = CASE WHEN present THEN 'arrived' ELSE 'not_here' END"
    )
    _create_taps()
    op.execute(
        "INSERT INTO register_taps"
        " (key, booking_id, date_id, aspect, mark, tapped_at, received_at, by_id)"
        " SELECT 'before-' || id, booking_id, date_id, 'arrival', arrival, arrival_at, arrival_at,"
        " arrival_by_id FROM register_marks"
    )
    with op.batch_alter_table("register_marks") as table:
        table.drop_constraint("fk_register_marks_marked_by_id", type_="foreignkey")
        for name in ("present", "marked_at", "marked_by_id"):
            table.drop_column(name)


def _create_taps() -> None:
    op.create_table(
        "register_taps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("date_id", sa.Integer(), nullable=False),
        sa.Column("aspect", _words("aspect", "arrival", "departure"), nullable=False),
        sa.Column("mark", sa.String(40), nullable=True),
        sa.Column("left_with", sa.Text(), nullable=True),
        sa.Column("tapped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_register_taps_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["date_id"],
            ["event_dates.id"],
            name=op.f("fk_register_taps_date_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_register_taps_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_taps")),
        sa.UniqueConstraint("key", name=op.f("uq_register_taps_key")),
    )
    op.create_index(
        "ix_register_taps_booking_id_date_id", "register_taps", ["booking_id", "date_id"]
    )
    op.create_index("ix_register_taps_date_id", "register_taps", ["date_id"])


def downgrade() -> None:
    """Say again only who was there; how they left, and earlier presses, are forgotten."""
    op.drop_table("register_taps")
    op.execute("DELETE FROM register_marks WHERE arrival IS NULL")
    with op.batch_alter_table("register_marks") as table:
        table.add_column(sa.Column("present", sa.Boolean(), nullable=True))
        table.add_column(sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("marked_by_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            "fk_register_marks_marked_by_id", "people", ["marked_by_id"], ["id"]
        )
    op.execute(
        "UPDATE register_marks SET marked_at = arrival_at, marked_by_id = arrival_by_id,"
        " present = (arrival IN ('arrived', 'late'))"
    )
    with op.batch_alter_table("register_marks") as table:
        table.alter_column("present", existing_type=sa.Boolean(), nullable=False)
        table.alter_column("marked_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        for name in ("arrival", "departure"):
            table.drop_constraint(op.f(f"ck_register_marks_{name}"), type_="check")
        for name in ("arrival_by_id", "departure_by_id"):
            table.drop_constraint(f"fk_register_marks_{name}", type_="foreignkey")
        for name in ("arrival", "arrival_at", "arrival_by_id"):
            table.drop_column(name)
        for name in ("departure", "departure_at", "departure_by_id", "left_with"):
            table.drop_column(name)
