"""A board on a page of its own, from its saved state: all but training works without a kernel."""

import pytest
from seen import in_the_way

from cnnlib import data
from cnnlib.network import small_cnn
from cnnlib.widgets import TrainingBoard


@pytest.fixture(scope="module")
def boards():
    """One that has finished, one that waits, one that has failed."""
    (images, labels), test = data.digits()
    some = (small_cnn(), images[:300], labels[:300])
    finished = TrainingBoard(*some, test=test, epochs=4, rate=0.1, title="<b>Digits</b>")
    failed = TrainingBoard(*some, test=test, epochs=1, rate=1e30)
    finished.run()
    failed.run()
    return finished, TrainingBoard(*some, test=test), failed


def part(page, name):
    return page.locator(f'[data-part="{name}"]').first


def test_a_finished_board_is_read_without_a_kernel(show, boards):
    finished, *_ = boards
    page = show(finished)
    assert page.locator(".board .title").inner_text() == "<b>Digits</b>"
    assert page.get_by_role("button", name="Start").count() == 0
    assert part(page, "progress").inner_text() == "finished · epoch 4 of 4, step 20 of 20"
    assert "after epoch 4" in part(page, "readout").inner_text()
    slider = page.get_by_label("moment of the run")
    assert slider.get_attribute("max") == str(len(finished.frames) - 1)
    slider.focus()
    page.keyboard.press("Home")
    assert part(page, "readout").inner_text().startswith("before training · test: loss 2.3")
    first = part(page, "read").inner_text()
    page.keyboard.press("End")
    assert part(page, "read").inner_text() != first
    page.get_by_role("button", name="digit 7").click()
    assert page.get_by_role("button", name="digit 7").get_attribute("aria-pressed") == "true"
    shares = finished.frames[-1]["probabilities"][7]
    assert f"read as {shares.index(max(shares))} with {max(shares):.0%}" in part(
        page, "read"
    ).inner_text().replace(" %", "%")


def test_pointing_at_a_chart_shows_that_moment_and_at_a_weight_its_gradient(show, boards):
    finished, *_ = boards
    page = show(finished)
    box = page.locator(".chart svg").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.36, box["y"] + box["height"] / 2)
    page.wait_for_function(
        "document.querySelector('[data-part=readout]').value.startsWith('after epoch 1')"
    )
    page.mouse.move(0, 0)
    page.wait_for_function(
        "document.querySelector('[data-part=readout]').value.startsWith('after epoch 4')"
    )
    kernels = page.get_by_role("slider", name="conv2: kernels")
    kernels.focus()
    for key in ("PageDown", "ArrowRight"):
        page.keyboard.press(key)
    words = part(page, "words").inner_text()
    assert words.startswith("conv2: weight [0,1] of filter 1, channel 0 is about")
    assert "its gradient about" in words
    assert kernels.get_attribute("aria-valuetext") == words
    gradients = page.get_by_role("slider", name="conv2: gradients of the kernels")
    assert gradients.get_attribute("data-picked") == "10"
    assert page.locator('[data-layer="conv2"] [data-filter="1"]').count() == 1
    page.get_by_role("slider", name="conv1: feature maps").hover()
    assert part(page, "words").inner_text().startswith("relu1: map")


def test_the_results_are_a_table_and_pictures(show, boards):
    finished, waiting, _ = boards
    page = show(finished)
    rows = page.locator(".confusion tbody tr")
    told = [
        [int(text.replace("·", "0")) for text in row.locator("td").all_inner_texts()]
        for row in rows.all()
    ]
    assert told == finished.results["confusion"]
    assert page.locator(".mistakes figure").count() == len(finished.results["worst"])
    assert f"{finished.results['misread']} of 360" in part(page, "verdict").inner_text()
    page = show(waiting)
    assert part(page, "readout").inner_text().startswith("before training")


def test_a_failed_run_says_why_and_odd_states_do_no_harm(show, boards):
    *_, failed = boards
    page = show(failed)
    assert "try a smaller rate" in part(page, "message").inner_text()
    model = "[...window.cnnlib.models.values()][0]"
    for change in (
        "m.set('digit', 99)",
        "m.set('position', 77)",
        "m.set('frames', [])",
        "m.set('state', 'dreaming')",
        "m.set('results', {})",
    ):
        page.evaluate(f"(() => {{ const m = {model}; {change}; m.save_changes(); }})()")
    page.wait_for_timeout(60)
    assert page.locator("canvas.sheet").count() == 6
    assert page.evaluate(f"(window.cnnlib.close(), {model}.audience)") == 0
    assert page.locator("[data-cnnlib]").count() == 0


@pytest.mark.parametrize(("dark", "lecture", "width"), [(False, False, 380), (True, True, 1280)])
def test_nothing_stands_in_anyones_way(show, boards, dark, lecture, width):
    for board in boards:
        board.lecture = lecture
    page = show(*boards, dark=dark, width=width, height=720)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for name in ("Kernels and maps", "Mistakes") if lecture else ("",):
        if lecture:
            page.get_by_role("button", name=name).first.click()
            assert page.locator(".board").first.bounding_box()["height"] < 720
        assert in_the_way(page) == []
    for board in boards:
        board.lecture = False


def test_large_its_charts_and_its_plates_stand_side_by_side_where_jupyterlab_is_1280_wide(
    show, boards
):
    finished, *_ = boards
    finished.lecture = True
    page = show(finished, width=1060, height=720)
    finished.lecture = False
    tops = "all => new Set(all.map(one => Math.round(one.getBoundingClientRect().top))).size"
    assert page.locator(".chart svg").evaluate_all(tops) == 1
    page.get_by_role("button", name="Kernels and maps").click()
    assert page.locator(".plate-figure").count() == 6
    assert page.locator(".plate-figure").evaluate_all(tops) == 2
