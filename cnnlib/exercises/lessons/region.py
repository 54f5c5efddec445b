"""Lesson 06: which outputs use this input, region Q."""

from functools import cache
from itertools import product

from cnnlib.exercises.cases import case
from cnnlib.exercises.reading import positions
from cnnlib.exercises.task import Case, Exercise, Wrong
from cnnlib.geometry import Window

Position = tuple[int, ...]
Shape = tuple[int, ...]


def region_q(position: Position, input_shape: Shape, kernel_shape: Shape) -> list[Position]:
    """Every output that uses this input, clipped at the border (J16)."""
    return Window(kernel_shape).region_q(position, input_shape)


def _case(name: str, position: Position, input_shape: Shape, kernel_shape: Shape) -> Case:
    return case(name, position=position, input_shape=input_shape, kernel_shape=kernel_shape)


@cache
def cases() -> tuple[tuple[Case, ...], ...]:
    """Corners, edges and the interior of maps that are not square."""
    return (
        (
            _case("the lesson's pixel (1, 2)", (1, 2), (4, 4), (2, 2)),
            _case("the first corner", (0, 0), (5, 6), (2, 3)),
            _case("the corner at the top right", (0, 5), (5, 6), (2, 3)),
            _case("the corner at the bottom left", (4, 0), (5, 6), (2, 3)),
            _case("the last corner", (4, 5), (5, 6), (2, 3)),
            _case("in the interior", (2, 3), (5, 6), (2, 3)),
            _case("on the upper edge", (0, 3), (5, 6), (2, 3)),
            _case("on the right edge", (2, 5), (5, 6), (2, 3)),
            _case("on the lower edge", (5, 2), (6, 5), (3, 2)),
            _case("next to the left edge", (3, 1), (6, 7), (3, 4)),
            _case("a kernel of one weight", (1, 2), (3, 4), (1, 1)),
            _case("a kernel as large as the map", (1, 1), (2, 3), (2, 3)),
            _case("a wide kernel", (2, 4), (4, 7), (1, 4)),
        ),
    )


def _outputs(input_shape: Shape, kernel_shape: Shape) -> Shape:
    return tuple(n - k + 1 for n, k in zip(input_shape, kernel_shape, strict=True))


def _region(
    position: Position,
    kernel_shape: Shape,
    *,
    first: int = 1,
    last: int = 0,
    least: int | None = None,
    most: Shape | None = None,
) -> list[Position]:
    """Positions p - k + first .. p + last per axis, clipped at `least` and below `most`."""
    per_axis = []
    for axis, (p, k) in enumerate(zip(position, kernel_shape, strict=True)):
        low, high = p - k + first, p + last + 1
        if least is not None:
            low = max(least, low)
        if most is not None:
            high = min(most[axis], high)
        per_axis.append(range(low, high))
    return list(product(*per_axis))


def _looking_ahead(position: Position, kernel_shape: Shape, bounds: Shape | None) -> list[Position]:
    per_axis = [range(p, p + k) for p, k in zip(position, kernel_shape, strict=True)]
    found = product(*per_axis)
    return [
        q for q in found if bounds is None or all(i < n for i, n in zip(q, bounds, strict=True))
    ]


def _centred(position: Position, bounds: Shape, kernel_shape: Shape) -> list[Position]:
    per_axis = [
        range(max(0, p - k // 2), min(n, p - k // 2 + k))
        for p, k, n in zip(position, kernel_shape, bounds, strict=True)
    ]
    return list(product(*per_axis))


SHORT = Wrong(
    "too-short",
    lambda p, n, k: _region(p, k, last=-1, least=0, most=_outputs(n, k)),
    "You stop before the output at the position itself. It uses this input too, with weight 0.",
    "A range ends before its second number.",
)
LONG_HINT = (
    "You count one output too many on the near side: there the kernel ends just before the input."
)
REVERSED = Wrong("transposed", lambda p, n, k: [q[::-1] for q in region_q(p, n, k)])

EXERCISES = (
    Exercise(
        title="Find region Q",
        lesson="06_follow_the_delta",
        statement="position = (row, column) is one pixel of an input with shape input_shape; a "
        "kernel with shape kernel_shape slides over it with stride 1, without padding. Return the "
        "positions (row, column) of all outputs that use this pixel, in any order.",
        solve=region_q,
        families=cases,
        read=positions,
        linear=False,
        wrong=(
            Wrong("receptive-field-for-region", lambda p, n, k: _looking_ahead(p, k, None)),
            Wrong("receptive-field-for-region", lambda p, n, k: _looking_ahead(p, k, n)),
            Wrong(
                "receptive-field-for-region", lambda p, n, k: _looking_ahead(p, k, _outputs(n, k))
            ),
            Wrong("border-not-clipped", lambda p, n, k: _region(p, k)),
            Wrong("border-not-clipped", lambda p, n, k: _region(p, k, least=0)),
            Wrong("border-not-clipped", lambda p, n, k: _region(p, k, most=_outputs(n, k))),
            Wrong("border-not-clipped", lambda p, n, k: _region(p, k, least=0, most=n)),
            SHORT,
            Wrong(
                "too-short", lambda p, n, k: _region(p, k, first=2, least=0, most=_outputs(n, k))
            ),
            Wrong(
                "too-short",
                lambda p, n, k: _region(p, k, least=0, most=tuple(o - 1 for o in _outputs(n, k))),
                "You leave out the last row and column of outputs. There are N − k + 1 of them.",
            ),
            Wrong(
                "one-too-many",
                lambda p, n, k: _region(p, k, first=0, least=0, most=_outputs(n, k)),
                LONG_HINT,
            ),
            Wrong("centred-window", lambda p, n, k: _centred(p, _outputs(n, k), k)),
            Wrong("centred-window", _centred),
            REVERSED,
            Wrong("transposed", lambda p, n, k: _region(p, k[::-1], least=0, most=_outputs(n, k))),
        ),
        hint="Take the first output that still touches the pixel with its last weight, and the "
        "last output that touches it with its first.",
        second_hint="Output i uses the inputs i to i + k − 1 along each axis. Which i have the "
        "position among them, and do these outputs exist?",
    ),
)
