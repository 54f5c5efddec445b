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
        page.on("request", lambda request: self.see(request.url))
        page.on("websocket", lambda socket: self.see(socket.url))
        page.on("console", lambda m: m.type == "error" and self.console_errors.append(m.text))
        page.on("pageerror", lambda error: self.console_errors.append(str(error)))

    def see(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "file") and parts.hostname not in THIS_MACHINE:
            self.left_the_machine.append(url)
