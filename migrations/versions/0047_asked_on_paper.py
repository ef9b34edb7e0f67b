"""Parents without an e-mail address, and when a school asked a family on paper.

SQLite cannot take a constraint away, so its table is made again; in between, the rows that refer to
it refer to nobody, which is only checked when the transaction commits.
"""

import sqlalchemy as sa
from alembic import op

revision = "0047_asked_on_paper"
down_revision = "0046_ideas"
branch_labels = None
depends_on = None

NAME = "uq_parents_school_id_email"
HAS_ADDRESS = sa.text("email != ''")


def upgrade() -> None:
    """Let any number of parents have no address; nobody has been asked on paper yet."""
    if op.get_bind().dialect.name == "sqlite":
        _make_again()
    else:
        op.drop_constraint(NAME, "parents", type_="unique")
    op.create_index(
        NAME,
        "parents",
        ["school_id", "email"],
        unique=True,
        sqlite_where=HAS_ADDRESS,
        postgresql_where=HAS_ADDRESS,
    )
    op.add_column(
        "bookings", sa.Column("asked_on_paper_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.execute(
        "ALTER TABLE bookings ADD COLUMN asked_on_paper_by_id INTEGER "
        "CONSTRAINT fk_bookings_asked_on_paper_by_id REFERENCES people (id)"
    )


def downgrade() -> None:
    """Give parents without an address one that leads nowhere."""
    op.drop_column("bookings", "asked_on_paper_by_id")
    op.drop_column("bookings", "asked_on_paper_at")
    op.execute("UPDATE parents SET email = 'none-' || id || '@paper.invalid' WHERE email = ''")
    op.drop_index(NAME, table_name="parents")
    unique = sa.UniqueConstraint("school_id", "email", name=NAME)
    if op.get_bind().dialect.name == "sqlite":
        _make_again(unique)
    else:
        op.create_unique_constraint(NAME, "parents", ["school_id", "email"])


def _make_again(*constraints: sa.Constraint) -> None:
    op.execute("PRAGMA defer_foreign_keys=ON")
    op.execute("CREATE TABLE parents_before AS SELECT * FROM parents")
    op.drop_table("parents")
    op.create_table(
        "parents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_parents_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parents")),
        *constraints,
    )
    op.execute(
        "INSERT INTO parents (id, school_id, name, email, phone) "
        "SELECT id, school_id, name, email, phone FROM parents_before"
    )
    op.drop_table("parents_before")
