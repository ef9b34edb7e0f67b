"""Takes the pictures of the README, the guides and printed pages from a running demonstration.

    make demo                                   # in one terminal
    .venv/bin/python -m docs.make_screenshots   # in another

With `--all FOLDER` it takes every page that it knows, wide and narrow, light and dark, to look at;
with `--paper` only the printed pages, with `--guides` only those of the guides. Printed pages are
drawn from the PDF by `pdftoppm`, which is in Debian's package poppler-utils.
"""

import argparse
import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from booking.cli.cast import PASSWORD

IMAGES = Path(__file__).parent / "images"
GUIDES = Path(__file__).parent / "guides" / "images"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 375, "height": 740}
CHROMIUM, PDFTOPPM = "/usr/bin/chromium", "/usr/bin/pdftoppm"
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
#: name → (who, where); {robotics} and {latin} stand for addresses of events.
PAGES = {
    "listing": ("", "/"),
    "event": ("", "/events/{orchestra}"),
    "allocation": ("", "/events/{robotics}/allocation"),
    "school": ("coordinator@tindlebrook.example", "/school/"),
    "school-event": ("coordinator@tindlebrook.example", "/school/events/{latin}/"),
    "school-pupils": ("coordinator@tindlebrook.example", "/school/pupils/"),
    "host": ("host@aldermere-middle.example", "/host/"),
    "roster": ("host@aldermere-middle.example", "/host/events/{robotics}/roster"),
    "register": ("host@aldermere-middle.example", "/host/events/{robotics}/register"),
    "fund": ("treasurer@fairplace.example", "/fund/"),
    "entries": ("treasurer@fairplace.example", "/fund/entries"),
    "admin": ("lead@fairplace.example", "/admin/"),
    "people": ("lead@fairplace.example", "/admin/people"),
    "audit": ("auditor@fairplace.example", "/admin/audit"),
    "sign-in": ("", "/sign-in"),
}
FOR_README = {
    "listing": WIDE,
    "event": NARROW,
    "school": WIDE,
    "register": NARROW,
    "fund": WIDE,
    "allocation": WIDE,
}
#: name → (who, the PDF, which of its pages, how much of its height); page -1 is the last.
HOST, COORDINATOR = "host@aldermere-middle.example", "coordinator@tindlebrook.example"
PAPERS = {
    "paper-roster": (HOST, "/host/events/{robotics}/roster.pdf", 1, 1.0),
    "paper-kitchen": (HOST, "/host/events/{robotics}/roster.pdf", -1, 0.42),
    "paper-coach-list": (COORDINATOR, "/school/events/{robotics}/coach-list.pdf", 1, 0.42),
}
#: What a task of a guide shows: who, where, how large.
TASK, PHONE = {"width": 1040, "height": 620}, {"width": 375, "height": 640}
TREASURER, LEAD = "treasurer@fairplace.example", "lead@fairplace.example"
FOR_GUIDES = {
    "coordinator-school": (COORDINATOR, "/school/", TASK),
    "coordinator-event": (COORDINATOR, "/school/events/{journalists}/", TASK),
    "parent-invitation": (HOST, "/host/events/{robotics}/preview/parents", PHONE),
    "host-home": (HOST, "/host/", TASK),
    "host-paper": (HOST, "/host/events/{robotics}/paper", TASK),
    "host-register": (HOST, "/host/events/{robotics}/register", PHONE),
    "treasurer-fund": (TREASURER, "/fund/", TASK),
    "treasurer-matching": (TREASURER, "/fund/bank/matching", TASK),
    "lead-network": (LEAD, "/admin/", TASK),
}
#: Where a picture begins, if not at the page's heading; and how much is left above it.
STARTS = {"coordinator-event": "#answers", "parent-invitation": "h1"}
MARGIN = 16
#: Legible in the docs, and with few colours some tens of kilobytes.
DOTS_PER_INCH, COLOURS = 90, 24
TITLES = {
    "orchestra": "Orchestra for a day",
    "robotics": "Robotics workshop",
    "latin": "Latin for beginners",
    "journalists": "Young journalists",
}
#: Whoever takes pictures is everywhere for the first time.
WITHOUT_HINT = "for (const hint of document.querySelectorAll('.hint-of-visit')) hint.remove()"


