"""Invoices written by hand, for no event: a title, lines, and an amount of their own.

SQLite cannot change a table's columns or checks, so a new table takes the old one's rows. The
payments wait elsewhere meanwhile: without its invoice, each would break its foreign key.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037_invoices_by_hand"
down_revision = "0036_diet_notes"
branch_labels = None
depends_on = None

STATES = ("raised", "paid", "cancelled")
BOTH = (
    "id, public_id, school_year, nth, school_id, event_id, state, pupils, each_pence, paid_pence, "
    "raised_on, due_on, raised_at, reason"
)
COPY = f"({BOTH}{{}}) SELECT {BOTH}{{}} FROM invoices"  # noqa: S608 - our own columns
BEFORE = (
    ("for_something", "pupils > 0 AND each_pence > 0"),
    ("paid_within_amount", "paid_pence BETWEEN 0 AND pupils * each_pence"),
)
AFTER = (
    ("for_something", "amount_pence > 0"),
    ("paid_within_amount", "paid_pence BETWEEN 0 AND amount_pence"),
    (
        "places_of_an_event",
        "(event_id IS NULL AND pupils IS NULL AND each_pence IS NULL AND title <> '') OR "
        "(event_id IS NOT NULL AND pupils IS NOT NULL AND each_pence IS NOT NULL AND pupils > 0 "
        "AND each_pence > 0 AND amount_pence = pupils * each_pence)",
    ),
)
LIVE = sa.text("state <> 'cancelled'")
WRITTEN = sa.text("state <> 'cancelled' AND event_id IS NULL")


def upgrade() -> None:
    """Add title, amount and lines; what was billed for an event keeps its places."""
    if op.get_bind().dialect.name == "sqlite":
        _rebuild(after=True)
    else:
        title = sa.Column("title", sa.String(), nullable=False, server_default="")
        op.add_column("invoices", title)
        op.add_column("invoices", sa.Column("amount_pence", sa.Integer(), nullable=True))
        op.execute("UPDATE invoices SET amount_pence = pupils * each_pence")
        op.alter_column("invoices", "amount_pence", nullable=False)
        for name in ("event_id", "pupils", "each_pence"):
            op.alter_column("invoices", name, nullable=True)
        _check(BEFORE, AFTER)
    op.create_index(
        "uq_invoices_written",
        "invoices",
        ["school_id", "school_year", "title"],
        unique=True,
        sqlite_where=WRITTEN,
        postgresql_where=WRITTEN,
    )
    op.create_table(
        "invoice_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.CheckConstraint("pence > 0", name=op.f("ck_invoice_lines_some_pence")),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoices.id"], name=op.f("fk_invoice_lines_invoice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_lines")),
    )
    op.create_index(op.f("ix_invoice_lines_invoice_id"), "invoice_lines", ["invoice_id"])


def downgrade() -> None:
    """Remove them, and invoices without an event; what the ledger has of these stays there."""
    op.drop_table("invoice_lines")
    op.execute(
        "DELETE FROM invoice_payments WHERE invoice_id IN "
        "(SELECT id FROM invoices WHERE event_id IS NULL)"
    )
    op.execute("DELETE FROM invoices WHERE event_id IS NULL")
    op.drop_index("uq_invoices_written", "invoices")
    if op.get_bind().dialect.name == "sqlite":
        _rebuild(after=False)
        return
    _check(AFTER, BEFORE)
    for name in ("event_id", "pupils", "each_pence"):
        op.alter_column("invoices", name, nullable=False)
    op.drop_column("invoices", "amount_pence")
    op.drop_column("invoices", "title")


def _check(before: tuple[tuple[str, str], ...], after: tuple[tuple[str, str], ...]) -> None:
    for name, _ in before:
        op.drop_constraint(op.f(f"ck_invoices_{name}"), "invoices", type_="check")
    for name, condition in after:
        op.create_check_constraint(op.f(f"ck_invoices_{name}"), "invoices", condition)


def _rebuild(*, after: bool) -> None:
    """Make the table anew, with the same rows (SQLite)."""
    op.execute("CREATE TABLE waiting_payments AS SELECT * FROM invoice_payments")
    op.execute("DELETE FROM invoice_payments")
    op.create_table("new_invoices", *_parts(after=after))
    if after:
        op.execute(
            "INSERT INTO new_invoices " + COPY.format(", amount_pence", ", pupils * each_pence")
        )
    else:
        op.execute("INSERT INTO new_invoices " + COPY.format("", ""))
    op.drop_table("invoices")
    op.rename_table("new_invoices", "invoices")
    op.create_index(op.f("ix_invoices_event_id"), "invoices", ["event_id"])
    op.create_index("ix_invoices_school_id_raised_on", "invoices", ["school_id", "raised_on"])
    op.create_index("ix_invoices_state_due_on", "invoices", ["state", "due_on"])
    op.create_index(
        "uq_invoices_live", "invoices", ["event_id", "school_id"], unique=True, sqlite_where=LIVE
    )
    op.execute("INSERT INTO invoice_payments SELECT * FROM waiting_payments")
    op.drop_table("waiting_payments")


def _parts(*, after: bool) -> list[sa.Column[object] | sa.Constraint]:
    """Return the columns and constraints of the table, as it is after this change or before."""
    state = sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=40)
    new = [
        sa.Column("title", sa.String(), nullable=False, server_default=""),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
    ]
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("school_year", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=after),
        sa.Column("state", state, nullable=False),
        sa.Column("pupils", sa.Integer(), nullable=after),
        sa.Column("each_pence", sa.Integer(), nullable=after),
        sa.Column("paid_pence", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        *(new if after else []),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_invoices_{name}"))
            for name, condition in (AFTER if after else BEFORE)
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_invoices_event_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_invoices_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoices")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invoices_public_id")),
        sa.UniqueConstraint("school_year", "nth", name=op.f("uq_invoices_school_year_nth")),
    ]
