"""Stills of lessons 10, 11 and 13, for readers of pages that run nothing.

Made here as build/screenshots/NAME.png, copied to figures/ by hand when a widget has changed.
"""

import re
from io import BytesIO

import numpy as np
import pytest
from jupyter_lab import SCREENSHOTS
from PIL import Image

from cnnlib import data, network, training
from cnnlib.widgets import DepthPlot, NetworkTrace, SketchPad, TrainingBoard

WIDE = 1000  # pixels of the window
LARGEST = 100_000  # bytes
STILLS = {
    "screenshot_training_board": "10_train_a_cnn",
    "screenshot_sketch_pad": "10_train_a_cnn",
    "screenshot_network_trace": "11_trace_one_number",
    "screenshot_depth_plot": "13_keep_gradients_alive",
}
SEVEN = [(0.25, 0.2), (0.75, 0.2), (0.5, 0.85)]


@pytest.mark.parametrize(("still", "lesson"), STILLS.items())
def test_a_still_is_small_and_stands_in_its_lesson_in_words_too(root, still, lesson):
    path = root / "figures" / f"{still}.png"
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.stat().st_size < LARGEST
    text = (root / "notebooks" / "src" / f"{lesson}.py").read_text(encoding="utf-8")
    ((alt,),) = [re.findall(rf"!\[(.+?)\]\(\.\./figures/{still}\.png\)", text)]
    assert 80 < len(alt) < 400


@pytest.fixture(scope="module")
def learned():
    """Lesson 10's network when its board has run, and the board."""
    (images, labels), test = data.digits()
    small = network.small_cnn(seed=0)
    board = TrainingBoard(small, images, labels, test=test, epochs=25, title="Digits")
    board.run()
    return small, board


def keep(page, still):
    """Save the widget in 256 colours: a third of the bytes, and nobody sees it."""
    page.wait_for_timeout(300)
    taken = Image.open(BytesIO(page.locator("[data-cnnlib]").screenshot()))
    path = SCREENSHOTS / f"{still}.png"
    taken.convert("RGB").quantize(256).save(path, optimize=True)
    assert path.stat().st_size < LARGEST


@pytest.mark.soak
def test_stills_of_lesson_10(show, learned):
    small, board = learned
    keep(show(board, width=WIDE), "screenshot_training_board")
    page = show(SketchPad(small), width=WIDE)
    box = page.locator("[data-part=pad]").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in SEVEN]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=6)
    page.mouse.up()
    page.locator("[data-part=verdict]").get_by_text("It reads 7").wait_for()
    keep(page, "screenshot_sketch_pad")


@pytest.mark.soak
def test_stills_of_lessons_11_and_13(show):
    (images, labels), (test, classes) = data.digits()
    net = network.small_cnn(seed=0)
    for _ in training.fit(net, images, labels, epochs=4, batch=128, rate=0.1):
        pass
    wrong = np.flatnonzero(net.predict(test) != classes)[:3]
    trace = NetworkTrace(net, test[wrong], classes[wrong], title="Which paths lead to E?")
    keep(show(trace, width=1120), "screenshot_network_trace")
    plot = DepthPlot(title="Ten sigmoid layers, w = 1", controls=["depth", "size"])
    keep(show(plot, width=WIDE), "screenshot_depth_plot")
