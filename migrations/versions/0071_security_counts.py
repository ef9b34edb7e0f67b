"""How often something was refused, and what the leads were told is wrong with the site."""

import sqlalchemy as sa
from alembic import op

revision = "0071_security_counts"
down_revision = "0070_hints"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables; nothing has been counted or told yet."""
    op.create_table(
        "security_counts",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("quarter_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", "quarter_at", name=op.f("pk_security_counts")),
    )
    op.create_index(op.f("ix_security_counts_quarter_at"), "security_counts", ["quarter_at"])
    op.create_table(
        "site_alerts",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["seen_by_id"],
            ["people.id"],
            name=op.f("fk_site_alerts_seen_by_id_people"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_site_alerts")),
    )


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("site_alerts")
    op.drop_table("security_counts")
