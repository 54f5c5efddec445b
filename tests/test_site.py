"""The static site: every link leads somewhere, nothing is asked for elsewhere, nothing is shown
that students should not see."""

import html
import json
import re
import zipfile
from html.parser import HTMLParser

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cnnlib.lessons import LESSONS
from tools import executed
from tools.site import api
from tools.site.assets import Assets
from tools.site.lesson import Article

READY = [lesson.stem for lesson in LESSONS if lesson.ready]
SETTINGS = "data/share/jupyter/lab/settings/overrides.d/cnnlib.json"
EXECUTABLE = ("", "module", "text/javascript")


class Page(HTMLParser):
    """What a page names: addresses, ids, and what a strict policy would refuse."""

    def __init__(self, path):
        super().__init__()
        self.links, self.loads, self.ids, self.inline, self.policy = [], [], [], [], ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if tag == "a" and "href" in found else []
        self.loads += [found[n] for n in ("src", "href", "data-index") if n in found and tag != "a"]
        if tag == "script" and "src" not in found and found.get("type", "") in EXECUTABLE:
            self.inline.append("script")
        if tag == "style" or "style" in found or any(n.startswith("on") for n in found):
            self.inline.append(f"{tag} {found}")
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"]


@pytest.fixture(scope="module")
def pages(site):
    """The site's own pages by name; decks and single pictures are whole documents of their own."""
    return {path.name: Page(path) for path in sorted(site.glob("*.html"))}


def test_there_is_a_page_and_a_deck_for_every_lesson_that_is_ready(site, pages):
    assert set(pages) == {f"{s}.html" for s in READY} | {"index.html", "pictures.html", "api.html"}
    assert sorted(path.stem for path in (site / "slides").glob("*.html")) == READY


def test_every_link_leads_to_a_page_and_to_a_place_on_it(site, pages):
    outside = ("https://mybinder.org/", "https://github.com/", "https://")
    for name, page in pages.items():
        for link in page.links:
            if link.startswith(outside):
                continue
            target, _, anchor = link.partition("#")
            file = site / target / "index.html" if target.endswith("/") else site / target
            assert not target or file.is_file(), f"{name}: {link}"
            if anchor and (target or name) in pages:
                assert anchor in pages[target or name].ids, f"{name}: {link}"


def test_the_first_page_says_where_code_runs(pages):
    assert "lite/" in pages["index.html"].links


def test_a_page_loads_files_of_the_site_only_and_runs_nothing_inline(site, pages):
    for name, page in pages.items():
        for address in page.loads:
            assert address.startswith("data:") or (site / address).is_file(), f"{name}: {address}"
        assert page.inline == [], name
        assert "unsafe" not in page.policy
        assert "default-src 'none'" in page.policy
        assert len(page.ids) == len(set(page.ids)), name


def test_each_widget_of_a_lesson_has_its_state_and_its_script(site):
    for stem in READY:
        text = (site / f"{stem}.html").read_text(encoding="utf-8")
        known = json.loads(re.search(r'id="saved"[^>]*>(.*?)</script>', text, re.DOTALL)[1])
        places = re.findall(r'data-model="(\w+)"', text)
        assert sorted(places) == sorted(known["models"])
        assert all(
            (site / known["modules"][m["module"]]).is_file() for m in known["models"].values()
        )
        assert "merror" not in text


def test_the_lecturers_notes_and_a_check_of_nothing_are_not_on_a_page(site):
    for stem in READY:
        page = html.unescape((site / f"{stem}.html").read_text(encoding="utf-8"))
        shown = " ".join(re.sub("<[^>]*>", "", page).split())
        for cell in nbformat.read(executed.NOTEBOOKS / f"{stem}.ipynb", as_version=4).cells:
            for words in cell.metadata.get("cnnlib", {}).values():
                # The question of a clicker may be one that students get as well.
                assert " ".join(words.split())[:90] not in shown
        assert "cnnlib-report" not in page


def test_the_archives_hold_the_course_and_the_first_one_no_solution(site):
    names = {}
    for path in (site / "downloads").glob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            names[path.stem] = {name.partition("/")[2] for name in archive.namelist()}
    students, lecturers = names["how-cnns-learn"], names["how-cnns-learn-with-solutions"]
    needed = {"requirements.lock", "pyproject.toml", "Makefile", SETTINGS}
    assert needed | {f"notebooks/{stem}.ipynb" for stem in READY} <= students
    assert "cnnlib/widgets/static/linked_grids.js" in students
    assert not any("solution" in name or "/src/" in name for name in students)
    more = {f"notebooks/solutions/{stem}.ipynb" for stem in READY} | {"notebooks/lecturing.md"}
    assert more <= lecturers - students


