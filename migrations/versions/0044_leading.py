"""Who leads an event, with their own record, and the pupils who do."""

import sqlalchemy as sa
from alembic import op

revision = "0044_leading"
down_revision = "0043_reminded"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; events so far only say in words who leads them."""
    op.create_table(
        "leadings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "teacher",
                "older_pupils",
                "provider",
                name="leaderkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("teacher", sa.String(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("called", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number IS NULL OR number >= 1", name=op.f("ck_leadings_some_leaders")),
        sa.CheckConstraint(
            "kind <> 'older_pupils' OR school_id IS NOT NULL",
            name=op.f("ck_leadings_pupils_of_school"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_leadings_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_leadings_school_id_schools")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["people.id"], name=op.f("fk_leadings_checked_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"], ["people.id"], name=op.f("fk_leadings_agreed_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leadings")),
        sa.UniqueConstraint("event_id", name=op.f("uq_leadings_event_id")),
    )
    op.create_index("ix_leadings_school_id", "leadings", ["school_id"])
    op.create_table(
        "pupil_leaders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leading_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["leading_id"],
            ["leadings.id"],
            name=op.f("fk_pupil_leaders_leading_id_leadings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_leaders")),
    )
    op.create_index("ix_pupil_leaders_leading_id", "pupil_leaders", ["leading_id"])


def downgrade() -> None:
    """Drop them; events still say in words who leads them."""
    op.drop_table("pupil_leaders")
    op.drop_table("leadings")
