r"""The equations of the Stack Exchange answer, one dimension: S1 to S8.

Its letters: y of length N into the layer, w of length m, x out of the layer, then y = f(x).
"""

from cnnlib.equations import settings, settings_layers
from cnnlib.equations.records import Equation, Reading

_OVER_A = r"\sum_{a=0}^{k_1-1} \sum_{c=0}^{k_2-1} \sum_{e=0}^{k_3-1}"
_OVER_I = r"\sum_{i=0}^{H-k_1} \sum_{j=0}^{G-k_2} \sum_{h=0}^{W-k_3}"
_DELTA = r"\frac{\partial E}{\partial x_i^l}"

EQUATIONS = (
    Equation(
        id="S1",
        title="Forward: slide the kernel",
        where="first equation",
        printed=r"x_i^l = \sum_{a=0}^{m-1} w_a y_{a+i}^{l-1}",
        correct=r"x_i^l = \sum_{a=0}^{m-1} w_a y_{a+i}^{l-1} + b^l",
        verdict="holds",
        why="It is cross-correlation, for 0 ≤ i ≤ N−m; a bias is missing, the printed form has "
        "b = 0.",
        setting=settings.LINE,
        every={"i": "N - m + 1"},
        limits="A definition: shown is that it adds up exactly the table of taps and never "
        "leaves y.",
    ),
    Equation(
        id="S2",
        title="Forward: the activation",
        where="beside the first equation",
        printed=r"y_i^l = f(x_i^l)",
        correct=r"y_i^l = f(x_i^l)",
        verdict="holds",
        why="Element by element: yᵢ depends on xᵢ alone, with derivative f′(xᵢ).",
        setting=settings.LINE_ACTIVATION,
        every={"i": "N", "p": "N"},
        claims=(
            r"y_i^l = f(x_i^l)",
            r"\frac{\partial y_i^l}{\partial x_p^l} = [i = p] f'(x_p^l)",
        ),
        limits="f must have a derivative at x; ReLU has none at 0.",
    ),
    Equation(
        id="S3",
        title="Weight gradient",
        where="second equation",
        printed=(
            r"\frac{\partial E}{\partial w_a} = \sum_{a=0}^{N-m} \frac{\partial E}{\partial x_i^l} "
            r"\frac{\partial x_i^l}{\partial w_a} = \sum_{a=0}^{N-m} "
            r"\frac{\partial E}{\partial w_a} y_{i+a}^{l-1}"
        ),
        correct=(
            rf"\frac{{\partial E}}{{\partial w_a}} = \sum_{{i=0}}^{{N-m}} {_DELTA} "
            rf"\frac{{\partial x_i^l}}{{\partial w_a}} = \sum_{{i=0}}^{{N-m}} {_DELTA} "
            rf"y_{{i+a}}^{{l-1}}"
        ),
        verdict="corrected",
        why="It sums over its own free index, repeats ∂E/∂w where ∂E/∂x belongs, "
        "and counts N−m terms where there are N−m+1.",
        setting=settings.LINE,
        every={"a": "m"},
        readings=(
            Reading(
                "the sum runs over a, as printed, with ∂E/∂xᵢ as its factor and i left at 0: "
                "every weight gets the same number",
                r"\sum_{a=0}^{N-m} \delta_{0} y_{a}",
                r"\sum_{i=0}^{N-m} \delta_i y_{i+a}",
            ),
            Reading(
                "the sum runs over i, but over N−m terms, as the text counts them",
                r"\sum_{i=0}^{N-m-1} \delta_i y_{i+a}",
                r"\sum_{i=0}^{N-m} \delta_i y_{i+a}",
            ),
        ),
    ),
    Equation(
        id="S4",
        title="Back through the activation",
        where="third equation",
        printed=(
            r"\frac{\partial E}{\partial x_i^l} = \frac{\partial E}{\partial y_i^l} "
            r"\frac{\partial y_i^l}{\partial x_i^l} = \frac{\partial E}{\partial y_i^l} "
            r"\frac{\partial}{\partial x_i^l} f(x_i^l)"
        ),
        correct=(
            r"\frac{\partial E}{\partial x_i^l} = \frac{\partial E}{\partial y_i^l} "
            r"\frac{\partial y_i^l}{\partial x_i^l} = \frac{\partial E}{\partial y_i^l} f'(x_i^l)"
        ),
        verdict="holds",
        why="One path only: xᵢ reaches E through yᵢ alone. f′ is taken at x, not at y.",
        setting=settings.LINE_ACTIVATION,
        every={"i": "N"},
    ),
    Equation(
        id="S5",
        title="Input gradient",
        where="fourth equation",
        printed=(
            r"\delta_a^{l-1} = \frac{\partial E}{\partial y_i^{l-1}} = \sum_{a=0}^{m-1} "
            r"\frac{\partial E}{\partial x_{i-a}^l} "
            r"\frac{\partial x_{i-a}^l}{\partial y_i^{l-1}} = \sum_{a=0}^{m-1} "
            r"\frac{\partial E}{\partial x_{i-a}^l} w_a^{flipped}"
        ),
        correct=(
            r"\frac{\partial E}{\partial y_i^{l-1}} = \sum_{a=0}^{m-1} "
            r"\frac{\partial E}{\partial x_{i-a}^l} "
            r"\frac{\partial x_{i-a}^l}{\partial y_i^{l-1}} = \sum_{a=0}^{m-1} "
            r"\frac{\partial E}{\partial x_{i-a}^l} w_a"
        ),
        verdict="corrected",
        why="The reversed index i−a already is the flip: plain wₐ. Left it says a where i is "
        "meant, and its δ lacks the f′ that S6's has.",
        setting=settings.LINE,
        every={"i": "N"},
        extended="x delta",
        limits="The sum needs the zeros only at the two ends, where i−a leaves 0 … N−m.",
        readings=(
            Reading(
                "the weights are flipped on top of the reversed index i−a: a double flip",
                r"\sum_{a=0}^{m-1} \delta_{i-a} w_{m-1-a}",
                r"\sum_{a=0}^{m-1} \delta_{i-a} w_a",
                hides="w",
            ),
            Reading(
                "the right weights, but negative indices count from the end, as in NumPy",
                r"\sum_{a=0}^{m-1} \delta_{i-a} w_a",
                outside="wrap",
                right=r"\sum_{p=0}^{N-m} \sum_{a=0}^{m-1} [i = p + a] \delta_p w_a",
            ),
        ),
    ),
    Equation(
        id="S6",
        title="Error back in vector notation",
        where="fifth equation",
        printed=r"\delta^{l} = (w^{l})^{T} \delta^{l+1} f'(x^{l})",
        correct=r"\delta^l = \left( T^{l+1} \right)^{T} \delta^{l+1} \odot f'(x^l)",
        claims=(
            r"\delta_p^l = \frac{\partial E}{\partial x_p^l} = "
            r"\sum_{i=0}^{N-m} T_{i,p}^{l+1} \delta_i^{l+1} f'(x_p^l)",
            r"\frac{\partial E}{\partial x_p^l} = "
            r"\sum_{i=0}^{N-m} \frac{\partial x_i^{l+1}}{\partial y_p^l} \delta_i^{l+1} f'(x_p^l)",
        ),
        verdict="corrected",
        why="What is transposed is the matrix T of the layer above (its rows are shifted "
        "copies of w): the transpose of a kernel is not its half turn.",
        setting=settings.TOEPLITZ,
        every={"p": "N"},
        readings=(
            Reading(
                "a kernel of one dimension is its own transpose: w slides over δ unturned",
                r"\sum_{a=0}^{m-1} \delta_{p-m+1+a} w_a",
                r"\sum_{a=0}^{m-1} \delta_{p-a} w_a",
                hides="w",
            ),
            Reading(
                "the flip of a two-dimensional kernel taken as its transpose",
                r"\sum_{m=0}^{k_1-1} \sum_{n=0}^{k_2-1} \delta_{i-k_1+1+m,j-k_2+1+n} w_{n,m}",
                r"\sum_{m=0}^{k_1-1} \sum_{n=0}^{k_2-1} \delta_{i-m,j-n} w_{m,n}",
                setting=settings.SQUARE,
                every={"i": "H", "j": "W"},
            ),
            Reading(
                "the weights of the layer's own index l (here v), not those of the layer above "
                "(w); the sizes fit for a kernel of one weight only",
                r"\sum_{a=0}^{m-1} \delta_{p-a} v_a",
                r"\sum_{a=0}^{m-1} \delta_{p-a} w_a",
                setting=settings.SINGLE,
            ),
        ),
    ),
    Equation(
        id="S7",
        title="Error back through a pool",
        where="last equation",
        printed=r"\delta^{l} = \mathrm{upsample}((w^{l})^{T} \delta^{l+1}) f'(x^{l})",
        correct=(
            r"\frac{\partial E}{\partial x_p^l} = f'(x_p^l) \sum_{i=0}^{B-1} [p = v_i] "
            r"\sum_{q=0}^{D-1} w_{q,i}^{l+1} \delta_q^{l+1}"
        ),
        verdict="holds with a condition",
        why="Right for a dense layer above the pool (with its index, l+1); a convolution above "
        "needs the full convolution instead. Max needs the stored winner v, mean needs 1/area.",
        setting=settings_layers.POOLED_DENSE,
        every={"p": "A"},
        readings=(
            Reading(
                "the layer above is a convolution and its kernel is used as it is, transposed "
                "(before upsampling)",
                r"\sum_{a=0}^{m-1} \delta_{p-m+1+a} w_a",
                r"\sum_{a=0}^{m-1} \delta_{p-a} w_a",
                hides="w",
                setting=settings.LINE,
                every={"p": "N"},
            ),
        ),
    ),
    Equation(
        id="S8",
        title="More dimensions",
        where="first sentence",
        printed=r"x_i^l = \sum_{a=0}^{m-1} w_a y_{a+i}^{l-1} \; \text{in more dimensions}",
        correct=r"x_{i,j}^l = \sum_{a=0}^{k_1-1} \sum_{c=0}^{k_2-1} w_{a,c} y_{a+i,c+j}^{l-1} "
        r"+ b^l",
        claims=(
            rf"x_{{i,j,h}}^l = {_OVER_A} w_{{a,c,e}} y_{{a+i,c+j,e+h}}^{{l-1}} + b^l",
            rf"\frac{{\partial E}}{{\partial w_{{p,q,r}}}} = {_OVER_I} \delta_{{i,j,h}} "
            r"y_{i+p,j+q,h+r}^{l-1}",
        ),
        verdict="holds",
        why="Same taps, more indices: i, a and p become tuples and nothing else changes.",
        setting=settings.SPACE,
        every={
            **{"i": "H - k_1 + 1", "j": "G - k_2 + 1", "h": "W - k_3 + 1"},
            **{"p": "k_1", "q": "k_2", "r": "k_3"},
        },
        limits="Proved with three axes, forward and for the weights; two axes are J1 to J22, "
        "and the first size has two axes and a third of one cell.",
    ),
)
