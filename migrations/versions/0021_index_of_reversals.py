"""An index of only those entries that reverse another.

The index that stops an entry from being reversed twice has an empty value for nearly every entry.
Once ANALYZE has counted that, SQLite considers it useless and reads all entries, one after another:
for each new entry (the trigger from migration 0010 asks whether one would be replaced), and for
each entry in a list (which shows whether it was reversed). This index has only the reversals, so
SQLite uses it.
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
