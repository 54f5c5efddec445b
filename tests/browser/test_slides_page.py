"""Every slide of a deck in Chromium, from a file: nothing is cut off, every widget answers."""

import shutil

import pytest

from tools import page as pages
from tools import slides
from tools.execute import execute

LESSON = "01_slide_a_kernel_1d"
# What is seen of the slide that is shown: what sticks out, and by how many pixels.
CUT_OFF = """() => {
  const slide = deck.getCurrentSlide();
  const box = slide.getBoundingClientRect();
  const content = slide.querySelector(':scope > .content');
  const found = [];
  const hidden = content.scrollHeight - content.clientHeight;
  if (hidden > 1) found.push(`text: ${hidden}`);
  const parts = [':scope > header *', ':scope > .content > .block', ':scope > footer',
    '[data-cnnlib]', '.content > .text *'].join();
  for (const part of slide.querySelectorAll(parts)) {
    const folded = part.closest('.sheet, details:not([open]), .for-readers');
    if (folded || !part.checkVisibility()) continue;
    const { left, right, top, bottom } = part.getBoundingClientRect();
    const sides = [box.left - left, right - box.right, box.top - top, bottom - box.bottom];
    const over = Math.max(...sides) / deck.getScale();
    if (over > 1) found.push(`${part.tagName} ${part.className}: ${Math.round(over)}`);
  }
  const edge = (selector, side) => slide.querySelector(selector)?.getBoundingClientRect()[side];
  const gap = edge('header > nav', 'left') - (edge('header > .block, header > p', 'right') ?? 0);
  if (gap < -1) found.push('corner over heading');
  return found;
}"""
SHOWN = "section.present:not(.stack)"


@pytest.fixture(scope="module")
def decks(tmp_path_factory):
    """Build a deck once, when it is first asked for."""
    if shutil.which("node") is None:
        pytest.skip("Node.js is missing: decks were NOT built")
    folder, built = tmp_path_factory.mktemp("slides"), {}

    def build(stem):
        if stem not in built:
            built[stem] = slides.written(stem, folder)
        return built[stem]

    return build


@pytest.fixture
def open_deck(decks, new_page):
    def opened(stem, **options):
        page = new_page(**{"width": 1280, "height": 720} | options)
        page.goto(decks(stem).as_uri())
        page.wait_for_selector("html[data-deck=ready]")
        return page

    return opened


def go_to(page, selector):
    """Show the slide that holds something; returns it there."""
    page.evaluate(
        "selector => { const slide = deck.getSlides().find((s) => s.querySelector(selector));"
        " const { h, v } = deck.getIndices(slide); deck.slide(h, v); }",
        f".content {selector}",
    )
    return page.locator(f"{SHOWN} {selector}").first


def answers(widget):
    """Whether a widget does something when it is touched."""
    if widget.get_attribute("data-cnnlib") == "linked-grids":
        place = widget.locator("[data-grid][data-index]:visible, [data-trace]").last
        place.hover()
        return widget.locator("[data-lit], [data-trace] .dot, [data-picked]").count() > 0
    return widget.locator("button:enabled, input:enabled, table").count() > 0


def walk(page):
    """Step through all slides with the key; returns their number and what was wrong where."""
    count, wrong = page.evaluate("deck.getTotalSlides()"), []
    for number in range(1, count + 1):
        shown = page.locator(f"{SHOWN} .place").inner_text()
        wrong += [] if shown == f"{number} / {count}" else [f"{shown} is not {number}"]
        wrong += [f"{number}: {part}" for part in page.evaluate(CUT_OFF)]
        for widget in page.locator(f"{SHOWN} .content [data-cnnlib]").all():
            wrong += [] if answers(widget) else [f"{number}: a widget is silent"]
        page.mouse.move(0, 0)
        page.keyboard.press("ArrowRight")
    return count, wrong


def test_every_slide_of_a_deck_is_whole_and_its_widgets_answer(open_deck):
    page = open_deck(LESSON)
    widgets = page.locator(".content [data-cnnlib]").count()
    count, wrong = walk(page)
    assert wrong == []
    assert count > 15
    assert widgets == 6
    assert page.locator("[data-too-tall]").count() == 0


@pytest.mark.soak
@pytest.mark.parametrize("stem", slides.READY)
def test_every_slide_of_every_deck(stem, open_deck):
    page = open_deck(stem)
    _, wrong = walk(page)
    assert wrong == []
    assert page.locator("[data-too-tall]").count() == 0


