"""Resources that colleagues share, with their versions, notes, problems, materials and feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0087_resources"
down_revision = "0086_second_factors"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KINDS = ("lesson_plan", "worksheet", "slides", "assessment", "policy", "recording", "links")
LICENCES = ("network", "by", "by-sa", "by-nc", "by-nc-sa", "by-nd", "by-nc-nd", "zero")
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


def _text(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _number(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.Integer(), nullable=nullable) for name in names]


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, MOMENT, nullable=nullable)


def upgrade() -> None:
    """Make the tables; there are no resources yet."""
    _resources()
    _versions()
    _said()
    op.create_table(
        "event_materials",
        *_number("event_id", "resource_id"),
        _moment("added_at"),
        _id_of("event_id", "events", "event_materials", ondelete="CASCADE"),
        _id_of("resource_id", "resources", "event_materials", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "resource_id", name=op.f("pk_event_materials")),
    )
    op.create_index("ix_event_materials_resource_id", "event_materials", ["resource_id"])
    op.create_table(
        "resource_feeds",
        *_number("person_id"),
        *_text("token_hash"),
        _moment("made_at"),
        _id_of("person_id", "people", "resource_feeds", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_resource_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_resource_feeds_token_hash")),
    )


def _resources() -> None:
    op.create_table(
        "resources",
        *_number("id"),
        *_text("public_id", "title", "about"),
        sa.Column("kind", _words("resourcekind", *KINDS, "other"), nullable=False),
        sa.Column("licence", _words("licence", *LICENCES), nullable=False),
        *_number("low_year", "high_year"),
        *_number("school_id", "author_id", "used_at_id", nullable=True),
        _moment("added_at"),
        _moment("changed_at"),
        _moment("withdrawn_at", nullable=True),
        *_text("withdrawn_reason"),
        sa.Column("withdrawn_by_lead", sa.Boolean(), nullable=False),
        sa.CheckConstraint("low_year <= high_year", name=op.f("ck_resources_years_in_order")),
        _id_of("school_id", "schools", "resources"),
        _id_of("author_id", "people", "resources"),
        _id_of("used_at_id", "events", "resources", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resources")),
        sa.UniqueConstraint("public_id", name=op.f("uq_resources_public_id")),
    )
    for name in ("school_id", "author_id", "used_at_id", "added_at", "withdrawn_at"):
        op.create_index(f"ix_resources_{name}", "resources", [name])
    op.create_table(
        "resource_subjects",
        *_number("resource_id"),
        sa.Column("subject", _words("subjectarea", *SUBJECTS), nullable=False),
        _id_of("resource_id", "resources", "resource_subjects", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("resource_id", "subject", name=op.f("pk_resource_subjects")),
    )


def _versions() -> None:
    table = "resource_versions"
    op.create_table(
        table,
        *_number("id", "resource_id", "number"),
        *_number("file_id", nullable=True),
        *_text("link", "changed"),
        sa.Column("shown", _words("pupilsshown", "none", "work", "pupils"), nullable=False),
        sa.Column("families_agreed", sa.Boolean(), nullable=False),
        *_number("added_by_id", nullable=True),
        _moment("added_at"),
        sa.CheckConstraint("number >= 1", name=op.f(f"ck_{table}_numbered_from_one")),
        sa.CheckConstraint(
            "(file_id IS NULL) != (link = '')", name=op.f(f"ck_{table}_file_or_link")
        ),
        sa.CheckConstraint(
            "shown != 'pupils' OR families_agreed", name=op.f(f"ck_{table}_families_asked")
        ),
        _id_of("resource_id", "resources", table, ondelete="CASCADE"),
        _id_of("file_id", "attached_files", table, ondelete="CASCADE"),
        _id_of("added_by_id", "people", table),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("resource_id", "number", name=op.f(f"uq_{table}_resource_id_number")),
        sa.UniqueConstraint("file_id", name=op.f(f"uq_{table}_file_id")),
    )


def _said() -> None:
    op.create_table(
        "tried_notes",
        *_number("id"),
        *_text("public_id"),
        *_number("resource_id"),
        *_number("author_id", "school_id", nullable=True),
        *_text("worked", "did_not"),
        *_number("year"),
        _moment("written_at"),
        _moment("changed_at", nullable=True),
        _moment("hidden_at", nullable=True),
        *_text("hidden_reason"),
        _id_of("resource_id", "resources", "tried_notes", ondelete="CASCADE"),
        _id_of("author_id", "people", "tried_notes"),
        _id_of("school_id", "schools", "tried_notes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tried_notes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tried_notes_public_id")),
    )
    op.create_index("ix_tried_notes_resource_id", "tried_notes", ["resource_id"])
    op.create_index("ix_tried_notes_author_id", "tried_notes", ["author_id"])
    op.create_table(
        "resource_problems",
        *_number("id"),
        *_text("public_id"),
        *_number("resource_id"),
        *_number("told_by_id", nullable=True),
        *_text("told"),
        _moment("told_at"),
        _moment("settled_at", nullable=True),
        *_text("answer"),
        _id_of("resource_id", "resources", "resource_problems", ondelete="CASCADE"),
        _id_of("told_by_id", "people", "resource_problems"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_problems")),
        sa.UniqueConstraint("public_id", name=op.f("uq_resource_problems_public_id")),
    )
    for name in ("resource_id", "told_by_id", "settled_at"):
        op.create_index(f"ix_resource_problems_{name}", "resource_problems", [name])


def downgrade() -> None:
    """Drop them, with everything that was shared."""
    for table in (
        *("resource_feeds", "event_materials", "resource_problems", "tried_notes"),
        *("resource_versions", "resource_subjects", "resources"),
    ):
        op.drop_table(table)
