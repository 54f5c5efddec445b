r"""Pooling in Jefkine's article: P1 to P3.

The units of the map are counted by p, the windows by i, both in reading order; y_i is the pool's
value of window i, v_i the unit that won it, Q the windows that hold unit p.
"""

from cnnlib.equations import settings_layers
from cnnlib.equations.records import Equation, Reading

UNITS = {"p": "A"}
_D_O = r"\frac{\partial E}{\partial o_p} = "
_D_Y = r"\frac{\partial E}{\partial y_i}"
_LETTERS = (
    "p counts the units and i the windows, in reading order; y is the pool's value, v its winner, "
    "Q the windows that hold p. "
)
_ROUTED = r"\sum_{i=0}^{B-1} g_i [p = v_i]"

EQUATIONS = (
    Equation(
        id="P1",
        title="Max pool: route to the winner",
        where="section on pooling",
        printed=r"\text{the error is assigned to the winning unit}",
        correct=rf"{_D_O} \sum_{{i=0}}^{{B-1}} {_D_Y} [p = v_i]",
        verdict="holds with a condition",
        why="A tie needs a rule (here: the first wins), overlapping windows add up, and no "
        "activation is multiplied in: the pool routes with factor 1.",
        setting=settings_layers.MAXIMA,
        every=UNITS,
        limits=_LETTERS + "SymPy differentiates the maximum itself.",
        readings=(
            Reading(
                "every unit that equals the maximum gets the error, so that a tie is paid "
                "twice (g is ∂E/∂y; c is 1 where window i holds unit p)",
                r"\sum_{i=0}^{B-1} g_i c_{i,p} [o_p = y_i]",
                _ROUTED,
            ),
            Reading(
                "a unit that wins two overlapping windows keeps only the last error (that of "
                "window u)",
                r"\sum_{i=0}^{B-1} g_i [p = v_i] [i = u_p]",
                _ROUTED,
            ),
        ),
    ),
    Equation(
        id="P2",
        title="Average pool: share equally",
        where="section on pooling",
        printed=r"\text{the error is multiplied by } \frac{1}{N \times N}",
        correct=rf"{_D_O} \sum_{{i \in Q}} \frac{{1}}{{S}} {_D_Y}",
        verdict="holds",
        why="1/(N×N) to each unit of the window, or 1/S for S units if it is not square; "
        "overlapping windows add up.",
        setting=settings_layers.MEANS,
        every=UNITS,
        limits=_LETTERS,
    ),
    Equation(
        id="P3",
        title="L2 pool: share in proportion",
        where="named in the section on pooling",
        printed="",
        correct=rf"{_D_O} \sum_{{i \in Q}} \frac{{o_p}}{{y_i}} {_D_Y}",
        verdict="missing",
        why="Named, but no way back is given. With y = √Σo² each unit gets its share o/y; "
        "0 where y = 0. It has no “winning unit”.",
        setting=settings_layers.LENGTHS,
        every=UNITS,
        limits=_LETTERS + "Where y = 0 it has no derivative: 0 is a rule, not a theorem.",
    ),
)
