r"""The derivations, line by line: each line is equal to the one before, and each has its numbers.

A line that begins with ``=`` goes on from the line above; any other is a statement of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from cnnlib.equations import examples, settings, settings_layers
from cnnlib.equations.numbers import Example
from cnnlib.equations.records import Setting


@dataclass(frozen=True)
class Line:
    """One line of a derivation.

    Attributes
    ----------
    latex : str
        The line; it may begin with ``=``.
    reason : str
        Why it is equal to the line before.
    id : str
        The equation of the sources that it is, if it is one.
    """

    latex: str
    reason: str
    id: str = ""


@dataclass(frozen=True)
class Plan:
    """What a derivation is made of.

    Attributes
    ----------
    title, ids
        Its heading, and the equations of the sources that it passes through.
    lines : tuple of Line
        In order.
    setting, every, let, outside
        As in `records.Equation`: where and for which indices the lines are proved equal.
    example : callable
        The running example.
    at : dict
        The element whose numbers are shown.
    """

    title: str
    ids: tuple[str, ...]
    lines: tuple[Line, ...]
    setting: Setting
    every: dict[str, str]
    example: Callable[[], Example]
    at: dict[str, int]
    let: dict[str, str] = field(default_factory=dict)
    outside: str = "zero"


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
            r"\frac{\partial}{\partial w_a} \left( \sum_{q=0}^{m-1} w_q y_{i+q}^{l-1} + b^l \right)",
            "Put in what output i is (S1). The sum gets an index of its own, q: a is already taken.",
        ),
        Line(
            r"= y_{i+a}^{l-1}",
            "Only the product with q = a holds this weight; its factor is what is left.",
        ),
        Line(
            rf"{_D_A} = {_OVER_I} {_D_I} y_{{i+a}}^{{l-1}}",
            "Put the second result into the first line. The sum runs over outputs i, and a stays free.",
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
            "That is the definition of true convolution (J2), in full: w itself, not a flipped one.",
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

_OVER_X = r"\sum_{i=0}^{H-k_1} \sum_{j=0}^{W-k_2}"
_D_W = r"\frac{\partial E}{\partial w_{m',n'}^l}"
_X_W = r"\frac{\partial x_{i,j}^l}{\partial w_{m',n'}^l}"

J10 = Plan(
    title="One weight of a 2D layer",
    ids=("J10", "J11", "J12", "J13", "J14"),
    lines=(
        Line(
            rf"{_D_W} = {_OVER_X} \frac{{\partial E}}{{\partial x_{{i,j}}^l}} {_X_W}",
            "The chain rule. The weight is used at every place where the kernel stands, "
            "so every output is a path to E.",
        ),
        Line(
            rf"= {_OVER_X} \delta_{{i,j}}^l {_X_W}",
            "Write δ for ∂E/∂x, the lever of one output (J15).",
            "J10",
        ),
        Line(
            rf"{_X_W} = \frac{{\partial}}{{\partial w_{{m',n'}}^l}} \left( \sum_m \sum_n "
            r"w_{m,n}^l o_{i+m,j+n}^{l-1} + b^l \right)",
            "Put in what output (i, j) is (J7).",
            "J11",
        ),
        Line(
            r"= \frac{\partial}{\partial w_{m',n'}^l} \left( w_{m',n'}^l o_{i+m',j+n'}^{l-1} \right)",
            "Only the product with m = m′ and n = n′ holds this weight; all others are constants.",
        ),
        Line(
            r"= o_{i+m',j+n'}^{l-1}",
            "The derivative of w · o by w is o.",
            "J12",
        ),
        Line(
            rf"{_D_W} = {_OVER_X} \delta_{{i,j}}^l o_{{i+m',j+n'}}^{{l-1}}",
            "Put J12 into J10: every product that the weight took part in, with the δ of its output.",
            "J13",
        ),
        Line(
            r"= \left( o^{l-1} \otimes \delta^l \right)_{m',n'}",
            "That is a sliding window again: δ slides over o, and nothing is turned.",
        ),
        Line(
            r"= \left( \text{rot}_{180^\circ}(\delta^l) * o^{l-1} \right)_{m'+H-k_1,n'+W-k_2}",
            "The same as a true convolution: δ turned, and J2's index moved to its valid part.",
            "J14",
        ),
    ),
    setting=settings.PLANE,
    every={"m'": "k_1", "n'": "k_2", "i": "H-k_1+1", "j": "W-k_2+1"},
    example=examples.plane,
    at={"m'": 1, "n'": 0, "i": 0, "j": 1},
)

_D_X = r"\frac{\partial E}{\partial x_{i',j'}^l}"
_OVER_K = r"\sum_{m=0}^{k_1-1} \sum_{n=0}^{k_2-1}"
_OVER_W = r"\sum_{m'} \sum_{n'} w_{m',n'}^{l+1}"
_UP = r"\frac{\partial x_{i,j}^{l+1}}{\partial x_{i',j'}^l}"
_SLOPE = r"f'(x_{i',j'}^l)"

J16 = Plan(
    title="Delta of the layer below",
    ids=("J16", "Q", "J17", "J18", "J19", "J20", "J21", "J22"),
    lines=(
        Line(
            rf"{_D_X} = \sum_{{(i,j) \in Q}} \delta_{{i,j}}^{{l+1}} {_UP}",
            "The chain rule over region Q: the outputs of the layer above that this pixel reaches. "
            "All others do not change with it.",
            "J16",
        ),
        Line(
            rf"= {_OVER_K} \delta_{{i'-m,j'-n}}^{{l+1}} "
            r"\frac{\partial x_{i'-m,j'-n}^{l+1}}{\partial x_{i',j'}^l}",
            "Count Q by the weight that joins the pixel to the output: (i, j) = (i′−m, j′−n). "
            "Outputs that do not exist count as 0: that is the clipping.",
            "J17",
        ),
        Line(
            rf"{_UP} = \frac{{\partial}}{{\partial x_{{i',j'}}^l}} \left( {_OVER_W} "
            r"f(x_{i+m',j+n'}^l) + b^{l+1} \right)",
            "Put in what an output is (J7), and o = f(x) for its inputs (J8). "
            "Here (i, j) stands for (i′−m, j′−n).",
            "J18",
        ),
        Line(
            r"= \frac{\partial}{\partial x_{i',j'}^l} \left( w_{i'-i,j'-j}^{l+1} f(x_{i',j'}^l) \right)",
            "Only one product holds this pixel: the one with m′ = i′−i = m and n′ = j′−j = n.",
        ),
        Line(
            rf"= w_{{i'-i,j'-j}}^{{l+1}} {_SLOPE}",
            "w is a constant here; f has the derivative f′, at x of the layer below.",
            "J19",
        ),
        Line(
            rf"{_D_X} = {_OVER_K} \delta_{{i'-m,j'-n}}^{{l+1}} w_{{m,n}}^{{l+1}} {_SLOPE}",
            "Put J19 into J17, with i′−i = m and j′−j = n.",
            "J20",
        ),
        Line(
            rf"= \left( \delta^{{l+1}} * w^{{l+1}} \right)_{{i',j'}} {_SLOPE}",
            "The sum is J2's true convolution, taken at every pixel (“full”): w as it is.",
            "J22",
        ),
        Line(
            rf"= {_OVER_K} \delta_{{i'-k_1+1+m,j'-k_2+1+n}}^{{l+1}} "
            rf"\text{{rot}}_{{180^\circ}}(w^{{l+1}})_{{m,n}} {_SLOPE}",
            "Run through the weights in the opposite order: δ is now read forwards and w turned. "
            "The flip was never put in; it is the other way to read the same products.",
            "J21",
        ),
        Line(
            r"= \left( \delta^{l+1} \otimes \text{rot}_{180^\circ}(w^{l+1}) "
            rf"\right)_{{i'-k_1+1,j'-k_2+1}} {_SLOPE}",
            "The same as a correlation, in full: it starts k − 1 places before the map.",
            "J22",
        ),
    ),
    setting=settings.PLANE_BELOW,
    every={"i'": "H", "j'": "W", "i": "H-k_1+1", "j": "W-k_2+1"},
    example=examples.plane_below,
    at={"i'": 1, "j'": 1, "i": 1, "j": 0},
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
            "As long as the winner v wins, y is that unit: slope 1 for the winner, 0 for the others. "
            "[…] is 1 if true, else 0.",
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
    outside="undefined",
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
    outside="undefined",
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
    outside="undefined",
)


@cache
def plans() -> dict[str, Plan]:
    """Each derivation under the id of every equation that it passes through."""
    made = (S3, S5, J10, J16, P1, P2, P3)
    return {id: plan for plan in made for id in plan.ids}
