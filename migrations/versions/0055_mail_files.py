"""Which kept files go with a mail."""

import sqlalchemy as sa
from alembic import op

revision = "0055_mail_files"
down_revision = "0054_letters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; mail that waits has none."""
    op.add_column("messages", sa.Column("files", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("messages", "files")
