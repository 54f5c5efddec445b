"""Look at a deck in a browser: which slides hold more than a screen?"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tools import browser

# Below this a widget's smallest words are under 15 of 720 lines high.
SMALL = 0.75
_QUESTION = """() => [...document.querySelectorAll('.slides section')].flatMap((page) => [
  ...[...page.querySelectorAll(':scope > .content > [data-shrunk]')].map((block) => ({
    place: page.querySelector('.place').textContent,
    cell: block.dataset.cell, scale: Number(block.dataset.shrunk), over: 0 })),
  ...(page.dataset.tooTall ? [{
    place: page.querySelector('.place').textContent,
    cell: page.querySelector(':scope > .content > .block').dataset.cell,
    scale: 1, over: Number(page.dataset.tooTall) }] : []),
])"""


def complaints(pages: Iterable[Path]) -> Iterator[str]:
    """A line for each cell that is cut off, or had to be made small; nothing without a browser."""
    program = browser.find()
    if program is None:
        yield f"slides were not looked at: {browser.MISSING}"
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=browser.FLAGS)
        page = opened.new_page(viewport={"width": 1280, "height": 720})
        for path in pages:
            page.goto(path.resolve().as_uri())
            page.wait_for_selector("html[data-deck=ready]")
            for found in page.evaluate(_QUESTION):
                yield from _said(path.stem, found)
        opened.close()


def _said(deck: str, found: dict[str, Any]) -> Iterator[str]:
    where = f"{deck}, slide {found['place']}, cell {found['cell']}"
    if found["over"]:
        yield f"{where}: {found['over']} pixels are cut off: give it a slide of its own"
    elif found["scale"] < SMALL:
        yield f"{where}: made smaller ({found['scale']:.0%}) to fit the screen"
