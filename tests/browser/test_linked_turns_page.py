"""The layer as a matrix and the kernel that turns, each in a page of its own."""

import re
from functools import partial

import numpy as np
import pytest
from seen import MINUS, cell, formula, in_the_way, lit

from cnnlib.examples import one_d, tall, two_d
from cnnlib.widgets import LinkedGrids


@pytest.fixture
def still(show):
    """A page without motion: what a click does is there at once."""
    return partial(show, reduced_motion="reduce")


def toeplitz(**settings):
    given = {"input": one_d.o, "kernel": one_d.w, "delta": one_d.delta, **settings}
    return LinkedGrids("toeplitz", **given)


def flip(example=two_d, **settings):
    return LinkedGrids("flip", **{"input": example.o, "kernel": example.w, **settings})


def pictures(**settings):
    return [
        toeplitz(position=1, **settings),
        toeplitz(direction="backward", position=2, **settings),
        flip(**settings),
        flip(tall, position=6, **settings),
        flip(one_d, position=2, **settings),
        flip(turn="mirror up-down", position=4, **settings),
    ]


def said(page, part):
    return re.sub(r"\s+", " ", page.locator(f'[data-part="{part}"]').inner_text())


def kernel_on_screen(page, grid="turned"):
    cells = page.locator(f'[data-grid="{grid}"]').evaluate_all(
        "cells => cells.map(c => [c.dataset.index, c.innerText,"
        " c.getBoundingClientRect().top, c.getBoundingClientRect().left])"
    )
    by_index = [text for _, text, *_ in sorted(cells)]
    by_place = [text for _, text, *_ in sorted(cells, key=lambda c: (round(c[2]), round(c[3])))]
    assert by_index == by_place
    return by_index


def rows_of(page, selector):
    tops = "cells => cells.map(cell => Math.round(cell.getBoundingClientRect().top))"
    return page.locator(selector).evaluate_all(tops)


def test_a_row_of_the_matrix_is_read_with_the_input_and_a_row_of_its_transpose_with_delta(still):
    page = still(toeplitz())
    cell(page, "output", 1).hover()
    assert lit(page, "toeplitz") == ["1,1", "1,2", "1,3"]
    assert lit(page, "input") == ["1", "2", "3"]
    assert said(page, "reads") == f"row 1 of T reads 2 {MINUS}1 1 the kernel, as it stands"
    assert formula(page) == f"forwardx[1]=2·2+({MINUS}1)·0+1·({MINUS}1)=3"
    page.get_by_label("direction").select_option("backward")
    page.mouse.move(0, 0)
    for name, tops in (("toeplitz", 6), ("input-gradient", 6), ("delta", 1)):
        assert len(set(rows_of(page, f'[data-grid="{name}"]'))) == tops
    assert not page.locator('[data-grid="input"]').first.is_visible()
    cell(page, "input-gradient", 2).hover()
    assert lit(page, "toeplitz") == ["0,2", "1,2", "2,2"]
    assert lit(page, "delta") == ["0", "1", "2"]
    assert said(page, "reads") == f"row 2 of Tᵀ reads 1 {MINUS}1 2 the kernel, from its other end"
    assert formula(page) == f"regionQ∂E/∂o[2]=1·1+({MINUS}2)·({MINUS}1)+0·2=3"
    assert len(set(rows_of(page, '[data-grid="toeplitz"][data-index$=",2"]'))) == 1


def test_a_cell_of_the_matrix_says_who_uses_which_weight(still):
    page = still(toeplitz())
    cell(page, "toeplitz", "1,2").hover()
    assert "T[1,2]=w[1]:output1usesweight1oninput2." in formula(page)
    assert [lit(page, grid) for grid in ("output", "input", "kernel")] == [["1"], ["2"], ["1"]]
    cell(page, "kernel", 2).hover()
    assert lit(page, "toeplitz") == ["0,2", "1,3", "2,4", "3,5"]


