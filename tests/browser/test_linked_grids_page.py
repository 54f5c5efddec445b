"""LinkedGrids in a page of its own: every quality that each configuration has to have."""

import numpy as np
import pytest
from seen import AUDIENCE, MINUS, cell, formula, in_the_way, lit

from cnnlib.examples import one_d, tall, two_d
from cnnlib.widgets import LinkedGrids


def of(example, config, **settings):
    return LinkedGrids(config, input=example.o, kernel=example.w, **settings)


def every_configuration():
    """One widget of each kind, in the dimensions it is used in."""
    return [
        of(one_d, "slide-1d", masked="output"),
        of(two_d, "slide-2d", bias=1.5, padding=1),
        of(one_d, "weight-gradient", delta=one_d.delta, by="product"),
        of(tall, "weight-gradient", delta=tall.delta),
        of(one_d, "input-gradient", delta=one_d.delta),
        of(one_d, "readings", delta=one_d.delta, leave_out=True),
        of(two_d, "readings", delta=two_d.delta, grouping="input"),
        of(tall, "region-q"),
        of(one_d, "stride", stride=2, padding=1, dilation=2),
        LinkedGrids("slide-1d", input=np.sin(np.arange(120) / 5), kernel=[1, 0, -1]),
    ]


def trait(page, name):
    return page.evaluate("name => [...window.cnnlib.models.values()][0].get(name)", name)


def test_region_q_is_lit_with_the_weight_that_each_output_uses(show):
    page = show(of(two_d, "region-q"))
    cell(page, "input", "1,2").hover()
    assert lit(page, "output") == ["0,1", "0,2", "1,1", "1,2"]
    badges = page.locator('[data-grid="output"][data-badge]')
    weights = badges.evaluate_all("cells => cells.map(cell => cell.dataset.badge)")
    assert weights == [f"{MINUS}1", "0", "2", "1"]
    cell(page, "input", "0,3").hover()
    assert lit(page, "output") == ["0,2"]
    assert lit(page, "input") == ["0,3"]


def test_padding_has_cells_without_an_index(show):
    page = show(of(two_d, "slide-2d", padding=1))
    assert page.locator("[data-pad]").count() == 6 * 6 - 4 * 4
    assert page.locator("[data-pad][data-index]").count() == 0
    cell(page, "output", "0,0").hover()
    assert lit(page, "input") == ["0,0"]


def test_the_keyboard_alone_is_enough(show):
    page = show(of(two_d, "slide-2d", controls=["step"]))
    press = page.keyboard.press
    for _ in range(3):
        press("Tab")
    assert page.evaluate("document.activeElement.dataset.grid") == "output"
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight"):
        press(key)
    assert lit(page, "output") == ["1,2"]
    press(" ")
    assert lit(page, "output") == ["2,0"]
    press("Home")
    assert lit(page, "output") == ["0,0"]
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("-7")
    press("Escape")
    assert cell(page, "kernel", "0,0").inner_text() == "1"
    page.keyboard.type("-7")
    press("Enter")
    assert cell(page, "kernel", "0,0").inner_text() == f"{MINUS}7"
    assert trait(page, "kernel") == [[-7, 2], [0, -1]]
    press("Escape")
    assert page.evaluate("document.activeElement === document.body")
    assert trait(page, "selected") == []


def test_what_is_no_number_is_refused_and_nothing_is_lost(show):
    page = show(of(one_d, "slide-1d"))
    cell(page, "kernel", 1).dblclick()
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    assert page.locator(".editor[aria-invalid]").count() == 1
    page.keyboard.press("Escape")
    assert trait(page, "kernel") == [2, -1, 1]


def test_a_finger_can_do_what_a_pointer_can(show):
    page = show(of(one_d, "slide-1d"), has_touch=True)
    cell(page, "output", 2).tap()
    assert lit(page, "input") == ["2", "3", "4"]
    assert "=4" in formula(page)
    cell(page, "kernel", 0).tap()
    cell(page, "kernel", 0).tap()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    assert trait(page, "kernel") == [5, -1, 1]


def test_products_come_in_one_by_one_and_the_sum_settles(show):
    page = show(of(two_d, "weight-gradient", delta=two_d.delta, by="product", position=18))
    assert formula(page).startswith("weightgradient∂E/∂w[1,0]=1·3=3sofar,8moretocome")
    for _ in range(8):
        page.get_by_role("button", name="Next step").click()
    assert cell(page, "weight-gradient", "1,0").inner_text() == "8"
    assert formula(page).endswith("=8")
    assert cell(page, "weight-gradient", "1,1").get_attribute("data-ahead") == "true"


