"""Passkeys, authenticator apps and recovery codes, and challenges that were used."""

import sqlalchemy as sa
from alembic import op

revision = "0086_second_factors"
down_revision = "0085_known_browsers"
branch_labels = None
depends_on = None


def _person(table):
    return sa.ForeignKeyConstraint(
        ["person_id"], ["people.id"], name=f"fk_{table}_person_id", ondelete="CASCADE"
    )


def upgrade() -> None:
    """Make the tables; nobody has a second factor."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.String(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("used_at", moment, nullable=True),
        _person("passkeys"),
        sa.PrimaryKeyConstraint("id", name="pk_passkeys"),
        sa.UniqueConstraint("public_id", name="uq_passkeys_public_id"),
        sa.UniqueConstraint("credential_id", name="uq_passkeys_credential_id"),
    )
    op.create_index("ix_passkeys_person_id", "passkeys", ["person_id"])
    op.create_table(
        "authenticator_apps",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("used_step", sa.BigInteger(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("used_at", moment, nullable=True),
        sa.Column("seal", sa.String(), nullable=True),
        _person("authenticator_apps"),
        sa.PrimaryKeyConstraint("person_id", name="pk_authenticator_apps"),
    )
    op.create_index("ix_authenticator_apps_seal", "authenticator_apps", ["seal"], unique=True)
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        _person("recovery_codes"),
        sa.PrimaryKeyConstraint("code_hash", name="pk_recovery_codes"),
    )
    op.create_index("ix_recovery_codes_person_id", "recovery_codes", ["person_id"])
    op.create_table(
        "used_challenges",
        sa.Column("challenge_hash", sa.String(), nullable=False),
        sa.Column("used_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("challenge_hash", name="pk_used_challenges"),
    )
    op.create_index("ix_used_challenges_used_at", "used_challenges", ["used_at"])


def downgrade() -> None:
    """Drop them; everybody signs in with the password alone."""
    for table in ("used_challenges", "recovery_codes", "authenticator_apps", "passkeys"):
        op.drop_table(table)