def test_the_matrix_can_be_walked_and_stepped_by_keys_both_ways(still):
    page = still(toeplitz(direction="backward"))
    press = page.keyboard.press
    cell(page, "toeplitz", "0,0").focus()
    press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.index") == "0,1"
    press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.index") == "1,1"
    cell(page, "input-gradient", 0).focus()
    press("ArrowDown")
    assert lit(page, "input-gradient") == ["1"]
    press(" ")
    assert lit(page, "input-gradient") == ["2"]
    press("End")
    assert formula(page).endswith("∂E/∂o[5]=3·1=3")
    press("Shift+Tab")
    page.keyboard.type("5")
    press("Enter")
    assert page.evaluate("[...window.cnnlib.models.values()][0].get('delta')")[0] == 5
    assert cell(page, "input-gradient", 0).inner_text() == "10"


def test_the_kernel_turns_at_a_key_and_the_cells_that_differ_are_marked_one_by_one(still):
    page = still(flip())
    assert kernel_on_screen(page) == ["1", "2", "0", f"{MINUS}1"]
    assert page.locator('[data-grid="convolution"]').all_inner_texts() == [""] * 9
    cell(page, "output", "0,0").focus()
    page.keyboard.press(" ")
    assert kernel_on_screen(page) == [f"{MINUS}1", "0", "2", "1"]
    assert said(page, "verdict") == "o * w against o ⊗ w: differs in 7 of 9 places."
    texts = page.locator('[data-grid="convolution"]').all_inner_texts()
    assert texts == ["6", "2", "0", f"{MINUS}1", "4", "3", "2", "1", "7"]
    same = page.locator('[data-differs="false"]').evaluate_all(
        "cells => cells.map(cell => cell.dataset.index)"
    )
    assert same == ["1,2", "2,1"]
    page.get_by_role("button", name="Put back").click()
    assert kernel_on_screen(page) == ["1", "2", "0", f"{MINUS}1"]


def test_both_readings_of_a_window_stand_under_each_other(still):
    page = still(flip(position=1))
    cell(page, "convolution", "0,1").hover()
    assert lit(page, "input") == ["0,1", "0,2", "1,1", "1,2"]
    assert formula(page) == (
        f"o⊗w[0,1]=1·0+2·2+0·1+({MINUS}1)·0=4o*w[0,1]=({MINUS}1)·0+0·2+2·1+1·0=2"
    )
    badges = page.locator('[data-grid="input"][data-badge]').evaluate_all(
        "cells => cells.map(cell => cell.dataset.badge)"
    )
    assert badges == [f"{MINUS}1", "0", "2", "1"]
    cell(page, "turned", "1,1").hover()
    assert lit(page, "kernel") == ["0,0"]
    assert "goesto[1,1]" in formula(page)


def test_a_mirror_is_not_the_turn(still):
    page = still(flip(position=1))
    for turn, places in {
        "mirror left-right": ["2", "1", f"{MINUS}1", "0"],
        "mirror up-down": ["0", f"{MINUS}1", "1", "2"],
        "transpose": ["1", "0", "2", f"{MINUS}1"],
        "turn": [f"{MINUS}1", "0", "2", "1"],
    }.items():
        page.get_by_label("move").select_option(turn)
        assert kernel_on_screen(page) == places
        assert ("not true convolution" in said(page, "verdict")) == (turn != "turn")


def test_kernels_that_hide_the_flip_are_found_one_after_the_other(still):
    page = still(flip())
    select = page.get_by_role("combobox", name="kernel")
    for kernel, hides in (("1 2 / 2 1", True), ("0 1 / 1 0", True), ("1 2 / 2 5", False)):
        select.select_option(label=kernel)
        if page.get_by_role("button", name="Turn it").count():
            page.get_by_role("button", name="Turn it").click()
        assert ("hides the flip" in said(page, "verdict")) == hides
    assert "9 of the 81 kernels" in said(page, "search")
    for name, hides in (("Next that hides it", True), ("Next that shows it", False)):
        before = page.locator('[data-grid="kernel"]').all_inner_texts()
        page.get_by_role("button", name=name).click()
        found = page.locator('[data-grid="kernel"]').all_inner_texts()
        assert found != before
        assert (found == found[::-1]) == hides
        assert ("hides the flip" in said(page, "verdict")) == hides
    assert select.locator("option:checked").inner_text() == "your own"
    page.get_by_role("button", name="Reset").click()
    assert kernel_on_screen(page) == ["1", "2", "0", f"{MINUS}1"]


