import re
from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from PIL import Image

from tools import figures
from tools.prose import filled

ROOT = Path(__file__).resolve().parent.parent
SHOWN = re.compile(
    r"!\[(?P<alt>[^\]]*)\]\(\.\./figures/(?P<file>[^)]+)\)"
    r"|<img[^>]*src=\"\.\./figures/(?P<file2>[^\"]+)\"[^>]*alt=\"(?P<alt2>[^\"]*)\""
)
NAMES = figures.names()


@pytest.fixture(scope="module")
def drawn():
    return dict(figures.made(name) for name in NAMES if not animated(name))


def animated(name):
    return hasattr(figures.script(name), "frames")


def shown_in_lessons():
    """Source file, figure file and alt text of every figure in a lesson."""
    for source in sorted((ROOT / "notebooks" / "src").glob("*.py")):
        text = re.sub(r"\n# ?", "\n", source.read_text(encoding="utf-8"))
        for match in SHOWN.finditer(text):
            yield source.name, match["file"] or match["file2"], match["alt"] or match["alt2"]


def test_no_figure_is_stale(drawn):
    different = [
        file for file, data in drawn.items() if (figures.FOLDER / file).read_bytes() != data
    ]
    assert different == [], "run `make figures`"
    assert figures.orphans() == []


def test_the_shortest_animation_is_not_stale_and_shows_four_places_on_white():
    name, data = figures.made("animate_slide")
    assert (figures.FOLDER / name).read_bytes() == data, "run `make figures`"
    animation = Image.open(BytesIO(data))
    assert animation.n_frames == 4
    assert animation.convert("RGB").getpixel((20, 150)) == (255, 255, 255)


def test_a_figure_is_the_same_byte_for_byte_whatever_the_settings(drawn):
    unusual = {"path.sketch": (5, 50, 5), "svg.hashsalt": None, "svg.fonttype": "none"}
    with matplotlib.rc_context(unusual):
        name, data = figures.made("slide_1d")
    assert data == drawn[name]


def test_figures_hold_their_alt_text_and_nothing_of_the_machine(drawn):
    for file, data in drawn.items():
        root = ElementTree.fromstring(data)
        title, description = (root.find(f"{{{figures.SVG}}}{tag}") for tag in ("title", "desc"))
        assert title.text, file
        assert description.text == figures.alt(Path(file).stem), file
        assert root.find(f".//{{{figures.SVG}}}metadata") is None, file
        assert root.find(f".//{{{figures.SVG}}}text") is None, f"{file} depends on installed fonts"
        assert not re.search(rb"\d\.\d{3,}(?![^\"]*scale)", re.sub(rb"scale\([^)]*\)", b"", data))


def test_figures_are_small_and_fit_a_page(drawn):
    for file, data in drawn.items():
        assert len(data) < 100_000, file
        assert ElementTree.fromstring(data).get("width") == "760", file


def test_every_letter_that_is_used_is_drawn_once(drawn):
    for file, data in drawn.items():
        text = data.decode()
        names = re.findall(r'\bid="([^"]+)"', text)
        assert len(names) == len(set(names)), file
        assert set(re.findall(r'href="#([^"]+)"', text)) == set(names), file


@pytest.mark.parametrize("name", NAMES)
def test_alt_texts_are_sentences_of_a_readable_length(name):
    alt = figures.alt(name)
    assert 40 <= len(alt) <= 420
    assert alt.endswith(".")
    assert "\n" not in alt
    assert "  " not in alt


def test_every_figure_in_a_lesson_exists_and_has_its_alt_text():
    shown = list(shown_in_lessons())
    assert shown
    for source, file, alt in shown:
        assert (figures.FOLDER / file).exists(), f"{source}: no figures/{file}"
        if file.startswith("screenshot_"):  # of a widget: looked at in tests/browser/test_stills.py
            continue
        assert " ".join(filled(alt).split()) == figures.alt(Path(file).stem), f"{source}: {file}"


def test_a_stale_figure_is_named_and_written_again(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(figures, "FOLDER", tmp_path)
    monkeypatch.setattr(figures, "made", lambda name: (f"{name}.svg", b"<svg/>\n"))
    assert figures.stale(["slide_1d"], tmp_path) == {tmp_path / "slide_1d.svg": b"<svg/>\n"}
    (tmp_path / "slide_1d.svg").write_bytes(b"<svg/>\n")
    assert figures.stale(["slide_1d"], tmp_path) == {}
    (tmp_path / "lost.svg").write_bytes(b"")
    assert figures.orphans(tmp_path) == [tmp_path / "lost.svg", tmp_path / "slide_1d.svg"]


def test_checking_changes_nothing_and_fails_where_a_figure_is_stale(monkeypatch, capsys):
    path = figures.FOLDER / "slide_1d.svg"
    before = path.read_bytes()
    monkeypatch.setattr(figures, "made", lambda name: (f"{name}.svg", b"other"))
    assert figures.main(["--check", "slide_1d"]) == 1
    assert "stale figures/slide_1d.svg" in capsys.readouterr().out
    assert path.read_bytes() == before


def test_an_embedded_picture_is_grey_and_stored_without_compression():
    grey = np.arange(60, dtype=np.uint8).reshape(6, 10)
    buffer = BytesIO()
    Image.fromarray(grey).convert("RGBA").save(buffer, "PNG")
    stored = figures._plain_png(b64encode(buffer.getvalue()).decode())
    back = Image.open(BytesIO(b64decode(stored.removeprefix(figures.PNG))))
    np.testing.assert_array_equal(np.asarray(back), grey)
