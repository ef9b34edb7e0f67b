"""Text that a spreadsheet shows and never runs, and that can be read back unchanged.

A cell that begins with one of the triggers may be taken for a formula (ASVS 5.0 1.2.10). Such a
cell gets an apostrophe in front, which spreadsheets show as plain text. A telephone number is only
digits after a plus sign, so it can do nothing and is left as it is.
"""

import re

#: For XlsxWriter's workbooks: what somebody typed is never read as a formula, number or address.
TEXT_STAYS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
#: Also the full-width signs, which some spreadsheets read as the plain ones.
TRIGGERS = "=+-@\t\r\n\0|＝＋－＠"
_FORMULA = re.compile(r"[\s'\ufeff]*[" + re.escape(TRIGGERS) + "]")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")


def safe(text: str) -> str:
    """Return `text` as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _looks_like_formula(text) else text


def plain(cell: str) -> str:
    """Remove the apostrophe that `safe` put in front, and no other."""
    return cell[1:] if cell.startswith("'") and _looks_like_formula(cell) else cell


def _looks_like_formula(text: str) -> bool:
    if _PHONE.fullmatch(text):
        return False
    return _FORMULA.match(text) is not None
