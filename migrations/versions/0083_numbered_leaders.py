"""Pupils who lead have a random number each, by which an erased name is recognised."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0083_numbered_leaders"
down_revision = "0082_data_requests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the number, and give one to whoever is there."""
    op.add_column("pupil_leaders", sa.Column("public_id", sa.String(), nullable=True))
    leaders = sa.table("pupil_leaders", sa.column("id", sa.Integer), sa.column("public_id"))
    connection = op.get_bind()
    ids = connection.execute(sa.select(leaders.c.id)).scalars().all()
    if ids:
        connection.execute(
            sa.update(leaders)
            .where(leaders.c.id == sa.bindparam("leader"))
            .values(public_id=sa.bindparam("number")),
            [{"leader": one, "number": secrets.token_urlsafe(12)} for one in ids],
        )
    with op.batch_alter_table("pupil_leaders") as batch:
        batch.create_unique_constraint(op.f("uq_pupil_leaders_public_id"), ["public_id"])


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("pupil_leaders") as batch:
        batch.drop_constraint(op.f("uq_pupil_leaders_public_id"), type_="unique")
        batch.drop_column("public_id")
