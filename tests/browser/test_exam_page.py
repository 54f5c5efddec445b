"""The exam's pages in Chromium: they fit a sheet of paper and a telephone, and ask for nothing."""

from tools.exam.__main__ import written
from tools.exam.drawing import LESSONS


def test_sheet_and_key_fit_paper_and_a_telephone(new_page, tmp_path):
    page = new_page(width=380, height=1100)
    for path in written(7, list(LESSONS), tmp_path):
        page.goto(path.as_uri())
        for width in (380, 794):
            page.set_viewport_size({"width": width, "height": 1100})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name
