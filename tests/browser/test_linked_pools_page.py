"""Pools in a page of their own: winners, ties, overlap, and the way back."""

import numpy as np
import pytest
from playwright.sync_api import expect
from seen import MINUS, cell, formula, in_the_way

from cnnlib.examples import one_d, tall, two_d
from cnnlib.widgets import LinkedGrids

SIGNAL = {"input": one_d.o, "size": 3, "stride": 1, "delta": one_d.delta}
MAP = {"input": two_d.o, "size": 2, "delta": [[1, -2], [3, 1]]}


def pool(given=MAP, **settings):
    return LinkedGrids("pool", **{**given, **settings})


def every_picture():
    overlap = {"input": two_d.o, "size": 2, "stride": 1, "delta": two_d.delta}
    wide = {"input": tall.o, "size": 2, "stride": 1, "delta": np.arange(20).reshape(4, 5) - 8}
    return [
        pool(SIGNAL, position=1),
        pool(MAP, position=2),
        pool(overlap, kind="average", position=4),
        pool(wide, position=9),
        pool({"input": [3, 4, 0, 0], "size": 4, "delta": [10]}, kind="l2"),
        pool(MAP, direction="forward", position=1),
        pool(SIGNAL, masked="input-gradient"),
    ]


def having(page, grid, mark):
    cells = page.locator(f'[data-grid="{grid}"][{mark}]')
    return cells.evaluate_all("cells => cells.map(cell => cell.dataset.index)")


def texts(page, grid):
    found = page.locator(f'[data-grid="{grid}"] .number').all_inner_texts()
    return " ".join(found).replace(MINUS, "-")


def test_windows_send_their_gradient_one_after_the_other_and_it_adds_up(show):
    page = show(pool(SIGNAL))
    assert having(page, "input", "data-wins") == ["1", "4"]
    assert cell(page, "input", "1").get_attribute("data-wins") == "2"
    assert texts(page, "input-gradient") == "0 1 0 0 0 0"
    page.get_by_role("button", name="Next step").click()
    assert texts(page, "input-gradient") == "0 -1 0 0 0 0"
    assert having(page, "input", "data-lit") == ["1", "2", "3"]
    assert cell(page, "input-gradient", "1").get_attribute("data-stamp") == f"{MINUS}2"
    assert having(page, "input-gradient", "data-stamp") == ["1"]
    page.get_by_role("button", name="To the last").click()
    assert texts(page, "input-gradient") == "0 -1 0 0 3 0"
    assert formula(page).endswith(":3·1too[4]")
    cell(page, "input-gradient", "1").hover()
    assert formula(page).endswith(f"1·1+({MINUS}2)·1={MINUS}1")
    assert having(page, "delta", "data-lit") == ["0", "1"]
    assert "7" in page.locator('[data-part="total"]').inner_text()
    assert "one number" in page.locator('[data-part="total"]').inner_text()


def test_a_tie_is_marked_and_window_stride_and_kind_change_in_place(show):
    page = show(pool(MAP, position=3))
    assert having(page, "input", "data-ties") == ["1,3"]
    assert "ties, not the first" in cell(page, "input", "1,3").get_attribute("aria-label")
    cell(page, "output", "0,1").hover()
    assert "thefirstof2thattie" in formula(page)
    page.mouse.move(0, 0)
    page.get_by_label("stride").select_option("1")
    assert len(having(page, "output", "data-index")) == 9
    assert cell(page, "input", "1,0").get_attribute("data-wins") == "2"
    page.get_by_label("stride").select_option("2")
    page.get_by_role("combobox", name="pool").select_option("average")
    page.get_by_role("button", name="To the last").click()
    assert texts(page, "input-gradient").startswith("0.25 0.25 -0.5 -0.5 0.25 0.25")
    assert having(page, "input", "data-wins") == []
    page.get_by_label("window").select_option("3")
    assert texts(page, "output") == "1.11"
    assert having(page, "input", "data-unused")[:3] == ["0,3", "1,3", "2,3"]
    page.get_by_label("direction").focus()
    page.get_by_label("direction").select_option("forward")
    assert page.locator('[data-grid="delta"]').count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.get_by_role("button", name="Reset").click()
    assert texts(page, "output") == "3 2 2 3"
    assert texts(page, "delta") == "1 -2 3 1"


