"""The lines of a preview, carried and signed in the page itself: the server keeps nothing yet.

The signature is for one person and two hours, so that no other line can be slipped in.
"""

import dataclasses
from datetime import date, timedelta

from itsdangerous import BadSignature, URLSafeTimedSerializer

from booking.money.bank.imports.statement import LeftOutLine, StatementLine

KEPT_FOR = timedelta(hours=2)
#: Whose files they are, for columns that were pointed at: the network has one bank account.
ACCOUNT = "the bank account"


class StatementPreviewTooOld(ValueError):
    """The lines were changed, belong to somebody else, or are too old."""

    def __init__(self) -> None:
        super().__init__("This preview is no longer valid. Choose the file again.")


@dataclasses.dataclass(frozen=True)
class Carried:
    """What confirming the preview would import."""

    file_name: str
    file_hash: str
    lines: tuple[StatementLine, ...]
    left_out: tuple[LeftOutLine, ...] = ()
    #: What a person said of columns, by their titles, to be remembered for the next file.
    pointed: tuple[tuple[str, str], ...] = ()

    @property
    def unread(self) -> list[LeftOutLine]:
        """Return the rows that may be lines and could not be read."""
        return [each for each in self.left_out if each.may_move_money]


def pack(preview: Carried, *, secret: str, person_id: int) -> str:
    """Return a preview as signed text."""
    lines = [
        [line.row, line.on.isoformat(), line.pence, line.description, line.balance_pence]
        for line in preview.lines
    ]
    left_out = [dataclasses.astuple(each) for each in preview.left_out]
    return _signer(secret, person_id).dumps(
        [preview.file_name, preview.file_hash, lines, left_out, preview.pointed]
    )


def unpack(text: str, *, secret: str, person_id: int) -> Carried:
    """Return the preview that `pack` signed. Raises StatementPreviewTooOld."""
    signer = _signer(secret, person_id)
    try:
        name, file_hash, lines, left_out, pointed = signer.loads(
            text, max_age=int(KEPT_FOR.total_seconds())
        )
    except (BadSignature, ValueError) as error:  # one of an earlier version has other parts
        raise StatementPreviewTooOld from error
    read = tuple(
        StatementLine(row, date.fromisoformat(on), pence, description, balance)
        for row, on, pence, description, balance in lines
    )
    return Carried(
        name,
        file_hash,
        read,
        tuple(LeftOutLine(*each) for each in left_out),
        tuple((title, meaning) for title, meaning in pointed),
    )


def _signer(secret: str, person_id: int) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt=f"bank statement {person_id}")
