"""Pupils and accounts that have lost their names, and who was erased on request."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0075_forgotten"
down_revision = "0074_mail_stops"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table; give every parent a random number."""
    for table in ("pupils", "people"):
        op.add_column(table, sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_pupils_forgotten_at"), "pupils", ["forgotten_at"])
    op.add_column("parents", sa.Column("public_id", sa.String(), nullable=True))
    _number_parents()
    op.create_index(op.f("ix_parents_public_id"), "parents", ["public_id"], unique=True)
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
        sa.UniqueConstraint("kind", "public_id", name=op.f("uq_erasures_kind_public_id")),
    )


def _number_parents() -> None:
    parents = sa.table("parents", sa.column("id", sa.Integer), sa.column("public_id", sa.String))
    connection = op.get_bind()
    ids = connection.execute(sa.select(parents.c.id)).scalars().all()
    if ids:
        connection.execute(
            sa.update(parents)
            .where(parents.c.id == sa.bindparam("parent"))
            .values(public_id=sa.bindparam("number")),
            [{"parent": one, "number": secrets.token_urlsafe(12)} for one in ids],
        )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("erasures")
    op.drop_index(op.f("ix_parents_public_id"), table_name="parents")
    op.drop_column("parents", "public_id")
    op.drop_index(op.f("ix_pupils_forgotten_at"), table_name="pupils")
    for table in ("people", "pupils"):
        op.drop_column(table, "forgotten_at")
