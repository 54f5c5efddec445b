"""SketchPad on a page of its own: drawing by mouse, finger and keys, and what it says."""

import re

import numpy as np
import pytest
from seen import in_the_way

from cnnlib import ops
from cnnlib.network import lenet5, small_cnn
from cnnlib.widgets import SketchPad

THREE = [(0.3, 0.2), (0.6, 0.15), (0.65, 0.3), (0.45, 0.45), (0.7, 0.6), (0.6, 0.8), (0.3, 0.75)]
TOUCH = """([kind, points]) => {
  const pad = document.querySelector('[data-part=pad]');
  const { left, top, width, height } = pad.getBoundingClientRect();
  const at = ([x, y]) => ({ clientX: left + x * width, clientY: top + y * height });
  const how = { pointerId: 1, pointerType: kind, bubbles: true, buttons: 1, button: 0 };
  const fire = (type, point) => pad.dispatchEvent(new PointerEvent(type, { ...how, ...at(point) }));
  pad.setPointerCapture = () => {};  // no such pointer exists
  fire('pointerdown', points[0]);
  for (const point of points.slice(1)) fire('pointermove', point);
  fire('pointerup', points.at(-1));
}"""


def draw(page, points, number=0):
    box = page.locator("[data-part=pad]").nth(number).bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=4)
    page.mouse.up()


def state(page, name):
    return page.evaluate(f"[...cnnlib.models.values()][0].get('{name}')")


def numbers(page, grid):
    cells = page.locator(f'[data-grid="{grid}"]')
    labels = cells.evaluate_all("cells => cells.map(cell => cell.ariaLabel)")
    return [float(label.split(": ")[1].replace("\u2212", "-")) for label in labels]


def part(page, name):
    return page.locator(f'[data-part="{name}"]').first


def test_a_digit_drawn_by_mouse_is_read_and_its_levers_are_those_of_python(show):
    network = small_cnn(4)
    page = show(SketchPad(network, towards=7))
    assert "Draw a digit" in part(page, "formula").inner_text()
    draw(page, THREE)
    image = np.reshape(state(page, "pixels"), (1, 1, 8, 8))
    assert image[0, 0].any(axis=1).all()
    trace = network.copy(np.float64).forward(image)
    _, dloss = ops.softmax_cross_entropy(trace.scores, np.array([7]))
    lever = network.copy(np.float64).backward(trace, dloss).delta["input"]
    np.testing.assert_allclose(numbers(page, "input"), image.ravel(), atol=0.0051)
    np.testing.assert_allclose(numbers(page, "input-gradient"), lever.ravel(), atol=0.0051)
    p = trace.probabilities[0]
    shares = page.locator(".share").all_inner_texts()
    assert shares == [f"{round(100 * value)} %" for value in p]
    assert part(page, "verdict").inner_text().startswith(f"It reads {p.argmax()}, ")
    page.locator('[data-class="2"]').click()
    assert state(page, "towards") == 2
    page.locator('[data-grid="input-gradient"][data-index="2,3"]').hover()
    page.wait_for_function(
        "document.querySelector('[data-part=formula]').innerText.includes('[2,3]')"
    )
    assert page.locator("[data-lit]").count() == 2
    before = state(page, "pixels")
    page.get_by_role("button", name="Push it there").click()
    assert state(page, "strokes")[-1]["kind"] == "pixels"
    assert state(page, "pixels") != before


def test_undo_redo_eraser_and_clear(show):
    page = show(SketchPad(small_cnn()))
    undo, redo = (page.get_by_role("button", name=name) for name in ("Undo", "Redo"))
    assert undo.is_disabled()
    draw(page, THREE)
    drawn = state(page, "pixels")
    draw(page, [(0.1, 0.1), (0.1, 0.9)])
    undo.click()
    assert state(page, "pixels") == drawn
    redo.click()
    assert state(page, "pixels") != drawn
    undo.click()
    page.get_by_role("button", name="Eraser").click()
    draw(page, THREE)
    assert not any(state(page, "pixels"))
    undo.click()
    page.get_by_role("button", name="Clear").click()
    assert not any(state(page, "pixels"))
    assert redo.is_disabled()
    undo.click()
    assert state(page, "pixels") == drawn