def test_the_search_finds_sections_and_names(site):
    text = (site / "assets" / "search-index.js").read_text(encoding="utf-8")
    found = json.loads(text.removeprefix("window.cnnlibIndex=").rstrip(";\n"))
    assert len({entry["at"] for entry in found}) == len(found)
    assert any(entry["title"] == "Region Q" for entry in found)
    assert any(entry["title"] == "cnnlib.ops.conv_backward" for entry in found)


def test_every_picture_is_one_file_that_asks_for_nothing(site):
    files = list((site / "pictures").glob("*.html"))
    assert len(files) > 2 * len(READY)
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"""(?:src|href)=["']?https?:|@import|url\(["']?https?:""", text)


def article(tmp_path, *cells):
    made = Article(tmp_path, Assets(tmp_path), {"m"}, {"02_b"})
    return made.read(new_notebook(cells=list(cells))), made


def test_a_cell_that_draws_stands_back_and_a_check_says_how_to_try_it(tmp_path):
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "m"}}
    text, _ = article(
        tmp_path,
        new_code_cell("show()", outputs=[new_output("execute_result", widget)]),
        new_code_cell(
            "x + 1", outputs=[new_output("execute_result", {"text/plain": "np.int64(3)"})]
        ),
        new_code_cell(
            "exercises.check('t', f)",
            outputs=[new_output("execute_result", {"text/html": "not attempted"})],
        ),
    )
    folded, seen, check = text.split('<div class="s-cell"')[1:]
    assert "<details" in folded
    assert 'data-model="m"' in folded
    assert "<details" not in seen
    assert ">3<" in seen
    assert "Run the lesson" in check
    assert "not attempted" not in check


def test_a_style_of_an_output_becomes_a_file_and_text_ends_no_element(tmp_path):
    evil = "</script><script>alert(1)</script>"
    text, made = article(
        tmp_path,
        new_code_cell(
            "a", outputs=[new_output("display_data", {"text/html": "<style>b{}</style><b>x</b>"})]
        ),
        new_code_cell("b", outputs=[new_output("stream", name="stdout", text=evil)]),
    )
    assert "<style" not in text
    assert "<script" not in text
    assert [(tmp_path / style).read_text() for style in made.styles] == ["b{}"]


def test_headings_become_places_to_link_to(tmp_path):
    text, made = article(
        tmp_path, new_markdown_cell("## One $x$ [b](02_b.ipynb)\n\nwords", id="one")
    )
    assert '<h2 id="one">' in text
    assert 'href="02_b.html"' in text
    (section,) = made.sections
    assert (section.anchor, section.level, section.words) == ("one", 2, ["words"])


def test_the_api_says_of_every_public_function_what_it_takes_and_gives():
    modules = {module.name: module for module in api.modules()}
    assert {"cnnlib.ops", "cnnlib.geometry", "cnnlib.widgets", "cnnlib.training"} <= set(modules)
    conv = next(e for e in modules["cnnlib.ops"].entries if e.name == "conv")
    assert conv.signature.startswith("(o, w, b=None, *, stride=1")
    assert {"Parameters", "Returns"} <= {part.title for part in conv.parts}
    assert all(entry.parts for module in modules.values() for entry in module.entries)
    window = next(e for e in modules["cnnlib.geometry"].entries if e.name == "Window")
    assert "region_q" in [member.name for member in window.members]


def test_a_docstrings_markup_cannot_become_a_tag():
    (part,) = api.parts("Says ``a < b`` and <script>alert(1)</script>.")
    assert "<code>a &lt; b</code>" in part.html
    assert "<script" not in part.html


def test_names_told_in_one_line_and_long_defaults_stay_short_in_the_api():
    text = "One.\n\nParameters\n----------\na, b : int\n    Both.\nc : int\n    Other."
    _, part = api.parts(text)
    assert [item.name for item in part.items] == ["a, b", "c"]
    modules = {module.name: module for module in api.modules()}
    levers = next(e for e in modules["cnnlib.widgets"].entries if e.name == "Levers")
    assert levers.signature == "(example=…, **traits)"
