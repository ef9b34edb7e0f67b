"""Running balances, closed years, more funds, and decisions by a second person.

**Running balances.** `ledger_totals` holds how much each account changed in each fund on each day,
over all sealed entries, and `ledger_event_totals` the same for each event. A trigger on
`ledger_seals` adds a batch when it is sealed, so posting an entry touches no row that another
posting touches: writers never wait for one another, and there is no order of locks to keep. Readers
add the few entries that are not sealed yet. Entries that are already sealed are added up here once.

**Closed years.** A trigger refuses an entry dated in a closed year. On PostgreSQL, closing a year
first waits for all writers of `entries` (a lock in the service), so that none slips through.

**Funds.** `funds` now says which funds there are. A foreign key replaces the checks that knew three
names: SQLite cannot drop a check, so there `funds` and `entry_lines` are written again, with the
triggers from migration 0010 restored word for word.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015_ledger_balances"
down_revision = "0014_cpd_bids"
branch_labels = None
depends_on = None

BUILT_IN = (
    ("events", "Events", "Pays for the days themselves."),
    ("admin", "Administration", "Pays for running the network: card fees, postage, deficits."),
    ("cpd", "CPD fund", "Pays for speakers and for the training of staff."),
)
THREE = "IN ('events', 'admin', 'cpd')"
LINE_COLUMNS = "id, entry_id, account, fund, pence, memo"
ADD_UP = """
    INSERT INTO ledger_totals (account, fund, entered_on, debit_pence, credit_pence, line_count)
    SELECT entry_lines.account, entry_lines.fund, entries.entered_on,
           sum(CASE WHEN pence > 0 THEN pence ELSE 0 END),
           sum(CASE WHEN pence < 0 THEN -pence ELSE 0 END), count(*)
    FROM entries JOIN entry_lines ON entry_lines.entry_id = entries.id
    WHERE entries.id BETWEEN {first} AND {last}
    GROUP BY entry_lines.account, entry_lines.fund, entries.entered_on
    ON CONFLICT (account, fund, entered_on) DO UPDATE
    SET debit_pence = ledger_totals.debit_pence + excluded.debit_pence,
        credit_pence = ledger_totals.credit_pence + excluded.credit_pence,
        line_count = ledger_totals.line_count + excluded.line_count
"""
ADD_UP_EVENTS = """
    INSERT INTO ledger_event_totals (event_id, account, fund, pence)
    SELECT entries.event_id, entry_lines.account, entry_lines.fund, sum(pence)
    FROM entries JOIN entry_lines ON entry_lines.entry_id = entries.id
    WHERE entries.id BETWEEN {first} AND {last} AND entries.event_id IS NOT NULL
    GROUP BY entries.event_id, entry_lines.account, entry_lines.fund
    ON CONFLICT (event_id, account, fund) DO UPDATE
    SET pence = ledger_event_totals.pence + excluded.pence
"""
ADD_BATCH = ";".join(
    each.format(first="NEW.first_id", last="NEW.last_id") for each in (ADD_UP, ADD_UP_EVENTS)
)
#: Whether a day lies in a closed year.
IN_CLOSED_YEAR = "NEW.entered_on <= (SELECT max(last_on) FROM closed_years)"
POSTGRESQL = (
    f"""
    CREATE FUNCTION add_to_totals() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        {ADD_BATCH};
        RETURN NULL;
    END
    $$
    """,
    """
    CREATE TRIGGER ledger_seals_added_up AFTER INSERT ON ledger_seals
    FOR EACH ROW EXECUTE FUNCTION add_to_totals()
    """,
    f"""
    CREATE FUNCTION refuse_closed_year() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {IN_CLOSED_YEAR} THEN
            RAISE EXCEPTION 'the year of % is closed', NEW.entered_on
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END
    $$
    """,
    """
    CREATE TRIGGER entries_of_open_years BEFORE INSERT ON entries
    FOR EACH ROW EXECUTE FUNCTION refuse_closed_year()
    """,
    """
    CREATE TRIGGER closed_years_no_change BEFORE UPDATE OR DELETE ON closed_years
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER closed_years_no_truncate BEFORE TRUNCATE ON closed_years
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
)
REFUSED = "BEGIN SELECT RAISE(ABORT, 'closed_years is append-only'); END"
SQLITE = (
    f"CREATE TRIGGER ledger_seals_added_up AFTER INSERT ON ledger_seals BEGIN {ADD_BATCH}; END",
    f"""
    CREATE TRIGGER entries_of_open_years BEFORE INSERT ON entries
    WHEN {IN_CLOSED_YEAR}
    BEGIN SELECT RAISE(ABORT, 'the year of this day is closed'); END
    """,
    f"CREATE TRIGGER closed_years_no_update BEFORE UPDATE ON closed_years {REFUSED}",
    f"CREATE TRIGGER closed_years_no_delete BEFORE DELETE ON closed_years {REFUSED}",
    f"""
    CREATE TRIGGER closed_years_no_replace BEFORE INSERT ON closed_years
    WHEN EXISTS (SELECT 1 FROM closed_years WHERE id = NEW.id OR first_on = NEW.first_on
                 OR last_on = NEW.last_on) {REFUSED}
    """,  # noqa: S608 - no word of it comes from outside
)