def test_the_same_products_are_regrouped_and_the_one_number_stays(show):
    page = show(of(one_d, "readings", delta=one_d.delta))
    chips = page.locator("[data-chip]")
    before = chips.all_inner_texts()
    assert len(before) == 12
    for label in ("by weight", "by input"):
        page.get_by_label("group the products").select_option(label=label)
        assert chips.all_inner_texts() == before
        total = page.locator('[data-part="total"]').inner_text()
        assert total.count(f"{MINUS}18") == 3
    page.get_by_label("leave out").check()
    sums = page.locator(".group:not([hidden]) .sum").all_inner_texts()
    assert sums == ["2", f"{MINUS}5", "3", "4", f"{MINUS}3", "3"]


def test_nine_products_of_a_weight_are_large_enough_for_a_room_and_never_overlap(show):
    widget = of(two_d, "readings", delta=two_d.delta, grouping="weight", lecture=True)
    page = show(widget, width=1280, height=720)
    page.wait_for_timeout(900)  # they have stopped moving
    sizes, boxes = page.locator("[data-chip]").evaluate_all(
        "chips => [chips.map((chip) => parseFloat(getComputedStyle(chip).fontSize)),"
        " chips.map((chip) => chip.getBoundingClientRect().toJSON())]"
    )
    assert len(boxes) == 36
    assert min(sizes) >= 14
    for n, one in enumerate(boxes):
        for other in boxes[:n]:
            beside = one["left"] >= other["right"] or other["left"] >= one["right"]
            assert beside or one["top"] >= other["bottom"] or other["top"] >= one["bottom"]


def test_two_views_of_one_widget_stay_in_step(show):
    widget = of(one_d, "slide-1d")
    page = show(widget, widget)
    one, other = page.locator("[data-cnnlib]").all()
    cell(one, "kernel", 2).dblclick()
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    page.wait_for_timeout(60)
    assert cell(other, "kernel", 2).inner_text() == "4"
    assert cell(other, "output", 0).inner_text() == "0"
    assert formula(one) == formula(other)


def test_a_closed_view_leaves_nothing_behind(show):
    page = show(*every_configuration())
    page.get_by_role("button", name="Play").first.click()
    page.evaluate("window.cnnlib.close()")
    assert page.locator('[data-cnnlib="linked-grids"]').count() == 0
    assert page.evaluate(AUDIENCE) == 0


ODD = [
    {"input": [[5]], "kernel": [[-2]]},
    {"input": [7], "kernel": [1]},
    {"input": np.arange(144.0).reshape(12, 12) - 70, "kernel": np.ones((5, 5))},
    {"input": [[np.nan, np.inf], [-np.inf, 0.1]], "kernel": [[1.0]]},
    {"input": [123456789.0, -1e-12, 1 / 3, -1e300], "kernel": [2.5, -1e9]},
    {"input": np.zeros((1, 20)), "kernel": [[1, 2]], "stride": 3, "padding": 2, "dilation": 3},
    {"input": np.ones(3), "kernel": [1, 2], "padding": 3, "stride": 4},
    {"input": np.ones((20, 2)), "kernel": np.ones((3, 1))},
]


@pytest.mark.parametrize("config", ["slide-2d", "weight-gradient", "input-gradient", "readings"])
def test_the_view_survives_whatever_python_accepts(show, config):
    widgets = []
    for odd in ODD:
        widget = LinkedGrids(config, **odd)
        delta = np.full(widget.window.output_shape(widget.input.shape), -1.5)
        widgets.append(LinkedGrids(config, **odd, delta=delta))
    page = show(*widgets)
    assert page.locator('[data-cnnlib="linked-grids"] .board').count() == len(ODD)
    for number in range(len(ODD)):
        for grid in ("input", "kernel", "delta"):
            first = (
                page.locator('[data-cnnlib="linked-grids"]')
                .nth(number)
                .locator(f'[data-grid="{grid}"]')
                .first
            )
            if first.count():
                first.hover()


def test_text_never_becomes_html(show):
    page = show(of(one_d, "slide-1d", title="</script><img src=x onerror=window.broken=1><b>w</b>"))
    assert page.locator(".title").inner_text().startswith("</script><img")
    assert page.evaluate("window.broken") is None


def test_the_formula_is_read_out_politely_but_not_for_every_move_of_the_pointer(show):
    page = show(of(one_d, "slide-1d"))
    live = page.locator('[aria-live="polite"]')
    before = live.inner_text()
    cell(page, "output", 3).hover()
    assert live.inner_text() == before
    cell(page, "output", 3).click()
    assert live.inner_text() == f"x[3] = 2·({MINUS}1) + ({MINUS}1)·3 + 1·1 = {MINUS}4"


