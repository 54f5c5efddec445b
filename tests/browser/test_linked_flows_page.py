"""Delta's way back in a page of its own: scatter, gather, f′, and wrong formulas."""

import pytest
from seen import MINUS, cell, formula, in_the_way, lit

from cnnlib.examples import one_d, tall, two_d
from cnnlib.widgets import LinkedGrids

TURNED = "() => !document.querySelector('.turning')"
FINAL = [str(int(value)).replace("-", MINUS) for value in two_d.d_o.ravel()]


def of(example, config, **settings):
    given = {"input": example.o, "kernel": example.w, "below": example.x_below}
    if config == "region-q-size":
        given.pop("below")
    else:
        given["delta"] = example.delta
    return LinkedGrids(config, **given, **settings)


def every_picture():
    return [
        of(two_d, "follow-delta", position=4),
        of(two_d, "follow-delta", reading="gather", activation="sigmoid", position=5),
        of(tall, "follow-delta", reading="gather"),
        of(one_d, "follow-delta", reading="gather"),
        of(two_d, "wrong-formula"),
        of(two_d, "wrong-formula", formula="derivative-missing", activation="relu"),
        of(two_d, "wrong-formula", formula="wrong-size"),
        of(tall, "region-q-size"),
    ]


def marks(page, grid, name):
    read = "(cells, name) => cells.map(cell => cell.getAttribute(name)).filter(Boolean)"
    return page.locator(f'[data-grid="{grid}"]').evaluate_all(read, name)


def texts(page, grid):
    return page.locator(f'[data-grid="{grid}"] .number').all_inner_texts()


def place(page, grid, index):
    box = cell(page, grid, index).bounding_box()
    return round(box["x"]), round(box["y"])


def test_each_delta_stamps_the_kernel_as_it_is_and_the_sums_run(show):
    page = show(of(two_d, "follow-delta"))
    assert texts(page, "input-gradient") == ["1", "2", "0", "0", "0", f"{MINUS}1", *["0"] * 10]
    for _ in range(3):
        page.get_by_role("button", name="Next step").click()
    assert lit(page, "input-gradient") == ["1,0", "1,1", "2,0", "2,1"]
    assert marks(page, "input-gradient", "data-stamp") == ["+2", "+4", "+0", f"{MINUS}2"]
    cell(page, "input-gradient", "1,1").hover()
    assert formula(page).endswith("=3sofar,1moretocome")
    assert cell(page, "input-gradient", "1,1").inner_text() == "3"
    page.get_by_role("button", name="To the last").click()
    assert texts(page, "input-gradient") == FINAL
    assert page.locator("[data-pad]:visible").count() == 0


def test_the_switch_turns_the_kernel_and_leaves_the_numbers(show):
    page = show(of(two_d, "follow-delta", position=8))
    first, last = place(page, "kernel", "0,0"), place(page, "kernel", "1,1")
    page.get_by_label("reading").focus()
    page.get_by_label("reading").select_option("gather")
    assert texts(page, "input-gradient") == FINAL
    page.wait_for_function(TURNED)
    assert place(page, "kernel", "0,0") == last
    assert place(page, "kernel", "1,1") == first
    assert cell(page, "kernel", "1,1").inner_text() == f"{MINUS}1"
    assert "turned" in page.get_by_role("grid", name="kernel").get_attribute("aria-label")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.get_by_label("reading").select_option("scatter")
    assert texts(page, "input-gradient") == FINAL
    page.wait_for_function(TURNED)
    assert place(page, "kernel", "0,0") == first


def test_an_input_gathers_from_its_region_through_the_turned_kernel(show):
    page = show(of(two_d, "follow-delta", reading="gather"))
    cell(page, "input-gradient", "1,2").hover()
    assert lit(page, "delta") == ["0,1", "0,2", "1,1", "1,2"]
    assert marks(page, "delta", "data-badge") == [f"{MINUS}1", "0", "2", "1"]
    assert page.locator("[data-pad]").count() == 25 - 9
    assert page.locator("[data-pad][data-lit]").count() == 0
    cell(page, "input-gradient", "0,3").hover()
    assert lit(page, "delta") == ["0,2"]
    assert page.locator("[data-pad][data-lit=padding]").count() == 3
    assert lit(page, "kernel") == ["0,1"]
    assert formula(page).endswith(f"={MINUS}2")
    cell(page, "kernel", "1,0").hover()
    assert len(lit(page, "delta")) == 9