class OtherFunds(RuntimeError):
    """The ledger has a fund that the older tables cannot hold."""


def upgrade() -> None:
    """Create the tables, allow more funds, and add up what is sealed."""
    _free_funds()
    _create_totals()
    _create_years()
    _create_decisions()
    for each in (ADD_UP, ADD_UP_EVENTS):
        op.execute(each.format(first=0, last="(SELECT max(last_id) FROM ledger_seals)"))
    for statement in SQLITE if _on_sqlite() else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Remove the tables, and allow only three funds. Raises OtherFunds."""
    other = op.get_bind().scalar(sa.text(f"SELECT fund FROM entry_lines WHERE fund NOT {THREE}"))  # noqa: S608 - our own words
    if other is not None:
        raise OtherFunds(f"The ledger has entries of the fund “{other}”. It cannot go back.")
    op.execute("DROP TRIGGER ledger_seals_added_up" + _of("ledger_seals"))
    op.execute("DROP TRIGGER entries_of_open_years" + _of("entries"))
    for table in (
        "ledger_decisions",
        "ledger_rules",
        "closed_years",
        "ledger_event_totals",
        "ledger_totals",
    ):
        op.drop_table(table)
    if not _on_sqlite():
        op.execute("DROP FUNCTION add_to_totals()")
        op.execute("DROP FUNCTION refuse_closed_year()")
    _bind_funds()


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _of(table: str) -> str:
    return "" if _on_sqlite() else f" ON {table}"


def _free_funds() -> None:
    """Let the table of funds say which funds there are."""
    op.drop_table("funds")
    op.create_table(
        "funds",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_funds")),
    )
    funds = sa.table("funds", *map(sa.column, ("name", "title", "purpose", "restricted")))
    op.bulk_insert(
        funds,
        [
            {"name": name, "title": title, "purpose": purpose, "restricted": False}
            for name, title, purpose in BUILT_IN
        ],
    )
    if _on_sqlite():
        _write_lines_anew(
            sa.Column("fund", sa.String(40), nullable=False),
            sa.ForeignKeyConstraint(["fund"], ["funds.name"], name=op.f("fk_entry_lines_fund")),
        )
        return
    op.drop_constraint(op.f("ck_entry_lines_fund"), "entry_lines")
    op.create_foreign_key(op.f("fk_entry_lines_fund"), "entry_lines", "funds", ["fund"], ["name"])


def _bind_funds() -> None:
    """Restore the checks of three names."""
    if _on_sqlite():
        _write_lines_anew(_three_names("fund"))
    else:
        op.drop_constraint(op.f("fk_entry_lines_fund"), "entry_lines")
        op.create_check_constraint(op.f("ck_entry_lines_fund"), "entry_lines", f"fund {THREE}")
    op.drop_table("funds")
    op.create_table(
        "funds", _three_names("name"), sa.PrimaryKeyConstraint("name", name=op.f("pk_funds"))
    )


def _three_names(column: str) -> sa.Column[str]:
    kind = sa.Enum(
        "events", "admin", "cpd", name="fund", native_enum=False, create_constraint=True, length=40
    )
    return sa.Column(column, kind, nullable=False)


def _write_lines_anew(fund: sa.Column[str], *more: sa.ForeignKeyConstraint) -> None:
    """Write `entry_lines` again with another column `fund`, keeping its indexes and triggers.

    Dropping a table fires no trigger in SQLite. A trigger elsewhere that reads the table would stop
    the new one from taking its name, so it is dropped first and restored with the others.
    """
    kept = op.get_bind().execute(
        sa.text(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL "
            "AND ((type IN ('index', 'trigger') AND tbl_name = 'entry_lines') "
            "     OR (type = 'trigger' AND sql LIKE '%entry_lines%')) ORDER BY type, name"
        )
    )
    statements = kept.all()
    for kind, name, _ in statements:
        op.execute(f"DROP {kind} {name}")
    op.create_table(
        "entry_lines_anew",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        fund,
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("memo", sa.String(), nullable=False),
        sa.CheckConstraint("pence != 0", name=op.f("ck_entry_lines_not_zero")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_entry_lines_entry_id")),
        *more,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_lines")),
    )
    op.execute(
        f"INSERT INTO entry_lines_anew ({LINE_COLUMNS}) SELECT {LINE_COLUMNS} FROM entry_lines"  # noqa: S608 - our own words
    )
    op.drop_table("entry_lines")
    op.rename_table("entry_lines_anew", "entry_lines")
    for _, _, statement in statements:
        op.execute(sa.text(statement.replace(":", "\\:")))


def _create_totals() -> None:
    op.create_table(
        "ledger_totals",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("fund", sa.String(40), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("debit_pence", sa.BigInteger(), nullable=False),
        sa.Column("credit_pence", sa.BigInteger(), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("line_count > 0", name=op.f("ck_ledger_totals_of_some_lines")),
        sa.ForeignKeyConstraint(["fund"], ["funds.name"], name=op.f("fk_ledger_totals_fund")),
        sa.PrimaryKeyConstraint("account", "fund", "entered_on", name=op.f("pk_ledger_totals")),
    )
    op.create_table(
        "ledger_event_totals",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("fund", sa.String(40), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_ledger_event_totals_event_id")
        ),
        sa.ForeignKeyConstraint(["fund"], ["funds.name"], name=op.f("fk_ledger_event_totals_fund")),
        sa.PrimaryKeyConstraint("event_id", "account", "fund", name=op.f("pk_ledger_event_totals")),
    )


def _create_years() -> None:
    op.create_table(
        "ledger_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alone_up_to_pence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_ledger_rules_one_row")),
        sa.CheckConstraint("alone_up_to_pence >= 0", name=op.f("ck_ledger_rules_not_below_zero")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["people.id"], name=op.f("fk_ledger_rules_changed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_rules")),
    )
    op.create_table(
        "closed_years",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.Column("funds", sa.JSON(), nullable=False),
        sa.Column("seal_hash", sa.String(), nullable=False),
        sa.CheckConstraint("first_on < last_on", name=op.f("ck_closed_years_in_order")),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["people.id"], name=op.f("fk_closed_years_closed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_years")),
        sa.UniqueConstraint("first_on", name=op.f("uq_closed_years_first_on")),
        sa.UniqueConstraint("last_on", name=op.f("uq_closed_years_last_on")),
    )


def _create_decisions() -> None:
    op.create_table(
        "ledger_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("subject", _words("subject", "reversal", "deficit"), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", _words("decisionstate", "asked", "approved", "refused"), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("made_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "decided_by_id <> asked_by_id", name=op.f("ck_ledger_decisions_second_person")
        ),
        sa.CheckConstraint(
            "(entry_id IS NULL) <> (event_id IS NULL)",
            name=op.f("ck_ledger_decisions_of_one_thing"),
        ),
        sa.CheckConstraint(
            "(state = 'asked') = (decided_at IS NULL) AND (state = 'approved' OR made_id IS NULL)",
            name=op.f("ck_ledger_decisions_decided_or_not"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_ledger_decisions_{column}")
            )
            for column, table in (
                ("entry_id", "entries"),
                ("event_id", "events"),
                ("asked_by_id", "people"),
                ("decided_by_id", "people"),
                ("made_id", "entries"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_decisions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ledger_decisions_public_id")),
    )
    op.create_index(op.f("ix_ledger_decisions_state"), "ledger_decisions", ["state"])
    asked = sa.text("state = 'asked'")
    for thing in ("entry", "event"):
        op.create_index(
            f"uq_ledger_decisions_open_{thing}",
            "ledger_decisions",
            [f"{thing}_id"],
            unique=True,
            sqlite_where=asked,
            postgresql_where=asked,
        )


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
