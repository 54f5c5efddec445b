"""Decks and pages: what of a notebook comes onto which slide, and that nothing is asked for."""

import html
import json
import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import executed, page, slides
from tools.decks import prose
from tools.decks.slides import Reader, as_html
from tools.saved import saved, shown

SLIDE, SUBSLIDE, SKIP, FRAGMENT, NOTES = (
    {"slideshow": {"slide_type": kind}}
    for kind in ("slide", "subslide", "skip", "fragment", "notes")
)
LESSON = "01_slide_a_kernel_1d"


def read(*cells, folder=Path(), widgets=(), decks=()):
    return Reader(folder, widgets, decks).slides(new_notebook(cells=list(cells)))


def text(source, mark=None, **ours):
    metadata = dict(mark or {}) | ({"cnnlib": ours} if ours else {})
    return new_markdown_cell(source, metadata=metadata)


def code(source, *outputs, mark=None):
    return new_code_cell(source, outputs=list(outputs), metadata=dict(mark or {}))


def result(**data):
    return new_output("execute_result", {k.replace("_", "/"): v for k, v in data.items()})


def words(slide):
    return [re.sub("<[^>]*>", "", block.body).strip() for block in slide.blocks]


def test_marks_say_where_a_slide_begins_and_cells_without_one_go_on():
    found = read(
        text("# Title", SLIDE),
        text("one", SLIDE),
        text("still one"),
        text("left out", SKIP),
        text("below one", SUBSLIDE),
        text("## A heading of its own"),
    )
    assert [slide.level for slide in found] == [0, 0, 1, 1]
    # A slide without a heading goes on under the last one.
    assert words(found[1]) == ["Title", "one", "still one"]
    assert words(found[2]) == ["Title", "below one"]
    assert words(found[3]) == ["A heading of its own"]


def test_a_title_has_a_page_of_its_own_and_a_page_that_shows_nothing_is_none():
    found = read(text("# Title", SLIDE), code("import numpy as np"), text("Recall", SUBSLIDE))
    assert [words(slide) for slide in found] == [
        ["Title"],
        ["Title", "import numpy as np", "Recall"],
    ]


def test_a_fragment_comes_later_and_notes_are_seen_by_the_lecturer_only():
    (slide,) = read(
        text("# Title", SLIDE, notes="say *this*", clicker="A: 3"), text("later", FRAGMENT)
    )[:1]
    made = as_html([slide])
    assert '<aside class="notes"' in made
    assert "say <em>this</em>" in made
    assert "Ask the class." in made
    later = read(text("# Title", SLIDE), text("## S", SLIDE), text("later", FRAGMENT))[1]
    assert later.blocks[-1].traits == ["fragment"]
    spoken = read(text("# T", SLIDE), text("## S", SLIDE), text("between us", NOTES))[1]
    assert spoken.blocks[-1].kind == "notes"


def test_code_stands_back_where_its_output_draws_and_where_it_only_imports():
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "m"}}
    (slide,) = read(
        code("import numpy as np\nfrom a import (\n    b,\n    c,\n)", mark=SLIDE),
        code("x", result(text_plain="np.int64(3)")),
        code("show()", new_output("execute_result", widget)),
        widgets={"m"},
    )
    assert [(block.kind, "folded" in block.traits) for block in slide.blocks] == [
        ("code", True),  # the imports: alone they are no slide
        ("code", False),
        ("output", False),
        ("code", True),
        ("output", False),
    ]
    assert words(slide)[2] == "3"
    assert '<div data-model="m"></div>' in as_html([slide])


def test_what_a_check_says_to_a_stub_is_not_shown():
    found = read(
        text("# T", SLIDE),
        code("exercises.check('t', f)", result(text_html="<b>not attempted</b>"), mark=SLIDE),
    )
    assert "exercises" in as_html(found)
    assert "not attempted" not in as_html(found)


def test_a_fold_becomes_a_button_and_keeps_all_that_is_in_it():
    fold = "<details>\n<summary>In practice</summary>\n\n- one\n\n$$x$$\n\n</details>"
    block = read(text("# T", SLIDE), text(f"words\n\n{fold}", SLIDE))[1].blocks[-1]
    assert (block.label, block.traits) == ("In practice", ["folded"])
    assert "<li>one</li>" in block.body
    assert "<math" in block.body
    assert "details" not in block.body


def test_text_from_a_notebook_ends_no_element():
    evil = "</script><script>alert(1)</script>"
    made = as_html(read(code("print(x)", new_output("stream", name="stdout", text=evil))))
    assert "<script" not in made
    assert html.escape(evil) in made