def test_on_a_turned_kernel_the_arrow_keys_go_where_they_point(show):
    page = show(of(two_d, "follow-delta", reading="gather"), reduced_motion="reduce")
    cell(page, "kernel", "1,1").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.index") == "1,0"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.index") == "0,0"
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    assert cell(page, "input-gradient", "0,0").inner_text() == "5"
    duration = "cell => getComputedStyle(cell).transitionDuration"
    page.get_by_label("reading").select_option("scatter")
    assert cell(page, "kernel", "0,0").evaluate(duration) == "0s"


def test_f_below_is_a_factor_on_top(show):
    page = show(of(two_d, "follow-delta", position=8))
    assert page.locator('[data-grid="delta-below"]').count() == 0
    page.get_by_label("f′ below").focus()
    page.get_by_label("f′ below").select_option("relu")
    expected = [str(int(value)).replace("-", MINUS) for value in two_d.delta_below.ravel()]
    assert texts(page, "delta-below") == expected
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    cell(page, "delta-below", "1,2").hover()
    assert formula(page).startswith("throughfδbelow[1,2]=∂E/∂o[1,2]·f′(x[1,2])=2·0=0")
    assert lit(page, "derivative") == ["1,2"]
    page.get_by_label("f′ below").select_option("sigmoid")
    assert cell(page, "derivative", "0,0").inner_text() == "0.2"
    cell(page, "delta-below", "3,3").hover()
    page.get_by_label("f′ below").select_option("none")
    assert page.locator('[data-grid="delta-below"]').count() == 0
    assert formula(page).startswith("onestampδ[2,2]:")


def test_a_wrong_formula_is_marked_cell_by_cell(show):
    page = show(of(two_d, "wrong-formula"))
    checks = page.locator('[data-part="compare"]')
    assert len(marks(page, "wrong-gradient", "data-differs")) == 14
    assert "14 of 16 differ" in checks.inner_text()
    assert "4 and 14" in checks.inner_text()
    cell(page, "wrong-gradient", "1,1").hover()
    assert formula(page).endswith("=0(right:4)")
    assert marks(page, "delta", "data-badge") == ["1", "2", "0", f"{MINUS}1"]
    assert lit(page, "input-gradient") == ["1,1"]
    page.get_by_role("combobox", name="kernel").select_option("[[1 2] [2 1]]")
    assert marks(page, "wrong-gradient", "data-differs") == []
    assert "looks the same after half a turn" in checks.inner_text()
    page.get_by_role("combobox", name="kernel").select_option("[[1 2] [2 5]]")
    assert marks(page, "wrong-gradient", "data-differs")
    page.get_by_role("combobox", name="formula").select_option("derivative-at-output")
    assert "ReLU hides it" in checks.inner_text()
    page.get_by_label("f′ below").select_option("sigmoid")
    assert marks(page, "wrong-gradient", "data-differs")
    page.get_by_role("combobox", name="formula").select_option("wrong-size")
    assert len(texts(page, "wrong-gradient")) == 4


def test_the_size_of_region_q_stands_in_every_input(show):
    page = show(of(tall, "region-q-size"))
    sizes = texts(page, "input")
    assert (sizes[0], sizes[5], max(sizes)) == ("1", "1", "6")
    cell(page, "input", "0,1").hover()
    assert lit(page, "output") == ["0,0", "0,1"]
    assert [text for text in texts(page, "output") if text] == ["×2", "×1"]


@pytest.mark.parametrize(("dark", "lecture"), [(False, False), (True, True)])
def test_nothing_serious_stands_in_anyones_way(show, dark, lecture):
    widgets = every_picture()
    for widget in widgets:
        widget.lecture = lecture
    page = show(*widgets, dark=dark)
    assert in_the_way(page) == []


@pytest.mark.parametrize("width", [380, 650, 1280])
def test_nothing_is_cut_off_and_two_thirds_of_the_screen_are_enough(show, width):
    page = show(*every_picture(), width=width, height=900)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for number in range(page.locator('[data-cnnlib="linked-grids"]').count() * (width > 600)):
        root = page.locator('[data-cnnlib="linked-grids"]').nth(number)
        over = root.locator(".stage").evaluate("s => s.scrollWidth - s.clientWidth")
        assert over <= 0, f"picture {number} is {over} px too wide"
        height = root.bounding_box()["height"]
        # Two lines of grids and a formula of two lines, on a narrow page.
        most = 900 * (2 / 3 if width > 1000 else 0.7)
        assert height <= most, f"picture {number} is {height} px high"
