"""The browser that the machine already has, and a watch on what its pages do."""

from urllib.parse import urlsplit

from playwright.sync_api import Page

from tools.browser import FLAGS, MISSING, find

__all__ = ["FLAGS", "MISSING", "THIS_MACHINE", "Watch", "find"]

THIS_MACHINE = ("127.0.0.1", "localhost")


class Watch:
    """What a page asked for elsewhere, and what it complained about."""

    def __init__(self, page: Page) -> None:
        self.left_the_machine: list[str] = []
        self.console_errors: list[str] = []
        self.looking = True
        page.on("request", lambda request: self.see(request.url))
        page.on("websocket", lambda socket: self.see(socket.url))
        page.on("console", lambda m: m.type == "error" and self.hear(m.text))
        page.on("pageerror", lambda error: self.hear(str(error)))

    def begin(self) -> None:
        """Begin anew: what was seen so far belonged to another test."""
        self.left_the_machine.clear()
        self.console_errors.clear()
        self.looking = True

    def end(self) -> None:
        """Look away: JupyterLab complains of a notebook that is closed while it asks something."""
        self.looking = False

    def hear(self, text: str) -> None:
        if self.looking:
            self.console_errors.append(text)

    def see(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "file") and parts.hostname not in THIS_MACHINE:
            self.left_the_machine.append(url)
