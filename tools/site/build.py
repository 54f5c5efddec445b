"""The static site: `python -m tools.site.build` writes build/site for any host or a folder.

Pages of all lessons that are ready with live widgets, decks, single pictures, API, downloads and
search. No kernel, no request to anywhere else. REPO=owner/name adds the links that run the course.
"""

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

import cnnlib
from cnnlib.examples import one_d, two_d
from cnnlib.lessons import LESSONS, Lesson
from cnnlib.widgets import LinkedGrids
from tools import executed, links, slides
from tools.saved import of_widgets, saved
from tools.site import api, downloads, gallery
from tools.site.assets import Assets
from tools.site.lesson import Article, Section
from tools.site.pages import Frame

ROOT = Path(__file__).resolve().parent.parent.parent
TARGET = ROOT / "build" / "site"
_SENTENCES = 600


def build(target: Path = TARGET, places: links.Links | None = None, lite: str = "") -> Path:
    """Write the whole site anew.

    Parameters
    ----------
    target : Path
        Its folder; what was there goes.
    places : Links, optional
        Where the course's code can be run.
    lite : str
        Where, seen from the site, `make lite`'s folder will lie: "lite/".

    Raises
    ------
    RuntimeError
        Where a cell or a widget of a lesson failed.
    """
    shutil.rmtree(target, ignore_errors=True)
    ready = [lesson for lesson in LESSONS if lesson.ready]
    notebooks = {lesson.stem: executed.lesson(lesson.stem) for lesson in ready}
    archives = {who: file.name for who, file in downloads.write(target).items()}
    sizes = {who: (target / "downloads" / name).stat().st_size for who, name in archives.items()}
    common: dict[str, Any] = {
        **{"lessons": LESSONS, "ready": ready, "version": cnnlib.__version__},
        **{"archives": archives, "sizes": sizes, "places": places, "lite": lite},
    }
    frame = Frame.of(Assets(target), **common)
    found: list[dict[str, str]] = []
    for number, lesson in enumerate(ready):
        found += _lesson(frame, ready, number, notebooks[lesson.stem])
        slides.written(lesson.stem, target / "slides")
    pictures = _pictures(frame, notebooks)
    found += _api(frame)
    _landing(frame, len(pictures))
    _index(target, found)
    return target


def _lesson(
    frame: Frame, ready: list[Lesson], number: int, notebook: NotebookNode
) -> list[dict[str, str]]:
    lesson = ready[number]
    widgets = saved(notebook)
    article = Article(
        executed.NOTEBOOKS, frame.assets, widgets.models, [other.stem for other in ready]
    )
    body = article.read(notebook)
    frame.write(
        f"{lesson.stem}.html", "lesson.html", widgets, styles=article.styles,
        lesson=lesson, body=body, sections=[s for s in article.sections if s.level == 2],
        before=ready[number - 1] if number else None,
        after=ready[number + 1] if number + 1 < len(ready) else None,
    )  # fmt: skip
    return [_entry(lesson, section) for section in article.sections]


def _entry(lesson: Lesson, section: Section) -> dict[str, str]:
    """A section as the search knows it."""
    return {
        "at": f"{lesson.stem}.html#{section.anchor}",
        "where": f"{lesson.number:02d} {lesson.title}",
        "title": section.title,
        "text": " ".join(section.words)[:_SENTENCES],
    }


def _pictures(frame: Frame, notebooks: dict[str, NotebookNode]) -> list[gallery.Picture]:
    site = frame.assets.site
    found = [p for stem, notebook in notebooks.items() for p in gallery.write(site, stem, notebook)]
    frame.write(
        "pictures.html", "pictures.html", gallery.together(notebooks, found), pictures=found
    )
    return found


def _api(frame: Frame) -> list[dict[str, str]]:
    modules = api.modules()
    frame.write("api.html", "api.html", modules=modules)
    names = [f"{module.name}.{entry.name}" for module in modules for entry in module.entries]
    return [{"at": f"api.html#{n}", "where": "API", "title": n, "text": ""} for n in names]


def _landing(frame: Frame, pictures: int) -> None:
    sizes = {"input": two_d.o, "kernel": two_d.w, "delta": two_d.delta, "below": two_d.x_below}
    title = "The delta that travels back"
    hero = LinkedGrids("follow-delta", **sizes, reading="gather", position=6, title=title)
    numbers = {"input": one_d.o, "kernel": one_d.w, "delta": one_d.delta}
    idea = LinkedGrids("readings", **numbers, grouping="input")
    frame.write("index.html", "index.html", of_widgets(hero=hero, idea=idea), pictures=pictures)


def _index(target: Path, found: list[dict[str, str]]) -> None:
    """The search's index is a script: a page from a folder may read no data file."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    (target / "assets" / "search-index.js").write_text(f"window.cnnlibIndex={text};\n", "utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Write the site, say where it is and how large."""
    parser = argparse.ArgumentParser(prog="python -m tools.site.build", description=__doc__)
    parser.add_argument(
        "--repo", help="owner/name on the code host: adds links that run the course"
    )
    parser.add_argument("--ref", default="", help="branch or tag that the links take")
    parser.add_argument("--lite", default="", help="address of the course in JupyterLite: lite/")
    options = parser.parse_args(arguments)
    places = links.Links.of(options.repo, options.ref) if options.repo else None
    site = build(places=places, lite=options.lite)
    files = [file for file in site.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"wrote {site.relative_to(ROOT)}: {len(files)} files, {size:.1f} MB; open index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
