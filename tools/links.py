"""Links that open the course elsewhere: `python -m tools.links owner/name [--ref v0.1.0]`.

Binder starts a machine for whoever follows the link; nbgitpuller brings the course into a
JupyterHub that people have an account on already.
"""

import argparse
import re
import sys
from typing import NamedTuple
from urllib.parse import quote, urlencode

FIRST = "notebooks/00_start_here.ipynb"
HUB = "https://hub.example.edu"
_REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")
_REFERENCE = re.compile(r"[\w][\w./-]*")


class Links(NamedTuple):
    """Where the course can be opened.

    Attributes
    ----------
    repository, reference : str
        ``owner/name``, and a branch or tag.
    """

    repository: str
    reference: str

    @classmethod
    def of(cls, repository: str, reference: str = "") -> "Links":
        """Links to a repository.

        Raises
        ------
        ValueError
            The repository or the tag cannot be one.
        """
        if not _REPOSITORY.fullmatch(repository):
            raise ValueError(f"REPO is {repository!r}; owner/name is expected, as on GitHub")
        if not _REFERENCE.fullmatch(reference or "main"):
            raise ValueError(f"REF is {reference!r}; the name of a tag or branch is expected")
        return cls(repository, reference or "main")

    @property
    def source(self) -> str:
        """The repository itself."""
        return f"https://github.com/{self.repository}"

    def binder(self, notebook: str = FIRST) -> str:
        """A link that builds or starts the course on a shared Binder, in JupyterLab."""
        where = f"{self.repository}/{quote(self.reference, safe='')}"
        return (
            f"https://mybinder.org/v2/gh/{where}?{urlencode({'urlpath': f'lab/tree/{notebook}'})}"
        )

    def hub(self, hub: str = HUB, notebook: str = FIRST) -> str:
        """A link that brings the course into a JupyterHub by nbgitpuller, and opens it there."""
        folder = self.repository.partition("/")[2]
        asked = {
            "repo": self.source,
            "branch": self.reference,
            "urlpath": f"lab/tree/{folder}/{notebook}",
        }
        return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{urlencode(asked)}"

    def badge(self) -> str:
        """Markdown that shows Binder's badge and follows its link."""
        return (
            f"[![Open the course on Binder](https://mybinder.org/badge_logo.svg)]({self.binder()})"
        )


def main(arguments: list[str] | None = None) -> int:
    """Print the links of a repository."""
    parser = argparse.ArgumentParser(prog="python -m tools.links", description=__doc__)
    parser.add_argument("repository", help="owner/name")
    parser.add_argument("--ref", default="", help="branch or tag; a class should use a tag")
    parser.add_argument("--hub", default=HUB, help="address of your JupyterHub")
    options = parser.parse_args(arguments)
    try:
        found = Links.of(options.repository, options.ref)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"Binder, for anyone:\n{found.binder()}\n")
    print(f"Your JupyterHub, by nbgitpuller:\n{found.hub(options.hub)}\n")
    print(f"Badge for a README:\n{found.badge()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
