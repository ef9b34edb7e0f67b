"""The database insists that the ledger and the audit trail only grow, and that entries balance.

Triggers on both engines refuse UPDATE and DELETE; on PostgreSQL also TRUNCATE, and on SQLite also
the hidden delete of INSERT OR REPLACE, which fires no delete trigger there.

An entry is complete when it has as many lines as its `line_count` says, and they sum to zero in
each fund (and so overall). Lines arrive one by one, so this is checked when the transaction
commits; after that no line can be added, because the count would be wrong.

PostgreSQL: two constraint triggers, DEFERRABLE INITIALLY DEFERRED. SQLite has none, but it has
deferred foreign keys. `open_entries` holds each entry whose lines are still coming, in a row whose
foreign key points nowhere; the trigger that sees the entry become complete deletes that row. While
one is left, COMMIT fails. A connection with foreign keys off can get past this; `fund verify` finds
what it leaves behind.
"""

from alembic import op

revision = "0010_append_only"
down_revision = "0009_rosters_and_feeds"
branch_labels = None
depends_on = None

#: Each table and its unique columns: OR REPLACE would replace a row with the same values.
TABLES = {
    "entries": ("id", "key", "reverses_id"),
    "entry_lines": ("id",),
    "ledger_seals": ("id", "first_id", "last_id", "hash"),
    "audit_entries": ("id",),
    "audit_seals": ("id", "first_id", "last_id", "hash"),
}

POSTGRESQL = (
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE FUNCTION check_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        entry integer := (to_jsonb(NEW) ->> TG_ARGV[0])::integer;
        declared integer := (SELECT line_count FROM entries WHERE id = entry);
    BEGIN
        IF (SELECT count(*) FROM entry_lines WHERE entry_id = entry) <> declared THEN
            RAISE EXCEPTION 'entry % does not have % lines', entry, declared
                USING ERRCODE = 'check_violation';
        END IF;
        IF EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = entry
                   GROUP BY fund HAVING sum(pence) <> 0) THEN
            RAISE EXCEPTION 'entry % does not balance', entry USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END
    $$
    """,
    """
    CREATE CONSTRAINT TRIGGER entries_whole AFTER INSERT ON entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_entry('id')
    """,
    """
    CREATE CONSTRAINT TRIGGER entry_lines_whole AFTER INSERT ON entry_lines
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_entry('entry_id')
    """,
)

WHOLE = """
    (SELECT count(*) FROM entry_lines WHERE entry_id = {entry})
    = (SELECT line_count FROM entries WHERE id = {entry})
    AND NOT EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = {entry}
                    GROUP BY fund HAVING sum(pence) <> 0)
"""
SQLITE = (
    """
    CREATE TABLE open_entries (
        entry_id INTEGER PRIMARY KEY CHECK (entry_id > 0),
        nowhere INTEGER NOT NULL CHECK (nowhere = -1)
            REFERENCES open_entries (entry_id) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    """
    CREATE TRIGGER entries_opened AFTER INSERT ON entries
    BEGIN INSERT INTO open_entries VALUES (NEW.id, -1); END
    """,
    """
    CREATE TRIGGER entry_lines_of_open_entry BEFORE INSERT ON entry_lines
    WHEN NOT EXISTS (SELECT 1 FROM open_entries WHERE entry_id = NEW.entry_id)
    BEGIN SELECT RAISE(ABORT, 'the entry has all its lines'); END
    """,
    f"""
    CREATE TRIGGER entry_lines_whole AFTER INSERT ON entry_lines
    WHEN {WHOLE.format(entry="NEW.entry_id")}
    BEGIN DELETE FROM open_entries WHERE entry_id = NEW.entry_id; END
    """,  # noqa: S608 - no word of it comes from outside
    f"""
    CREATE TRIGGER open_entries_closed_by_lines BEFORE DELETE ON open_entries
    WHEN NOT ({WHOLE.format(entry="OLD.entry_id")})
    BEGIN SELECT RAISE(ABORT, 'the entry is not whole'); END
    """,
    """
    CREATE TRIGGER open_entries_no_update BEFORE UPDATE ON open_entries
    BEGIN SELECT RAISE(ABORT, 'the entry is not whole'); END
    """,
)


def upgrade() -> None:
    """Add the triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for table, unique in TABLES.items():
            _refuse_on_sqlite(table, unique)
        for statement in SQLITE:
            op.execute(statement)
        return
    for statement in POSTGRESQL:
        op.execute(statement)
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _refuse_on_sqlite(table: str, unique: tuple[str, ...]) -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} {refuse}"
        )
    same = " OR ".join(f"{column} = NEW.{column}" for column in unique)
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 - our own
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuse}"
    )


def downgrade() -> None:
    """Remove the triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            for change in ("update", "delete", "replace"):
                op.execute(f"DROP TRIGGER {table}_no_{change}")
        op.execute("DROP TRIGGER entries_opened")
        op.execute("DROP TRIGGER entry_lines_of_open_entry")
        op.execute("DROP TRIGGER entry_lines_whole")
        op.execute("DROP TABLE open_entries")
        return
    op.execute("DROP TRIGGER entries_whole ON entries")
    op.execute("DROP TRIGGER entry_lines_whole ON entry_lines")
    for table in TABLES:
        op.execute(f"DROP TRIGGER {table}_no_change ON {table}")
        op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
    op.execute("DROP FUNCTION check_entry()")
    op.execute("DROP FUNCTION refuse_change()")
