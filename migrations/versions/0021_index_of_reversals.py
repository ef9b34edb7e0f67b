"""An index of the entries that reverse another, and of no others.

The index that keeps an entry from being reversed twice holds nothing for nearly every entry. Once
ANALYZE has counted that, SQLite takes it to be of no use, and reads all entries, one after the
other: for each new entry (the trigger of migration 0010 asks whether one would be replaced), and
for each entry of a list (which shows whether it was reversed). This index is as small as there are
reversals, and is counted for what it is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021_index_of_reversals"
down_revision = "0020_meetings"
branch_labels = None
depends_on = None

INDEX = "ix_entries_reversals"
REVERSES = sa.text("reverses_id IS NOT NULL")


def upgrade() -> None:
    """Create the index."""
    op.create_index(
        INDEX, "entries", ["reverses_id"], sqlite_where=REVERSES, postgresql_where=REVERSES
    )


def downgrade() -> None:
    """Drop the index."""
    op.drop_index(INDEX, table_name="entries")
