"""What the fund's search looks for: how large entries are, and indexes of amounts and references.

An entry's size is the most that any of its accounts gains or loses, which no index can answer; so
it is written beside the entry, once, and for those that are there it is worked out here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041_search"
down_revision = "0040_late_changes"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_entries_school", "entries", "school"),
    ("ix_bank_lines_pence", "bank_lines", "pence"),
    ("ix_payments_amount_pence", "payments", "amount_pence"),
    ("ix_payments_reference", "payments", "reference"),
    ("ix_pay_ins_reference", "pay_ins", "reference"),
)
FILL = """
    INSERT INTO entry_sizes (entry_id, pence)
    SELECT entry_id, CASE WHEN MAX(ABS(net)) > 0 THEN MAX(ABS(net)) ELSE MAX(largest) END
    FROM (
        SELECT entry_id, SUM(pence) AS net, MAX(ABS(pence)) AS largest
        FROM entry_lines GROUP BY entry_id, account
    ) AS moved
    GROUP BY entry_id
"""


def upgrade() -> None:
    """Add the sizes of entries, and the indexes."""
    op.create_table(
        "entry_sizes",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("pence > 0", name=op.f("ck_entry_sizes_of_something")),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entries.id"],
            name=op.f("fk_entry_sizes_entry_id_entries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_entry_sizes")),
    )
    op.execute(FILL)
    op.create_index("ix_entry_sizes_pence", "entry_sizes", ["pence"])
    for name, table, column in INDEXES:
        op.create_index(name, table, [column])


def downgrade() -> None:
    """Drop them."""
    for name, table, _ in reversed(INDEXES):
        op.drop_index(name, table_name=table)
    op.drop_index("ix_entry_sizes_pence", table_name="entry_sizes")
    op.drop_table("entry_sizes")
