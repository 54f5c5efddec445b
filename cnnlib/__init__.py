"""How convolutional networks learn: operations, proofs, exercises and widgets behind the course.

`import cnnlib` loads NumPy and nothing else; each submodule is imported when it is first used.
"""

from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"

_SUBMODULES = (
    "data",
    "draw",
    "environment",
    "equations",
    "examples",
    "exercises",
    "geometry",
    "gradcheck",
    "lessons",
    "network",
    "ops",
    "quizzes",
    "training",
    "widgets",
)


def __getattr__(name: str) -> ModuleType:
    if name in _SUBMODULES:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_SUBMODULES])
