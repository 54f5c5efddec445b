"""Make the figures: `python -m tools.figures [--check] [NAME...]`.

People edit `figures/NAME.py`; from it comes `figures/NAME.svg` (or .gif), byte for byte the same on
every machine. A script holds ALT, the text that stands for the picture wherever it is shown, and
`figure()`, which returns a Matplotlib Figure, or `frames()`, which returns the pictures of an
animation. The first line of its docstring is the title.
"""

import argparse
import base64
import io
import re
import struct
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import matplotlib
from matplotlib.figure import Figure
from PIL import Image

from cnnlib.draw import RC

FOLDER = Path(__file__).resolve().parent.parent / "figures"
# The scale of letters stays exact: all their outlines hang on it.
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
# The scale of letters stays exact: all their outlines hang on it.
NUMBER = re.compile(r"scale\([^)]*\)|-?\d+\.\d{3,}")
PNG = "data:image/png;base64,"


@contextmanager
def settings() -> Iterator[None]:
    """Matplotlib's own defaults and ours, whatever the user's are."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(RC)
        yield


def script(name: str) -> ModuleType:
    """The figure's script, run."""
    with settings():
        return import_module(f"figures.{name}")


def names(folder: Path = FOLDER) -> list[str]:
    """Every figure that has a script."""
    return sorted(path.stem for path in folder.glob("*.py"))


@cache
def alt(name: str) -> str:
    """The text that stands for a figure."""
    return str(script(name).ALT)


def made(name: str) -> tuple[str, bytes]:
    """File name and contents of one figure."""
    module = script(name)
    with settings():
        if hasattr(module, "frames"):
            return f"{name}.gif", gif(module.frames())
        return f"{name}.svg", svg(module.figure(), (module.__doc__ or "").split("\n")[0], alt(name))


def svg(figure: Figure, title: str, description: str) -> bytes:
    """A figure as SVG whose bytes depend on nothing but its drawing."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", facecolor="none", metadata={"Date": None})
    drawn = ElementTree.fromstring(buffer.getvalue())
    width, height = (str(round(72 * inches)) for inches in figure.get_size_inches())
    size = {"width": width, "height": height, "viewBox": f"0 0 {width} {height}", "role": "img"}
    root = ElementTree.Element(f"{{{SVG}}}svg", size)
    for tag, text in (("title", title), ("desc", description)):
        ElementTree.SubElement(root, f"{{{SVG}}}{tag}").text = text
    root.extend(kept for part in drawn for kept in _plain(part))
    for prefix, namespace in (("", SVG), ("xlink", XLINK)):
        ElementTree.register_namespace(prefix, namespace)
    ElementTree.indent(root, "")
    return ElementTree.tostring(root) + b"\n"


def _plain(part: Element) -> list[Element]:
    """A part without what Matplotlib writes for itself: dates, clips to the page, names, groups."""
    tag = part.tag.removeprefix(f"{{{SVG}}}")
    if tag in ("metadata", "clipPath"):
        return []
    inner = [kept for child in part for kept in _plain(child)]
    part[:] = inner
    if tag != "path" or "transform" not in part.attrib:  # letters keep theirs, for <use>
        part.attrib.pop("id", None)
    part.attrib.pop("clip-path", None)
    for name, value in part.attrib.items():
        part.set(name, _attribute(name, value))
    if tag == "defs" and any(child.tag != f"{{{SVG}}}style" for child in inner):
        return [part]
    return [part] if part.attrib or tag not in ("g", "defs") else inner


def _attribute(name: str, value: str) -> str:
    """Two places, no line breaks; pictures stored."""
    if value.startswith(PNG):
        return _plain_png(value.removeprefix(PNG))
    return NUMBER.sub(lambda found: _rounded(found[0]), " ".join(value.split()))


def _rounded(digits: str) -> str:
    """Two places: what the sixth holds can depend on the machine."""
    if digits.startswith("scale"):
        return digits
    value = Decimal(digits).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    text = f"{value:f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _plain_png(encoded: str) -> str:
    """The same picture in grey and stored, not compressed: zlibs compress differently."""
    picture = Image.open(io.BytesIO(base64.b64decode(encoded))).convert("L")
    width, height = picture.size
    rows = b"".join(b"\0" + picture.tobytes()[n * width : (n + 1) * width] for n in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", _stored(rows)), (b"IEND", b"")]
    png = b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)
    return PNG + base64.b64encode(png).decode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


def _stored(data: bytes, most: int = 65535) -> bytes:
    """A zlib stream of stored blocks."""
    blocks = [data[n : n + most] for n in range(0, len(data), most)] or [b""]
    body = b"".join(
        struct.pack("<BHH", n == len(blocks) - 1, len(block), 65535 - len(block)) + block
        for n, block in enumerate(blocks)
    )
    return b"\x78\x01" + body + struct.pack(">I", zlib.adler32(data))


def gif(frames: Iterable[tuple[Figure, int]]) -> bytes:
    """Figures and how long each stays, in milliseconds, as an animation that goes round."""
    pictures, stays = zip(*((_pixels(figure), stay) for figure, stay in frames), strict=True)
    palette = _palette(pictures)
    flat = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
    buffer = io.BytesIO()
    flat[0].save(buffer, "GIF", save_all=True, append_images=flat[1:], duration=list(stays), loop=0)
    return buffer.getvalue()


def _palette(pictures: Sequence[Image.Image]) -> Image.Image:
    """64 colours that serve the first, the middle and the last picture; paper is pure white."""
    chosen = [pictures[n] for n in (0, len(pictures) // 2, -1)]
    width, height = chosen[0].size
    sheet = Image.new("RGB", (width, 3 * height))
    for n, picture in enumerate(chosen):
        sheet.paste(picture, (0, n * height))
    colours = sheet.quantize(64, method=Image.Quantize.MEDIANCUT).getpalette() or []
    triples = [colours[n : n + 3] for n in range(0, len(colours), 3)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([c for t in triples for c in (t if min(t) < 250 else (255, 255, 255))])
    return palette


def _pixels(figure: Figure) -> Image.Image:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=72, facecolor="white")
    return Image.open(buffer).convert("RGB")


def stale(wanted: Iterable[str], folder: Path = FOLDER) -> dict[Path, bytes]:
    """Files that differ from what their scripts draw, with what they should hold."""
    files = {folder / file: data for file, data in map(made, wanted)}
    return {p: d for p, d in files.items() if not p.exists() or p.read_bytes() != d}


def orphans(folder: Path = FOLDER) -> list[Path]:
    """Pictures that have lost their script."""
    pictures = [*folder.glob("*.svg"), *folder.glob("*.gif")]
    return sorted(path for path in pictures if path.stem not in names(folder))


def main(arguments: list[str] | None = None) -> int:
    """Draw the figures, or with --check say which are not up to date."""
    parser = argparse.ArgumentParser(prog="python -m tools.figures", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where stale")
    parser.add_argument("name", nargs="*", help="only these; all where none is given")
    options = parser.parse_args(arguments)
    changed = stale(options.name or names())
    lost = [] if options.name else orphans()
    for path in [*changed, *lost]:
        print(f"{'stale' if options.check else 'wrote'} figures/{path.name}")
    if options.check:
        return int(bool(changed or lost))
    for path, data in changed.items():
        path.write_bytes(data)
    for path in lost:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
