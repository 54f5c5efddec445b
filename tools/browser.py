"""Find a browser that the machine already has."""

import os
import shutil
from pathlib import Path

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
