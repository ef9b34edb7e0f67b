"""What a home school learnt about "something else" to eat, for the host's kitchen."""

import sqlalchemy as sa
from alembic import op

revision = "0036_diet_notes"
down_revision = "0035_told"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; nothing is noted yet."""
    op.add_column("needs", sa.Column("diet_note", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("needs", "diet_note")
