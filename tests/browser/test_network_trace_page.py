"""One picture through a whole network, each in a page of its own."""

import re

import numpy as np
import pytest
from seen import in_the_way

from cnnlib import data, ops
from cnnlib import network as n
from cnnlib.widgets import NetworkTrace


@pytest.fixture(scope="module")
def digits():
    images, labels = data.digits()[1]
    return images[:4], labels[:4]


@pytest.fixture
def trace(digits):
    def make(**settings):
        return NetworkTrace(n.small_cnn(seed=2), *digits, **settings)

    return make


def cell(page, grid, index, plane=None):
    where = f'[data-grid="{grid}"][data-index="{index}"]'
    return page.locator(where if plane is None else f'{where}[data-map="{plane}"]')


def lit(page, grid, plane=None, attribute="data-lit"):
    where = f'[data-grid="{grid}"][{attribute}]'
    cells = page.locator(where if plane is None else f'{where}[data-map="{plane}"]')
    return cells.evaluate_all("cells => cells.map(cell => cell.dataset.index)")


def said(page, part):
    text = page.locator(f'[data-part="{part}"]').first.inner_text()
    return re.sub(r"\s+", " ", text).replace("\u2212", "-")


def test_a_pixel_is_followed_through_every_layer_to_the_error(show, trace, digits):
    widget = trace(reading="backward")
    page = show(widget)
    cell(page, "input", "3,4").hover()
    assert lit(page, "conv1", 5) == [f"{i},{j}" for i in (2, 3, 4) for j in (3, 4, 5)]
    assert lit(page, "pool1", 0) == ["1,1", "1,2", "2,1", "2,2"]
    assert len(lit(page, "conv2", 0)) == 16
    assert page.locator('[data-lit="region-q"]').count() == page.locator("[data-lit]").count() - 1
    made = widget.network.forward(digits[0][:1])
    winners = set(made.winners["pool1"][0, 3].ravel())
    positive = made["conv1"][0, 3].ravel() > 0
    routed = [k for k in winners if positive[k]]
    opened = lit(page, "relu1", 3, "data-open")
    assert set(opened) <= set(lit(page, "relu1", 3))
    reached = [8 * i + j for i in (2, 3, 4) for j in (3, 4, 5)]
    assert lit(page, "pool1", 3, "data-open") == sorted(
        {f"{k // 16},{k % 8 // 2}" for k in reached if k in routed}
    )
    _, dloss = ops.softmax_cross_entropy(made.scores, digits[1][:1])
    delta = widget.network.backward(made, dloss).delta["input"][0, 0, 3, 4]
    shown = float(said(page, "formula").rpartition("=")[2])
    assert shown == pytest.approx(delta, abs=0.003)
    parts = page.locator("button.part").all_inner_texts()
    terms = [round(float(part.split()[-1].replace("\u2212", "-")) * 1e4) for part in parts]
    assert sum(terms) == round(shown * 1e4)
    assert "103,680 paths lead from input[0,3,4] to E" in said(page, "path")
    assert page.locator(".strongest").count() == 7


def test_an_activation_says_what_it_saw_and_which_weights_it_used(show, trace):
    page = show(trace())
    cell(page, "conv2", "1,2", 7).click()
    assert lit(page, "pool1", 3) == [f"{i},{j}" for i in (0, 1, 2) for j in (1, 2, 3)]
    assert len(lit(page, "input")) == 49
    page.get_by_role("button", name="map 2").click()
    weights = page.locator('[data-grid="conv2.w"][data-map="7,2"]')
    assert weights.count() == 9
    weights.nth(4).hover()
    assert said(page, "formula").startswith("forward conv2.w[7,2,1,1] = used by 16 outputs")
    assert len(lit(page, "conv2", 7)) == len(lit(page, "pool1", 2)) == 16
    page.get_by_label("show").select_option("backward")
    weights = page.locator('[data-grid="conv2.w"]')
    weights.first.click()
    assert said(page, "formula").startswith("backward ∂E/∂conv2.w[")


def test_the_mask_and_the_route_are_told_in_words(show, trace, digits):
    widget = trace(reading="backward")
    page = show(widget)
    made = widget.network.forward(digits[0][:1])
    shut = int(np.argmin(made["conv1"][0, 2]))
    lost = min(set(range(64)) - set(made.winners["pool1"][0, 2].ravel()))
    cell(page, "conv1", f"{shut // 8},{shut % 8}", 2).hover()
    assert "the mask is shut = 0.0000" in said(page, "formula")
    assert "0 open. Nothing comes back." in said(page, "path")
    cell(page, "relu1", f"{lost // 8},{lost % 8}", 2).hover()
    assert "it did not win in pool1[2," in said(page, "formula")
    cell(page, "dense1", digits[1][0]).hover()
    assert "- 1, the class of E" in said(page, "formula")


