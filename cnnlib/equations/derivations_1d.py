"""The derivations of the Stack Exchange answer and of the pools: S3, S5, P1 to P3."""

from cnnlib.equations import examples, settings, settings_layers
from cnnlib.equations.plan import Line, Plan

_D_A = r"\frac{\partial E}{\partial w_a}"
_D_I = r"\frac{\partial E}{\partial x_i^l}"
_D_Y = r"\frac{\partial E}{\partial y_p^{l-1}}"
_OVER_I = r"\sum_{i=0}^{N-m}"

S3 = Plan(
    title="One weight of a 1D layer",
    ids=("S3",),
    lines=(
        Line(
            rf"{_D_A} = {_OVER_I} {_D_I} \frac{{\partial x_i^l}}{{\partial w_a}}",
            "The chain rule. Weight a is used by every output i, so there is one path to E through "
            "each of the N − m + 1 outputs, and paths add up.",
        ),
        Line(
            r"\frac{\partial x_i^l}{\partial w_a} = "
            r"\frac{\partial}{\partial w_a} \left( \sum_{q=0}^{m-1} w_q y_{i+q}^{l-1} + b^l "
            r"\right)",
            "Put in what output i is (S1). The sum gets an index of its own, q: a is already "
            "taken.",
        ),
        Line(
            r"= y_{i+a}^{l-1}",
            "Only the product with q = a holds this weight; its factor is what is left.",
        ),
        Line(
            rf"{_D_A} = {_OVER_I} {_D_I} y_{{i+a}}^{{l-1}}",
            "Put the second result into the first line. The sum runs over outputs i, and a "
            "stays free.",
            "S3",
        ),
        Line(
            r"= \left( y^{l-1} \otimes \delta^l \right)_a",
            "With δ for ∂E/∂x this is a sliding window: δ slides over y.",
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
            rf"{_D_Y} = {_OVER_I} {_D_I} \frac{{\partial x_i^l}}{{\partial y_p^{{l-1}}}}",
            "The chain rule over all outputs. Most of them do not use input p: their factor is 0.",
        ),
        Line(
            rf"= {_OVER_I} {_D_I} w_{{p-i}}",
            "Output i meets input p with weight a = p − i, if there is such a weight "
            "(weights outside 0 … m−1 count as 0).",
        ),
        Line(
            r"= \sum_{a=0}^{m-1} \frac{\partial E}{\partial x_{p-a}^l} w_a",
            "Count by the weight instead: i = p − a. Outputs outside 0 … N−m count as 0. "
            "The index p − a now runs backwards: that is the whole flip.",
            "S5",
        ),
        Line(
            r"= \left( \delta^l * w \right)_p",
            "That is the definition of true convolution (J2), in full: w itself, not a flipped "
            "one.",
        ),
        Line(
            r"= \left( \delta^l \otimes \text{rot}_{180^\circ}(w) \right)_{p-m+1}",
            "The same products as a correlation: now w must be turned, and the window starts m − 1 "
            "places earlier. One flip in either way of writing, never two.",
        ),
    ),
    setting=settings.LINE,
    every={"p": "N"},
    example=examples.line,
    at={"p": 2},
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
            "As long as the winner v wins, y is that unit: slope 1 for the winner, 0 for the "
            "others. […] is 1 if true, else 0.",
        ),
        Line(
            rf"{_D_O} = \sum_{{i=0}}^{{B-1}} {_G} [p = v_i]",
            "Each window sends its error to its winner; a unit that wins twice gets both.",
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
            "Only the windows that hold unit p: its region Q.",
        ),
        Line(
            rf"= \sum_{{i \in Q}} \frac{{1}}{{S}} {_G}",
            "y is the sum of S units over S, so every unit has slope 1/S.",
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
            "Only the windows that hold unit p: its region Q.",
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
