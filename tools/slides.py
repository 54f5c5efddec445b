"""Slide decks: `python -m tools.slides [LESSON...]` writes build/slides/NN_*.html.

One reveal.js deck for each lesson that is ready, from the notebook's slide marks, with live
widgets; each is one file that needs no network. Where a browser is found every slide is looked at
as well, and what is cut off or had to be made small to fit is said, with the cell's id.
"""

import argparse
import sys
from pathlib import Path

from cnnlib.lessons import LESSONS
from tools import executed
from tools.decks.build import deck
from tools.decks.look import complaints

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = executed.NOTEBOOKS
TARGET = ROOT / "build" / "slides"
READY = [lesson.stem for lesson in LESSONS if lesson.ready]


def written(stem: str, target: Path = TARGET) -> Path:
    """Write the deck of a lesson; runs the lesson where it has changed."""
    target.mkdir(parents=True, exist_ok=True)
    page = target / f"{stem}.html"
    page.write_text(deck(executed.lesson(stem), NOTEBOOKS, READY), encoding="utf-8")
    return page


def chosen(lessons: list[str]) -> list[str]:
    """The ready lessons that were named by number or by name; all where none was.

    Raises
    ------
    SystemExit
        Where a name is unknown.
    """
    unknown = [name for name in lessons if not _named(name)]
    if unknown:
        sys.exit(f"no lesson that is ready is called {unknown[0]}; there are {', '.join(READY)}")
    return [stem for name in lessons for stem in _named(name)] or READY


def _named(name: str) -> list[str]:
    return [stem for stem in READY if stem == name or stem.partition("_")[0] == name]


def main(arguments: list[str] | None = None) -> int:
    """Write the decks, say where they are and which slides are too full."""
    parser = argparse.ArgumentParser(prog="python -m tools.slides", description=__doc__)
    parser.add_argument("lesson", nargs="*", help="number (01) or name; all that are ready if none")
    pages = [written(stem) for stem in chosen(parser.parse_args(arguments).lesson)]
    for page in pages:
        print(f"wrote {page.relative_to(ROOT)} ({page.stat().st_size // 1000} kB)")
    for line in complaints(pages):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