def addresses(page: Page, base: str) -> dict[str, str]:
    """Return the slug of each event that a picture needs."""
    found = {}
    for name, title in TITLES.items():
        for past in ("", "&past=1"):
            page.goto(f"{base}/?q={title.split()[0]}{past}")
            link = page.locator("a[href^='/events/']", has_text=title).first
            if link.count():
                href = str(link.get_attribute("href"))
                found[name] = re.sub(r"^/events/", "", href).strip("/")
                break
    return found


def signed_in(browser: Browser, base: str, who: str, size: Any, scheme: Any) -> Page:
    """Return a page of a browser of its own, signed in as `who` ("" is a visitor)."""
    page = browser.new_context(viewport=size, color_scheme=scheme).new_page()
    if who:
        page.goto(f"{base}/sign-in")
        page.fill("[name=email]", who)
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="Sign in").last.click()
    return page


def wanted(everything: bool) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield name, file suffix, size and colour scheme of each picture."""
    if not everything:
        for name, size in FOR_README.items():
            yield name, "", size, "light"
        return
    for name in PAGES:
        yield name, "-wide", WIDE, "light"
        yield name, "-narrow", NARROW, "light"


def drawn(pdf: bytes, number: int) -> Image.Image:
    """Return one page of a PDF as a picture."""
    if number < 0:
        number += 1 + len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
    picked = ("-f", str(number), "-l", str(number), "-r", str(DOTS_PER_INCH), "-png", "-")
    done = subprocess.run(  # noqa: S603 - our own PDF
        [PDFTOPPM, *picked], input=pdf, capture_output=True, check=True
    )
    return Image.open(io.BytesIO(done.stdout)).convert("RGB")


def take_papers(browser: Browser, base: str, slugs: dict[str, str], folder: Path) -> None:
    """Take the pictures of printed pages."""
    for name, (who, path, number, share) in PAPERS.items():
        page = signed_in(browser, base, who, WIDE, "light")
        answer = page.context.request.get(base + path.format(**slugs))
        sheet = drawn(answer.body(), number)
        picture = sheet.crop((0, 0, sheet.width, round(sheet.height * share)))
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(
            folder / f"{name}.png", optimize=True
        )
        print(name, answer.status)


def take_guides(browser: Browser, base: str, slugs: dict[str, str], folder: Path) -> None:
    """Take the pictures of tasks, small enough to be shipped."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (who, path, size) in FOR_GUIDES.items():
        page = signed_in(browser, base, who, size, "light")
        answer = page.goto(base + path.format(**slugs))
        page.evaluate(WITHOUT_HINT)
        # So high that what sticks to the lower edge of a telephone covers nothing.
        page.set_viewport_size({**size, "height": 3 * size["height"]})
        # From where a task begins: without what stands on top of every page.
        first = page.locator(STARTS.get(name, "main")).bounding_box()
        clip = {**size, "x": 0, "y": first["y"] - MARGIN if first else 0}
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip))).convert("RGB")
        few = picture.quantize(4 * COLOURS, dither=Image.Dither.NONE)
        few.save(folder / f"{name}.png", optimize=True)
        page.context.close()
        print(name, answer.status if answer else "")


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="http://localhost:8000")
    parser.add_argument("--all", type=Path, metavar="FOLDER")
    parser.add_argument("--paper", action="store_true", help="printed pages only")
    parser.add_argument("--guides", action="store_true", help="pictures of the guides only")
    options = parser.parse_args()
    folder = options.all or IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        slugs = addresses(browser.new_page(), options.base)
        if not options.all and not options.guides:
            take_papers(browser, options.base, slugs, folder)
        if not options.all and not options.paper:
            take_guides(browser, options.base, slugs, GUIDES)
        pages: dict[tuple[str, str], Page] = {}
        rest = () if options.paper or options.guides else wanted(bool(options.all))
        for name, suffix, size, scheme in rest:
            who, path = PAGES[name]
            key = (who, str(size))
            if key not in pages:
                pages[key] = signed_in(browser, options.base, who, size, scheme)
            answer = pages[key].goto(options.base + path.format(**slugs))
            pages[key].screenshot(path=folder / f"{name}{suffix}.png", full_page=bool(options.all))
            print(name, suffix, answer.status if answer else "")
        browser.close()


if __name__ == "__main__":
    main()
