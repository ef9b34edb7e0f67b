"""Restrictions that hold: since when, why, and of which adult who comes along."""

import sqlalchemy as sa
from alembic import op

revision = "0092_restrictions"
down_revision = "0091_colleague_questions"
branch_labels = None
depends_on = None

TABLE, RULE = "data_requests", "ck_data_requests_restrictionground"
GROUNDS = "ground IN ('accuracy', 'unlawful', 'claim', 'objection')"


def upgrade() -> None:
    """Add the columns; what had been granted is in force since it was answered."""
    with op.batch_alter_table(TABLE) as batch:
        batch.add_column(sa.Column("restricted_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("ground", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("adult_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_data_requests_adult_id"),
            "accompanying_adults",
            ["adult_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch.create_check_constraint(op.f(RULE), GROUNDS)
    op.create_index(op.f("ix_data_requests_adult_id"), TABLE, ["adult_id"])
    op.execute(
        "UPDATE data_requests SET restricted_at = answered_at "
        "WHERE asked_right = 'restriction' AND state = 'done'"
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_data_requests_adult_id"), TABLE)
    with op.batch_alter_table(TABLE) as batch:
        batch.drop_constraint(op.f(RULE), type_="check")
        batch.drop_constraint(op.f("fk_data_requests_adult_id"), type_="foreignkey")
        for column in ("adult_id", "ground", "restricted_at"):
            batch.drop_column(column)
