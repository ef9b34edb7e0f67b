"""One payment for several of a family's bookings: what a payment is for moves into its lines.

Each existing payment gets one line, and its refunds are for that line. SQLite cannot drop a column
that refers to another table, so there the tables are written again: first the new ones, then the
old ones are dropped, refunds before payments, and renaming keeps references to them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012_family_payments"
down_revision = "0011_season_plans"
branch_labels = None
depends_on = None

METHODS = ("card", "cash", "cheque", "bank_transfer")
STATES = ("opened", "paid", "lapsed", "failed", "refunded", "part_refunded", "to_explain")
REFUND_STATES = ("requested", "pending", "succeeded", "failed", "cancelled")
#: The columns that stay.
PAYMENT = (
    "id, public_id, parent_id, method, amount_pence, refunded_pence, state, session_id, "
    "session_url, attempt, session_expires_at, reference, card_fee_pence, to_explain, opened_at, "
    "paid_at"
)
REFUND = (
    "id, public_id, payment_id, amount_pence, reason, state, gateway_id, requested_by_id, "
    "requested_at, settled_at"
)
FILL_LINES = (
    "INSERT INTO payment_lines "
    "(payment_id, number, booking_id, event_id, amount_pence, refunded_pence) "
    "SELECT id, 1, booking_id, event_id, amount_pence, refunded_pence FROM payments ORDER BY id"
)


class SeveralLines(RuntimeError):
    """The older tables cannot hold a payment for several bookings."""


def upgrade() -> None:
    """Create the lines, give each payment one, and let its refunds refer to it."""
    if op.get_bind().dialect.name == "sqlite":
        _upgrade_sqlite()
    else:
        _upgrade_postgresql()


def downgrade() -> None:
    """Put each payment's one line back into the payment. Raises SeveralLines."""
    several = op.get_bind().scalar(
        sa.text("SELECT payment_id FROM payment_lines WHERE number > 1 LIMIT 1")
    )
    if several is not None:
        raise SeveralLines(
            f"Payment {several} is for several bookings, which the older tables cannot hold."
        )
    if op.get_bind().dialect.name == "sqlite":
        _downgrade_sqlite()
    else:
        _downgrade_postgresql()


def _upgrade_postgresql() -> None:
    _create_lines("payments")
    op.execute(FILL_LINES)
    op.add_column("refunds", sa.Column("line_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE refunds SET line_id = payment_lines.id FROM payment_lines "
        "WHERE payment_lines.payment_id = refunds.payment_id"
    )
    op.alter_column("refunds", "line_id", nullable=False)
    op.create_foreign_key(
        op.f("fk_refunds_line_id_payment_id"),
        "refunds",
        "payment_lines",
        ["line_id", "payment_id"],
        ["id", "payment_id"],
    )
    op.drop_constraint(op.f("uq_refunds_gateway_id"), "refunds")
    op.create_unique_constraint(
        op.f("uq_refunds_gateway_id_line_id"), "refunds", ["gateway_id", "line_id"]
    )
    op.create_index(op.f("ix_refunds_line_id"), "refunds", ["line_id"])
    op.drop_column("payments", "booking_id")
    op.drop_column("payments", "event_id")


def _downgrade_postgresql() -> None:
    for column, table in (("booking_id", "bookings"), ("event_id", "events")):
        op.add_column("payments", sa.Column(column, sa.Integer(), nullable=True))
        op.execute(
            f"UPDATE payments SET {column} = payment_lines.{column} FROM payment_lines "  # noqa: S608 - our own columns
            "WHERE payment_lines.payment_id = payments.id"
        )
        op.alter_column("payments", column, nullable=False)
        op.create_foreign_key(op.f(f"fk_payments_{column}"), "payments", table, [column], ["id"])
        op.create_index(op.f(f"ix_payments_{column}"), "payments", [column])
    op.drop_constraint(op.f("uq_refunds_gateway_id_line_id"), "refunds")
    op.drop_column("refunds", "line_id")
    op.create_unique_constraint(op.f("uq_refunds_gateway_id"), "refunds", ["gateway_id"])
    op.drop_table("payment_lines")


def _upgrade_sqlite() -> None:
    _create_payments()
    op.execute(f"INSERT INTO payments_anew ({PAYMENT}) SELECT {PAYMENT} FROM payments")  # noqa: S608 - our own columns
    _create_lines("payments_anew")
    op.execute(FILL_LINES)
    _create_refunds(
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id", "payment_id"],
            ["payment_lines.id", "payment_lines.payment_id"],
            name=op.f("fk_refunds_line_id_payment_id"),
        ),
        sa.UniqueConstraint("gateway_id", "line_id", name=op.f("uq_refunds_gateway_id_line_id")),
    )
    columns = ", ".join(f"refunds.{name}" for name in REFUND.split(", "))
    op.execute(
        f"INSERT INTO refunds_anew ({REFUND}, line_id) SELECT {columns}, payment_lines.id "  # noqa: S608 - our own columns
        "FROM refunds JOIN payment_lines ON payment_lines.payment_id = refunds.payment_id"
    )
    _put_in_place("refunds", "payments")
    op.create_index(op.f("ix_refunds_line_id"), "refunds", ["line_id"])


