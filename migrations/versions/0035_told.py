"""When families and schools were told: time runs from when the first mail went out.

What has been sent is known from the outbox, which keeps its lines for 90 days; where they are gone
and nothing waits, the mail went out when it was written.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035_told"
down_revision = "0034_job_runs"
branch_labels = None
depends_on = None

TOLD = (
    ("bookings", "invitation_sent_at"),
    ("bookings", "reminder_sent_at"),
    ("offers", "sent_at"),
)
LINKS = "(SELECT 1 FROM parent_links WHERE booking_id = bookings.id AND revoked_at IS NULL)"
#: Mails with a private link that still opens.
INVITED = (
    "(SELECT {} FROM messages JOIN parent_links ON messages.key IN ("
    "'invited:' || CAST(parent_links.id AS VARCHAR(20)), "
    "'new_link:' || CAST(parent_links.id AS VARCHAR(20))) "
    "WHERE parent_links.booking_id = bookings.id AND parent_links.revoked_at IS NULL)"
)
OFFERED = (
    "(SELECT {} FROM messages "
    "WHERE messages.key LIKE 'place_offered:' || CAST(offers.id AS VARCHAR(20)) || ':%')"
)
FAMILIES = (
    "UPDATE bookings SET reminder_sent_at = reminded_at, invitation_sent_at = COALESCE({sent}, "
    "CASE WHEN EXISTS {links} AND NOT EXISTS {any} THEN invited_at END) WHERE state = 'invited'"
)
SCHOOLS = (
    "UPDATE offers SET sent_at = COALESCE({sent}, "
    "CASE WHEN NOT EXISTS {any} THEN offered_at END) WHERE state = 'open'"
)


def upgrade() -> None:
    """Add them, and fill them in for what still waits for an answer."""
    for table, column in TOLD:
        op.add_column(table, sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    for statement, mails in ((FAMILIES, INVITED), (SCHOOLS, OFFERED)):
        sent, any_ = mails.format("MIN(messages.sent_at)"), mails.format("1")
        op.execute(statement.format(sent=sent, any=any_, links=LINKS))


def downgrade() -> None:
    """Drop them."""
    for table, column in reversed(TOLD):
        op.drop_column(table, column)
