"""Places, requests, bookings, offers, parents' links and rounds."""

import sqlalchemy as sa
from alembic import op

revision = "0005_places"
down_revision = "0004_pupils"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "place_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("wants_now", sa.Integer(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("in_time", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.Column("received_before", sa.Integer(), nullable=True),
        sa.Column("places_received", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "places_received >= 0", name=op.f("ck_place_requests_received_not_negative")
        ),
        sa.CheckConstraint("quota >= 0", name=op.f("ck_place_requests_quota_not_negative")),
        sa.CheckConstraint("wanted >= 1", name=op.f("ck_place_requests_wants_some")),
        sa.CheckConstraint("wants_now >= 0", name=op.f("ck_place_requests_wants_now_not_negative")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_place_requests_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["people.id"], name=op.f("fk_place_requests_requested_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_place_requests_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_requests")),
        sa.UniqueConstraint(
            "event_id", "school_id", name=op.f("uq_place_requests_event_id_school_id")
        ),
    )
    op.create_index(
        op.f("ix_place_requests_school_id"), "place_requests", ["school_id"], unique=False
    )
    op.create_table(
        "places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("allotted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("name_by_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_places_event_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_places_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_places_event_id_number")),
    )
    op.create_index(
        "ix_places_event_id_school_id", "places", ["event_id", "school_id"], unique=False
    )
    op.create_index(op.f("ix_places_school_id"), "places", ["school_id"], unique=False)
    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("run_by_id", sa.Integer(), nullable=True),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_rounds_event_id")),
        sa.ForeignKeyConstraint(["run_by_id"], ["people.id"], name=op.f("fk_rounds_run_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("event_id", name=op.f("uq_rounds_event_id")),
    )
    op.create_table(
        "bookings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "reserve",
                "invited",
                "confirmed",
                "attended",
                "absent",
                "declined",
                "lapsed",
                "withdrawn",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reserve_rank", sa.Integer(), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply_by_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("marked_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state != 'reserve' OR reserve_rank IS NOT NULL",
            name=op.f("ck_bookings_reserve_has_rank"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('invited', 'confirmed', 'attended', 'absent') OR place_id IS NOT NULL",
            name=op.f("ck_bookings_seated_has_place"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_bookings_event_id")),
        sa.ForeignKeyConstraint(
            ["marked_by_id"], ["people.id"], name=op.f("fk_bookings_marked_by_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_bookings_place_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_bookings_pupil_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_bookings_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bookings_public_id")),
    )
    op.create_index(
        "ix_bookings_event_id_school_id_state",
        "bookings",
        ["event_id", "school_id", "state"],
        unique=False,
    )
    op.create_index(op.f("ix_bookings_place_id"), "bookings", ["place_id"], unique=False)
    op.create_index(op.f("ix_bookings_pupil_id"), "bookings", ["pupil_id"], unique=False)
    op.create_index("ix_bookings_school_id_state", "bookings", ["school_id", "state"], unique=False)
    op.create_index(
        "ix_bookings_state_reply_by_at", "bookings", ["state", "reply_by_at"], unique=False
    )
    op.create_index(
        "uq_bookings_live_pupil",
        "bookings",
        ["event_id", "pupil_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('reserve', 'invited', 'confirmed', 'attended', 'absent')"),
        postgresql_where=sa.text(
            "state IN ('reserve', 'invited', 'confirmed', 'attended', 'absent')"
        ),
    )
    op.create_index(
        "uq_bookings_seated_place",
        "bookings",
        ["place_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('invited', 'confirmed', 'attended', 'absent')"),
        postgresql_where=sa.text("state IN ('invited', 'confirmed', 'attended', 'absent')"),
    )
    op.create_table(
        "offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "declined",
                "expired",
                "withdrawn",
                name="offerstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_offers_event_id")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_offers_place_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_offers_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_offers_public_id")),
    )
    op.create_index(
        "ix_offers_event_id_school_id", "offers", ["event_id", "school_id"], unique=False
    )
    op.create_index(op.f("ix_offers_school_id"), "offers", ["school_id"], unique=False)
    op.create_index("ix_offers_state_expires_at", "offers", ["state", "expires_at"], unique=False)
    op.create_index(
        "uq_offers_open_place",
        "offers",
        ["place_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "parent_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_parent_links_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["parents.id"], name=op.f("fk_parent_links_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parent_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_parent_links_token_hash")),
    )
    op.create_index(
        op.f("ix_parent_links_booking_id"), "parent_links", ["booking_id"], unique=False
    )
    op.create_index(op.f("ix_parent_links_parent_id"), "parent_links", ["parent_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("parent_links")
    op.drop_table("offers")
    op.drop_table("bookings")
    op.drop_table("rounds")
    op.drop_table("places")
    op.drop_table("place_requests")
