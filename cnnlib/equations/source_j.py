r"""The equations of Jefkine's article for the forward pass and the error: J1 to J9.

Its letters: o into the layer, w (or K) the kernel, x = o ⊗ w + b, then o = f(x); delta is ∂E/∂x.
"""

from cnnlib.equations import settings, settings_layers
from cnnlib.equations.records import Equation, Reading

OUTPUTS = {"i": "H - k_1 + 1", "j": "W - k_2 + 1"}
FULL = {"i": "H + k_1 - 1", "j": "W + k_2 - 1"}
_OVER_K = r"\sum_{m=0}^{k_1-1} \sum_{n=0}^{k_2-1} "
_FORWARD = r"\sum_m \sum_n w_{m,n}^l o_{i+m,j+n}^{l-1} + "
_CONVOLVED = r"(I * K)_{i,j} = \sum_{m=0}^{k_1-1} \sum_{n=0}^{k_2-1} I(i-m, j-n) K(m, n)"
_STAR_IS_CONVOLUTION = Reading(
    "the * is J2's true convolution, at the same place: the kernel is turned",
    r"(I * K)_{i+k_1-1,j+k_2-1} + b",
    r"(I \otimes K)_{i,j} + b",
    hides="K",
    setting=settings.PLANE,
    every=OUTPUTS,
)

