"""What the DNS last said about the sender's domain."""

import sqlalchemy as sa
from alembic import op

revision = "0077_record_readings"
down_revision = "0076_own_texts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "record_readings",
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("name", "level", "title", "story", "advice")
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_record_readings")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("record_readings")