def test_keys_walk_across_maps_and_step_through_the_layers(show, trace):
    page = show(trace(), trace())
    press = page.keyboard.press
    page.locator('[data-grid="conv1"][tabindex="0"]').first.focus()
    for key in ["ArrowRight"] * 8 + ["ArrowDown"] * 8:
        press(key)
    here = "[document.activeElement.dataset.map, document.activeElement.dataset.index]"
    assert page.evaluate(here) == ["3", "0,0"]
    press("PageDown")
    assert page.evaluate(here) == ["4", "0,0"]
    root = page.locator('[data-cnnlib="network-trace"]').first
    root.get_by_role("button", name="To the first").click()
    assert root.locator("[data-ahead]").count() == 8
    assert "not computed yet" in said(page, "formula")
    root.get_by_role("button", name="Next step").click()
    root.locator('[data-grid="conv1"][tabindex="0"]').press(" ")
    assert root.locator("[data-ahead]").count() == 6
    root.get_by_label("show").select_option("backward")
    assert root.locator("[data-ahead]").count() == 0
    root.get_by_role("combobox", name="picture").select_option("2")
    root.get_by_label("E at").select_option("7")
    assert "ln p[7]" in said(page, "error")
    assert page.locator('[data-cnnlib="network-trace"]').last.locator("[data-ahead]").count() == 0


def test_two_views_stay_in_step_and_nobody_listens_after_closing(show, trace):
    widget = trace()
    page = show(widget, widget)
    first, second = page.locator('[data-cnnlib="network-trace"]').all()
    first.locator('[data-grid="pool2"]').nth(5).click()
    first.get_by_label("show").select_option("backward")
    page.mouse.move(0, 0)
    page.wait_for_timeout(100)
    assert second.locator('[data-lit="picked"]').get_attribute("data-grid") == "pool2"
    assert second.get_attribute("data-reading") == "backward"
    page.evaluate("window.cnnlib.close()")
    assert page.evaluate("[...window.cnnlib.models.values()][0].audience") == 0
    assert page.locator('[data-cnnlib="network-trace"]').count() == 0


@pytest.mark.parametrize(
    ("width", "height", "dark", "lecture"),
    [(1280, 720, False, True), (1300, 900, True, False), (760, 1100, False, False)],
)
def test_it_fits_the_screen_and_axe_finds_nothing_serious(
    show, trace, width, height, dark, lecture
):
    widget = trace(reading="backward", lecture=lecture, selected=["pool1", 40])
    page = show(widget, width=width, height=height, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    box = page.locator('[data-cnnlib="network-trace"]').bounding_box()
    assert box["y"] + box["height"] <= height
    over = page.locator(".stage").evaluate("stage => stage.scrollWidth - stage.clientWidth")
    assert over <= 0
    assert in_the_way(page, "[data-model]") == []


def test_a_narrow_page_scrolls_inside_the_widget_and_odd_networks_are_drawn(show):
    rng = np.random.default_rng(1)
    tiny = n.Network([n.Flatten(), n.Dense(1, 2)], input_shape=(1, 1, 1))
    wide = n.Network(
        [
            *(n.Conv(2, 3, (1, 2), stride=2, padding=1), n.Tanh(), n.AvgPool(2, stride=1)),
            *(n.Flatten(), n.Dense(12, 4), n.Sigmoid(), n.Dense(4, 3)),
        ],
        input_shape=(2, 1, 9),
    )
    wide.parameters = {k: 1e3 * a for k, a in wide.parameters.items()}
    shown = [
        NetworkTrace(tiny, [[[[0.0]]]], title="<script>alert(1)</script>"),
        NetworkTrace(wide, rng.normal(size=(2, 2, 1, 9)), [0, 2], reading="backward"),
    ]
    page = show(*shown, width=380, height=900)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for root in page.locator('[data-cnnlib="network-trace"]').all():
        for target in root.locator('[tabindex="0"][data-grid]').all():
            target.focus()
            page.keyboard.press("End")
            page.keyboard.press("ArrowLeft")
            text = root.locator('[data-part="formula"]').inner_text()
            assert re.search(r"\d", text)
            assert not re.search("NaN|undefined", text)


@pytest.mark.parametrize("width", [760, 1000, 1300])
def test_outlines_of_the_first_cells_of_a_line_are_not_cut_off(show, trace, width):
    page = show(trace(), width=width)
    cell(page, "input", "3,4").click()
    room = page.locator(".stage").evaluate(
        "stage => Math.min(...[...stage.querySelectorAll('.cell')]"
        ".map(cell => cell.getBoundingClientRect().left - stage.getBoundingClientRect().left))"
    )
    assert room >= 3  # a picked cell's outline
    wide = page.locator(".stage").evaluate("stage => stage.scrollWidth - stage.clientWidth")
    assert wide <= 0