def test_the_digits_stay_upright_all_the_way_round(show):
    page = show(flip(one_d))
    page.get_by_role("button", name="Turn it").click()
    page.evaluate("document.getAnimations().forEach(a => { a.pause(); a.currentTime = 400; })")
    boxes = [c.bounding_box() for c in page.locator('[data-grid="turned"]').all()]
    side = round(boxes[1]["width"])
    assert all(abs(box["width"] - side) < 1 for box in boxes)  # an upright square is no wider
    assert len({round(box["y"]) for box in boxes}) == 3  # and it is on its way


@pytest.mark.parametrize(("dark", "lecture"), [(False, False), (True, True)])
def test_axe_finds_nothing_serious(still, dark, lecture):
    page = still(*pictures(lecture=lecture)[1:4], dark=dark)
    assert in_the_way(page, "[data-model]") == []


@pytest.mark.parametrize("width", [650, 1280])
def test_nothing_is_cut_off_and_two_thirds_of_the_screen_are_enough(still, width):
    page = still(*pictures(), width=width, height=900)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for number, root in enumerate(page.locator('[data-cnnlib="linked-grids"]').all()):
        over = root.locator(".stage").evaluate("stage => stage.scrollWidth - stage.clientWidth")
        assert over <= 0, f"widget {number} is {over} px too wide"
        height = root.bounding_box()["height"]
        assert height <= 900 * 2 / 3, f"widget {number} is {height} px high"


ODD = [
    {"input": [[5]], "kernel": [[-2]]},
    {"input": np.arange(144.0).reshape(12, 12) - 70, "kernel": np.ones((5, 5))},
    {"input": [[np.nan, np.inf], [-np.inf, 0.1]], "kernel": [[1.0]], "turn": "transpose"},
    {"input": [1e9, -1e-12, 1 / 3], "kernel": [2.5, np.nan], "position": 99},
    {"input": np.zeros((1, 20)), "kernel": [[1, 2]], "stride": 3, "dilation": 3, "bias": 2},
]


def test_the_view_survives_whatever_python_accepts(still):
    matrices = [
        LinkedGrids("toeplitz", input=[7], kernel=[1], delta=[2], direction="backward"),
        LinkedGrids("toeplitz", input=np.ones(3), kernel=[1, np.nan], padding=3, stride=4),
    ]
    page = still(*matrices, *[LinkedGrids("flip", **odd) for odd in ODD])
    assert page.locator(".board").count() == len(ODD) + len(matrices)
    for root in page.locator('[data-cnnlib="linked-grids"]').all():
        for grid in ("kernel", "turned", "convolution", "toeplitz"):
            if root.locator(f'[data-grid="{grid}"]').count():
                root.locator(f'[data-grid="{grid}"]').first.hover()
                assert root.locator('[data-part="formula"]').inner_text()


def test_a_row_that_is_picked_leaves_its_ruler_readable(still):
    page = still(flip(position=1))
    overlap = page.evaluate(
        """() => {
      const cell = document.querySelector('[data-picked]').getBoundingClientRect();
      const grid = document.querySelector('[data-picked]').closest('.grid');
      const digits = [...grid.querySelectorAll('.ruler > b')].map(b => {
        const range = document.createRange();
        range.selectNodeContents(b);
        return range.getBoundingClientRect();
      });
      const outline = 3;
      return digits.some(d => d.right > cell.left - outline && d.left < cell.right + outline
        && d.bottom - 2 > cell.top - outline && d.top < cell.bottom + outline);
    }"""
    )
    assert overlap is False