def test_keys_edit_step_and_move_and_two_views_stay_in_step(show):
    widget = pool(SIGNAL)
    page = show(widget, widget)
    first, second = page.locator('[data-cnnlib="linked-grids"]').all()
    first.locator('[data-grid="input"][data-index="0"]').focus()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(second.locator('[data-grid="output"][data-index="0"]')).to_have_text("5")  # a frame on
    assert cell(second, "input", "0").get_attribute("data-wins") == "1"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.index") == "1"
    page.keyboard.press("Escape")
    first.locator("[type=range]").press("End")
    sent = second.locator('[data-grid="input-gradient"] .number')
    expect(sent).to_have_text(["1", f"{MINUS}2", "0", "0", "3", "0"])


def test_a_prediction_gives_nothing_away_and_a_wrong_one_is_named(show):
    page = show(pool(SIGNAL, masked="input-gradient"))
    assert having(page, "input", "data-wins") == []
    assert page.locator("[data-badge]").count() == 0
    assert page.locator('[data-part="total"]').count() == 0
    for index, typed, said in (
        ("1", "-2", "wins more than one window"),
        ("4", "9", "the factor is 1"),
        ("0", "-2", "place in the map"),
        ("1", "-1", "Yes: ∂E/∂o[1]"),
    ):
        cell(page, "input-gradient", index).click()
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        assert said in page.locator('[data-part="hint"]').inner_text()
    page.get_by_role("button", name="Reveal all").click()
    assert texts(page, "input-gradient") == "0 -1 0 0 3 0"
    assert having(page, "input", "data-wins") == ["1", "4"]
    page.get_by_label("direction").select_option("forward")
    assert texts(page, "output") == "2 2 3 3"


@pytest.mark.parametrize(
    ("control", "other"), [("stride", "2"), ("window", "2"), ("pool", "average")]
)
def test_what_was_found_out_is_forgotten_with_its_windows(show, control, other):
    widget = pool(SIGNAL, masked="input-gradient", revealed=[0])
    page = show(widget)
    for index, typed in (("1", "-1"), ("4", "9")):
        cell(page, "input-gradient", index).click()
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    cell(page, "input-gradient", "5").click()
    page.get_by_role("button", name="Reveal this one").click()
    assert having(page, "input-gradient", "data-masked") == ["2", "3", "4"]
    page.get_by_role("combobox", name=control).select_option(other)
    assert having(page, "input-gradient", "data-masked") == ["1", "2", "3", "4", "5"]
    assert having(page, "input-gradient", "data-guess") == []
    assert page.locator(".score").inner_text() == ""
    assert page.locator('[data-part="hint"]').inner_text().strip() == ""


def test_a_state_that_does_not_fit_says_so_and_the_next_one_is_drawn(show):
    page = show(pool(SIGNAL))
    change = "size => [...window.cnnlib.models.values()][0].set('size', size)"
    page.evaluate(change, 9)
    page.wait_for_selector(".trouble")
    assert "window does not fit" in page.locator(".trouble").inner_text()
    page.evaluate(change, 3)
    page.wait_for_selector('[data-grid="output"]')


@pytest.mark.parametrize(("dark", "lecture"), [(False, False), (True, True)])
def test_nothing_serious_stands_in_anyones_way(show, dark, lecture):
    widgets = [every_picture()[number] for number in (1, 2, 6)]
    for widget in widgets:
        widget.lecture = lecture
    page = show(*widgets, dark=dark)
    assert in_the_way(page) == []


def test_nothing_is_cut_off_and_two_thirds_of_the_screen_are_enough(show):
    page = show(*every_picture(), width=1280, height=900, reduced_motion="reduce")
    over = "[...document.querySelectorAll('.stage')].every(s => s.scrollWidth <= s.clientWidth)"
    for width in (1280, 760, 380):
        page.set_viewport_size({"width": width, "height": 900})
        if width > 380:  # a grid of 11 columns and more scrolls on a phone
            page.wait_for_function(over)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        roots = page.locator("[data-cnnlib]")
        heights = roots.evaluate_all("all => all.map(root => root.offsetHeight)")
        assert width < 1280 or max(heights) <= 600, heights
