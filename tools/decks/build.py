"""One deck, as one HTML file that needs nothing beside it."""

import html
import re
import shutil
import subprocess
from collections.abc import Container
from functools import cache
from pathlib import Path
from string import Template

from nbformat import NotebookNode

from cnnlib.widgets.page import inside_a_script
from tools.decks.slides import Reader, as_html
from tools.saved import saved

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
MODULES = ROOT / "node_modules"
REVEAL = MODULES / "reveal.js"


def deck(notebook: NotebookNode, folder: Path, decks: Container[str] = ()) -> str:
    """The deck of an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Executed, with its widgets' state.
    folder : Path
        Where the notebook lies: pictures are found from there.
    decks : container of str
        Lessons (stems) that have a deck: links lead to these.
    """
    widgets = saved(notebook, lecture=True)
    slides = Reader(folder, widgets.models, decks).slides(notebook)
    title = _title(notebook)
    known = {"models": widgets.models, "modules": widgets.modules, "title": title}
    return Template((HERE / "page.html").read_text("utf-8")).substitute(
        title=html.escape(title),
        licences=licences(),
        styles="\n".join([bundled("deck.css"), *widgets.styles.values()]),
        slides=as_html(slides),
        saved=inside_a_script(known),
        script=bundled("deck.js"),
    )


def _title(notebook: NotebookNode) -> str:
    first: str = notebook.cells[0].source.split("\n")[0]
    return first.lstrip("# ")


@cache
def licences() -> str:
    """What a deck carries from others, with their terms."""
    return f"This page carries reveal.js:\n\n{(REVEAL / 'LICENSE').read_text('utf-8').strip()}"


@cache
def bundled(name: str) -> str:
    """A script or stylesheet of the decks with all that it imports, as one text.

    Raises
    ------
    FileNotFoundError
        Where Node.js or its packages are missing.
    """
    node = shutil.which("node")
    if node is None or not REVEAL.exists():
        raise FileNotFoundError(
            "slide decks are bundled with Node.js and reveal.js, and one of them is missing: "
            "install Node.js 20 or newer, then run make slides"
        )
    command = [node, str(MODULES / "esbuild" / "bin" / "esbuild"), str(HERE / "js" / name)]
    options = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--charset=utf8"]
    run = subprocess.run(
        [*command, *options, "--legal-comments=none", "--log-level=error"],
        check=True, capture_output=True, encoding="utf-8", cwd=ROOT,
    )  # fmt: skip
    # Nothing in it may end the element that it stands in.
    made = run.stdout.replace("</script", r"<\/script").replace("<!--", r"<\!--")
    # Widgets have parts of these names too: reveal's rules are for its own only.
    return re.sub(r"\.reveal \.(controls|progress)\b", r".reveal>.\1", made)
