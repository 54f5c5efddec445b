"""Find a browser that the machine already has, and watch what its pages do."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files\Chromium\Application\chrome.exe",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
THIS_MACHINE = ("127.0.0.1", "localhost")
MISSING = (
    "no Chromium or Chrome was found: install one, or set CNNLIB_BROWSER to its program "
    "(Debian: apt-get install chromium)"
)


def find() -> str | None:
    """The browser's program: CNNLIB_BROWSER, one on the PATH, or one in the usual places."""
    if asked_for := os.environ.get("CNNLIB_BROWSER"):
        return shutil.which(asked_for)
    on_path = (found for name in NAMES if (found := shutil.which(name)))
    in_place = (place for place in PLACES if Path(place).is_file())
    return next(on_path, None) or next(in_place, None)


class Watch:
    """What a page asked for elsewhere, and what it complained about."""

    def __init__(self, page: Page) -> None:
        self.left_the_machine: list[str] = []
        self.console_errors: list[str] = []
        page.on("request", lambda request: self.see(request.url))
        page.on("websocket", lambda socket: self.see(socket.url))
        page.on("console", lambda m: m.type == "error" and self.console_errors.append(m.text))
        page.on("pageerror", lambda error: self.console_errors.append(str(error)))

    def see(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.hostname not in THIS_MACHINE:
            self.left_the_machine.append(url)
