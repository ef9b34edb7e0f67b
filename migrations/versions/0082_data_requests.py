"""The register of requests about what is held."""

import sqlalchemy as sa
from alembic import op

revision = "0082_data_requests"
down_revision = "0081_proofs"
branch_labels = None
depends_on = None

RIGHTS = ("access", "rectification", "erasure", "restriction", "objection")
CHANNELS = ("page", "post", "email", "telephone", "in_person")
STATES = ("open", "done", "refused")


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "data_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("asked_right", _words("dataright", *RIGHTS), nullable=False),
        sa.Column("channel", _words("askedchannel", *CHANNELS), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("asker", "about", "wanted", "reply_to")
        ),
        *(
            sa.Column(name, sa.Integer(), nullable=True)
            for name in ("pupil_id", "parent_id", "person_id")
        ),
        sa.Column("of_pupil", sa.Boolean(), nullable=False),
        sa.Column("of_parent", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extended_because", sa.Text(), nullable=False),
        sa.Column("state", _words("askedstate", *STATES), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("emptied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (answered_at IS NULL)",
            name=op.f("ck_data_requests_open_or_answered"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_data_requests_{column}"), ondelete=gone
            )
            for column, table, gone in (
                ("school_id", "schools", None),
                ("entered_by_id", "people", None),
                ("pupil_id", "pupils", "SET NULL"),
                ("parent_id", "parents", "SET NULL"),
                ("person_id", "people", None),
                ("answered_by_id", "people", None),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_requests")),
        sa.UniqueConstraint("public_id", name=op.f("uq_data_requests_public_id")),
    )
    op.create_index("ix_data_requests_school_id_state", "data_requests", ["school_id", "state"])
    for column in ("pupil_id", "parent_id", "person_id", "answered_at"):
        op.create_index(op.f(f"ix_data_requests_{column}"), "data_requests", [column])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("data_requests")
