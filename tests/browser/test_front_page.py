"""README's picture: made here as build/screenshots/front-page.png, copied to figures/ by hand."""

from jupyter_lab import SCREENSHOTS

from cnnlib.examples import two_d
from cnnlib.widgets import LinkedGrids


def test_the_picture_on_the_front_page_is_what_the_widget_shows(show):
    widget = LinkedGrids(
        "follow-delta",
        input=two_d.o,
        kernel=two_d.w,
        delta=two_d.delta,
        below=two_d.x_below,
        reading="gather",
        activation="relu",
        selected=["input-gradient", 6],
    )
    page = show(widget, width=1080, device_scale_factor=1.5)
    page.wait_for_timeout(600)  # everything has come to rest
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.locator("[data-cnnlib]").screenshot(path=SCREENSHOTS / "front-page.png")
    below = page.locator('[data-grid="delta-below"]').all_inner_texts()
    assert [
        float(text.replace("\u2212", "-")) for text in below
    ] == two_d.delta_below.ravel().tolist()
