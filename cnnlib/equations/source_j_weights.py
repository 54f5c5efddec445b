r"""The equations of Jefkine's article for the weight gradient and delta: J10 to J15."""

from cnnlib.equations import settings
from cnnlib.equations.records import Equation, Reading
from cnnlib.equations.source_j import OUTPUTS

WEIGHTS = {"m'": "k_1", "n'": "k_2"}
_OVER_X = r"\sum_{i=0}^{H-k_1} \sum_{j=0}^{W-k_2} "
_D_W = r"\frac{\partial E}{\partial w_{m',n'}^l} = "
_X_W = r"\frac{\partial x_{i,j}^l}{\partial w_{m',n'}^l}"
_BY_W = r"\frac{\partial}{\partial w_{m',n'}^l} \left( "
_FORWARD = r"\sum_m \sum_n w_{m,n}^l o_{i+m,j+n}^{l-1} + "

EQUATIONS = (
    Equation(
        id="J10",
        title="Weight gradient: chain rule",
        where="eq. 10",
        printed=(
            rf"{_D_W} {_OVER_X} \frac{{\partial E}}{{\partial x_{{i,j}}^l}} {_X_W} "
            rf"= {_OVER_X} \delta_{{i,j}}^l {_X_W}"
        ),
        correct=(
            rf"{_D_W} {_OVER_X} \frac{{\partial E}}{{\partial x_{{i,j}}^l}} {_X_W} "
            rf"= {_OVER_X} \delta_{{i,j}}^l {_X_W}"
        ),
        verdict="holds",
        why="The weight takes part in every output, so every output is a path to E.",
        setting=settings.PLANE,
        every=WEIGHTS,
    ),
    Equation(
        id="J11",
        title="Weight gradient: put x in",
        where="eq. 11",
        printed=rf"{_X_W} = {_BY_W} {_FORWARD} b^l \right)",
        correct=rf"{_X_W} = {_BY_W} {_FORWARD} b^l \right)",
        verdict="holds",
        why="J7 put in for x.",
        setting=settings.PLANE,
        every={**OUTPUTS, **WEIGHTS},
    ),
    Equation(
        id="J12",
        title="Weight gradient: one term is left",
        where="eq. 12",
        printed=(
            rf"{_X_W} = {_BY_W} w_{{0,0}}^l o_{{i+0,j+0}}^{{l-1}} + \dots + w_{{m',n'}}^l "
            rf"o_{{i+m',j+n'}}^{{l-1}} + \dots + b^l \right) = {_BY_W} w_{{m',n'}}^l "
            rf"o_{{i+m',j+n'}}^{{l-1}} \right) = o_{{i+m',j+n'}}^{{l-1}}"
        ),
        correct=(
            rf"{_X_W} = {_BY_W} w_{{m',n'}}^l o_{{i+m',j+n'}}^{{l-1}} \right) "
            r"= o_{i+m',j+n'}^{l-1}"
        ),
        verdict="holds",
        why="Only the product with m = m′, n = n′ holds this weight.",
        setting=settings.PLANE,
        every={**OUTPUTS, **WEIGHTS},
    ),
    Equation(
        id="J13",
        title="Weight gradient",
        where="eq. 13",
        printed=rf"{_D_W} {_OVER_X} \delta_{{i,j}}^l o_{{i+m',j+n'}}^{{l-1}}",
        correct=rf"{_D_W} {_OVER_X} \delta_{{i,j}}^l o_{{i+m',j+n'}}^{{l-1}}",
        verdict="holds",
        why="Every product that the weight took part in, with the δ of its output.",
        setting=settings.PLANE,
        every=WEIGHTS,
    ),
    Equation(
        id="J14",
        title="Weight gradient as one sliding window",
        where="eq. 14",
        printed=(
            r"\frac{\partial E}{\partial w_{m',n'}^l} = "
            r"\text{rot}_{180^\circ} \left\{ \delta_{i,j}^l \right\} * o_{m',n'}^{l-1}"
        ),
        correct=(
            rf"{_D_W} \left( \text{{rot}}_{{180^\circ}}(\delta^l) * o^{{l-1}} "
            r"\right)_{m'+H-k_1,n'+W-k_2} = \left( o^{l-1} \otimes \delta^l \right)_{m',n'}"
        ),
        verdict="holds with a condition",
        why="True as valid true convolution; in J2's indices it is shifted by (H−k₁, W−k₂). "
        "Simplest: o ⊗ δ. It is the gradient, not the “new set of weights”.",
        setting=settings.PLANE,
        every=WEIGHTS,
        readings=(
            Reading(
                "at J2's own index (m′, n′), zeros outside",
                r"(\text{rot}_{180^\circ}(\delta) * o)_{m',n'}",
                r"(o \otimes \delta)_{m',n'}",
            ),
        ),
    ),
    Equation(
        id="J15",
        title="Delta",
        where="eq. 15",
        printed=r"\delta_{i,j}^l = \frac{\partial E}{\partial x_{i,j}^l}",
        correct=r"\delta_{i,j}^l = \frac{\partial E}{\partial x_{i,j}^l}",
        verdict="holds",
        why="A definition: the lever of x before the activation, everywhere in this course.",
        setting=settings.ERROR,
        every={"i": "H", "j": "W"},
        limits="A definition: shown is only that it names one number for each output.",
    ),
)
