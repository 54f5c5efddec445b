import os
import shutil
from pathlib import Path

import chromium
import pytest
from chromium import Watch
from jupyter_lab import ROOT, SCREENSHOTS, Lesson, running_lab
from playwright.sync_api import sync_playwright

from cnnlib.widgets.page import standalone

ALONE = "http://localhost/widgets.html"
REQUIRED = os.environ.get("REQUIRE_BROWSER") == "1"
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Browser tests are marked, and come last: what is quick to say is said first."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if REQUIRED and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, and REQUIRE_BROWSER=1: {report.longrepr[2]}"
    if report.when == "call":
        item.failed = report.failed
    return report


def pytest_terminal_summary(terminalreporter):
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if "browser" in r.keywords]
    if skipped:
        terminalreporter.section("BROWSER TESTS WERE SKIPPED", red=True, bold=True)
        terminalreporter.line(f"{len(skipped)} tests did not run: {chromium.MISSING}")


@pytest.fixture(scope="session")
def browser():
    """The machine's own Chromium or Chrome."""
    program = chromium.find()
    if program is None:
        pytest.skip(chromium.MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chromium.FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab(browser, tmp_path_factory):
    """A JupyterLab of our own; only started where there is a browser."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for old in SCREENSHOTS.glob("failed-*.png"):
        old.unlink(missing_ok=True)
    with running_lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="session")
def window(browser, lab):
    """One window of JupyterLab for all tests: loading it is what takes long.

    It opens on the lessons' folder, for JupyterLab asks for a lesson's figures below its own
    address before it knows the notebook's path.
    """
    page = browser.new_context().new_page()
    watch = Watch(page)
    page.goto(f"{lab.url}lab/tree/notebooks?reset&token={lab.token}")
    page.wait_for_function("() => window.jupyterapp?.restored.then(() => true)")
    yield page, watch
    page.context.close()


@pytest.fixture
def watched(request):
    """Pages, their watches and how to leave them: nothing may leave the machine or complain."""
    pages = []
    yield pages
    if getattr(request.node, "failed", False):
        for number, (page, _, _) in enumerate(pages):
            page.screenshot(path=SCREENSHOTS / f"failed-{request.node.name}-{number}.png")
    for _, watch, leave in pages:
        watch.end()
        leave()
    assert [url for _, watch, _ in pages for url in watch.left_the_machine] == []
    assert [text for _, watch, _ in pages for text in watch.console_errors] == []


@pytest.fixture
def new_page(browser, watched):
    """Open a page of a size, with nothing of an earlier one."""

    def open_page(width=1300, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        page = context.new_page()
        watched.append((page, Watch(page), context.close))
        return page

    return open_page


@pytest.fixture
def open_lesson(lab, window, watched):
    """Open a fresh copy of a lesson by name, or any notebook by path; wait for its kernel."""
    page, watch = window
    opened = Lesson(page)

    def open_notebook(lesson, theme="light", width=1300, height=900):
        source = lesson if isinstance(lesson, Path) else ROOT / "notebooks" / f"{lesson}.ipynb"
        shutil.copy(source, lab.folder / "notebooks" / source.name)
        page.set_viewport_size({"width": width, "height": height})
        page.mouse.move(0, 0)  # not where the last test left it
        opened.open(f"notebooks/{source.name}")
        opened.set_theme(theme)
        return opened

    def leave():
        opened.close_all()
        lab.end_all_kernels()

    watch.begin()
    watched.append((page, watch, leave))
    return open_notebook


@pytest.fixture
def show(new_page):
    """Show widgets in a page of their own, from their saved state: no kernel, no JupyterLab."""

    def open_page(*widgets, dark=False, **options):
        page = new_page(color_scheme="dark" if dark else "light", **options)
        page.route(
            ALONE, lambda route: route.fulfill(body=standalone(widgets), content_type="text/html")
        )
        page.goto(ALONE)
        page.wait_for_selector("html[data-widgets=awake]")
        page.wait_for_timeout(50)  # the first frame
        return page

    return open_page
