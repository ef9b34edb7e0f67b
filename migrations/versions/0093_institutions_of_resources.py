"""Where an associate comes from who shared a resource, or said how one went."""

import sqlalchemy as sa
from alembic import op

revision = "0093_institutions_of_resources"
down_revision = "0092_restrictions"
branch_labels = None
depends_on = None

TABLES = ("resources", "tried_notes")


def upgrade() -> None:
    """Add it, as the roles of associates say today."""
    for table in TABLES:
        op.add_column(
            table, sa.Column("institution", sa.String(), nullable=False, server_default="")
        )
        op.execute(
            f"UPDATE {table} SET institution = ("  # noqa: S608 - the names are written above
            "SELECT MIN(role_grants.institution) FROM role_grants WHERE role_grants.role = "
            f"'associate' AND role_grants.person_id = {table}.author_id) "
            "WHERE school_id IS NULL AND author_id IN (SELECT person_id FROM role_grants WHERE "
            "role = 'associate')"
        )


def downgrade() -> None:
    """Take it away."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("institution")
