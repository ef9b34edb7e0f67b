"""Which kinds of mail a person has stopped."""

import sqlalchemy as sa
from alembic import op

revision = "0074_mail_stops"
down_revision = "0073_rule_changes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; nobody has stopped any."""
    op.create_table(
        "mail_stops",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "new_events",
                "reminders",
                "ideas",
                name="stoppablemail",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_mail_stops_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mail_stops"),
        sa.UniqueConstraint("person_id", "kind", name="uq_mail_stops_person_id_kind"),
    )


def downgrade() -> None:
    """Drop it; what was stopped is sent again."""
    op.drop_table("mail_stops")
