"""Texts that are kept to start circulars from."""

import sqlalchemy as sa
from alembic import op

revision = "0068_circular_templates"
down_revision = "0067_walk_ins"
branch_labels = None
depends_on = None

READERSHIPS = (
    *("everybody", "roles", "phases", "schools_coming", "schools_silent"),
    *("families_coming", "families_silent"),
)


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "circular_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
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
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_circular_templates_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circular_templates")),
        sa.UniqueConstraint("public_id", name=op.f("uq_circular_templates_public_id")),
    )
    for column in ("school_id", "used_at"):
        op.create_index(op.f(f"ix_circular_templates_{column}"), "circular_templates", [column])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("circular_templates")
