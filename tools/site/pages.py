"""The frame that every page of the site has: head, Content-Security-Policy, bar, foot."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cnnlib.widgets.page import inside_a_script
from tools.saved import Saved
from tools.site.assets import Assets, bundled

# Scripts and styles come from files of the site alone. `file:` is for a site opened from a folder,
# where some browsers hold that 'self' is nobody; on a server it admits nothing.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' file:",
        "style-src 'self' file:",
        "img-src 'self' file: data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
)
NOTHING = Saved({}, {}, {})
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["unescaped"] = Markup


@dataclass
class Frame:
    """Writes pages into a site.

    Attributes
    ----------
    assets : Assets
        Files that the pages share.
    common : dict
        What every template may ask for.
    """

    assets: Assets
    common: dict[str, Any]

    @classmethod
    def of(cls, assets: Assets, **common: Any) -> "Frame":
        """A frame with the site's own scripts and stylesheet in place."""
        files = {
            "theme": assets.put("theme", ".js", bundled("theme.js")),
            "script": assets.put("site", ".js", bundled("site.js")),
            "style": assets.put("site", ".css", bundled("site.css")),
            "search": assets.put("search", ".js", bundled("search.js")),
        }
        return cls(assets, {"policy": POLICY, "files": files} | common)

    def write(self, name: str, template: str, saved: Saved = NOTHING, **words: Any) -> Path:
        """Write a page; `saved` are the widgets that live on it."""
        path = self.assets.site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        known = {"models": saved.models, "modules": self.assets.modules(saved)}
        styles = [*words.pop("styles", []), *self.assets.style(saved)]
        page = {
            "name": name,
            "root": "../" * name.count("/"),
            "styles": dict.fromkeys(styles),
            "saved": Markup(inside_a_script(known)),
        }
        text = _TEMPLATES.get_template(template).render(self.common | page | words)
        path.write_text(text, encoding="utf-8")
        return path
