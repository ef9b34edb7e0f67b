"""What parents answer: consent, needs and funding."""

import sqlalchemy as sa
from alembic import op

revision = "0008_checkout"
down_revision = "0007_fund"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("wording_hash", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_consents_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["people.id"], name=op.f("fk_consents_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(
        "ix_consents_booking_id_given_at", "consents", ["booking_id", "given_at"], unique=False
    )
    op.create_table(
        "funding",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "requested",
                "promised",
                "received",
                "partly",
                "declined_no_reason_asked",
                "remitted",
                "school_paid",
                "refunded",
                name="fundingstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_pence", sa.Integer(), nullable=False),
        sa.Column("remitted_by_id", sa.Integer(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_funding_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["remitted_by_id"], ["people.id"], name=op.f("fk_funding_remitted_by_id")
        ),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_funding")),
    )
    op.create_table(
        "needs",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("health", sa.Text(), nullable=True),
        sa.Column("access", sa.Text(), nullable=True),
        sa.Column("diets", sa.JSON(), nullable=False),
        sa.Column(
            "photo",
            sa.Enum(
                "none",
                "school_use",
                "public",
                name="photopermission",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "collection",
            sa.Enum(
                "school",
                "alone",
                "named_adult",
                name="collection",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("collected_by", sa.Text(), nullable=True),
        sa.Column("emergency_name", sa.Text(), nullable=True),
        sa.Column("emergency_phone", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_needs_booking_id")),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_needs")),
    )
    op.create_index(op.f("ix_needs_purged_at"), "needs", ["purged_at"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("needs")
    op.drop_table("funding")
    op.drop_table("consents")
