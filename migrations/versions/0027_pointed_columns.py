"""What a person said a column contains, remembered for the same owner's next file.

Only the titles of columns, so nothing about a person.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027_pointed_columns"
down_revision = "0026_sent_forms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "pointed_columns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialect", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("meaning", sa.String(), nullable=False),
        sa.Column("pointed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pointed_columns"),
        sa.UniqueConstraint(
            "dialect", "owner", "title", name="uq_pointed_columns_dialect_owner_title"
        ),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("pointed_columns")
