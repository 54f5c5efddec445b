"""Start a real JupyterLab that nobody else sees, and work through a lesson in it."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

from tools.execute import ONE_THREAD

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "build" / "screenshots"
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
SERVER_STARTS_IN = 60  # seconds
NOTEBOOK = "window.jupyterapp?.shell?.currentWidget"
IN_FRONT = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook"
KERNEL = f"{NOTEBOOK}.sessionContext.session.kernel"


@dataclass(frozen=True)
class Lab:
    """A running server: where it answers, its token, and the folder it serves."""

    url: str
    token: str
    folder: Path

    def request(self, method: str, path: str):
        """Ask the server itself, past any browser."""
        headers = {"Authorization": f"token {self.token}"}
        asked = urllib.request.Request(self.url + path, method=method, headers=headers)
        with urllib.request.urlopen(asked, timeout=20) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def end_all_kernels(self) -> None:
        for session in self.request("GET", "api/sessions"):
            self.request("DELETE", f"api/sessions/{session['id']}")


@contextmanager
def running_lab(home: Path):
    """JupyterLab of this Python on a free loopback port, serving a copy of the lessons."""
    folder = home / "course"
    for name in ("notebooks", "figures"):
        shutil.copytree(ROOT / name, folder / name)
    environment = _own_environment(home)
    with open(home / "server.log", "wb") as log:
        server = subprocess.Popen(_command(), cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            yield _answering(server, home, folder)
        finally:
            _stop(server)


def _own_environment(home: Path) -> dict[str, str]:
    """No setting, workspace or kernel of the user's is read or written."""
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    own = {name: str(home / name.lower()) for name in names}
    fonts = str(ROOT / "build" / "matplotlib")  # kept: finding all fonts takes seconds
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "MPLBACKEND"))}
    return (
        ONE_THREAD
        | kept
        | own
        | {"HOME": str(home), "USERPROFILE": str(home), "MPLCONFIGDIR": fonts}
    )


