"""Files that pages share, each written once under a name that changes with its content."""

import hashlib
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tools.saved import Saved

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
MODULES = ROOT / "node_modules"


@dataclass
class Assets:
    """The folder `assets` of a site.

    Attributes
    ----------
    site : Path
        The site's folder.
    widgets : dict of str
        Each widget module that was put there, by its name in saved states.
    """

    site: Path
    widgets: dict[str, str] = field(default_factory=dict)

    def put(self, stem: str, suffix: str, content: str | bytes) -> str:
        """Write a file; returns its address as seen from the site's own folder."""
        data = content.encode() if isinstance(content, str) else content
        name = f"assets/{stem}-{hashlib.sha256(data).hexdigest()[:10]}{suffix}"
        path = self.site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return name

    def picture(self, path: Path) -> str:
        """A picture that lies in the project."""
        return self.put(path.stem, path.suffix, path.read_bytes())

    def modules(self, saved: Saved) -> dict[str, str]:
        """Where the script of each module is: a plain one, for a folder's pages load no modules."""
        for name, text in saved.modules.items():
            if name not in self.widgets:
                options = ["--format=iife", f"--global-name=cnnlibModules.m{name}", "--loader=js"]
                self.widgets[name] = self.put("widget", ".js", _esbuild(*options, given=text))
        return {name: self.widgets[name] for name in saved.modules}

    def style(self, saved: Saved) -> list[str]:
        """Where the stylesheets of these widgets are."""
        return [self.put("widget", ".css", text) for text in saved.styles.values() if text]


def bundled(name: str) -> str:
    """A script or stylesheet of the site with all that it imports."""
    return _esbuild(str(HERE / "js" / name), "--bundle", "--format=iife")


def _esbuild(*arguments: str, given: str | None = None) -> str:
    node = shutil.which("node")
    if node is None or not MODULES.exists():
        raise FileNotFoundError(
            "the site is bundled with Node.js and esbuild, and one of them is missing: "
            "install Node.js 20 or newer, then run make site"
        )
    command = [node, str(MODULES / "esbuild" / "bin" / "esbuild"), *arguments]
    options = ["--minify", "--target=es2022", "--charset=utf8", "--legal-comments=inline"]
    run = subprocess.run(
        [*command, *options, "--log-level=error"],
        check=True, capture_output=True, encoding="utf-8", cwd=ROOT, input=given,
    )  # fmt: skip
    return run.stdout
