"""Browsers in which people have signed in, tries that wait, and sessions that become shorter."""

import sqlalchemy as sa
from alembic import op

revision = "0085_known_browsers"
down_revision = "0084_seals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and the column."""
    op.create_table(
        "known_browsers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_known_browsers_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_browsers")),
        sa.UniqueConstraint(
            "token_hash", "person_id", name=op.f("uq_known_browsers_token_hash_person_id")
        ),
    )
    op.create_index(op.f("ix_known_browsers_person_id"), "known_browsers", ["person_id"])
    op.create_index(op.f("ix_known_browsers_used_at"), "known_browsers", ["used_at"])
    op.add_column(
        "throttle_counts", sa.Column("open_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column(
        "web_sessions",
        sa.Column("is_short", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_column("web_sessions", "is_short")
    op.drop_column("throttle_counts", "open_at")
    op.drop_table("known_browsers")