def test_keys_draw_too_and_stay_in_the_pad(show):
    page = show(SketchPad(small_cnn()))
    pad = part(page, "pad")
    pad.focus()
    page.keyboard.press("Space")
    for key in ["Shift+ArrowDown"] * 5 + ["Shift+ArrowRight"] * 3:
        page.keyboard.press(key)
    strokes = state(page, "strokes")
    assert [len(stroke["points"]) for stroke in strokes] == [2 * 9]
    pixels = np.reshape(state(page, "pixels"), (8, 8))
    assert pixels[7].sum() > pixels[0].sum() > 0
    page.keyboard.press("e")
    page.keyboard.press("Space")
    assert state(page, "strokes")[-1]["kind"] == "eraser"
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert state(page, "shown") == 0
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Delete")
    assert state(page, "strokes")[-1]["kind"] == "clear"
    assert pad.evaluate("pad => pad === document.activeElement")
    page.locator('[data-grid="input"]').first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.index") == "1,1"


@pytest.mark.parametrize("kind", ["touch", "pen"])
def test_a_finger_and_a_pen_draw_and_only_the_pad_keeps_the_page_from_scrolling(show, kind):
    page = show(SketchPad(small_cnn()))
    page.evaluate(TOUCH, [kind, THREE])
    assert len(state(page, "strokes")) == 1
    assert part(page, "pad").evaluate("pad => getComputedStyle(pad).touchAction") == "none"
    root = page.locator('[data-cnnlib="sketch-pad"]')
    assert root.evaluate("root => getComputedStyle(root).touchAction") == "auto"


def test_two_views_keep_in_step_and_a_closed_one_listens_no_more(show):
    pad = SketchPad(small_cnn(), image=np.eye(8))
    page = show(pad, pad)
    draw(page, [(0.2, 0.8), (0.8, 0.2)], number=1)
    page.wait_for_timeout(60)
    said = page.locator('[data-part="verdict"]').all_inner_texts()
    assert said[0] == said[1]
    assert page.locator("svg .base rect").count() == 16
    page.evaluate("cnnlib.close()")
    assert page.evaluate("[...cnnlib.models.values()][0].audience") == 0


def test_odd_states_do_no_harm(show):
    broken = small_cnn()
    broken.parameters = {name: np.full(a.shape, np.nan) for name, a in broken.parameters.items()}
    page = show(SketchPad(broken, image=np.eye(8), title="<script>alert(1)</script>"))
    assert "not numbers" in part(page, "verdict").inner_text()
    assert page.locator(".title").inner_text() == "<script>alert(1)</script>"
    page.evaluate(TOUCH, ["mouse", [(-3, -3), (9, 9)]])
    page.evaluate("[...cnnlib.models.values()][0].set('shown', 99)")
    page.wait_for_timeout(60)
    assert re.match(r"The scores are not", part(page, "verdict").inner_text())


@pytest.mark.parametrize(
    ("width", "dark", "lecture"), [(380, False, False), (760, True, False), (1280, False, True)]
)
def test_it_fits_and_nothing_serious_stands_in_anyones_way(show, width, dark, lecture):
    small = SketchPad(small_cnn(), image=np.eye(8), lecture=lecture)
    pads = [small, SketchPad(lenet5(), image=np.eye(28))] if dark else [small]
    page = show(*pads, dark=dark, width=width, height=720)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert in_the_way(page) == []


@pytest.mark.parametrize("width", [1280, 1060])
@pytest.mark.parametrize("image", [None, np.eye(8)], ids=["blank", "drawn"])
def test_large_it_stands_on_one_screen_and_no_caption_in_the_next_one(show, image, width):
    page = show(SketchPad(small_cnn(), image=image, lecture=True), width=width, height=720)
    assert page.locator(".sketch-pad").bounding_box()["height"] <= 715
    spilt = "all => all.map(one => one.scrollWidth - one.clientWidth)"
    captions = page.locator(".part > .caption").evaluate_all(spilt)
    assert len(captions) == 4
    assert max(captions) <= 0
    sides = "all => new Set(all.map(one => one.getBoundingClientRect().top)).size"
    assert page.locator(".surface, .pixels").evaluate_all(sides) == 1
