"""Takes the pictures of the README from a running demonstration.

    make demo                                   # in one terminal
    .venv/bin/python -m docs.make_screenshots   # in another

With `--all FOLDER` it takes every page that it knows, wide and narrow, light and dark, to look at.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from booking.cli.cast import PASSWORD

IMAGES = Path(__file__).parent / "images"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 375, "height": 740}
CHROMIUM = "/usr/bin/chromium"
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
TITLES = {
    "orchestra": "Orchestra for a day",
    "robotics": "Robotics workshop",
    "latin": "Latin for beginners",
}


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


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="http://localhost:8000")
    parser.add_argument("--all", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    folder = options.all or IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        slugs = addresses(browser.new_page(), options.base)
        pages: dict[tuple[str, str], Page] = {}
        for name, suffix, size, scheme in wanted(bool(options.all)):
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
