"""Tours that travel to schools: stops, the pupils who lead them, kits and their hand-overs."""

import sqlalchemy as sa
from alembic import op

revision = "0053_tours"
down_revision = "0052_workshops"
branch_labels = None
depends_on = None

LIVE = sa.text("state IN ('asked', 'accepted')")
#: In the order in which they can be dropped.
TABLES = (
    "tour_times",
    "stop_leaders",
    "kit_moves",
    "tour_stops",
    "tour_leaders",
    "tours",
    "kits",
)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "kits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contents", sa.String(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "home",
                "lent",
                "collected",
                name="kitstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["schools.id"], name=op.f("fk_kits_holder_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_kits_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kits")),
        sa.UniqueConstraint("public_id", name=op.f("uq_kits_public_id")),
    )
    op.create_index("ix_kits_holder_id", "kits", ["holder_id"])
    op.create_index("ix_kits_school_id", "kits", ["school_id"])
    op.create_table(
        "tours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "open",
                "ended",
                name="tourstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("concept", sa.String(), nullable=False),
        sa.Column("room_wanted", sa.String(), nullable=False),
        sa.Column("leading_school_id", sa.Integer(), nullable=False),
        sa.Column("teacher", sa.String(), nullable=False),
        sa.Column("low_year", sa.Integer(), nullable=False),
        sa.Column("high_year", sa.Integer(), nullable=False),
        sa.Column("pupils_max", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("travel_minutes", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("kit_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_tours_dates_in_order")),
        sa.CheckConstraint("low_year <= high_year", name=op.f("ck_tours_years_in_order")),
        sa.CheckConstraint("minutes >= 1", name=op.f("ck_tours_some_minutes")),
        sa.CheckConstraint("pupils_max >= 1", name=op.f("ck_tours_some_pupils")),
        sa.CheckConstraint("travel_minutes >= 0", name=op.f("ck_tours_travel_not_negative")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["people.id"], name=op.f("fk_tours_created_by_id")
        ),
        sa.ForeignKeyConstraint(["kit_id"], ["kits.id"], name=op.f("fk_tours_kit_id")),
        sa.ForeignKeyConstraint(
            ["leading_school_id"], ["schools.id"], name=op.f("fk_tours_leading_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tours")),
        sa.UniqueConstraint("slug", name=op.f("uq_tours_slug")),
    )
    op.create_index("ix_tours_kit_id", "tours", ["kit_id"])
    op.create_index("ix_tours_leading_school_id", "tours", ["leading_school_id"])
    op.create_table(
        "tour_leaders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("tour_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=True),
        sa.Column("written_name", sa.Text(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "pupil_id IS NOT NULL OR written_name IS NOT NULL",
            name=op.f("ck_tour_leaders_has_a_name"),
        ),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"], ["people.id"], name=op.f("fk_tour_leaders_agreed_by_id")
        ),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_tour_leaders_pupil_id")),
        sa.ForeignKeyConstraint(["tour_id"], ["tours.id"], name=op.f("fk_tour_leaders_tour_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour_leaders")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tour_leaders_public_id")),
        sa.UniqueConstraint("tour_id", "pupil_id", name=op.f("uq_tour_leaders_tour_id_pupil_id")),
    )
    op.create_index("ix_tour_leaders_pupil_id", "tour_leaders", ["pupil_id"])
    op.create_table(
        "tour_stops",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("tour_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "declined",
                "withdrawn",
                "cancelled",
                name="stopstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("pupils", sa.Integer(), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("low_year", sa.Integer(), nullable=False),
        sa.Column("high_year", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state <> 'accepted' OR event_id IS NOT NULL",
            name=op.f("ck_tour_stops_accepted_has_event"),
        ),
        sa.CheckConstraint("low_year <= high_year", name=op.f("ck_tour_stops_years_in_order")),
        sa.CheckConstraint("others >= 0", name=op.f("ck_tour_stops_others_not_negative")),
        sa.CheckConstraint("pupils >= 1", name=op.f("ck_tour_stops_some_pupils")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_tour_stops_times_in_order")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["people.id"], name=op.f("fk_tour_stops_asked_by_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_tour_stops_event_id")),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_tour_stops_school_id")
        ),
        sa.ForeignKeyConstraint(["tour_id"], ["tours.id"], name=op.f("fk_tour_stops_tour_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour_stops")),
        sa.UniqueConstraint("event_id", name=op.f("uq_tour_stops_event_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tour_stops_public_id")),
    )
    op.create_index("ix_tour_stops_school_id_state", "tour_stops", ["school_id", "state"])
    op.create_index("ix_tour_stops_starts_at", "tour_stops", ["starts_at"])
    op.create_index(
        "uq_tour_stops_one_live",
        "tour_stops",
        ["tour_id", "school_id"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_table(
        "kit_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kit_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "home",
                "lent",
                "collected",
                name="kitstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=True),
        sa.Column("missing", sa.String(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["kit_id"], ["kits.id"], name=op.f("fk_kit_moves_kit_id")),
        sa.ForeignKeyConstraint(
            ["moved_by_id"], ["people.id"], name=op.f("fk_kit_moves_moved_by_id")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_kit_moves_school_id")),
        sa.ForeignKeyConstraint(["stop_id"], ["tour_stops.id"], name=op.f("fk_kit_moves_stop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit_moves")),
    )
    op.create_index("ix_kit_moves_kit_id", "kit_moves", ["kit_id"])
    op.create_index("ix_kit_moves_stop_id", "kit_moves", ["stop_id"])
    op.create_table(
        "stop_leaders",
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["leader_id"],
            ["tour_leaders.id"],
            name=op.f("fk_stop_leaders_leader_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["stop_id"], ["tour_stops.id"], name=op.f("fk_stop_leaders_stop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("stop_id", "leader_id", name=op.f("pk_stop_leaders")),
    )
    op.create_index("ix_stop_leaders_leader_id", "stop_leaders", ["leader_id"])
    op.create_table(
        "tour_times",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["stop_id"], ["tour_stops.id"], name=op.f("fk_tour_times_stop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour_times")),
        sa.UniqueConstraint("stop_id", "starts_at", name=op.f("uq_tour_times_stop_id_starts_at")),
    )


def downgrade() -> None:
    """Drop them; the events of stops stay."""
    for table in TABLES:
        op.drop_table(table)
