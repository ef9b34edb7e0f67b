"""The lead's look at an event before it is published."""

import sqlalchemy as sa
from alembic import op

revision = "0049_looks"
down_revision = "0048_questions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the rule, off, and the drafts that wait."""
    with op.batch_alter_table("network_rules") as table:
        table.add_column(
            sa.Column("lead_looks", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.create_table(
        "lead_looks",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("returned_by_id", sa.Integer(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(returned_at IS NULL) = (returned_note = '')",
            name=op.f("ck_lead_looks_returned_with_a_note"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_lead_looks_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["people.id"], name=op.f("fk_lead_looks_asked_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["returned_by_id"], ["people.id"], name=op.f("fk_lead_looks_returned_by_id_people")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_lead_looks")),
    )


def downgrade() -> None:
    """Drop both."""
    op.drop_table("lead_looks")
    with op.batch_alter_table("network_rules") as table:
        table.drop_column("lead_looks")
