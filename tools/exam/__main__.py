"""Exam sheets: `python -m tools.exam --seed 7 [--lesson 02 06]`.

Writes build/exam/exam-7.html, for the class, and build/exam/exam-7-key.html, for you: the answers,
and what each named misconception gives. The same seed gives the same numbers, and a lesson's
numbers do not change with the lessons beside it.
"""

import argparse
import sys
from pathlib import Path

from tools.exam.drawing import LESSONS, questions
from tools.exam.sheet import key, sheet

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "build" / "exam"


def written(seed: int, lessons: list[int], target: Path = TARGET) -> list[Path]:
    """Write a sheet and its key; returns their paths."""
    asked = [question for lesson in lessons for question in questions(lesson, seed)]
    target.mkdir(parents=True, exist_ok=True)
    paths = [target / f"exam-{seed}.html", target / f"exam-{seed}-key.html"]
    for path, page in zip(paths, (sheet, key), strict=True):
        path.write_text(page(asked, seed), encoding="utf-8", newline="\n")
    return paths


def _lesson(text: str) -> int:
    number = int(text) if text.isdigit() else 0
    if number not in LESSONS:
        known = " ".join(f"{lesson:02d}" for lesson in LESSONS)
        raise argparse.ArgumentTypeError(f"{text!r} is given; hand examples are in {known}")
    return number


def _seed(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is given; a whole number is expected, like 7")
    return int(text)


def main(arguments: list[str] | None = None) -> int:
    """Write the sheets and say where they are."""
    parser = argparse.ArgumentParser(prog="python -m tools.exam", description=__doc__)
    parser.add_argument("--seed", nargs="*", type=_seed, default=[], help="one sheet for each")
    parser.add_argument("--lesson", nargs="*", type=_lesson, default=[], help="01 to 09")
    options = parser.parse_args(arguments)
    if not options.seed:
        parser.error('a seed is missing, any whole number: make exam SEED=7, or SEED="7 8" for two')
    for seed in options.seed:
        for path in written(seed, sorted(set(options.lesson)) or list(LESSONS)):
            print(f"wrote {path.relative_to(ROOT)} ({path.stat().st_size // 1000} kB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
