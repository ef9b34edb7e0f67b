"""Incidents, calls about absent pupils, heads counted, and schools’ safeguarding leads."""

import sqlalchemy as sa
from alembic import op

revision = "0059_incidents"
down_revision = "0058_minimum_numbers"
branch_labels = None
depends_on = None

TABLES = (
    *("day_times", "head_counts", "calls", "steps_taken", "incident_notes", "incident_pupils"),
    "incidents",
)
SCHOOL_COLUMNS = (
    *("safeguarding_name", "safeguarding_phone"),
    *("deputy_safeguarding_name", "deputy_safeguarding_phone"),
)


def upgrade() -> None:
    """Create the tables, and the columns; no school has given them yet."""
    for name in SCHOOL_COLUMNS:
        op.add_column("schools", sa.Column(name, sa.String(), nullable=False, server_default=""))
    _incidents()
    _of_incidents()
    _of_dates()


def downgrade() -> None:
    """Drop them."""
    for name in TABLES:
        op.drop_table(name)
    for name in reversed(SCHOOL_COLUMNS):
        op.drop_column("schools", name)


def _instant(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _whole(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _to(table: str, column: str, other: str, key: str = "id", **options: str) -> object:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=name, **options)


def _one_of(table: str, column: str, kind: str, *values: str) -> object:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{kind}"))


def _incidents() -> None:
    table = "incidents"
    op.create_table(
        table,
        _whole("id"),
        sa.Column("public_id", sa.String(), nullable=False),
        _whole("event_id"),
        _whole("date_id", nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        _whole("school_id", nullable=True),
        _instant("happened_at"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("place", "what", "done", "told")),
        _instant("written_at"),
        _whole("written_by_id"),
        _instant("opened_at", nullable=True),
        _whole("opened_by_id", nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        _instant("closed_at", nullable=True),
        _whole("closed_by_id", nullable=True),
        sa.Column("kept_for", sa.String(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        _one_of(table, "kind", "incidentkind", "incident", "first_aid", "missing", "counts"),
        _one_of(table, "kept_for", "keptfor", "next_year", "three_years", "grown_up"),
        _to(table, "event_id", "events"),
        _to(table, "date_id", "event_dates", ondelete="SET NULL"),
        _to(table, "school_id", "schools"),
        *(_to(table, f"{who}_by_id", "people") for who in ("written", "opened", "closed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sa.UniqueConstraint("public_id", name=op.f("uq_incidents_public_id")),
    )
    op.create_index("ix_incidents_event_id_closed_at", table, ["event_id", "closed_at"])
    for column in ("date_id", "school_id"):
        op.create_index(f"ix_incidents_{column}", table, [column])


def _of_incidents() -> None:
    op.create_table(
        "incident_pupils",
        _whole("id"),
        _whole("incident_id"),
        _whole("booking_id"),
        _to("incident_pupils", "incident_id", "incidents", ondelete="CASCADE"),
        _to("incident_pupils", "booking_id", "bookings"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_pupils")),
        sa.UniqueConstraint(
            "incident_id", "booking_id", name=op.f("uq_incident_pupils_incident_id_booking_id")
        ),
    )
    op.create_index("ix_incident_pupils_booking_id", "incident_pupils", ["booking_id"])
    op.create_table(
        "incident_notes",
        _whole("id"),
        _whole("incident_id"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("for_school_only", sa.Boolean(), nullable=False),
        _instant("written_at"),
        _whole("written_by_id"),
        _to("incident_notes", "incident_id", "incidents", ondelete="CASCADE"),
        _to("incident_notes", "written_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_notes")),
    )
    op.create_index("ix_incident_notes_incident_id", "incident_notes", ["incident_id"])
    op.create_table(
        "steps_taken",
        _whole("id"),
        _whole("incident_id"),
        sa.Column("step", sa.String(), nullable=False),
        _instant("taken_at"),
        _whole("taken_by_id"),
        _one_of(
            *("steps_taken", "step", "missingstep", "search", "gates", "leader"),
            *("safeguarding", "home_school", "police"),
        ),
        _to("steps_taken", "incident_id", "incidents", ondelete="CASCADE"),
        _to("steps_taken", "taken_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps_taken")),
        sa.UniqueConstraint("incident_id", "step", name=op.f("uq_steps_taken_incident_id_step")),
    )


def _of_dates() -> None:
    op.create_table(
        "calls",
        *(_whole(name) for name in ("id", "date_id", "booking_id")),
        sa.Column("callee", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("learnt", sa.Text(), nullable=False),
        _instant("made_at"),
        _whole("made_by_id"),
        _one_of("calls", "callee", "callee", "adult", "school", "parent"),
        _one_of("calls", "result", "callresult", "spoke", "no_answer", "left_message"),
        _to("calls", "date_id", "event_dates", ondelete="CASCADE"),
        _to("calls", "booking_id", "bookings"),
        _to("calls", "made_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
    )
    op.create_index("ix_calls_date_id_booking_id", "calls", ["date_id", "booking_id"])
    op.create_index("ix_calls_booking_id", "calls", ["booking_id"])
    op.create_table(
        "head_counts",
        *(_whole(name) for name in ("id", "date_id")),
        sa.Column("way", sa.String(), nullable=False),
        _whole("number"),
        _instant("counted_at"),
        _whole("counted_by_id"),
        _one_of("head_counts", "way", "way", "in", "out"),
        sa.CheckConstraint("number >= 0", name=op.f("ck_head_counts_not_below_none")),
        _to("head_counts", "date_id", "event_dates", ondelete="CASCADE"),
        _to("head_counts", "counted_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head_counts")),
        sa.UniqueConstraint("date_id", "way", name=op.f("uq_head_counts_date_id_way")),
    )
    op.create_table(
        "day_times",
        *(_whole(name) for name in ("event_id", "call_after", "police_after")),
        _to("day_times", "event_id", "events"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_day_times")),
    )
