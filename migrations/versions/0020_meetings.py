"""Meetings of the network's staff, who they are for, and the answers."""

import sqlalchemy as sa
from alembic import op

revision = "0020_meetings"
down_revision = "0019_cash_to_the_bank"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
ROLES = ("lead", "treasurer", "auditor", "coordinator", "host", "day_staff")


def _words(column: str, name: str, *values: str) -> sa.Column:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=False)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        _words("kind", "meetingkind", "coordinators", "training", "other"),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("host_school_id", sa.Integer(), nullable=True),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("for_everybody", sa.Boolean(), nullable=False),
        sa.Column("called_by_id", sa.Integer(), nullable=True),
        sa.Column("called_at", INSTANT, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("modified_at", INSTANT, nullable=False),
        sa.Column("cancelled_at", INSTANT, nullable=True),
        sa.Column("cancelled_reason", sa.String(), nullable=False),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.Column("minutes_link", sa.String(), nullable=False),
        sa.Column("minutes_at", INSTANT, nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_meetings_times_in_order")),
        _refers("meetings", "host_school_id", "schools"),
        _refers("meetings", "called_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_meetings_public_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_meetings_uid")),
    )
    op.create_index(op.f("ix_meetings_starts_at"), "meetings", ["starts_at"])
    op.create_table(
        "meeting_roles",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        _words("role", "role", *ROLES),
        _refers("meeting_roles", "meeting_id", "meetings"),
        sa.PrimaryKeyConstraint("meeting_id", "role", name=op.f("pk_meeting_roles")),
    )
    op.create_table(
        "meeting_answers",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _words("answer", "answer", "coming", "not_coming"),
        sa.Column("answered_at", INSTANT, nullable=False),
        _refers("meeting_answers", "meeting_id", "meetings"),
        _refers("meeting_answers", "person_id", "people"),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_meeting_answers")),
    )


def downgrade() -> None:
    """Remove the tables."""
    for table in ("meeting_answers", "meeting_roles", "meetings"):
        op.drop_table(table)
