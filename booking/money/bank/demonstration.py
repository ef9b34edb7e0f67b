"""The bank's own statements in the demonstration: one reconciled, one still to be matched."""

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta

from booking.domain.ledger import EntryKind, Fund
from booking.foundation.db import transaction
from booking.money.bank import queries, service
from booking.money.bank.imports.carried import Carried
from booking.money.bank.imports.statement import StatementLine
from booking.money.bank.models import BankLine, BankStatement
from booking.money.bank.queries import BankEntry
from booking.money.fund.service import HandEntry
from booking.people.schools.scene import TREASURER, Scene

#: How many days before today the two statements end, and what the bank charges each time.
FIRST, SECOND = 45, 1
CHARGES = 480
#: Somebody paid in, and nobody has recorded it.
UNKNOWN = ("FPI  J HARGREAVES  THANK YOU", 2_500)
ENTRIES_MAX = 10_000
WORDS = {
    EntryKind.PAYOUT: "STRIPE PAYMENTS UK LTD",
    EntryKind.GRANT: "BGC  {words}",
    EntryKind.CASH_BANKED: "PAID IN AT BRANCH",
    EntryKind.SCHOOL_INVOICE_PAID: "BGC  {school}",
}


def import_statements(scene: Scene, now: datetime) -> None:
    """Import the bank's statements for the year."""
    BankAccount(scene).import_statements(now)


class BankAccount:
    """The network's bank account, which shows the ledger's money a day or two later."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.dice = scene, scene.dice("bank account")

    def import_statements(self, now: datetime) -> None:
        """Import both statements, and match the older one."""
        entries = queries.unmatched_entries(limit=ENTRIES_MAX)
        opening = [each for each in entries if each.entry.kind == EntryKind.OPENING_BALANCE]
        lines = self._lines([each for each in entries if self._is_at_bank(each, opening)])
        held = sum(each.pence for each in opening)
        for days in (FIRST, SECOND):
            until = self.scene.today - timedelta(days=days)
            part = [line for line in lines if line.on <= until]
            lines = lines[len(part) :]
            part.append(self._line(until, "ACCOUNT CHARGES", -CHARGES))
            if days == SECOND:
                part.insert(len(part) // 2, self._line(part[len(part) // 2].on, *UNKNOWN))
            held += sum(line.pence for line in part)
            statement = self._import(now, part, held)
            if days == FIRST:
                self._match(now, statement, opening)

    def _is_at_bank(self, each: BankEntry, opening: list[BankEntry]) -> bool:
        undone = each.entry.reversed_by is not None or each.entry.reverses_id is not None
        return each not in opening and not undone

    def _lines(self, entries: list[BankEntry]) -> list[StatementLine]:
        made = [
            self._line(
                each.entry.entered_on + timedelta(days=self.dice.choice([0, 0, 1, 2])),
                self._words(each),
                each.pence,
            )
            for each in entries
        ]
        return sorted(made, key=lambda line: line.on)

    def _words(self, each: BankEntry) -> str:
        entry = each.entry
        words = WORDS.get(EntryKind(entry.kind), "FPO  {words}")
        return words.format(words=entry.description.upper()[:18], school=entry.school.upper())

    def _line(self, on: date, words: str, pence: int) -> StatementLine:
        return StatementLine(0, on, pence, words)

    def _import(self, now: datetime, lines: list[StatementLine], held: int) -> BankStatement:
        name = f"statement-{lines[-1].on:%Y-%m-%d}.csv"
        numbered = tuple(replace(line, row=row) for row, line in enumerate(lines, start=2))
        digest = hashlib.sha256(name.encode()).hexdigest()
        with transaction():
            return service.import_statement(
                actor=self.scene.people[TREASURER],
                now=now,
                closing_pence=held,
                carried=Carried(name, digest, numbered),
            )

    def _match(self, now: datetime, statement: BankStatement, opening: list[BankEntry]) -> None:
        """Match the proposals, the opening balance and the charges."""
        actor = self.scene.people[TREASURER]
        with transaction():
            for line in queries.unmatched_lines(limit=ENTRIES_MAX):
                if line.brought_forward:
                    service.match(
                        actor=actor,
                        now=now,
                        lines=[line.public_id],
                        entries=[each.key for each in opening],
                    )
                elif line.description == "ACCOUNT CHARGES":
                    self._record(now, line)
        while tokens := [each.token for each in queries.proposals() if each.lines]:
            with transaction():
                service.confirm(actor=actor, now=now, tokens=tokens)

    def _record(self, now: datetime, line: BankLine) -> None:
        hand = HandEntry(
            EntryKind.ADMIN_COST, "", line.moved_on, fund=Fund.ADMIN, description="Bank charges"
        )
        service.record_missing(actor=self.scene.people[TREASURER], now=now, line=line, entry=hand)
