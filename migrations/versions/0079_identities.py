"""Who people are at Google and Microsoft."""

import sqlalchemy as sa
from alembic import op

revision = "0079_identities"
down_revision = "0078_spending_proposals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; nobody has linked any."""
    op.create_table(
        "identities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "google",
                "microsoft",
                name="providerkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_identities_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_identities"),
        sa.UniqueConstraint("public_id", name="uq_identities_public_id"),
        sa.UniqueConstraint("issuer", "subject", name="uq_identities_issuer_subject"),
        sa.UniqueConstraint("person_id", "issuer", name="uq_identities_person_id_issuer"),
    )


def downgrade() -> None:
    """Drop it; everybody signs in with a password again."""
    op.drop_table("identities")
