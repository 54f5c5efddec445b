r"""What readers of both sources asked and never got: R1 to R9."""

from cnnlib.equations import settings, settings_layers
from cnnlib.equations.pooling import UNITS
from cnnlib.equations.records import Equation, Reading
from cnnlib.equations.source_j import OUTPUTS
from cnnlib.equations.source_j_back import PIXELS
from cnnlib.equations.source_j_weights import WEIGHTS

_OVER_X = r"\sum_{i=0}^{H-k_1} \sum_{j=0}^{W-k_2}"
_OVER_K = r"\sum_{m=0}^{k_1-1} \sum_{n=0}^{k_2-1}"
_OVER_A = r"\sum_{i=0}^{A-1} \sum_{j=0}^{B-1}"

EQUATIONS = (
    Equation(
        id="R1",
        title="Bias gradient",
        where="asked by a reader of the article",
        printed="",
        correct=rf"\frac{{\partial E}}{{\partial b^l}} = {_OVER_X} \delta_{{i,j}}^l",
        verdict="missing",
        why="The bias takes part in every output with factor 1, so all δ add up.",
        setting=settings.PLANE,
        readings=(
            Reading(
                "the factors 1 are added without δ: a count",
                rf"{_OVER_X} 1",
                rf"{_OVER_X} \delta_{{i,j}}",
            ),
        ),
    ),
    Equation(
        id="R2",
        title="Stride s, padding P: input gradient",
        where="asked by a reader of the article",
        printed="",
        correct=(
            rf"\frac{{\partial E}}{{\partial o_{{i',j'}}}} = {_OVER_A} \delta_{{i,j}} "
            rf"w_{{i'+P-s i,j'+P-s j}} = (z * w)_{{i'+P,j'+P}}"
        ),
        verdict="missing",
        why="z is δ with s−1 zeros between neighbours: convolve it in full with w, then crop the "
        "padding; what the stride never reached gets 0.",
        setting=settings_layers.STRIDED,
        every=PIXELS,
        extended="w",
        readings=(
            Reading(
                "the stride dropped on the way back: J20 as it is",
                rf"{_OVER_K} \delta_{{i'-m,j'-n}} w_{{m,n}}",
                r"(z * w)_{i'+P,j'+P}",
            ),
        ),
    ),
    Equation(
        id="R3",
        title="Stride s, padding P: weight gradient",
        where="asked by a reader of the article",
        printed="",
        correct=(
            rf"\frac{{\partial E}}{{\partial w_{{m',n'}}}} = {_OVER_A} \delta_{{i,j}} "
            rf"o_{{s i+m'-P,s j+n'-P}} = (o \otimes z)_{{m'-P,n'-P}}"
        ),
        verdict="missing",
        why="J13 on the places where the kernel stood: the input under δ with zeros between.",
        setting=settings_layers.STRIDED,
        every=WEIGHTS,
        extended="o",
        readings=(
            Reading(
                "the stride dropped: J13 as it is",
                rf"{_OVER_A} \delta_{{i,j}} o_{{i+m',j+n'}}",
                r"(o \otimes z)_{m'-P,n'-P}",
            ),
        ),
    ),
    Equation(
        id="R4",
        title="Different depths: input gradient",
        where="asked by a reader of the article",
        printed="",
        correct=(
            rf"\frac{{\partial E}}{{\partial o_{{c,i',j'}}}} = \sum_{{d=0}}^{{D-1}} {_OVER_K} "
            r"\delta_{d,i'-m,j'-n} w_{d,c,m,n}"
        ),
        verdict="missing",
        why="Each pair of channel and filter has its own kernel: forward sums over the channels, "
        "backward over the filters.",
        setting=settings_layers.CHANNELS,
        every={"c": "C", **PIXELS},
        extended="delta",
        readings=(
            Reading(
                "one kernel for all channels, that of channel 0",
                rf"\sum_{{d=0}}^{{D-1}} {_OVER_K} \delta_{{d,i'-m,j'-n}} w_{{d,0,m,n}}",
            ),
        ),
    ),
    Equation(
        id="R5",
        title="Different depths: weight gradient",
        where="asked by a reader of the article",
        printed="",
        correct=(
            rf"\frac{{\partial E}}{{\partial w_{{d,c,m',n'}}}} = {_OVER_X} "
            r"\delta_{d,i,j} o_{c,i+m',j+n'}"
        ),
        verdict="missing",
        why="J13 for each pair of channel and filter; nothing is summed over either.",
        setting=settings_layers.CHANNELS,
        every={"d": "D", "c": "C", **WEIGHTS},
        readings=(
            Reading(
                "summed over the channels, as the forward pass does",
                rf"\sum_{{q=0}}^{{C-1}} {_OVER_X} \delta_{{d,i,j}} o_{{q,i+m',j+n'}}",
            ),
        ),
    ),
    Equation(
        id="R6",
        title="Two convolution layers with ReLU and pool between",
        where="asked by a reader of the article",
        printed="",
        correct=(
            rf"\frac{{\partial E}}{{\partial x_p^l}} = f'(x_p^l) {_OVER_A} [p = v_{{i,j}}] "
            r"\sum_m \sum_n \delta_{i-m,j-n}^{l+1} w_{m,n}^{l+1}"
        ),
        verdict="missing",
        why="J20 through the upper layer, then the route of the pool, then the mask f′: "
        "no “deconvolution”.",
        setting=settings_layers.TWO_CONVOLUTIONS,
        every={"p": "S"},
        extended="delta",
        limits="The pool's winners are held fixed, as P1 shows they are.",
    ),
    Equation(
        id="R7",
        title="Does pooling multiply by the activation?",
        where="asked by a reader of the article",
        printed="",
        correct=r"\frac{\partial E}{\partial o_p} = \sum_{i=0}^{B-1} "
        r"\frac{\partial E}{\partial y_i} [p = v_i]",
        verdict="missing",
        why="No: the pool routes with factor 1 (P1). f′ comes after it, once, from the layer "
        "below.",
        setting=settings_layers.MAXIMA,
        every=UNITS,
        readings=(
            Reading(
                "the winner's activation multiplied in",
                r"\sum_{i=0}^{B-1} g_i [p = v_i] o_p",
                r"\sum_{i=0}^{B-1} g_i [p = v_i]",
                entries=(2, 1),
            ),
        ),
    ),
    Equation(
        id="R8",
        title="Why does a figure show D4·I1?",
        where="asked by a reader of the article",
        printed="",
        correct=(
            r"\frac{\partial E}{\partial w_{0,0}} = "
            rf"{_OVER_X} \delta_{{i,j}} o_{{i,j}}"
        ),
        verdict="missing",
        why="It is the turned δ read as a correlation. In the gradient of the first weight the "
        "first δ meets the first input.",
        setting=settings.PLANE,
        readings=(
            Reading(
                "the turned δ laid on the input as it is: D4·I1 + D3·I2 + …",
                rf"{_OVER_X} \delta_{{H-k_1-i,W-k_2-j}} o_{{i,j}}",
                rf"{_OVER_X} \delta_{{i,j}} o_{{i,j}}",
                hides="delta",
            ),
        ),
    ),
    Equation(
        id="R9",
        title="If the forward pass does not flip, is there a flip on the way back?",
        where="asked by readers of the article",
        printed="",
        correct=(
            r"x_{i,j} = (o * w)_{i+k_1-1,j+k_2-1} + b \; \Rightarrow \; "
            r"\frac{\partial E}{\partial o_{i',j'}} = (\delta \otimes w)_{i'-k_1+1,j'-k_2+1}"
        ),
        claims=(
            r"x_{i,j} = (o * w)_{i+k_1-1,j+k_2-1} + b",
            r"\frac{\partial E}{\partial o_{i',j'}} = (\delta \otimes w)_{i'-k_1+1,j'-k_2+1}",
        ),
        verdict="missing",
        why="Exactly one of the two passes flips: correlation forward, convolution back, "
        "or the other way round. Libraries correlate forward.",
        setting=settings.FLIPPED,
        every={**PIXELS, **OUTPUTS},
        extended="delta",
    ),
)
