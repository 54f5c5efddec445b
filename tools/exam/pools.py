"""Lesson 07: windows that overlap, a tie, shares, an L2 pool."""

from typing import Any

import numpy as np

from cnnlib import ops
from tools.exam.model import Mistake, Part, Question, mistakes_of, part
from tools.exam.numbers import Numbers

TRIPLES = [(3, 4, 0, 0), (0, 6, 8, 0), (4, 0, 0, 3), (8, 0, 6, 0), (0, 5, 0, 12)]
# What needs two axes, or the index of a map: it means nothing on a signal.
OF_MAPS = "tie-to-both spread-to-all window-index-for-map-index wrong-row-length transposed"


def overlap(draw: Numbers) -> Question:
    """A max pool along a signal, in steps of 1."""
    o, d_y = draw.grid(6, high=4), draw.grid(4, high=4)
    _, winner = (a[0, 0] for a in ops.max_pool(o[None, None], 3, stride=1))
    d_o = ops.max_pool_backward(d_y[None, None], winner[None, None], (1, 1, 6))[0, 0]
    row = mistakes_of("max_pool_backward_2d", d_y[None], winner[None], (1, 6), without=OF_MAPS)
    routed = part(
        "d_o",
        "Send ∂*E*/∂*y* back: compute ∂*E*/∂*o*.",
        d_o,
        [
            Mistake("activation-multiplied", d_o * o, "Multiplied by the activation"),
            *(mistake.flat for mistake in row),
        ],
        "overlap-overwritten activation-multiplied",
    )
    return Question(
        7,
        "Route errors through a max pool",
        "A max pool of size 3 moves along *o* in steps of 1 and gives *y*. Where several numbers "
        "are the largest, the first one wins.",
        {"o": o, "∂E/∂y": d_y},
        (_winners(o, winner), routed),
    )


def _winners(o: Any, winner: Any) -> Part:
    windows = np.lib.stride_tricks.sliding_window_view(o, 3)
    last = np.arange(4) + 2 - windows[:, ::-1].argmax(axis=1)
    mistakes = (
        Mistake("window-index-for-map-index", winner - np.arange(4)),
        Mistake("winner-as-value", o[winner]),
        Mistake("tie-to-last", last),
    )
    ask = "Which input wins each of the four windows? (Inputs are counted from 0.)"
    return part("winner", ask, winner, mistakes, "window-index-for-map-index winner-as-value")


def tie(draw: Numbers) -> Question:
    """Windows of 2 × 2 side by side, one of them with a tie: route, then share."""
    o, d_y = draw.grid(4, 4, low=0, high=4), 4 * draw.grid(2, 2)
    y, winner = (a[0, 0] for a in ops.max_pool(o[None, None], 2))
    right = ops.max_pool_backward(d_y[None, None], winner[None, None], (1, 1, 4, 4))[0, 0]
    spread, largest = (np.kron(grid, np.ones((2, 2))) for grid in (d_y, y))
    both = Mistake("tie-to-both", spread * (o == largest))
    others = mistakes_of("max_pool_backward_2d", d_y, winner, (4, 4), without="tie-to-both")
    routed = part("max", "Compute ∂*E*/∂*o*.", right, [both, *others], "tie-to-both spread-to-all")
    shared = part(
        "mean",
        "The same, if it is an average pool.",
        ops.avg_pool_backward(d_y[None, None], (1, 1, 4, 4), 2)[0, 0],
        mistakes_of("avg_pool_backward_2d", d_y, (4, 4), 2),
        "share-forgotten routed-to-one",
    )
    return Question(
        7,
        "A tie, and a mean",
        "A max pool of size 2 × 2, without overlap, takes *o* to *y*. In a tie the first one in "
        "reading order wins.",
        {"o": o, "∂E/∂y": d_y},
        (routed, shared),
    )


def length(draw: Numbers) -> Question:
    """One window of an L2 pool."""
    o, factor = np.array(draw.of(TRIPLES), dtype=float), draw.of([2, -1, 3])
    y = float(np.sqrt(np.sum(o**2)))
    d_y = np.array([factor * y])
    mistakes = (
        Mistake("share-forgotten", np.full(4, d_y[0]), "Not shared at all"),
        Mistake("mean-for-sum", np.full(4, d_y[0] / 4), "Shared equally"),
        Mistake("routed-to-one", np.where(o == o.max(), d_y[0], 0), "Routed to the largest"),
    )
    back = ops.l2_pool_backward(d_y[None, None], o[None, None], 4)[0, 0]
    ask = "What comes back to each of the four?"
    apart = "share-forgotten mean-for-sum routed-to-one"
    return Question(
        7,
        "An L2 pool (optional)",
        "An L2 pool takes the four numbers *o* to one, *y*: the root of the sum of their squares.",
        {"o": o, "∂E/∂y": d_y},
        (part("l2", ask, back, mistakes, apart),),
    )