def test_pictures_are_within_and_links_lead_to_decks(tmp_path):
    (tmp_path / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (piece,) = prose.pieces("![words](a.svg) [b](02_b.ipynb) [c](03_c.ipynb)", tmp_path, {"02_b"})
    assert re.search(r'src="data:image/svg\+xml;base64,[^"]+" alt="words"', piece)
    assert '<a href="02_b.html">b</a>' in piece
    assert "03_c" not in piece
    with pytest.raises(FileNotFoundError):
        prose.pieces("![gone](gone.svg)", tmp_path)


@pytest.mark.parametrize("stem", slides.READY)
def test_every_equation_of_the_lessons_becomes_mathml(stem):
    notebook = nbformat.read(slides.NOTEBOOKS / f"{stem}.ipynb", as_version=4)
    made = as_html(Reader(slides.NOTEBOOKS).slides(notebook))
    formulas = re.findall(r"<math\b.*?</math>", made, re.DOTALL)
    left = re.sub(r"<pre>.*?</pre>|<[^>]*>", "", made, flags=re.DOTALL)
    assert formulas
    assert [f for f in formulas if "\\" in f or "merror" in f] == []
    assert "$" not in left


@pytest.fixture(scope="module")
def lesson():
    return executed.lesson(LESSON)


def needs_node():
    if shutil.which("node") is None:
        assert os.environ.get("REQUIRE_BROWSER") != "1", "Node.js is missing"
        pytest.skip("Node.js is missing: decks were NOT built")


def test_a_deck_asks_for_nothing_and_holds_each_module_once(lesson):
    needs_node()
    from tools.decks.build import deck

    made = deck(lesson, slides.NOTEBOOKS, slides.READY)
    outside = r"""(?:src|srcset|data|poster)=["']?https?:|url\(["']?https?:|@import|<link\b"""
    assert re.findall(outside, made) == []
    assert "MIT" in made
    assert "Hakim El Hattab" in made
    known = json.loads(re.search(r'id="saved">(.*?)</script>', made, re.DOTALL)[1])
    places = re.findall(r'data-model="(\w+)"', made)
    assert sorted(places) == sorted(known["models"])
    assert len(set(known["modules"].values())) == len(known["modules"]) == 2
    assert all(model["state"]["lecture"] for model in known["models"].values())
    assert made.count("</script>") == 2


def test_one_widget_becomes_a_page_of_its_own(lesson):
    widgets = shown(lesson)
    touch = page.picked(widgets, "touch")
    assert touch.cell == "touch-it-touch"
    assert page.picked(widgets, "slide_1d") == next(w for w in widgets if w.kind == "slide-1d")
    assert page.picked(widgets, "2") == widgets[1]
    made = page.page(lesson, touch)
    known = json.loads(re.search(r'id="saved">(.*?)</script>', made, re.DOTALL)[1])
    assert list(known["models"]) == [touch.identity]
    assert len(known["modules"]) == 1
    assert not known["models"][touch.identity]["state"]["lecture"]
    assert page.page(lesson, touch, lecture=True) != made


def test_a_widget_that_is_not_there_is_named_with_those_that_are(lesson):
    with pytest.raises(ValueError, match="no widget is called 'nothing'"):
        page.picked(shown(lesson), "nothing")
    with pytest.raises(ValueError, match="widgets could be called 'quiz'"):
        page.picked(shown(lesson), "quiz")
    assert all(name in page.listed(shown(lesson)) for name in page.names(shown(lesson)))


def test_a_lesson_that_is_not_ready_is_refused():
    assert slides.chosen(["01"]) == [LESSON]
    assert slides.chosen([]) == slides.READY
    with pytest.raises(SystemExit, match="99"):
        slides.chosen(["99"])


def test_only_our_own_widgets_are_saved(lesson):
    models = saved(lesson).models
    assert len(models) == len(shown(lesson)) == 6
    assert all(not key.startswith("_") for model in models.values() for key in model["state"])


def test_lecture_enlarges_the_widgets_that_are_there_and_those_to_come():
    from cnnlib.widgets import LinkedGrids, Quiz, lecture

    before = LinkedGrids("slide-1d", input=[1, 2, 3], kernel=[1, 2])
    try:
        lecture()
        after = Quiz(LESSON, "quiz")
        assert before.lecture
        assert after.lecture
    finally:
        lecture(False)
    assert not before.lecture
    assert not Quiz(LESSON, "quiz").lecture
