"""Events, and the roles people hold."""

import sqlalchemy as sa
from alembic import op

revision = "0003_events_and_roles"
down_revision = "0002_sessions_audit_outbox"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "cancelled",
                "closed",
                name="eventstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("concept", sa.String(), nullable=False),
        sa.Column("intended_impact", sa.String(), nullable=False),
        sa.Column("led_by", sa.String(), nullable=False),
        sa.Column("host_school_id", sa.Integer(), nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("venue_address", sa.String(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.Column("practicalities", sa.String(), nullable=False),
        sa.Column("low_year", sa.Integer(), nullable=False),
        sa.Column("high_year", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("host_places", sa.Integer(), nullable=False),
        sa.Column(
            "sharing",
            sa.Enum(
                "fair_round",
                "set_quotas",
                "first_come",
                name="sharing",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "basis",
            sa.Enum(
                "equal_shares",
                "by_roll",
                "season",
                "first_come",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("guarantee", sa.Integer(), nullable=False),
        sa.Column("cap_per_school", sa.Integer(), nullable=True),
        sa.Column("requests_close_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("naming_close_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("release_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply_days", sa.Integer(), nullable=False),
        sa.Column("offer_days", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("seed_commitment", sa.String(), nullable=False),
        sa.Column(
            "fee_kind",
            sa.Enum(
                "free",
                "voluntary_contribution",
                "charge",
                "paid_by_school",
                name="feekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("fee_pence", sa.Integer(), nullable=False),
        sa.Column("fee_reason", sa.String(), nullable=False),
        sa.Column("first_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_reason", sa.String(), nullable=False),
        sa.CheckConstraint("fee_pence >= 0", name=op.f("ck_events_fee_not_negative")),
        sa.CheckConstraint("host_places < places", name=op.f("ck_events_some_places_to_share")),
        sa.CheckConstraint("host_places >= 0", name=op.f("ck_events_host_places_not_negative")),
        sa.CheckConstraint("low_year <= high_year", name=op.f("ck_events_years_in_order")),
        sa.CheckConstraint("places >= 1", name=op.f("ck_events_some_places")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["people.id"], name=op.f("fk_events_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["host_school_id"], ["schools.id"], name=op.f("fk_events_host_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("slug", name=op.f("uq_events_slug")),
        sa.UniqueConstraint("uid", name=op.f("uq_events_uid")),
    )
    op.create_index(op.f("ix_events_host_school_id"), "events", ["host_school_id"], unique=False)
    op.create_index(op.f("ix_events_modified_at"), "events", ["modified_at"], unique=False)
    op.create_index(
        "ix_events_state_first_starts_at", "events", ["state", "first_starts_at"], unique=False
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["people.id"], name=op.f("fk_invitations_invited_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitations_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    op.create_index(op.f("ix_invitations_email"), "invitations", ["email"], unique=False)
    op.create_table(
        "network_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "equal_shares",
                "by_roll",
                "season",
                "first_come",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("guarantee", sa.Integer(), nullable=False),
        sa.Column("cap_per_school", sa.Integer(), nullable=True),
        sa.Column("reply_days", sa.Integer(), nullable=False),
        sa.Column("offer_days", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("cap_per_school >= 1", name=op.f("ck_network_rules_cap_of_some")),
        sa.CheckConstraint("guarantee >= 0", name=op.f("ck_network_rules_guarantee_not_negative")),
        sa.CheckConstraint("id = 1", name=op.f("ck_network_rules_one_row")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["people.id"], name=op.f("fk_network_rules_changed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_rules")),
    )
    op.create_table(
        "cost_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.CheckConstraint("pence >= 0", name=op.f("ck_cost_lines_not_negative")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_cost_lines_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_lines")),
    )
    op.create_index(op.f("ix_cost_lines_event_id"), "cost_lines", ["event_id"], unique=False)
    op.create_table(
        "event_dates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_event_dates_times_in_order")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_dates_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_dates")),
        sa.UniqueConstraint("event_id", "number", name="uq_event_dates_event_id_number"),
        sa.UniqueConstraint(
            "event_id", "starts_at", name=op.f("uq_event_dates_event_id_starts_at")
        ),
    )
    op.create_index(op.f("ix_event_dates_starts_at"), "event_dates", ["starts_at"], unique=False)
    op.create_table(
        "fee_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column(
            "fund",
            sa.Enum(
                "events",
                "admin",
                "cpd",
                name="fund",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("pence > 0", name=op.f("ck_fee_parts_some_pence")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_fee_parts_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_parts")),
    )
    op.create_index(op.f("ix_fee_parts_event_id"), "fee_parts", ["event_id"], unique=False)
    op.create_table(
        "role_grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "lead",
                "treasurer",
                "auditor",
                "coordinator",
                "host",
                "day_staff",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_role_grants_event_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_role_grants_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_role_grants_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grants")),
        sa.UniqueConstraint(
            "person_id",
            "role",
            "school_id",
            "event_id",
            name=op.f("uq_role_grants_person_id_role_school_id_event_id"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_role_grants_public_id")),
    )
    op.create_index(op.f("ix_role_grants_event_id"), "role_grants", ["event_id"], unique=False)
    op.create_index(
        "ix_role_grants_school_id_role", "role_grants", ["school_id", "role"], unique=False
    )
    op.create_table(
        "invitation_roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "lead",
                "treasurer",
                "auditor",
                "coordinator",
                "host",
                "day_staff",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("event_title", sa.String(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_invitation_roles_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_invitation_roles_invitation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["role_grants.id"],
            name=op.f("fk_invitation_roles_replaces_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_invitation_roles_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_roles")),
    )
    op.create_index(
        op.f("ix_invitation_roles_event_id"), "invitation_roles", ["event_id"], unique=False
    )
    op.create_index(
        op.f("ix_invitation_roles_invitation_id"),
        "invitation_roles",
        ["invitation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_invitation_roles_school_id"), "invitation_roles", ["school_id"], unique=False
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("invitation_roles")
    op.drop_table("role_grants")
    op.drop_table("fee_parts")
    op.drop_table("event_dates")
    op.drop_table("cost_lines")
    op.drop_table("network_rules")
    op.drop_table("invitations")
    op.drop_table("events")
