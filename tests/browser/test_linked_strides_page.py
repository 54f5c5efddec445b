"""Stride, padding and dilation in a page of their own: three passes, zeros put in, cropping."""

import numpy as np
import pytest
from seen import cell, formula, in_the_way

from cnnlib.examples import one_d, tall
from cnnlib.widgets import LinkedGrids

WHOLE = """() => document.documentElement.scrollWidth <= window.innerWidth
    && [...document.querySelectorAll(".stage")].every(s => s.scrollWidth <= s.clientWidth)"""
SIGNAL = {"input": one_d.o, "kernel": one_d.w, "delta": [1, -2], "stride": 2}
PLANE = {"input": tall.o, "kernel": tall.w, "delta": [[1, -2], [2, 1]], "stride": 2}
PADDED = {**PLANE, "delta": np.eye(3), "padding": 1}


def every_picture():
    passes = [LinkedGrids("stride-backward", **SIGNAL, reading=r) for r in ("forward", "weights")]
    return [
        *passes,
        LinkedGrids("stride-backward", **SIGNAL, masked="input-gradient"),
        LinkedGrids("stride-backward", **PLANE, reading="weights"),
        LinkedGrids("stride-backward", **PLANE),
        LinkedGrids("stride-backward", **PADDED, position=8),
    ]


def grid(page, name):
    return page.locator(f'[data-grid="{name}"]')


def texts(page, name):
    return [text.replace("\u2212", "-") for text in grid(page, name).all_inner_texts()]


def marked(page, name, mark):
    read = "(cells, mark) => cells.filter(c => c.hasAttribute(mark)).map(c => c.dataset.index)"
    return grid(page, name).evaluate_all(read, mark)


def shown(page):
    return page.locator("[data-of]").evaluate_all("grids => grids.map(grid => grid.dataset.of)")


def zeros(page, of="delta"):
    return page.locator(f'[data-of="{of}"] [data-pad]')


def test_zeros_stand_between_the_deltas_and_go_with_the_stride(show):
    page = show(LinkedGrids("stride-backward", **SIGNAL))
    assert texts(page, "input-gradient") == ["2", "-1", "-3", "2", "-2", "0"]
    assert zeros(page).count() == 6
    assert zeros(page).first.get_attribute("data-index") is None
    assert marked(page, "input-gradient", "data-unread") == ["5"]
    cell(page, "input-gradient", "2").hover()
    assert formula(page) == "regionQ∂E/∂o[2]=1·1+0·(−1)+(−2)·2=−3"
    assert marked(page, "delta", "data-lit") == ["0", "1"]
    cell(page, "input-gradient", "5").click()
    assert "nowindowreachesthisinput" in formula(page)
    page.get_by_role("combobox", name="stride").select_option("1")
    assert zeros(page).count() == 4
    assert marked(page, "input-gradient", "data-unread") == []
    assert len(texts(page, "delta")) == 4
    page.get_by_role("button", name="Reset").click()
    assert texts(page, "input-gradient") == ["2", "-1", "-3", "2", "-2", "0"]
    cell(page, "delta", "0").focus()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    assert texts(page, "input-gradient") == ["6", "-3", "-1", "2", "-2", "0"]


def test_one_layer_in_three_passes(show):
    page = show(LinkedGrids("stride-backward", **PADDED))
    assert len(zeros(page, "input-gradient").all()) == 7 * 8 - 30
    assert shown(page) == ["delta", "kernel", "input-gradient"]
    box = page.locator(".window").bounding_box()
    page.get_by_label("pass").focus()
    page.get_by_label("pass").select_option("weights")
    assert shown(page) == ["input", "delta", "weight-gradient"]
    expected = LinkedGrids("stride-backward", **PADDED)
    wanted = [str(int(g)) for g in expected.weight_gradient.ravel()]
    assert texts(page, "weight-gradient") == wanted
    page.get_by_label("pass").select_option("forward")
    assert shown(page) == ["input", "kernel", "output"]
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    assert texts(page, "output") == [str(int(x)) for x in expected.output.ravel()]
    assert box != page.locator(".window").bounding_box()
    page.get_by_role("combobox", name="padding").select_option("0")
    assert texts(page, "output") == ["4", "6", "6", "5"]
    assert marked(page, "input", "data-unread")[0] == "0,5"
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="stride").select_option("4")
    page.get_by_role("combobox", name="dilation").select_option("2")
    assert len(texts(page, "output")) == 1


def test_a_dropped_stride_is_named_and_nothing_is_told_before(show):
    page = show(LinkedGrids("stride-backward", **SIGNAL, masked="input-gradient"))
    assert texts(page, "input-gradient") == ["?"] * 6
    assert marked(page, "input-gradient", "data-unread") == []
    assert "never read" not in page.locator('[data-part="key"]').inner_text()
    hint = page.locator('[data-part="hint"]')
    for index, typed, said in [("1", "-5", "side by side"), ("5", "0", "Yes")]:
        cell(page, "input-gradient", index).click()
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        assert said in hint.inner_text()
    assert marked(page, "input-gradient", "data-unread") == ["5"]
    assert "never read" in page.locator('[data-part="key"]').inner_text()


def test_the_map_of_q_is_a_checkerboard_under_a_stride(show):
    sizes = {"input": np.ones((5, 7)), "kernel": np.ones((3, 3)), "stride": 2}
    page = show(LinkedGrids("region-q-size", **sizes, controls=["stride", "step", "size"]))
    assert texts(page, "input")[14:21] == ["2", "2", "4", "2", "4", "2", "2"]
    page.get_by_role("combobox", name="stride").select_option("1")
    assert texts(page, "input")[14:21] == ["3", "6", "9", "9", "9", "6", "3"]


@pytest.mark.parametrize("dark", [False, True])
def test_nothing_serious_stands_in_anyones_way(show, dark):
    widgets = every_picture()
    for widget in widgets[::2]:
        widget.lecture = True
    page = show(*widgets, dark=dark)
    assert in_the_way(page) == []


@pytest.mark.parametrize("width", [380, 760, 1280])
def test_nothing_is_cut_off(show, width):
    page = show(*every_picture(), width=width, height=900)
    page.wait_for_function(WHOLE, timeout=5_000)
    heights = page.locator(".linked-grids").evaluate_all("r => r.map(n => n.offsetHeight)")
    assert max(heights) <= (600 if width > 700 else 1100)


def test_a_narrower_window_leaves_no_scroll_bar_behind(show):
    page = show(*every_picture(), width=1280, height=900)
    page.wait_for_timeout(400)  # the first picture has settled: what moves now is animated
    page.set_viewport_size({"width": 380, "height": 900})
    page.wait_for_timeout(600)
    assert page.evaluate(WHOLE)


def test_the_padded_plane_is_read_from_the_last_row_and_fits_on_a_projector(show):
    widget = LinkedGrids("stride-backward", **PADDED, position=8, lecture=True)
    page = show(widget, width=1280, height=720)
    sizes = "cells => cells.map(cell => parseFloat(getComputedStyle(cell).fontSize))"
    assert min(page.locator("[data-of] .cell").evaluate_all(sizes)) >= 20  # pixels
    small = """cells => cells.map(cell => Math.min(
        parseFloat(getComputedStyle(cell, "::after").fontSize),
        parseFloat(getComputedStyle(cell.querySelector(".number")).fontSize)))"""
    assert min(page.locator("[data-badge]").evaluate_all(small)) >= 14
    assert page.locator("[data-cnnlib]").evaluate("root => root.offsetHeight") <= 720
