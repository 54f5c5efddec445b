"""Text from a state never becomes markup, and JupyterLab answers nobody without its token."""

import urllib.error
import urllib.request

import pytest
from samples import SAMPLES

EVIL = "</script><img src=x onerror=window.broken=1><script>window.broken=1</script>"


def titled():
    for name, make in SAMPLES.items():
        widget = make()
        if widget.has_trait("title"):
            widget.title = EVIL
        yield name, widget


def test_a_title_is_shown_as_it_is_written_by_every_widget(show):
    named = dict(titled())
    page = show(*named.values())
    roots = page.locator("[data-cnnlib]")
    assert roots.count() == len(named)
    assert page.evaluate("window.broken") is None
    assert roots.locator("script, img[onerror]").count() == 0
    shown = roots.evaluate_all("(all, evil) => all.map(e => e.innerText.includes(evil))", EVIL)
    lacking = [name for name, there in zip(named, shown, strict=True) if not there]
    assert lacking == [name for name, widget in named.items() if not widget.has_trait("title")]


def test_jupyterlab_listens_on_loopback_and_asks_for_its_token(lab):
    assert lab.url.startswith("http://127.0.0.1:")
    assert lab.request("GET", "api/sessions") is not None
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{lab.url}api/sessions", timeout=20)
