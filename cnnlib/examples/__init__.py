"""The running examples of the lessons: hand-sized integers, everything else computed by `ops`.

`one_d` and `two_d` are the numbers that students know by heart after a while. Both maps of `two_d`
are square, where rows and columns can be swapped unseen: `tall` stands beside it, with a 5x6 input
and a 2x3 kernel. `stacked` has three maps, two filters and two images; `one_by_one` has kernels of
one weight: a dense layer.
"""

from cnnlib.examples.layers import ChainedExample, Example, StackedExample, fixed, layer

__all__ = [
    "ChainedExample",
    "Example",
    "StackedExample",
    "chained",
    "fixed",
    "layer",
    "one_by_one",
    "one_d",
    "stacked",
    "tall",
    "two_d",
]

one_d = Example(
    o=fixed([1, 2, 0, -1, 3, 1]),
    w=fixed([2, -1, 1]),
    t=fixed([-1, 5, 4, -7]),
)

two_d = Example(
    o=fixed([[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 1], [1, 0, 3, 2]]),
    w=fixed([[1, 2], [0, -1]]),
    t=fixed([[-1, 4, 3], [1, -1, 3], [4, 2, 0]]),
    x_below=fixed([[1, -2, 2, 1], [3, 1, -1, 2], [-3, 2, 1, 1], [1, -1, 3, 2]]),
)

tall = Example(
    o=fixed(
        [
            [1, 0, 2, 1, 0, 3],
            [0, 2, 1, 0, 1, 1],
            [2, 1, 0, 3, 1, 0],
            [1, 0, 1, 2, 0, 2],
            [0, 3, 1, 0, 2, 1],
        ]
    ),
    w=fixed([[1, 2, 0], [-1, 0, 3]]),
    t=fixed([[5, 3, 6, 5], [3, 10, 5, -1], [5, 7, 5, 10], [4, -2, 10, 4]]),
)

stacked = StackedExample(
    o=fixed(
        [
            [
                [[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 1]],
                [[0, 1, 1, 0], [2, 0, 1, 3], [1, 1, 0, 0]],
                [[2, 0, 0, 1], [0, 1, 2, 0], [1, 0, 1, 3]],
            ],
            [
                [[0, 1, 0, 2], [1, 0, 1, 0], [2, 1, 0, 1]],
                [[1, 0, 2, 0], [0, 3, 0, 1], [0, 1, 1, 0]],
                [[0, 2, 1, 0], [1, 0, 0, 2], [0, 1, 2, 0]],
            ],
        ]
    ),
    w=fixed(
        [
            [[[1, 2], [0, -1]], [[0, 1], [1, 0]], [[1, 0], [0, -2]]],
            [[[-1, 0], [2, 1]], [[1, -1], [0, 2]], [[0, 1], [-1, 0]]],
        ]
    ),
    delta=fixed(
        [
            [[[1, 0, -1], [2, 1, 0]], [[0, 1, 2], [-1, 0, 1]]],
            [[[0, 2, 0], [1, -1, 0]], [[1, 0, -1], [0, 1, 0]]],
        ]
    ),
)

one_by_one = StackedExample(
    o=fixed([1, 2]).reshape(1, 2, 1, 1),
    w=fixed([[1, 2], [0, -1], [3, 1]]).reshape(3, 2, 1, 1),
    delta=fixed([1, -2, 1]).reshape(1, 3, 1, 1),
)

chained = ChainedExample(
    x_below=fixed(
        [
            [1, -2, 2, 1, -1, -3],
            [3, 1, -1, 2, -2, -1],
            [-3, 2, 1, 1, 4, 1],
            [1, -1, 3, 2, 1, 2],
        ]
    ),
    w=fixed([[1, 2], [0, -1]]),
    delta=fixed([[1, -3]]),
)
