"""Text that a spreadsheet shows as it is: never run, never read as a number or a day, and read back
unchanged.

A cell that begins with one of the triggers may be taken for a formula (ASVS 5.0 1.2.10). Such a
cell gets an apostrophe in front, which spreadsheets show as plain text. A telephone number is only
digits after a plus sign, so it can do nothing and is left as it is.

A CSV file does not say what is text, so "001234" opens as 1,234, "3/4" as a day and a long number
as 1.2E+15. A tab behind it, which nobody sees, keeps it text in LibreOffice (7.4, British and
French settings: tried cell by cell) and in Excel; a no-break space does not. Readers of CSV strip
it, as ours does.
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
_PHONE = re.compile(r"\+[1-9](?: ?[0-9]){6,14}")
#: A British number in groups ("01632 960001"), which spreadsheets leave alone.
_GROUPED = re.compile(r"0[0-9]{2,4}(?: [0-9]{3,6})+")
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAYS = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
#: What spreadsheets read as an amount, a share, a day, a time, or a truth.
_VALUE = re.compile(
    rf"(?:true|false|(?=.*[0-9])(?:[0-9\s.,:/%£$€+()'\-]|{_MONTHS}|{_WEEKDAYS}|[ap]m|[ezt])+)\s*",
    re.IGNORECASE,
)
#: Our own money and days in full: a spreadsheet reads what they say, and may count with it.
_SAYS_ITSELF = re.compile(
    rf"£[0-9][0-9,]*\.[0-9]{{2}}|(?:{_WEEKDAYS} )?[0-9]{{1,2}} (?:{_MONTHS}) [0-9]{{4}}",
    re.IGNORECASE,
)


def safe(text: str) -> str:
    """Return `text` as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _looks_like_formula(text) else text


def kept(text: str) -> str:
    """Return `text` as a cell of a CSV file: no formula, number or day to any spreadsheet."""
    cell = safe(text)
    return f"{cell}\t" if _looks_like_value(cell) else cell


def plain(cell: str) -> str:
    """Remove the apostrophe and the tab that `safe` and `kept` put there, and no other."""
    if cell.endswith("\t") and _looks_like_value(cell[:-1]):
        cell = cell[:-1]
    return cell[1:] if cell.startswith("'") and _looks_like_formula(cell) else cell


def _looks_like_formula(text: str) -> bool:
    if _PHONE.fullmatch(text):
        return False
    return _FORMULA.match(text) is not None


def _looks_like_value(cell: str) -> bool:
    """Tell whether a spreadsheet would make something else of it. What has an apostrophe in front,
    or is a telephone number in groups, is text to all of them."""
    if cell.startswith("'") or _GROUPED.fullmatch(cell) or _SAYS_ITSELF.fullmatch(cell):
        return False
    return _VALUE.fullmatch(cell) is not None
