"""What a widget shows, read by the data- contract: of a page, or of one widget on it."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page

MINUS = "\u2212"
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# How many listeners the models of a page have.
AUDIENCE = "[...window.cnnlib.models.values()].reduce((sum, model) => sum + model.audience, 0)"
ONLY = "{ resultTypes: ['violations'], preload: false }"  # what is well need not be told


def cell(shown: Page | Locator, grid: str, index) -> Locator:
    """One cell of a grid."""
    return shown.locator(f'[data-grid="{grid}"][data-index="{index}"]')


def lit(shown: Page | Locator, grid: str, where: str = "") -> list[str]:
    """The indices of the cells that are lit."""
    cells = shown.locator(f'[data-grid="{grid}"][data-lit]{where}')
    return cells.evaluate_all("cells => cells.map(cell => cell.dataset.index)")


def formula(shown: Page | Locator) -> str:
    """The worked sum, without its spaces."""
    return re.sub(r"\s+", "", shown.locator('[data-part="formula"]').inner_text())


def in_the_way(page: Page, part: str = "[data-cnnlib]") -> list[tuple[str, str]]:
    """What axe-core calls serious or critical in a part of the page: rule, and first element."""
    page.add_script_tag(path=AXE)
    found = page.evaluate(f"async part => (await axe.run(part, {ONLY})).violations", part)
    serious = [v for v in found if v["impact"] in ("serious", "critical")]
    return [(v["id"], v["nodes"][0]["html"][:160]) for v in serious]