EQUATIONS = (
    Equation(
        id="J1",
        title="Cross-correlation",
        where="eq. 1",
        printed=r"(I \otimes K)_{ij} = \sum_{m=0}^{k_1-1} \sum_{n=0}^{k_2-1} I(i+m, j+n) K(m, n)",
        correct=rf"(I \otimes K)_{{i,j}} = {_OVER_K} I(i+m, j+n) K(m, n)",
        claims=(
            rf"x_{{i,j}} = {_OVER_K} I(i+m, j+n) K(m, n) + b",
            rf"(I \otimes K)_{{i,j}} = {_OVER_K} I(i+m, j+n) K(m, n)",
        ),
        verdict="holds",
        why="A definition; its valid part is 0 ≤ i ≤ H−k₁, 0 ≤ j ≤ W−k₂.",
        setting=settings.PLANE,
        every=OUTPUTS,
        limits="A definition: shown is that it adds up exactly the table of taps (x there has "
        "a bias) and never leaves I.",
    ),
    Equation(
        id="J2",
        title="True convolution",
        where="eq. 2",
        printed=r"(I * K)_{ij} = \sum_{m=0}^{k_1-1} \sum_{n=0}^{k_2-1} I(i-m, j-n) K(m, n)",
        correct=_CONVOLVED,
        claims=(_CONVOLVED + " = c_{i,j}",),
        verdict="holds with a condition",
        why="Its valid part starts at (k₁−1, k₂−1); elsewhere it needs I taken as 0 outside "
        "the image.",
        setting=settings.IMAGE,
        every=FULL,
        extended="I",
        limits="A definition: shown is that it gives c, the coefficients of the product of two "
        "polynomials, which is what convolution means.",
        readings=(
            Reading(
                "without the condition: a negative index counts from the end, as in NumPy",
                _CONVOLVED,
                _CONVOLVED,
                outside="wrap",
            ),
        ),
    ),
    Equation(
        id="J3",
        title="Convolution with reversed indices",
        where="eq. 3",
        printed=r"(I * K)_{ij} = \sum_{m=0}^{k_1-1} \sum_{n=0}^{k_2-1} I(i+m, j+n) K(-m, -n)",
        correct=(
            r"(I * K)_{i,j} = \sum_{m=-(k_1-1)}^{0} \sum_{n=-(k_2-1)}^{0} I(i+m, j+n) K(-m, -n)"
        ),
        verdict="corrected",
        why="After m → −m the limits run from −(k−1) to 0. The sentence below it describes a "
        "symmetric kernel, the one case in which no flip can be seen.",
        setting=settings.IMAGE,
        every=FULL,
        extended="I",
        readings=(
            Reading(
                "limits as printed, K taken as 0 outside: all of the kernel but K(0,0) is lost",
                rf"{_OVER_K} I(i+m, j+n) K(-m, -n)",
                _CONVOLVED,
                hides="K",
            ),
            Reading(
                "K(−m,−n) replaced by K(m,n), as the sentence says: the kernel is not turned "
                "(compared at the same place)",
                rf"{_OVER_K} I(i-k_1+1+m, j-k_2+1+n) K(m, n)",
                _CONVOLVED,
                hides="K",
            ),
        ),
    ),
    Equation(
        id="J4",
        title="Convolution layer with channels",
        where="eq. 4",
        printed=(
            r"(I * K)_{ij} = \sum_{m=0}^{k_1-1} \sum_{n=0}^{k_2-1} \sum_{c=1}^C "
            r"K_{m,n,c} \cdot I_{i+m,j+n,c} + b"
        ),
        correct=rf"x_{{i,j,d}} = {_OVER_K} \sum_{{c=0}}^{{C-1}} K_{{m,n,c,d}} I_{{i+m,j+n,c}} "
        rf"+ b_d",
        claims=(
            rf"x_{{d,i,j}} = {_OVER_K} \sum_{{c=0}}^{{C-1}} K_{{m,n,c,d}} I_{{i+m,j+n,c}} + b_d",
        ),
        verdict="notation",
        why="Written *, but it is ⊗ (nothing is turned). K and b lack the index d of the filter: "
        "one kernel for each pair of channel and filter.",
        setting=settings_layers.CHANNELS,
        every={"d": "D", **OUTPUTS},
        limits="A definition: shown is that it adds up the taps of every channel.",
        readings=(_STAR_IS_CONVOLUTION,),
    ),
    Equation(
        id="J5",
        title="Convolution layer, one channel",
        where="eq. 5",
        printed=(
            r"(I * K)_{ij} = \sum_{m=0}^{k_1-1} \sum_{n=0}^{k_2-1} K_{m,n} \cdot I_{i+m,j+n} + b"
        ),
        correct=rf"x_{{i,j}} = {_OVER_K} K_{{m,n}} I_{{i+m,j+n}} + b = (I \otimes K)_{{i,j}} + b",
        verdict="notation",
        why="Written *, but the right side is J1's ⊗: nothing is flipped.",
        setting=settings.PLANE,
        every=OUTPUTS,
        limits="A definition: shown is that it adds up the taps.",
        readings=(_STAR_IS_CONVOLUTION,),
    ),
    Equation(
        id="J6",
        title="Forward with a turned kernel",
        where="eq. 6",
        printed=(r"x_{i,j}^l = \text{rot}_{180^\circ} \{w_{m,n}^l\} * o_{i,j}^{l-1} + b_{i,j}^l"),
        correct=(
            r"x_{i,j}^l = \left( \text{rot}_{180^\circ}(w^l) * o^{l-1} "
            r"\right)_{i+k_1-1,j+k_2-1} + b^l"
        ),
        verdict="holds with a condition",
        why="True as valid true convolution; with J2's own indices the result is shifted by "
        "(k₁−1, k₂−1).",
        setting=settings.PLANE,
        every=OUTPUTS,
        readings=(
            Reading(
                "at J2's own index (i, j), zeros outside",
                r"(\text{rot}_{180^\circ}(w) * o)_{i,j}",
                r"(o \otimes w)_{i,j}",
            ),
        ),
    ),
    Equation(
        id="J7",
        title="Forward",
        where="eq. 7",
        printed=rf"x_{{i,j}}^l = {_FORWARD} b_{{i,j}}^l",
        correct=rf"x_{{i,j}}^l = {_FORWARD} b^l",
        verdict="holds",
        why="For 0 ≤ i ≤ H−k₁, 0 ≤ j ≤ W−k₂; it prints b at (i, j), but a map has one bias.",
        setting=settings.PLANE,
        every=OUTPUTS,
        limits="A definition: shown is that it adds up exactly the table of taps and never "
        "leaves o.",
    ),
    Equation(
        id="J8",
        title="Activation",
        where="eq. 8",
        printed=r"o_{i,j}^l = f(x_{i,j}^l)",
        correct=r"o_{i,j}^l = f(x_{i,j}^l)",
        claims=(
            r"o_{i,j}^l = f(x_{i,j}^l)",
            r"\frac{\partial o_{i,j}^l}{\partial x_{p,q}^l} = [i = p] [j = q] f'(x_{p,q}^l)",
        ),
        verdict="holds",
        why="Element by element: one input, one output.",
        setting=settings.PLANE_ACTIVATION,
        every={"i": "H", "j": "W", "p": "H", "q": "W"},
        limits="f must have a derivative at x; ReLU has none at 0.",
    ),
    Equation(
        id="J9",
        title="Error",
        where="eq. 9",
        printed=r"E = \frac{1}{2} \sum_p (t_p - y_p)^2",
        correct=r"E = \frac{1}{2} \sum_{p=0}^{P-1} (t_p - y_p)^2",
        claims=(
            r"E = \frac{1}{2} \sum_{p=0}^{P-1} (t_p - y_p)^2",
            r"\frac{\partial E}{\partial y_q} = y_q - t_q",
            r"\frac{\partial E}{\partial x_q} = (y_q - t_q) f'(x_q)",
        ),
        verdict="holds with a condition",
        why="It is half the sum, not the mean that the text announces. The start of the recursion, "
        "δ = (y − t) f′(x) at the last layer, is never given.",
        setting=settings_layers.SQUARED,
        every={"q": "P"},
        readings=(
            Reading(
                "taken as the mean that the text announces: ∂E/∂y is 2/P times as large",
                r"\frac{2}{P} (y_q - t_q)",
                "y_q - t_q",
            ),
        ),
    ),
)
