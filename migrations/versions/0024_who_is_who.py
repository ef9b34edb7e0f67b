"""Class and the school's own number, which tell apart pupils with the same name and year.

The number is encrypted, and cleared when a pupil leaves; the class is cleared when pupils move up.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024_who_is_who"
down_revision = "0023_handed_over_by_consent"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add class and admission number."""
    op.add_column("pupils", sa.Column("class_name", sa.String(), nullable=False, server_default=""))
    op.add_column("pupils", sa.Column("admission_number", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drop both."""
    op.drop_column("pupils", "admission_number")
    op.drop_column("pupils", "class_name")
