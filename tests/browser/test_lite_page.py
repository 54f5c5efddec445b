"""The course without a server: JupyterLite built, and Python run in the browser with no network."""

import json
import shutil
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from jupyter_lab import NOTEBOOK, Lesson
from seen import cell, lit

from cnnlib.examples import one_d
from cnnlib.widgets import LinkedGrids

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]

# NumPy is not on this machine in the form that a browser needs: what Python made of the picture
# is given to a bare widget, which shows it with the same script as in a lesson.
SHOW = """
import json
import anywidget
import ipywidgets
import traitlets
state = json.loads({state!r})
held = {{name: traitlets.Any(value).tag(sync=True) for name, value in state.items()}}
Picture = type("Picture", (anywidget.AnyWidget,), {{"_esm": {script!r}, "_css": {style!r}, **held}})
picture = Picture()
slider = ipywidgets.IntSlider(value=3, description="size")
display(picture, slider)
"""
WRITE = f"""code => {{
  const {{ content, context }} = {NOTEBOOK};
  const number = content.widgets.findIndex(({{ model }}) => model.type === 'code');
  content.activeCellIndex = number;
  content.activeCell.model.sharedModel.setSource(code);
}}"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def address(root):
    """The site as `make lite` builds it, below a path."""
    if shutil.which("make") is None:
        pytest.skip("make is missing: JupyterLite was NOT built")
    subprocess.run(["make", "--silent", "lite"], cwd=root, check=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root / "build"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/lite/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def opened(browser, address):
    """Lesson 00, opened as a reader opens it, and what was asked for elsewhere: all refused."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    page, elsewhere = context.new_page(), []

    def only_here(route):
        if not route.request.url.startswith(address):
            elsewhere.append(route.request.url)
            return route.abort()
        return route.continue_()

    def exposed(route):
        settings = route.fetch().json()
        settings["jupyter-config-data"]["exposeAppInBrowser"] = True
        route.fulfill(json=settings)

    context.route("**/*", only_here)
    context.route(f"{address}jupyter-lite.json*", exposed)
    page.goto(address)
    page.wait_for_selector(".jp-Notebook", timeout=60_000)
    lesson = Lesson(page)
    page.wait_for_function(f"() => {NOTEBOOK}?.sessionContext?.session?.kernel")
    assert lesson.kernel("print('here')").strip() == "here"  # its status says nothing before
    yield lesson, elsewhere
    context.close()


def test_python_sympy_and_a_live_picture_run_with_no_network(opened):
    lesson, elsewhere = opened
    assert "/lab/index.html" in lesson.page.url
    assert lesson.page.evaluate(f"{NOTEBOOK}.context.path") == "notebooks/00_start_here.ipynb"
    integral = "import sympy as s; x = s.Symbol('x'); print(s.integrate(x * s.sin(x), x))"
    assert lesson.kernel(integral).strip() == "-x*cos(x) + sin(x)"

    made = LinkedGrids("slide-1d", input=one_d.o, kernel=one_d.w)
    state = made.get_state()
    own = {name: value for name, value in state.items() if not name.startswith("_")}
    own = {name: own[name] for name in own if name not in ("layout", "tabbable", "tooltip")}
    code = SHOW.format(state=json.dumps(own), script=state["_esm"], style=state["_css"])
    lesson.page.evaluate(WRITE, code)
    lesson.command("notebook:run-cell")
    assert lesson.cell_errors() == []

    picture = lesson.page.locator('[data-cnnlib="linked-grids"]').first
    cell(picture, "output", 1).hover()
    assert lit(picture, "input") == ["1", "2", "3"]
    cell(picture, "kernel", 2).dblclick()
    lesson.page.keyboard.type("4")
    lesson.page.keyboard.press("Enter")
    assert cell(picture, "kernel", 2).inner_text() == "4"
    lesson.page.wait_for_timeout(500)
    assert json.loads(lesson.kernel("print(json.dumps(picture.kernel))"))[2] == 4
    handle = lesson.page.get_by_role("slider").last
    handle.press("ArrowRight")
    lesson.page.wait_for_timeout(500)
    assert lesson.kernel("print(slider.value)").strip() == "4"
    lesson.screenshot("lite")
    assert elsewhere == []


def test_a_lesson_asks_elsewhere_for_what_is_compiled_and_for_nothing_else(opened):
    lesson, elsewhere = opened
    lesson.page.evaluate(WRITE, "import cnnlib")
    lesson.command("notebook:run-cell")
    names = {url.rpartition("/")[2].partition("-")[0] for url in elsewhere}
    assert names == {"contourpy", "kiwisolver", "matplotlib", "numpy", "pillow"}
    assert all(url.startswith("https://cdn.jsdelivr.net/pyodide/") for url in elsewhere)
