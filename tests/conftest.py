import os
import shutil
from pathlib import Path

import pytest

# Before NumPy is loaded: tests share few cores, and threads that wait for one another burn them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent


# Files whose tests need executed lessons: in one process, each lesson is run once.
OF_LESSONS = (
    *("test_notebooks", "test_slides", "test_site"),
    *("test_slides_page", "test_site_page", "test_walk_widgets"),
)


def pytest_collection_modifyitems(items):
    """What runs in one process of two (-n 2): a file, so that what it builds is built once."""
    for item in items:
        name = item.path.stem
        item.add_marker(pytest.mark.xdist_group("lessons" if name in OF_LESSONS else name))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The static site, built once from notebooks that are executed once."""
    if shutil.which("node") is None:
        assert os.environ.get("REQUIRE_BROWSER") != "1", "Node.js is missing"
        pytest.skip("Node.js is missing: the site was NOT built")
    from tools.links import Links
    from tools.site.build import build

    course = tmp_path_factory.mktemp("site") / "course"
    build(course, Links.of("someone/course", "v1"), lite="lite/")
    (course / "lite").mkdir()  # where whoever publishes copies build/lite
    (course / "lite" / "index.html").touch()
    return course
