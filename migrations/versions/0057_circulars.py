"""What one person writes to many, and each reader's copy."""

import sqlalchemy as sa
from alembic import op

revision = "0057_circulars"
down_revision = "0056_stays"
branch_labels = None
depends_on = None

READERSHIPS = (
    "everybody",
    "roles",
    "phases",
    "schools_coming",
    "schools_silent",
    "families_coming",
    "families_silent",
)


def upgrade() -> None:
    """Create the two tables."""
    op.create_table(
        "circulars",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column(
            "readership",
            sa.Enum(
                *READERSHIPS,
                name="readership",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("may_wait", sa.Boolean(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("addressed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_circulars_event_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_circulars_school_id")),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["people.id"], name=op.f("fk_circulars_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circulars")),
        sa.UniqueConstraint("public_id", name=op.f("uq_circulars_public_id")),
    )
    op.create_index("ix_circulars_addressed_at_send_at", "circulars", ["addressed_at", "send_at"])
    for column in ("event_id", "school_id", "written_by_id"):
        op.create_index(op.f(f"ix_circulars_{column}"), "circulars", [column])
    op.create_table(
        "circular_copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("circular_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("mail_key", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (parent_id IS NULL)",
            name=op.f("ck_circular_copies_one_reader"),
        ),
        sa.ForeignKeyConstraint(
            ["circular_id"],
            ["circulars.id"],
            name=op.f("fk_circular_copies_circular_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_circular_copies_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_circular_copies_school_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["parents.id"],
            name=op.f("fk_circular_copies_parent_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["bookings.id"],
            name=op.f("fk_circular_copies_booking_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circular_copies")),
        sa.UniqueConstraint(
            "circular_id", "person_id", name=op.f("uq_circular_copies_circular_id_person_id")
        ),
        sa.UniqueConstraint(
            "circular_id", "parent_id", name=op.f("uq_circular_copies_circular_id_parent_id")
        ),
    )
    for column in ("mail_key", "person_id", "parent_id", "booking_id"):
        op.create_index(op.f(f"ix_circular_copies_{column}"), "circular_copies", [column])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("circular_copies")
    op.drop_table("circulars")