def test_a_larger_window_shows_the_same_slides_larger(open_deck):
    small, large = (open_deck(LESSON, width=w, height=h) for w, h in ((1280, 720), (1920, 1080)))
    assert small.evaluate("deck.getTotalSlides()") == large.evaluate("deck.getTotalSlides()")
    assert large.evaluate("deck.getScale()") == 1.5
    widget = go_to(large, "[data-config=slide-1d]:not(:has([data-masked]))")
    widget.locator('[data-grid="output"][data-index="2"]').hover()
    lit = widget.locator('[data-grid="input"][data-lit]')
    assert [cell.get_attribute("data-index") for cell in lit.all()] == ["2", "3", "4"]
    trace = go_to(large, "[data-trace=input]")
    box = trace.bounding_box()
    large.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    large.wait_for_function(
        f"""() => Math.abs(Number(document.querySelector('{SHOWN} [data-part=formula]')
            .textContent.match(/o\\[(\\d+)\\]/)?.[1]) - 120) < 3"""
    )


def test_arrow_keys_are_the_widgets_while_it_has_the_focus_and_else_turn_slides(open_deck):
    page = open_deck(LESSON)
    widget = go_to(page, "[data-config=slide-1d]:not(:has([data-masked]))")
    place = page.locator(f"{SHOWN} .place")
    here = place.inner_text()
    widget.locator('[data-grid="output"][data-index="1"]').click()
    assert page.locator(f"{SHOWN} .keys").is_visible()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.index") == "2"
    assert place.inner_text() == here
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement === document.body")
    assert not page.evaluate("deck.isOverview()")
    page.keyboard.press("ArrowRight")
    assert place.inner_text() != here
    page.keyboard.press("ArrowLeft")
    widget.locator('[data-grid="output"][data-index="1"]').click()
    page.keyboard.press("PageDown")  # a clicker turns the slide wherever the focus is
    assert place.inner_text() != here


def test_no_widgets_style_reaches_the_line_that_tells_how_far_the_deck_is(open_deck):
    line = open_deck("00_start_here").locator(".reveal > .progress").bounding_box()
    assert line == {"x": 0, "y": 717, "width": 1280, "height": 3}


def test_code_and_pictures_come_from_the_corner_and_the_deck_turns_dark(open_deck):
    page = open_deck(LESSON)
    go_to(page, "[data-config=slide-1d]:not(:has([data-masked]))")
    code = page.locator(f"{SHOWN} .sheet .block.code")
    assert not code.is_visible()
    page.keyboard.press("c")
    assert "LinkedGrids" in code.inner_text()
    page.locator(f"{SHOWN} header summary", has_text="Picture").click()
    assert not code.is_visible()
    picture = page.locator(f"{SHOWN} .sheet img")
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 300
    page.keyboard.press("d")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 27)"


def test_the_lecturer_sees_notes_and_what_to_ask(open_deck):
    page = open_deck(LESSON)
    go_to(page, "[data-cnnlib=quiz]")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    notes = popup.value.locator(".speaker-controls-notes .value")
    page.evaluate("deck.slide(1)")
    page.evaluate(
        "() => { const asks = (slide) => /Ask the class/.test(deck.getSlideNotes(slide));"
        " const { h, v } = deck.getIndices(deck.getSlides().find(asks)); deck.slide(h, v); }"
    )
    notes.filter(has_text="Ask the class.").wait_for()
    popup.value.close()


def test_one_widget_lives_on_a_page_of_its_own(new_page, tmp_path):
    notebook = execute(slides.NOTEBOOKS / f"{LESSON}.ipynb", tmp_path)
    touch = pages.picked(pages.shown(notebook), "touch")
    path = tmp_path / "touch.html"
    path.write_text(pages.page(notebook, touch), encoding="utf-8")
    page = new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-widgets=awake]")
    page.locator('[data-grid="output"][data-index="1"]').hover()
    assert page.locator('[data-grid="input"][data-lit]').count() == 3


def test_a_notebook_is_projected_as_the_guide_says(open_lesson):
    lesson = open_lesson(LESSON, width=1280, height=720)
    assert lesson.kernel("from cnnlib.widgets import lecture; lecture()") == ""
    lesson.run_all()
    for command in (
        "application:toggle-mode",
        "application:toggle-presentation-mode",
        "notebook:hide-all-cell-code",
    ):
        lesson.command(command)
    lesson.hide_side_bar()
    cell = lesson.scroll_to("touch-it-touch")
    widget = cell.locator('[data-cnnlib="linked-grids"]')
    assert widget.get_attribute("data-size") == "lecture"
    assert not cell.locator(".jp-CodeMirrorEditor").is_visible()
    formula = widget.locator('[data-part="formula"]').bounding_box()
    assert formula["y"] + formula["height"] < 720
    widget.locator('[data-grid="output"][data-index="1"]').click()
    lesson.page.keyboard.press("ArrowRight")
    assert lesson.page.evaluate("document.activeElement.dataset.index") == "2"
    lesson.screenshot("lecture-1280", None)
