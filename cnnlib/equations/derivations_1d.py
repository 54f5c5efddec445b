"""The derivations in 1D, in the letters of the lessons: S3, S5, and the pools, P1 to P3."""

from cnnlib.equations import examples, settings, settings_layers
from cnnlib.equations.plan import Line, Plan

_D_A = r"\frac{\partial E}{\partial w_a}"
_D_I = r"\frac{\partial E}{\partial x_i}"
_D_P = r"\frac{\partial E}{\partial o_p}"
_OVER_I = r"\sum_{i=0}^{N-m}"
_X_I = r"\left( \sum_{q=0}^{m-1} w_q o_{i+q} + b \right)"

S3 = Plan(
    title="One weight of a 1D layer",
    ids=("S3",),
    lines=(
        Line(
            rf"{_D_A} = {_OVER_I} {_D_I} \frac{{\partial x_i}}{{\partial w_a}}",
            "The chain rule. Weight a is used by every output i, so there is one path to E through "
            "each of the N − m + 1 outputs, and paths add up.",
        ),
        Line(
            rf"\frac{{\partial x_i}}{{\partial w_a}} = \frac{{\partial}}{{\partial w_a}} {_X_I}",
            "Put in what output i is (S1). The sum gets an index of its own, q: a is already "
            "taken.",
        ),
        Line(
            r"= o_{i+a}",
            "Only the product with q = a holds this weight; its factor is what is left.",
        ),
        Line(
            rf"{_D_A} = {_OVER_I} {_D_I} o_{{i+a}}",
            "Put the second result into the first line. The sum runs over outputs i, and a "
            "stays free.",
            "S3",
        ),
        Line(
            r"= \left( o \otimes \delta \right)_a",
            "With δ for ∂E/∂x this is a sliding window: δ slides over o.",
        ),
    ),
    setting=settings.LINE,
    every={"a": "m", "i": "N-m+1"},
    example=examples.line,
    at={"a": 1, "i": 0},
)

S5 = Plan(
    title="One input of a 1D layer",
    ids=("S5",),
    lines=(
        Line(
            rf"{_D_P} = {_OVER_I} {_D_I} \frac{{\partial x_i}}{{\partial o_p}}",
            "The chain rule over all outputs. Those that do not use input p have the factor 0.",
        ),
        Line(
            rf"\frac{{\partial x_i}}{{\partial o_p}} = \frac{{\partial}}{{\partial o_p}} {_X_I}",
            "Put in what output i is (S1).",
        ),
        Line(
            r"= w_{p-i}",
            "Only the product with i + q = p holds this input; its factor is weight q = p − i. "
            "Where there is no such weight, output i does not use this input: 0.",
        ),
        Line(
            rf"{_D_P} = {_OVER_I} {_D_I} w_{{p-i}}",
            "Put the second result into the first line: every output that uses input p, with the "
            "weight that it puts on it.",
        ),
        Line(
            r"= \sum_{a=0}^{m-1} \frac{\partial E}{\partial x_{p-a}} w_a",
            "Count by the weight instead: i = p − a. Outputs outside 0 … N−m count as 0. "
            "The index p − a now runs backwards: that is the whole flip.",
            "S5",
        ),
        Line(
            r"= \left( \delta * w \right)_p",
            "That is the definition of true convolution (J2), in full: w itself, not a flipped "
            "one.",
        ),
        Line(
            r"= \left( \delta \otimes \text{rot}_{180^\circ}(w) \right)_{p-m+1}",
            "The same products as a correlation: now w must be turned, and the window starts m − 1 "
            "places earlier. One flip in either way of writing, never two.",
        ),
    ),
    setting=settings.LINE,
    every={"p": "N", "i": "N-m+1"},
    example=examples.line,
    at={"p": 2, "i": 0},
)

_G = r"\frac{\partial E}{\partial y_i}"
_D_O = r"\frac{\partial E}{\partial o_p}"
_CHAIN = Line(
    rf"{_D_O} = \sum_{{i=0}}^{{B-1}} {_G} \frac{{\partial y_i}}{{\partial o_p}}",
    "The chain rule over the B windows of the pool, in reading order.",
)
_UNITS = {"p": "A", "i": "B"}

P1 = Plan(
    title="Back through a max pool",
    ids=("P1",),
    lines=(
        _CHAIN,
        Line(
            r"\frac{\partial y_i}{\partial o_p} = [p = v_i]",
            "As long as the winner v wins, y is that cell: slope 1 for the winner, 0 for the "
            "others. […] is 1 if true, else 0.",
        ),
        Line(
            rf"{_D_O} = \sum_{{i=0}}^{{B-1}} {_G} [p = v_i]",
            "Each window sends its gradient to its winner; a cell that wins twice gets both.",
            "P1",
        ),
    ),
    setting=settings_layers.MAXIMA,
    every=_UNITS,
    example=examples.max_pool,
    at={"p": 1, "i": 0},
    extended="",
)

P2 = Plan(
    title="Back through an average pool",
    ids=("P2",),
    lines=(
        _CHAIN,
        Line(
            rf"= \sum_{{i \in Q}} {_G} \frac{{\partial y_i}}{{\partial o_p}}",
            "Only the windows that hold cell p: its region Q.",
        ),
        Line(
            rf"= \sum_{{i \in Q}} \frac{{1}}{{S}} {_G}",
            "y is the sum of S cells over S, so every cell has slope 1/S.",
            "P2",
        ),
    ),
    setting=settings_layers.MEANS,
    every=_UNITS,
    example=examples.average_pool,
    at={"p": 1},
    extended="",
)

P3 = Plan(
    title="Back through an L2 pool",
    ids=("P3",),
    lines=(
        _CHAIN,
        Line(
            rf"= \sum_{{i \in Q}} {_G} \frac{{\partial y_i}}{{\partial o_p}}",
            "Only the windows that hold cell p: its region Q.",
        ),
        Line(
            rf"= \sum_{{i \in Q}} {_G} \frac{{o_p}}{{y_i}}",
            "y² is the sum of the squares, so 2y ∂y/∂o = 2o. Where y = 0 the rule is 0.",
            "P3",
        ),
    ),
    setting=settings_layers.LENGTHS,
    every=_UNITS,
    example=examples.l2_pool,
    at={"p": 0},
    extended="",
)

PLANS = (S3, S5, P1, P2, P3)
