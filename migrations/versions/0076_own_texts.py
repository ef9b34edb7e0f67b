"""The network's own texts, version by version, and what it says about itself."""

import sqlalchemy as sa
from alembic import op

revision = "0076_own_texts"
down_revision = "0075_forgotten"
branch_labels = None
depends_on = None

KEYS = ("welcome", "about", "joining", "contact", "privacy", "children", "accessibility")
WORDS = (
    *("name", "short_name", "colour", "email", "telephone", "postal_address", "controller"),
    *("officer", "ico_number", "hosting", "mailing"),
)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "text_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "key",
            sa.Enum(*KEYS, name="textkey", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number >= 0", name=op.f("ck_text_versions_number_from_0")),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["people.id"], name=op.f("fk_text_versions_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_versions")),
        sa.UniqueConstraint("key", "number", name=op.f("uq_text_versions_key_number")),
    )
    op.create_index(op.f("ix_text_versions_written_by_id"), "text_versions", ["written_by_id"])
    op.create_table(
        "network_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in WORDS),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("logo_type", "logo_digest", "logo_alt")
        ),
        sa.Column("logo_width", sa.Integer(), nullable=False),
        sa.Column("logo_height", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_network_facts_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_facts")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("network_facts")
    op.drop_table("text_versions")
