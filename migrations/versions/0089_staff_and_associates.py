"""Two more roles: members of staff of a school, and associates from an institution outside.

SQLite cannot take a constraint away, so three tables are made again. Dropping the old table of
roles empties what refers to it, so that is written down before and put back after.
"""

import sqlalchemy as sa
from alembic import op

revision = "0089_staff_and_associates"
down_revision = "0088_heads"
branch_labels = None
depends_on = None

OLD = ("lead", "treasurer", "auditor", "coordinator", "host", "day_staff")
NEW = (*OLD, "staff", "associate")
TABLES = ("role_grants", "invitation_roles", "meeting_roles")
NAMED = ("role_grants", "invitation_roles")
INSTITUTION = "(role = 'associate') = (institution != '')"
STAFF = "role != 'staff' OR school_id IS NOT NULL"


def upgrade() -> None:
    """Allow the two roles; nobody has one yet."""
    for table in NAMED:
        op.add_column(
            table, sa.Column("institution", sa.String(), server_default="", nullable=False)
        )
    rules = {table: {"role": _one_of(NEW)} for table in TABLES}
    for table in NAMED:
        rules[table]["institution_named"] = INSTITUTION
    rules["role_grants"]["staff_of_a_school"] = STAFF
    _check(rules, without=("role",))


def downgrade() -> None:
    """Take both roles away from everybody who has one."""
    for table in TABLES:
        roles = sa.table(table, sa.column("role"))
        op.execute(sa.delete(roles).where(roles.c.role.in_(["staff", "associate"])))
    _check(
        {table: {"role": _one_of(OLD)} for table in TABLES},
        without=("role", "institution_named", "staff_of_a_school"),
    )
    for table in NAMED:
        op.drop_column(table, "institution")


def _one_of(roles: tuple[str, ...]) -> str:
    return "role IN ({})".format(", ".join(f"'{role}'" for role in roles))


def _check(rules: dict[str, dict[str, str]], *, without: tuple[str, ...]) -> None:
    """Put rules on the tables in place of those that are called `without`."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if on_sqlite:
        op.execute("PRAGMA defer_foreign_keys=ON")
        op.execute("CREATE TABLE replaced AS SELECT id, replaces_id FROM invitation_roles")
    for table, conditions in rules.items():
        known = {rule["name"] for rule in sa.inspect(op.get_bind()).get_check_constraints(table)}
        with op.batch_alter_table(table, recreate="always" if on_sqlite else "never") as batch:
            for name in without:
                if f"ck_{table}_{name}" in known:
                    batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
            for name, condition in conditions.items():
                batch.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)
    if on_sqlite:
        op.execute(
            "UPDATE invitation_roles SET replaces_id = "
            "(SELECT replaces_id FROM replaced WHERE replaced.id = invitation_roles.id)"
        )
        op.execute("DROP TABLE replaced")
