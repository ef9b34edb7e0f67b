"""The short code of a letter, which opens the same page as a private link."""

import sqlalchemy as sa
from alembic import op

revision = "0054_letters"
down_revision = "0053_tours"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; no letter has been printed yet."""
    op.add_column("parent_links", sa.Column("code_hash", sa.String(), nullable=True))
    op.create_index("uq_parent_links_code_hash", "parent_links", ["code_hash"], unique=True)


def downgrade() -> None:
    """Drop it."""
    op.drop_index("uq_parent_links_code_hash", table_name="parent_links")
    op.drop_column("parent_links", "code_hash")
