"""DepthPlot on a page of its own: settings, pointing, keys, and how it looks."""

import pytest
from seen import in_the_way

from cnnlib.widgets import DepthPlot


def said(page, part="verdict"):
    return page.locator(f'[data-part="{part}"]').first.inner_text()


def layer(page, number):
    return page.locator(f'[data-grid="delta"][data-index="{number}"]').first


def test_settings_change_the_bars_at_once_and_reset_brings_them_back(show):
    page = show(DepthPlot())
    assert "2.8 · 10⁻⁷" in said(page)
    height = layer(page, 1).locator(".bar").evaluate("bar => bar.style.height")
    page.get_by_role("combobox", name="f", exact=True).select_option("relu")
    assert said(page) == "The first layer gets all of what came in at the top."
    page.get_by_role("combobox", name="weights", exact=True).select_option("he")
    first = said(page)
    page.get_by_role("button", name="New weights").click()
    assert said(page) != first
    page.get_by_role("slider", name="bias").fill("-2")
    assert "are dead" in said(page)
    assert page.locator("[data-dead]").count() > 0
    page.get_by_role("slider", name="layers").fill("24")
    assert page.locator('[data-grid="delta"]').count() == 24
    page.get_by_role("slider", name="all weights ×").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("[...cnnlib.models.values()][0].get('gain')") == 1.05
    page.get_by_role("button", name="Reset").click()
    assert "2.8 · 10⁻⁷" in said(page)
    assert layer(page, 1).locator(".bar").evaluate("bar => bar.style.height") == height


def test_a_layer_says_what_its_weights_and_its_slope_did(show):
    plot = DepthPlot(initialisation="xavier", depth=6)
    page = show(plot, plot)
    size, weights, slope = (numbers[2] for numbers in plot.measured[:3])
    layer(page, 3).hover()
    text = said(page, "formula")
    assert text.startswith("Layer 3: ")
    assert f"from layer 4, × {round(weights, 2):g} through its weights" in text
    assert f"× {round(slope, 2):g} through f′" in text
    assert size < 0.01
    assert layer(page, 3).get_attribute("data-lit") == "delta"
    layer(page, 6).focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.dataset.index") == "1"
    page.keyboard.press("End")
    assert said(page, "formula").startswith("Layer 6: ")
    page.get_by_role("combobox", name="f", exact=True).first.select_option("tanh")
    page.wait_for_timeout(60)
    verdicts = page.locator('[data-part="verdict"]').all_inner_texts()
    assert verdicts[0] == verdicts[1]
    page.evaluate("cnnlib.close()")
    assert page.evaluate("[...cnnlib.models.values()][0].audience") == 0


@pytest.mark.parametrize(
    ("width", "dark", "lecture"), [(380, False, False), (760, True, False), (1280, False, True)]
)
def test_it_fits_and_nothing_serious_stands_in_anyones_way(show, width, dark, lecture):
    dead = DepthPlot(activation="relu", initialisation="he", bias=-1.0, lecture=lecture)
    page = show(DepthPlot(lecture=lecture), dead, dark=dark, width=width, height=720)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if lecture:
        assert page.locator('[data-cnnlib="depth-plot"]').first.bounding_box()["height"] <= 720
    assert in_the_way(page) == []