def _downgrade_sqlite() -> None:
    _create_payments(
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_payments_booking_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_payments_event_id")),
    )
    columns = ", ".join(f"payments.{name}" for name in PAYMENT.split(", "))
    op.execute(
        f"INSERT INTO payments_anew ({PAYMENT}, booking_id, event_id) "  # noqa: S608 - our own columns
        f"SELECT {columns}, payment_lines.booking_id, payment_lines.event_id "
        "FROM payments JOIN payment_lines ON payment_lines.payment_id = payments.id"
    )
    _create_refunds(sa.UniqueConstraint("gateway_id", name=op.f("uq_refunds_gateway_id")))
    op.execute(f"INSERT INTO refunds_anew ({REFUND}) SELECT {REFUND} FROM refunds")  # noqa: S608 - our own columns
    op.drop_table("refunds")
    op.drop_table("payment_lines")
    _put_in_place("payments")
    op.rename_table("refunds_anew", "refunds")
    _index_refunds()
    for column in ("booking_id", "event_id"):
        op.create_index(op.f(f"ix_payments_{column}"), "payments", [column])


def _put_in_place(*tables: str) -> None:
    for table in tables:
        op.drop_table(table)
    for table in reversed(tables):
        op.rename_table(f"{table}_anew", table)
    op.create_index("ix_payments_state_opened_at", "payments", ["state", "opened_at"])
    if "refunds" in tables:
        _index_refunds()


def _index_refunds() -> None:
    op.create_index(op.f("ix_refunds_payment_id"), "refunds", ["payment_id"])
    op.create_index(op.f("ix_refunds_state"), "refunds", ["state"])


def _create_lines(payments: str) -> None:
    op.create_table(
        "payment_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("refunded_pence", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_payment_lines_some_pence")),
        sa.CheckConstraint(
            "refunded_pence BETWEEN 0 AND amount_pence",
            name=op.f("ck_payment_lines_refund_within_line"),
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], [f"{payments}.id"], name=op.f("fk_payment_lines_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_payment_lines_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_payment_lines_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_lines")),
        sa.UniqueConstraint(
            "payment_id", "number", name=op.f("uq_payment_lines_payment_id_number")
        ),
        sa.UniqueConstraint(
            "payment_id", "booking_id", name=op.f("uq_payment_lines_payment_id_booking_id")
        ),
        sa.UniqueConstraint("id", "payment_id", name=op.f("uq_payment_lines_id_payment_id")),
    )
    op.create_index(op.f("ix_payment_lines_booking_id"), "payment_lines", ["booking_id"])
    op.create_index(op.f("ix_payment_lines_event_id"), "payment_lines", ["event_id"])


def _words(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _create_payments(*older: sa.schema.SchemaItem) -> None:
    op.create_table(
        "payments_anew",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("method", _words(METHODS, op.f("ck_payments_method")), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("refunded_pence", sa.Integer(), nullable=False),
        sa.Column("state", _words(STATES, op.f("ck_payments_state")), nullable=False),
        sa.Column("session_id", sa.String(), nullable=True),
        sa.Column("session_url", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("session_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("card_fee_pence", sa.Integer(), nullable=True),
        sa.Column("to_explain", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        *older,
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_payments_some_pence")),
        sa.CheckConstraint(
            "refunded_pence BETWEEN 0 AND amount_pence",
            name=op.f("ck_payments_refund_within_payment"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["parents.id"], name=op.f("fk_payments_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payments_public_id")),
        sa.UniqueConstraint("session_id", name=op.f("uq_payments_session_id")),
    )


def _create_refunds(*changing: sa.schema.SchemaItem) -> None:
    op.create_table(
        "refunds_anew",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", _words(REFUND_STATES, op.f("ck_refunds_refundstate")), nullable=False),
        sa.Column("gateway_id", sa.String(), nullable=True),
        sa.Column("requested_by_id", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        *changing,
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_refunds_some_pence")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments_anew.id"], name=op.f("fk_refunds_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["people.id"], name=op.f("fk_refunds_requested_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        sa.UniqueConstraint("public_id", name=op.f("uq_refunds_public_id")),
    )
