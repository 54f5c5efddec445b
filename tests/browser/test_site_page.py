"""The site as readers meet it: on a server below a path, from a folder, narrow, dark, printed."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from seen import AXE
from test_slides_page import answers

# Widgets have tests of their own, and are what axe takes longest over.
SERIOUS = """async () => (await axe.run(
  { exclude: [['math'], ['[data-model]']] }, { preload: false })).violations
  .filter((found) => ['serious', 'critical'].includes(found.impact))
  .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120))}`)"""
LIVE = "[data-model]:not([inert] *) > [data-cnnlib]"
# What sticks out of the window sideways.
WIDE = "document.documentElement.scrollWidth - window.innerWidth"
MOST_BYTES = 1_500_000


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def address(site):
    """Serve the site below a path, as a code host's pages do."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site.parent))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/{site.name}/"
    server.shutdown()
    server.server_close()


def opened(page, url):
    page.goto(url)
    page.wait_for_selector("html[data-site=awake]")
    return page


def test_every_page_is_alive_and_fits_a_phone(site, address, new_page):
    page = new_page(width=380, height=800)
    for path in sorted(site.glob("*.html")):
        opened(page, address + path.name)
        assert page.evaluate(WIDE) <= 0, f"{path.name} is wider than the window"
        silent = [
            widget.get_attribute("data-config")
            for widget in page.locator(LIVE).all()
            if not answers(widget)
        ]
        assert silent == [], path.name


def serious(address, page, axe, names):
    """What axe finds on pages, light and dark in turn."""
    for number, name in enumerate(names):
        page.emulate_media(color_scheme="dark" if number % 2 else "light")
        opened(page, address + name)
        page.evaluate(axe)
        yield from (f"{name}: {found}" for found in page.evaluate(SERIOUS))


def test_axe_finds_nothing_serious_on_a_page_of_each_kind(address, new_page, root):
    axe = AXE.read_text(encoding="utf-8")
    names = ["index.html", "06_follow_the_delta.html", "06_follow_the_delta.html", "index.html"]
    page = new_page(width=380, height=800)
    assert list(serious(address, page, axe, names)) == []


@pytest.mark.soak
def test_axe_finds_nothing_serious_on_any_page(site, address, new_page, root):
    axe = AXE.read_text(encoding="utf-8")
    names = [path.name for path in sorted(site.glob("*.html")) for _ in range(2)]
    for width in (380, 1280):
        assert list(serious(address, new_page(width=width), axe, names)) == []


def test_the_first_page_is_light_and_its_search_leads_to_a_section(address, new_page):
    page, sizes = new_page(width=1280), []
    page.on("response", lambda response: sizes.append(len(response.body())))
    opened(page, f"{address}index.html")
    assert 50_000 < sum(sizes) < MOST_BYTES
    hero = page.locator("[data-model=hero]")
    hero.locator('[data-grid="input-gradient"][data-index="2,1"]').hover()
    assert hero.locator('[data-grid="delta"][data-lit]').count() > 0
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("region q")
    first = page.locator(".s-results a").first
    first.wait_for()
    assert "Region Q" in first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/06_follow_the_delta.html#*")


def test_a_page_from_a_folder_lives_too_and_keeps_the_theme(site, new_page):
    page = opened(new_page(width=760), (site / "01_slide_a_kernel_1d.html").as_uri())
    assert answers(page.locator("[data-cnnlib=linked-grids]").first)
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 27)"
    page.get_by_role("link", name="Pictures").click()
    page.wait_for_selector("html[data-site=awake]")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.locator(".s-card a.s-whole").first.click()
    page.wait_for_selector("html[data-widgets=awake]")


def test_print_shows_what_is_folded_and_no_buttons_of_the_page(address, new_page):
    page = opened(new_page(), f"{address}06_follow_the_delta.html")
    page.emulate_media(media="print")
    folds = page.locator("article details:not([open])")
    assert folds.count() > 5
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert folds.count() == 0
    assert not page.locator(".s-bar").is_visible()
    assert page.evaluate(WIDE) <= 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert folds.count() > 5


def test_the_policy_refuses_what_the_other_tests_rely_on(address, browser):
    """On a page that nobody watches: the refusal is an error on its console."""
    page = browser.new_page()
    opened(page, f"{address}index.html")
    page.evaluate(
        """() => { const script = document.createElement("script");
        script.textContent = "window.broken = true"; document.body.append(script); }"""
    )
    assert page.evaluate("window.broken") is None
    page.close()
