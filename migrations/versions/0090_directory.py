"""The directory: areas, what colleagues offer, nominations, and links between schools."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0090_directory"
down_revision = "0089_staff_and_associates"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = (
    *("directory_choices", "help_links", "nominations", "expertise_areas", "expertise"),
    "help_areas",
)
#: The first list; the lead keeps it from here.
AREAS = (
    *("Art and design", "Assessment", "Behaviour", "Careers", "Computing", "Early years"),
    *("English", "English as an additional language (EAL)", "Geography", "Governance", "History"),
    *("IT and data", "Languages", "Leadership", "Mathematics", "Music and drama"),
    *("Pastoral care", "Personal development", "Physical education", "Religious education"),
    *("Safeguarding", "School office and finance", "Science", "Site management"),
    *("Special educational needs (SEND)", "Timetabling", "Transition between schools"),
)
STATES = ("offered", "listed", "declined", "lapsed", "withdrawn")
LINK_STATES = ("asked", "suggested", "introduced", "turned_down", "taken_back", "answered")


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _id_of(column: str, table: str, on: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{on}_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, **more)


def _text(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _number(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.Integer(), nullable=nullable) for name in names]


def _yes(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, MOMENT, nullable=nullable)


def _indexed(table: str, *columns: str) -> None:
    for name in columns:
        op.create_index(f"ix_{table}_{name}", table, [name])


def upgrade() -> None:
    """Make the tables, with the first list of areas."""
    areas = op.create_table(
        "help_areas",
        *_number("id"),
        *_text("public_id", "name"),
        _moment("retired_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_areas")),
        sa.UniqueConstraint("public_id", name=op.f("uq_help_areas_public_id")),
        sa.UniqueConstraint("name", name=op.f("uq_help_areas_name")),
    )
    op.bulk_insert(
        areas,
        [{"public_id": secrets.token_urlsafe(12), "name": n, "retired_at": None} for n in AREAS],
    )
    _expertise()
    _nominations()
    _links()
    op.create_table(
        "directory_choices",
        *_number("id"),
        _yes("at_once"),
        sa.CheckConstraint("id = 1", name=op.f("ck_directory_choices_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_choices")),
    )


def downgrade() -> None:
    """Drop them."""
    for name in TABLES:
        op.drop_table(name)


def _expertise() -> None:
    table = "expertise"
    op.create_table(
        table,
        *_number("id"),
        *_text("public_id"),
        *_number("person_id"),
        *_number("school_id", nullable=True),
        sa.Column("state", _words("expertisestate", *STATES), nullable=False),
        *_text("phases", "kinds", "time"),
        sa.Column("costs", _words("helpcosts", "none", "travel", "agreed"), nullable=False),
        *_text("about"),
        _yes("for_partners"),
        _moment("offered_at"),
        _moment("moved_at"),
        _moment("listed_until", nullable=True),
        *_text("reason"),
        sa.CheckConstraint(
            "(state = 'listed') = (listed_until IS NOT NULL)",
            name=op.f("ck_expertise_listed_until"),
        ),
        _id_of("person_id", "people", table),
        _id_of("school_id", "schools", table),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expertise")),
        sa.UniqueConstraint("public_id", name=op.f("uq_expertise_public_id")),
    )
    _indexed(table, "person_id", "school_id", "state")
    op.create_table(
        "expertise_areas",
        *_number("expertise_id", "area_id"),
        _id_of("expertise_id", "expertise", "expertise_areas", ondelete="CASCADE"),
        _id_of("area_id", "help_areas", "expertise_areas"),
        sa.PrimaryKeyConstraint("expertise_id", "area_id", name=op.f("pk_expertise_areas")),
    )
    _indexed("expertise_areas", "area_id")


def _nominations() -> None:
    table = "nominations"
    op.create_table(
        table,
        *_number("id", "expertise_id"),
        sa.Column("token_hash", sa.String(), nullable=True),
        *_text("head_name", "head_email"),
        _yes("is_reminder"),
        _moment("asked_at"),
        _moment("expires_at"),
        _moment("closed_at", nullable=True),
        _yes("said_yes", nullable=True),
        *_number("decided_by_id", nullable=True),
        _id_of("expertise_id", "expertise", table, ondelete="CASCADE"),
        _id_of("decided_by_id", "people", table),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_nominations_token_hash")),
    )
    _indexed(table, "expertise_id")


def _links() -> None:
    table = "help_links"
    op.create_table(
        table,
        *_number("id"),
        *_text("public_id"),
        *_number("school_id"),
        *_number("asked_by_id", nullable=True),
        *_number("area_id"),
        *_number("expertise_id", nullable=True),
        sa.Column("state", _words("linkstate", *LINK_STATES), nullable=False),
        *_text("what", "by_when"),
        _moment("asked_at"),
        _moment("moved_at"),
        *_text("word"),
        _moment("introduced_at", nullable=True),
        sa.Column("outcome_hash", sa.String(), nullable=True),
        _moment("outcome_asked_at", nullable=True),
        sa.Column("outcome", _words("helpoutcome", "yes", "not_yet", "no"), nullable=True),
        sa.CheckConstraint(
            "(outcome IS NULL) = (state != 'answered')", name=op.f("ck_help_links_answered")
        ),
        _id_of("school_id", "schools", table),
        _id_of("asked_by_id", "people", table),
        _id_of("area_id", "help_areas", table),
        _id_of("expertise_id", "expertise", table, ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_links")),
        sa.UniqueConstraint("public_id", name=op.f("uq_help_links_public_id")),
        sa.UniqueConstraint("outcome_hash", name=op.f("uq_help_links_outcome_hash")),
    )
    _indexed(table, "school_id", "asked_by_id", "area_id", "expertise_id", "state")
