"""Forms that were sent and acted upon, so that each form acts only once."""

import sqlalchemy as sa
from alembic import op

revision = "0026_sent_forms"
down_revision = "0025_partners_moved_and_counted"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "sent_forms",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contents", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_sent_forms"),
    )
    op.create_index("ix_sent_forms_sent_at", "sent_forms", ["sent_at"])


def downgrade() -> None:
    """Drop the table; a form that was sent may then act again."""
    op.drop_index("ix_sent_forms_sent_at", "sent_forms")
    op.drop_table("sent_forms")
