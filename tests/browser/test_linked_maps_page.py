"""Connections, two layers and a photograph, each in a page of its own."""

import re
import statistics

import numpy as np
import pytest
from seen import in_the_way, lit

from cnnlib import data
from cnnlib.widgets import LinkedGrids

EDGE = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
FRAME = 1000 / 60

PAINTED = """async ([targets, act]) => {
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  }));
  const times = [];
  for (let n = 0; n < 60; n++) {
    await painted();
    await painted();
    const begun = performance.now();
    if (act === "edit") {
      const select = document.querySelector("header select");
      select.selectedIndex = n % 6;
      select.dispatchEvent(new Event("change"));
    } else {
      const target = document.querySelector(`[data-trace=${targets[n % targets.length]}]`);
      const box = target.getBoundingClientRect();
      const clientX = box.left + ((n * 37) % 97) / 97 * box.width;
      const clientY = box.top + ((n * 61) % 89) / 89 * box.height;
      const moved = { bubbles: true, pointerType: "mouse", clientX, clientY };
      target.dispatchEvent(new PointerEvent("pointermove", moved));
    }
    times.push(await painted() - begun);
  }
  return times;
}"""


def sharing(**settings):
    return LinkedGrids("sharing", input=np.zeros((5, 6)), kernel=np.zeros((2, 3)), **settings)


def two_layers(**settings):
    return LinkedGrids("two-layers", input=np.zeros((4, 4)), kernel=np.ones((2, 2)), **settings)


def photograph(**settings):
    return LinkedGrids("photograph", input=data.photograph(), kernel=EDGE, **settings)


def formula(page):
    return re.sub(r"\s+", " ", page.locator('[data-part="formula"]').inner_text())


def texts(page, grid):
    return page.locator(f'[data-grid="{grid}"]').all_inner_texts()


def test_the_switch_counts_connections_and_weights(show):
    page = show(sharing(connections="dense"))
    said = page.locator('[data-part="counts"] b')
    select = page.get_by_role("combobox", name="connections")
    for kind, counts in {
        "dense": ["480", "480"],
        "local": ["96", "96"],
        "shared": ["480", "72"],
        "both": ["96", "6"],
    }.items():
        select.select_option(kind)
        assert said.all_inner_texts() == counts


def test_pointing_lights_a_row_a_column_or_all_squares_of_a_weight(show):
    page = show(sharing())
    page.locator('[data-grid="output"][data-index="1,1"]').hover()
    assert lit(page, "input") == ["1,1", "1,2", "1,3", "2,1", "2,2", "2,3"]
    assert lit(page, "connections") == ["5,7", "5,8", "5,9", "5,13", "5,14", "5,15"]
    assert "with the same 6 weights as every other output" in formula(page)
    page.locator('[data-grid="input"][data-index="0,0"]').hover()
    assert lit(page, "connections") == ["0,0"]
    page.locator('[data-grid="connections"][data-index="5,7"]').hover()
    assert len(lit(page, "connections")) == 16
    assert lit(page, "input") == ["1,1"]
    assert "weight a joins o[1,1] to x[1,1]; it is used 16 times" in formula(page)
    page.locator('[data-grid="connections"][data-index="5,0"]').hover()
    assert "no connection" in formula(page)


def test_paths_through_two_layers_stand_in_the_cells(show):
    page = show(two_layers())
    page.locator('[data-grid="output"][data-index="0,0"]').hover()
    assert texts(page, "input") == ["1", "2", "1", "", "2", "4", "2", "", "1", "2", "1", *[""] * 5]
    assert "9 inputs, by 16 paths" in formula(page)
    page.locator('[data-grid="input"][data-index="1,1"]').hover()
    assert texts(page, "output") == ["4", "2", "2", "1"]
    page.locator('[data-grid="hidden"][data-index="0,0"]').hover()
    assert lit(page, "input") == ["0,0", "0,1", "1,0", "1,1"]
    assert lit(page, "output") == ["0,0"]


def test_another_kernel_size_gives_other_layers(show):
    page = show(two_layers())
    page.get_by_role("combobox", name="kernel size").select_option("1 × 1")
    assert len(texts(page, "hidden")) == 16
    page.get_by_role("button", name="Reset").click()
    assert len(texts(page, "hidden")) == 9


def test_the_photograph_follows_its_kernel(show):
    page = show(photograph())
    greys = "() => [...document.querySelectorAll('canvas')].map(c => c.toDataURL())"
    before = page.evaluate(greys)
    assert page.get_by_role("combobox", name="kernel").input_value() == "upright edges"
    page.locator('[data-grid="kernel"][data-index="1,1"]').dblclick()
    page.keyboard.type("-3")
    page.keyboard.press("Enter")
    after = page.evaluate(greys)
    assert after[0] == before[0]
    assert after[1] != before[1]
    assert page.get_by_role("combobox", name="kernel").input_value() == "your own"


def test_the_loupe_shows_the_numbers_that_the_formula_multiplies(show):
    widget = photograph()
    page = show(widget)
    page.locator("[data-trace=output]").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    seen = page.locator('[data-part="loupe"] .cell').all_inner_texts()
    np.testing.assert_allclose(
        np.array(seen, float).reshape(3, 3), widget.input[3:6, :3], rtol=0, atol=0.0051
    )
    assert "x[3,0]" in formula(page)
    assert "row 3 column 0" in page.locator("[data-trace=output]").get_attribute("aria-valuetext")


@pytest.mark.parametrize("dark", [False, True])
def test_nothing_serious_stands_in_anyones_way(show, dark):
    page = show(sharing(), two_layers(), photograph(lecture=True), dark=dark)
    assert in_the_way(page) == []


@pytest.mark.parametrize("act", ["point", "edit"])
def test_how_soon_a_photograph_is_painted_is_printed(show, act, capsys):
    page = show(photograph())
    times = sorted(page.evaluate(PAINTED, [["output", "input"], act]))
    median, late = statistics.median(times), times[53]
    with capsys.disabled():
        print(f"\n96x96 photograph, {act} to paint: median {median:.1f} ms, p90 {late:.1f} ms")
    assert median < 30 * FRAME  # hung, not slow: how fast is for a reader of the printout