def test_every_sum_is_there_as_text(show):
    page = show(of(one_d, "slide-1d"))
    page.get_by_text("Every sum as text").click()
    page.locator('[data-part="ledger"] li').first.wait_for()
    lines = page.locator('[data-part="ledger"] li').all_inner_texts()
    assert len(lines) == 4
    assert lines[1] == f"x[1] = 2·2 + ({MINUS}1)·0 + 1·({MINUS}1) = 3"


def test_a_masked_result_is_nowhere_to_be_read(show):
    page = show(of(one_d, "slide-1d", masked="output", position=3))
    page.get_by_text("Every sum as text").click()
    page.locator('[data-part="ledger"] li').first.wait_for()
    assert f"= {MINUS}4" not in page.locator("body").inner_text()
    assert cell(page, "output", 3).get_attribute("aria-label").endswith("not revealed")
    assert cell(page, "output", 3).get_attribute("title") is None


def test_every_cell_and_control_has_a_name(show):
    page = show(*every_configuration())
    nameless = page.locator(
        '[role="gridcell"]:not([aria-label]), [role="grid"]:not([aria-label]),'
        ' button:not([aria-label]):empty, [role="slider"]:not([aria-label])'
    )
    assert nameless.count() == 0


@pytest.mark.parametrize(("dark", "lecture"), [(False, False), (True, False), (False, True)])
def test_axe_finds_nothing_serious(show, dark, lecture):
    widgets = every_configuration()
    for widget in widgets:
        widget.lecture = lecture
        widget.controls = [
            "step",
            "stride",
            "padding",
            "dilation",
            "notation",
            "random",
            "reset",
            "size",
        ]
    page = show(*widgets, dark=dark)
    assert in_the_way(page, "[data-model]") == []


@pytest.mark.parametrize("width", [380, 650, 1280])
def test_nothing_is_cut_off_and_two_thirds_of_the_screen_are_enough(show, width):
    page = show(*every_configuration(), width=width, height=900)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if width < 600:
        return
    for number in range(page.locator('[data-cnnlib="linked-grids"]').count()):
        root = page.locator('[data-cnnlib="linked-grids"]').nth(number)
        stage = root.locator(".stage")
        over = stage.evaluate("stage => stage.scrollWidth - stage.clientWidth")
        assert over <= 0, f"widget {number} is {over} px too wide"
        height = root.bounding_box()["height"]
        assert height <= 900 * 2 / 3, f"widget {number} is {height} px high"


def test_lecture_size_can_be_read_from_the_last_row(show):
    page = show(of(tall, "slide-2d", lecture=True), width=1280, height=720)
    size = cell(page, "input", "0,0").evaluate(
        "cell => parseFloat(getComputedStyle(cell).fontSize)"
    )
    assert size >= 24
    page.get_by_role("button", name="Large").click()
    assert trait(page, "lecture") is False


def test_nothing_moves_where_motion_is_not_wanted(show):
    page = show(of(one_d, "slide-1d"), reduced_motion="reduce")
    kernel = page.locator(".role-kernel.grid")
    assert kernel.evaluate("grid => getComputedStyle(grid).transitionDuration") == "0s"


MEASURE = """async cells => {
  const waits = [];
  for (let n = 0; n < 60; n++) {
    await new Promise(requestAnimationFrame);
    const start = performance.now();
    cells[(n * 7) % cells.length].dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
    await new Promise(requestAnimationFrame);
    await new Promise(done => setTimeout(done));
    waits.push(performance.now() - start);
  }
  return waits.sort((a, b) => a - b);
}"""
FRAMES = """async () => {
  let frames = 0;
  const start = performance.now();
  while (performance.now() - start < 1500) { await new Promise(requestAnimationFrame); frames++; }
  return frames / 1.5;
}"""


def test_a_large_picture_answers_at_once(show, capsys):
    rng = np.random.default_rng(0)
    widget = LinkedGrids(
        "slide-2d", input=rng.integers(-9, 9, (12, 12)), kernel=rng.integers(-3, 4, (5, 5))
    )
    page = show(widget)
    waits = page.locator('[data-grid="output"]').evaluate_all(MEASURE)
    page.get_by_role("button", name="Play").click()
    rate = page.evaluate(FRAMES)
    paint = f"pointer to paint: median {waits[30]:.1f} ms, p90 {waits[54]:.1f} ms"
    with capsys.disabled():
        print(f"\n12x12 by 5x5, {paint}; {rate:.0f} frames a second while playing")
    assert len(lit(page, "input")) == 25
