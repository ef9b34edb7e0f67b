"""Every figure opens to lines that add up to it: on the page, on paper and in a sheet."""

import csv
import io
import random
from datetime import date, timedelta

import openpyxl
import pypdf
import pytest
from bs4 import BeautifulSoup

from booking.domain import ledger
from booking.domain.charging import FeePart
from booking.domain.ledger import Fund
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.money.fund import service
from tests.builders import events
from tests.builders.fund import (
    make_cost,
    make_grant,
    make_payment,
    make_refund,
    make_speaker,
    post,
)

pytestmark = pytest.mark.machine
PARTS = [FeePart("materials", 400, Fund.EVENTS), FeePart("CPD fund", 200, Fund.CPD)]
FIRST_ON, TODAY = date(2024, 10, 1), date(2027, 3, 1)
PAGES = (
    "/fund/",
    "/fund/statements/",
    "/fund/statements/?year=2025/26",
    "/fund/statements/?fund=cpd",
    "/fund/statements/?from=2026-01-10&to=2026-11-20",
    "/fund/years/2024-25",
)
SEEDS = range(2)


@pytest.fixture(params=SEEDS)
def books(request, network):
    """Books of two and a half years with entries of most kinds on random days, partly sealed."""
    dice = random.Random(request.param)
    event = events.make_event(
        host=next(iter(network.values())), low_year=1, fee_pence=600, fee_parts=PARTS
    )
    opening = {Fund.CPD: dice.randrange(1, 90_000), Fund.EVENTS: dice.randrange(1, 9_000)}
    post(ledger.opening_balance(key="opening", amounts=opening), entered_on=FIRST_ON)
    payments = []
    for number in range(40):
        on = FIRST_ON + timedelta(days=dice.randrange((TODAY - FIRST_ON).days))
        pence = dice.randrange(1, 5_000)
        kind = dice.choice(("payment", "payment", "refund", "grant", "speaker", "cost", "transfer"))
        if kind == "payment":
            payments.append(make_payment(event=event, pence=600, entered_on=on))
        elif kind == "refund" and payments:
            make_refund(payment=payments.pop(), pence=600, entered_on=TODAY)
        elif kind == "grant":
            make_grant(pence=pence, entered_on=on)
        elif kind == "speaker":
            make_speaker(pence=pence, entered_on=on)
        elif kind == "cost":
            make_cost(event=event, pence=pence, entered_on=on)
        elif kind == "transfer":
            moved = ledger.transfer(
                key=f"moved:{number}",
                source=Fund.CPD,
                target=Fund.ADMIN,
                pence=pence,
                reason="For the printer.",
            )
            post(moved, entered_on=on)
        if number == 25:
            with transaction():
                service.seal(now=clock.now())
    return event


def pence_in(words):
    """Return the pence that words such as -£1,234.50 mean."""
    if words == "–":
        return 0
    return int(words.replace("£", "").replace(",", "").replace(".", "").replace("−", "-"))


def figures(page):
    """Return each figure on a page that opens to something: (words, address)."""
    main = BeautifulSoup(page.text, "html.parser").main
    links = main.select("td.numeric a, .stat-value a")
    return [(link.get_text(strip=True), link["href"]) for link in links]


def end_of(reader, link):
    """Return the last cell of the last page's last row: what the lines come to."""
    page = BeautifulSoup(reader.get(link).text, "html.parser")
    while (following := page.select_one("a[rel=next]")) is not None:
        page = BeautifulSoup(reader.get(following["href"]).text, "html.parser")
    return page.select("table tbody tr")[-1].select("td")[-1].get_text(strip=True)


def test_each_figure_is_what_its_lines_come_to(treasurer, books):
    opened = {}
    for address in PAGES:
        found = figures(treasurer.get(address))
        assert len(found) >= 5, address
        for words, link in found:
            assert opened.setdefault(link, words) == words, "one address, one figure"
    for link, words in opened.items():
        assert pence_in(end_of(treasurer, link)) == pence_in(words), link


def test_files_of_the_lines_come_to_the_same(treasurer, books):
    found = {link: words for words, link in figures(treasurer.get("/fund/statements/"))}
    for link in random.Random(1).sample(sorted(found), 4):
        path, _, query = link.partition("?")
        sheet, book, paper = (
            treasurer.get(f"{path}.{ending}?{query}").data for ending in ("csv", "xlsx", "pdf")
        )

        rows = [row for row in csv.reader(io.StringIO(sheet.decode("utf-8-sig"))) if row]
        assert round(float(rows[-1][-1]) * 100) == pence_in(found[link])
        cells = list(openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].values)
        assert round([row for row in cells if row[0]][-1][7] * 100) == pence_in(found[link])
        text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages)
        assert found[link] in text


def test_an_event_s_figures_add_up_on_its_page_in_the_list_and_in_the_chart(treasurer, books):
    page = BeautifulSoup(treasurer.get(f"/fund/events/{books.slug}").text, "html.parser")
    received, costs, left = (
        pence_in(each.get_text(strip=True)) for each in page.select(".stat-value")
    )
    (of_funds,) = (
        table
        for table in page.select("table")
        if table.caption.get_text(strip=True) == "What each fund received and spent"
    )
    *each, total = [
        [pence_in(cell.get_text(strip=True)) for cell in row.select("td")]
        for row in of_funds.select("tbody tr")
    ]
    assert [sum(column) for column in zip(*each, strict=True)] == total
    assert total[1:] == [costs, left]

    listed = BeautifulSoup(treasurer.get("/fund/events").text, "html.parser")
    chart, table = listed.select("table")
    (in_chart,) = [
        [pence_in(cell.get_text(strip=True)) for cell in row.select("td")]
        for row in chart.select("tbody tr")
        if books.title in row.get_text()
    ]
    (in_list,) = [
        [pence_in(cell.get_text(strip=True)) for cell in row.select("td.numeric")]
        for row in table.select("tbody tr")
        if books.title in row.get_text()
    ]
    assert in_chart == in_list
    assert in_list[0] == received
    assert in_list[0] - in_list[1] - in_list[2] == in_list[3] == left
