"""Fill README's tables from the package: `python -m tools.readme [--check]`.

What stands between `<!-- lessons -->` and `<!-- /lessons -->` is the list of lessons, between the
marks of `verdicts` the table of equations.
"""

import re
import sys
from pathlib import Path

from cnnlib import equations, lessons

README = Path(__file__).resolve().parent.parent / "README.md"


def filled(text: str) -> str:
    """README with both tables made anew."""
    folded = "<details>\n<summary>All verdicts</summary>\n\n{}\n\n</details>"
    text = _between("lessons", text, lessons.markdown_table())
    return _between("verdicts", text, folded.format(equations.table().markdown().strip()))


def _between(name: str, text: str, table: str) -> str:
    marks = f"<!-- {name} -->", f"<!-- /{name} -->"
    pattern = re.compile("(?<={})\n.*?(?={})".format(*map(re.escape, marks)), re.DOTALL)
    return pattern.sub(lambda _: f"\n{table}\n", text)


def main(arguments: list[str]) -> int:
    """Write README, or with --check say whether it is up to date."""
    old = README.read_text(encoding="utf-8")
    new = filled(old)
    if "--check" not in arguments:
        README.write_text(new, encoding="utf-8")
        return 0
    if new != old:
        print("stale: README.md: run make readme")
    return int(new != old)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
