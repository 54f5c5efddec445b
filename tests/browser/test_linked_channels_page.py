"""Maps, filters and a batch in a page of its own: pairs, readings, images, a dense layer."""

import re

import numpy as np
import pytest
from seen import AUDIENCE, MINUS, cell, formula, in_the_way, lit

from cnnlib.examples import one_by_one, stacked
from cnnlib.widgets import LinkedGrids


def of(example, **settings):
    given = {"input": example.o, "kernel": example.w, "delta": example.delta}
    return LinkedGrids("channels", **{**given, **settings})


def every_picture():
    return [
        of(stacked, position=3),
        of(stacked, by="pair", position=1),
        of(stacked, reading="weight-gradient", position=5),
        of(stacked, reading="input-gradient", position=5),
        of(one_by_one, reading="input-gradient"),
    ]


def texts(page, grid):
    return page.locator(f'[data-grid="{grid}"]:visible').all_inner_texts()


def written(values):
    return [str(int(value)).replace("-", MINUS) for value in values.ravel()]


def test_a_cell_lights_its_partners_in_every_map_and_names_them(show):
    page = show(of(stacked))
    cell(page, "output", "0,1,0,1").hover()
    assert lit(page, "input", ":visible") == [
        f"0,{c},{i},{j}" for c in range(3) for i in (0, 1) for j in (1, 2)
    ]
    assert {index[0] for index in lit(page, "kernel", ":visible")} == {"1"}
    assert formula(page).startswith("forward:sumoverchannelsx[0,1,0,1]=")
    assert "c=2,w[1,2]" in formula(page)
    cell(page, "input", "0,1,1,1").hover()
    assert {index[2] for index in lit(page, "kernel", ":visible")} == {"1"}
    assert "all2filters" in formula(page)
    cell(page, "kernel", "0,2,1,1").hover()
    assert len(lit(page, "input", ":visible")) == len(lit(page, "output", ":visible")) == 6
    assert page.locator(".way.row").count() == page.locator(".way.column").count() == 1


def test_pair_by_pair_the_sums_grow_and_end_at_the_result(show):
    page = show(of(stacked, by="pair"))
    empty = page.locator('[data-grid="output"][data-empty]:visible')
    assert empty.count() == 6
    pair = page.get_by_role("combobox", name="small convolution")
    assert pair.input_value() == "0"
    page.get_by_role("button", name="Next step").click()
    assert pair.input_value() == "1"
    assert lit(page, "kernel", ":visible") == [f"0,1,{a},{b}" for a in (0, 1) for b in (0, 1)]
    assert "2of3channelssofar" in formula(page)
    page.get_by_role("button", name="To the last").click()
    assert texts(page, "output") == written(stacked.x[0])
    page.get_by_label("reading").select_option("input-gradient")
    assert texts(page, "input-gradient") == written(stacked.d_o[0])
    pair.select_option("0")
    assert page.locator('[data-grid="input-gradient"][data-empty]:visible').count() == 24
    pair.select_option("cells")
    assert empty.count() == 0


def test_weight_gradients_are_summed_over_images_and_an_edit_stays_in_its_image(show):
    page = show(of(stacked, reading="weight-gradient"))
    assert texts(page, "weight-gradient") == written(stacked.d_w)
    cell(page, "weight-gradient", "1,0,0,1").hover()
    assert {"image0", "image1"} <= set(re.findall(r"image\d", formula(page)))
    page.mouse.move(1, 1)
    page.get_by_label("image").select_option("1")
    assert texts(page, "input") == written(stacked.o[1])
    cell(page, "input", "1,0,0,0").dblclick()
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    assert cell(page, "input", "1,0,0,0").inner_text() == "9"
    page.keyboard.press("Escape")
    assert texts(page, "weight-gradient") != written(stacked.d_w)
    assert "✓" in page.locator('[data-part="total"]').inner_text()
    page.get_by_label("reading").select_option("forward")
    page.get_by_label("image").select_option("0")
    assert texts(page, "input") == written(stacked.o[0])
    page.get_by_role("button", name="Reset").click()
    page.get_by_label("image").select_option("1")
    assert texts(page, "input") == written(stacked.o[1])


def test_a_choice_counts_though_the_pointer_rests_on_a_cell_of_another_image(show):
    page = show(of(stacked))
    image = page.get_by_role("combobox", name="image")
    image.select_option("1")
    cell(page, "input", "1,0,0,0").hover()
    for number in (0, 1, 0):
        image.select_option(str(number))
        assert image.input_value() == str(number)
        assert texts(page, "input") == written(stacked.o[number])


