"""Groups of colleagues: their members, who asks to join, and their notes."""

import sqlalchemy as sa
from alembic import op

revision = "0095_colleague_groups"
down_revision = "0094_meeting_guests"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
GROUPS, MEMBERS, ASKS, NOTES = (
    "staff_groups",
    "staff_group_members",
    "staff_group_asks",
    "staff_group_notes",
)
KINDS, JOINING = ("subject", "working", "pair", "triad"), ("open", "on_request")
SUBJECTS = (
    *("art", "assessment", "business", "citizenship", "computing", "design", "drama"),
    *("early_years", "english", "geography", "history", "inclusion", "languages", "leadership"),
    *("mathematics", "music", "pastoral", "philosophy", "physical_education", "religion"),
    *("science", "other"),
)


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _id_of(column: str, table: str, on: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{on}_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, **more)


def _named(table: str) -> list[sa.Column | sa.Constraint]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
    ]


def _of_group(table: str) -> list[sa.Column | sa.Constraint]:
    return [
        sa.Column("group_id", sa.Integer(), nullable=False),
        _id_of("group_id", GROUPS, table, ondelete="CASCADE"),
    ]


def _text(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _id(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, MOMENT, nullable=nullable)


def upgrade() -> None:
    """Make the tables; there are no groups yet."""
    op.create_table(
        GROUPS,
        *_named(GROUPS),
        *_text("name", "purpose", "ended_reason"),
        sa.Column("kind", _words("groupkind", *KINDS), nullable=False),
        sa.Column("subject", _words("subjectarea", *SUBJECTS), nullable=False),
        sa.Column("joining", _words("joining", *JOINING), nullable=False),
        _moment("founded_at"),
        _moment("last_at"),
        _moment("ended_at", nullable=True),
    )
    for column in ("ended_at", "last_at", "subject"):
        op.create_index(f"ix_{GROUPS}_{column}", GROUPS, [column])
    op.create_table(
        MEMBERS,
        *_named(MEMBERS),
        *_of_group(MEMBERS),
        _id("person_id"),
        sa.Column("leads", sa.Boolean(), nullable=False),
        _moment("joined_at"),
        _id_of("person_id", "people", MEMBERS),
        sa.UniqueConstraint(
            "group_id", "person_id", name="uq_staff_group_members_group_id_person_id"
        ),
    )
    op.create_index("ix_staff_group_members_person_id", MEMBERS, ["person_id"])
    _asks()
    op.create_table(
        NOTES,
        *_named(NOTES),
        *_of_group(NOTES),
        _id("author_id", nullable=True),
        *_text("words"),
        _moment("written_at"),
        _id_of("author_id", "people", NOTES),
    )
    for column in ("author_id", "group_id"):
        op.create_index(f"ix_{NOTES}_{column}", NOTES, [column])


def _asks() -> None:
    op.create_table(
        ASKS,
        *_named(ASKS),
        *_of_group(ASKS),
        _id("person_id"),
        sa.Column("kind", _words("askkind", "to_join", "asked_in"), nullable=False),
        *_text("word"),
        _id("asked_by_id", nullable=True),
        _moment("asked_at"),
        _id_of("person_id", "people", ASKS),
        _id_of("asked_by_id", "people", ASKS),
        sa.UniqueConstraint("group_id", "person_id", name="uq_staff_group_asks_group_id_person_id"),
    )
    op.create_index("ix_staff_group_asks_person_id", ASKS, ["person_id"])


def downgrade() -> None:
    """Remove the tables."""
    for table in (NOTES, ASKS, MEMBERS, GROUPS):
        op.drop_table(table)