def _command() -> list[str]:
    """What `make lab` runs, with the flags that a test needs."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (flags,) = re.findall(r"^\t\$\(BIN\)/jupyter lab (.*) \$\(ARGS\)$", makefile, re.MULTILINE)
    return [
        *(sys.executable, "-m", "jupyterlab", *shlex.split(flags)),
        *("--no-browser", "--allow-root", "--expose-app-in-browser", "--ServerApp.port=0"),
    ]


def _answering(server: subprocess.Popen, home: Path, folder: Path) -> Lab:
    """Wait until the server has written down its address and its token, and answers."""
    ends = time.monotonic() + SERVER_STARTS_IN
    while time.monotonic() < ends and server.poll() is None:
        for record in (home / "jupyter_runtime_dir").glob("jpserver-*.json"):
            try:
                said = json.loads(record.read_text())
                lab = Lab(f"http://127.0.0.1:{said['port']}/", said["token"], folder)
                lab.request("GET", "api/status")
            except (ValueError, OSError):
                continue  # half written, or not listening yet
            return lab
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{(home / 'server.log').read_text()}")


def _stop(server: subprocess.Popen) -> None:
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


class Lesson:
    """A notebook open in JupyterLab, as a student sees it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, path: str) -> None:
        """Open a notebook of the served folder, and wait for its kernel."""
        self.show_side_bar()
        self.command("docmanager:open", path=path)
        self.page.wait_for_function(f"path => {NOTEBOOK}?.context?.path === path", arg=path)
        self.wait_for_idle_kernel()

    def close_all(self) -> None:
        """Close all notebooks without a question, and forget what a test changed in the window."""
        self.page.evaluate(
            "() => { const { shell } = window.jupyterapp;"
            " for (const one of [...shell.widgets('main')]) one.dispose();"
            " shell.mode = 'multiple-document'; shell.presentationMode = false;"
            " localStorage.clear(); sessionStorage.clear(); }"
        )

    def wait_for_idle_kernel(self, seconds: float = 60) -> None:
        """Until the kernel has started and has nothing to do."""
        self.page.wait_for_function(
            f"() => {NOTEBOOK}?.sessionContext?.session?.kernel?.status === 'idle'",
            timeout=seconds * 1000,
        )

    def command(self, name: str, **arguments):
        """Carry out a command of JupyterLab's and wait for its end."""
        return self.page.evaluate(
            "async ([name, arguments]) => {"
            " const result = await window.jupyterapp.commands.execute(name, arguments);"
            " return typeof result === 'boolean' ? result : null; }",
            [name, arguments],
        )

    def run_all(self) -> None:
        """Run every cell, wait for the last, and fail with the text of a cell's error."""
        self.wait_for_idle_kernel()
        self.command("notebook:run-all-cells")
        errors = self.cell_errors()
        assert not errors, "; ".join(errors)
        self.page.wait_for_function(
            f"() => {NOTEBOOK}.content.widgets.every(cell => cell.model.type !== 'code' ||"
            " !cell.model.sharedModel.source.trim() || cell.model.executionCount !== null)"
        )
        self.wait_for_idle_kernel()

    def cell_errors(self) -> list[str]:
        """Name and text of every error that a cell's output shows."""
        return self.page.evaluate(
            f"() => {NOTEBOOK}.content.widgets.filter(cell => cell.model.type === 'code')"
            ".flatMap(cell => cell.model.outputs.toJSON())"
            ".filter(output => output.output_type === 'error')"
            ".map(output => `${output.ename}: ${output.evalue}`)"
        )

    def cell_ids(self) -> list[str]:
        """The ids of all cells in order, as tools.notebooks made them."""
        return self.page.evaluate(
            f"() => {NOTEBOOK}.content.widgets.map(cell => cell.model.sharedModel.getId())"
        )

    def scroll_to(self, cell: int | str) -> Locator:
        """Bring a cell (number or id) into view: only then is it drawn. Returns the cell."""
        number = cell if isinstance(cell, int) else self.cell_ids().index(cell)
        found = self.page.locator(f'{IN_FRONT} [data-windowed-list-index="{number}"]')
        self.page.evaluate(f"number => {NOTEBOOK}.content.scrollToItem(number)", number)
        box, before = None, {}
        while box != before:  # drawing a cell moves those below it
            before = box
            found.evaluate("cell => cell.scrollIntoView({ block: 'start' })")
            self.page.wait_for_timeout(80)
            box = found.bounding_box()
        return found

    def part(self, title: str) -> Locator:
        """The cell whose id ends so, brought into view."""
        (cell,) = [name for name in self.cell_ids() if name.endswith(title)]
        return self.scroll_to(cell)

    def widget(self, title: str) -> Locator:
        """The widget that this cell shows."""
        return self.part(title).locator("[data-cnnlib]")

    def kernel(self, code: str) -> str:
        """Run code in the lesson's kernel, past the notebook; what it printed comes back."""
        return self.page.evaluate(
            f"""async code => {{
              const future = {KERNEL}.requestExecute({{ code, store_history: false }});
              let text = '';
              future.onIOPub = ({{ header, content }}) => {{
                if (header.msg_type === 'stream') text += content.text;
                if (header.msg_type === 'error') text += `${{content.ename}}: ${{content.evalue}}`;
              }};
              await future.done;
              return text;
            }}""",
            code,
        )

    def keep_kernel_busy(self, seconds: float) -> None:
        """From now on, for that long, the kernel answers nothing: what works is the browser's."""
        self.page.evaluate(
            f"code => {{ {KERNEL}.requestExecute({{ code, store_history: false }}); }}",
            f"import time; time.sleep({seconds})",
        )
        self.page.wait_for_function(f"() => {KERNEL}.status === 'busy'")

    def kernel_is_busy(self) -> bool:
        return self.page.evaluate(f"() => {KERNEL}.status") == "busy"

    def set_theme(self, theme: str) -> None:
        """Light or dark."""
        self.command("apputils:change-theme", theme=THEMES[theme])
        light = "true" if theme == "light" else "false"
        self.page.locator(f'body[data-jp-theme-light="{light}"]').wait_for(state="attached")

    def hide_side_bar(self) -> None:
        """Close the file browser: the notebook gets the window's whole width."""
        if self.has_side_bar():
            self.command("application:toggle-left-area")

    def show_side_bar(self) -> None:
        """The file browser, as JupyterLab opens."""
        if not self.has_side_bar():
            self.command("application:toggle-left-area")

    def has_side_bar(self) -> bool:
        return self.page.evaluate("() => !window.jupyterapp.shell.leftCollapsed")

    def pop_ups(self) -> list[str]:
        """The text of every dialogue and notification on the screen."""
        return self.page.locator(".jp-Dialog, .Toastify__toast").all_inner_texts()

    def screenshot(self, name: str, part: Locator | None = None) -> Path:
        """Save build/screenshots/NAME.png: the whole window, or one part of it."""
        path = SCREENSHOTS / f"{name}.png"
        (part or self.page).screenshot(path=path)
        return path