def test_keys_go_from_map_to_map_and_step(show):
    page = show(of(stacked))
    cell(page, "input", "0,0,0,3").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.index") == "0,1,0,0"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.dataset.index") == "0,0,0,3"
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.dataset.index") == "0,2,2,3"
    cell(page, "kernel", "0,1,1,0").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.index") == "1,1,0,0"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="To the last").click()
    assert page.get_by_label("image").input_value() == "1"
    assert "x[1,1,1,2]" in formula(page)


def test_one_weight_on_one_pixel_shows_the_matrix_and_its_transpose(show):
    page = show(of(one_by_one))
    dense = page.locator('[data-part="dense"]')
    assert "x = W o" in dense.inner_text()
    page.get_by_label("reading").select_option("input-gradient")
    assert texts(page, "input-gradient") == ["4", "5"]
    assert "Wᵀ" in dense.inner_text()
    transposed = dense.locator(".role-kernel .body").inner_text().split()
    assert transposed == ["1", "0", "3", "2", f"{MINUS}1", "1"]


def test_two_views_keep_step(show):
    widget = of(stacked, by="pair")
    page = show(widget, widget)
    first, second = page.locator('[data-cnnlib="linked-grids"]').all()
    first.get_by_role("button", name="Next step").click()
    page.wait_for_timeout(60)
    assert second.locator('[data-grid="kernel"][data-lit]').count() == 4
    assert second.locator('[data-grid="kernel"][data-index="0,1,0,0"]').get_attribute("data-lit")
    first.get_by_label("reading").select_option("weight-gradient")
    page.wait_for_timeout(60)
    assert second.get_by_label("reading").input_value() == "weight-gradient"


def test_a_closed_view_leaves_nothing_behind(show):
    page = show(*every_picture())
    assert page.evaluate(AUDIENCE) > 0
    page.get_by_role("button", name="Play").nth(1).click()
    page.evaluate("window.cnnlib.close()")
    assert page.locator('[data-cnnlib="linked-grids"]').count() == 0
    assert page.evaluate(AUDIENCE) == 0
    stands = "[...window.cnnlib.models.values()].map((model) => model.get('position'))"
    before = page.evaluate(stands)
    page.wait_for_timeout(1500)  # longer than a step of the player
    assert page.evaluate(stands) == before


# Digits that are too small, and names that touch a cell or another name.
UNREADABLE = """() => {
  const seen = (part) => part.checkVisibility();
  const small = (part) => parseFloat(getComputedStyle(part).fontSize);
  const touch = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1
    && b.top < a.bottom - 1;
  const found = [];
  for (const board of document.querySelectorAll('.board')) {
    const cells = [...board.querySelectorAll('[data-index]')].filter(seen);
    for (const cell of cells) if (small(cell) < 18) found.push(cell.dataset.index, small(cell));
    const names = [...board.querySelectorAll('.caption.block .symbol')].filter(seen);
    const box = (part) => part.getBoundingClientRect();
    for (const name of names) {
      const others = [...cells, ...names.filter((other) => other !== name)];
      if (others.some((other) => touch(box(name), box(other)))) found.push(name.textContent);
    }
  }
  return found;
}"""


def test_in_a_lecture_every_digit_can_be_read_and_every_name(show):
    rng = np.random.default_rng(9)
    shapes = {"input": (3, 1, 3), "kernel": (6, 3, 1, 2), "delta": (6, 1, 2)}
    six = {name: rng.integers(-2, 3, shape) for name, shape in shapes.items()}
    widgets = [
        LinkedGrids("channels", **given, reading=reading, lecture=True)
        for given in (six, {"input": stacked.o, "kernel": stacked.w, "delta": stacked.delta})
        for reading in ("forward", "weight-gradient", "input-gradient")
    ]
    page = show(*widgets, of(one_by_one, lecture=True), width=1280, height=720)
    assert page.evaluate(UNREADABLE) == []


@pytest.mark.parametrize(("dark", "width"), [(False, 760), (True, 1280)])
def test_nothing_serious_is_in_anyones_way_and_nothing_is_cut_off(show, dark, width):
    widgets = every_picture()
    for widget in widgets:
        widget.lecture = width == 1280
    page = show(*widgets, dark=dark, width=width, height=900)
    assert in_the_way(page) == []
    stages = page.locator(".stage").evaluate_all(
        "all => all.map(s => s.scrollWidth - s.clientWidth)"
    )
    assert max(stages) <= 0


def test_on_a_telephone_the_page_stays_and_touch_selects(show):
    page = show(of(stacked), width=380, height=700, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    cell(page, "output", "0,0,0,0").scroll_into_view_if_needed()
    cell(page, "output", "0,0,0,0").tap()
    assert formula(page).startswith("forward:sumoverchannelsx[0,0,0,0]")
