"""Who of those who oversee opened a school's pupils at an event, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0072_glass_openings"
down_revision = "0071_security_counts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "glass_openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_glass_openings_event_id_events")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_glass_openings_school_id_schools")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_glass_openings_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glass_openings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_glass_openings_public_id")),
    )
    op.create_index(
        "ix_glass_openings_event_id_person_id", "glass_openings", ["event_id", "person_id"]
    )
    op.create_index(op.f("ix_glass_openings_school_id"), "glass_openings", ["school_id"])
    op.create_index(op.f("ix_glass_openings_opened_at"), "glass_openings", ["opened_at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("glass_openings")
