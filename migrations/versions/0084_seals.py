"""What each row with encrypted columns is known by, so that its values are bound to it."""

import sqlalchemy as sa
from alembic import op

revision = "0084_seals"
down_revision = "0083_numbered_leaders"
branch_labels = None
depends_on = None

TABLES = (
    "bid_receipts",
    "calls",
    "contact_openings",
    "cost_claims",
    "data_requests",
    "family_questions",
    "glass_openings",
    "incident_notes",
    "incidents",
    "messages",
    "needs",
    "pupil_leaders",
    "pupils",
    "question_answers",
    "register_marks",
    "register_taps",
    "sent_forms",
    "tour_leaders",
    "walk_ins",
)
BY_LOT = {
    "sqlite": "lower(hex(randomblob(12)))",
    "postgresql": "replace(gen_random_uuid()::text, '-', '')",
}


def upgrade() -> None:
    """Draw a seal for each row; what is encrypted stays until `fairplace keys roll` binds it."""
    by_lot = BY_LOT[op.get_bind().dialect.name]
    for table in TABLES:
        op.add_column(table, sa.Column("seal", sa.String(), nullable=True))
        op.execute(f"UPDATE {table} SET seal = {by_lot}")  # noqa: S608 - our own names
        op.create_index(f"ix_{table}_seal", table, ["seal"], unique=True)


def downgrade() -> None:
    """Drop the seals; what was bound by them can be read no more."""
    for table in TABLES:
        op.drop_index(f"ix_{table}_seal", table_name=table)
        op.drop_column(table, "seal")
