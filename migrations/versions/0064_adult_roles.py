"""Which of a school's accompanying adults leads the visit, and who is trained in first aid."""

import sqlalchemy as sa
from alembic import op

revision = "0064_adult_roles"
down_revision = "0063_payment_fees"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nobody has said of any adult so far."""
    for name in ("leads", "gives_first_aid"):
        column = sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        op.add_column("accompanying_adults", column)


def downgrade() -> None:
    """Drop them."""
    for name in ("gives_first_aid", "leads"):
        op.drop_column("accompanying_adults", name)
