"""The derivation that readers asked for: back through a stride and padding, R2."""

from dataclasses import replace

from cnnlib.equations import examples, settings_layers
from cnnlib.equations.plan import Line, Plan
from cnnlib.equations.records import Case

_D_O = r"\frac{\partial E}{\partial o_{i',j'}}"
_OVER_A = r"\sum_{i=0}^{A-1} \sum_{j=0}^{B-1}"
_X_O = r"\frac{\partial x_{i,j}}{\partial o_{i',j'}}"
# Stride and padding, overlap, a row and a column never read; small, for a proof within a second.
_CASES = (Case((3, 2), (2, 1), 2, 1), Case((1, 6), (1, 3), 2), Case((4, 3), (1, 2), 3))

R2 = Plan(
    title="One input of a layer with stride s and padding P",
    ids=("R2",),
    lines=(
        Line(
            rf"{_D_O} = {_OVER_A} \delta_{{i,j}} {_X_O}",
            "The chain rule over all A × B outputs. Those that do not use this input have the "
            "factor 0.",
        ),
        Line(
            rf"{_X_O} = \frac{{\partial}}{{\partial o_{{i',j'}}}} \left( \sum_m \sum_n w_{{m,n}} "
            r"o_{s i+m-P,s j+n-P} + b \right)",
            "Put in what an output is. This is the only place where s and P come in: output "
            "(i, j) starts at row s i − P, column s j − P. An o outside the picture is padding, 0.",
        ),
        Line(
            r"= w_{i'+P-s i,j'+P-s j}",
            "Only the product with s i + m − P = i′ and s j + n − P = j′ holds this input. "
            "Where there is no such weight, the output does not use it: 0.",
        ),
        Line(
            rf"{_D_O} = {_OVER_A} \delta_{{i,j}} w_{{i'+P-s i,j'+P-s j}}",
            "Put the second result into the first line.",
            "R2",
        ),
        Line(
            r"= \left( z * w \right)_{i'+P,j'+P}",
            "z is δ with s − 1 zeros between neighbours: δ of output (i, j) stands at (s i, s j). "
            "Zeros add nothing, so the sum is J2's true convolution in full, read P further on: "
            "the padding is cropped.",
            "R2",
        ),
    ),
    setting=replace(settings_layers.STRIDED, cases=_CASES),
    every={"i'": "H", "j'": "W", "i": "A", "j": "B"},
    example=examples.strided,
    at={"i'": 2, "j'": 1, "i": 1, "j": 0},
)

PLANS = (R2,)
