r"""The equations of Jefkine's article that send delta back: region Q and J16 to J22."""

from cnnlib.equations import settings
from cnnlib.equations.records import Equation, Reading

PIXELS = {"i'": "H", "j'": "W"}
TAPS = {"i": "H - k_1 + 1", "j": "W - k_2 + 1", "m": "k_1", "n": "k_2"}
OF_TAP = {"i'": "i + m", "j'": "j + n"}
_OVER_K = r"\sum_{m=0}^{k_1-1} \sum_{n=0}^{k_2-1} "
_D_X = r"\frac{\partial E}{\partial x_{i',j'}^l} = "
_UP = r"x_{i'-m,j'-n}^{l+1}"
_SLOPE = r"f' \left( x_{i',j'}^l \right)"
_GATHER = rf"{_OVER_K} \delta_{{i'-m,j'-n}}^{{l+1}} w_{{m,n}}^{{l+1}}"
_ALONG = r"\frac{\partial x_{i'-m,j'-n}^{l+1}}{\partial x_{i',j'}^l}"
_ROWS = r"\sum_{i=\max(0,i'-k_1+1)}^{\min(i',H-k_1)}"
_COLUMNS = r"\sum_{j=\max(0,j'-k_2+1)}^{\min(j',W-k_2)}"
_UNCLIPPED = r"\sum_{i=i'-k_1+1}^{i'} \sum_{j=j'-k_2+1}^{j'}"
_BY_X = r"\frac{\partial}{\partial x_{i',j'}^l} \left( "
_BY_X_OPEN = r"\frac{\partial}{\partial x_{i',j'}^l} ( "
_RIGHT = rf"{_OVER_K} \delta_{{i'-m,j'-n}} w_{{m,n}}"
_SCATTER = r"\sum_{i=0}^{H-k_1} \sum_{j=0}^{W-k_2} \delta_{i,j} w_{i'-i,j'-j}"
_WRAPS = Reading(
    "without the condition: a negative index counts from the end, as in NumPy "
    "(an index past the other end is left out)",
    _RIGHT,
    _SCATTER,
    outside="wrap",
)

EQUATIONS = (
    Equation(
        id="J16",
        title="Delta back: sum over region Q",
        where="eq. 16",
        printed=(
            rf"{_D_X} \sum_{{i,j \in Q}} \frac{{\partial E}}{{\partial x_Q^{{l+1}}}} "
            r"\frac{\partial x_Q^{l+1}}{\partial x_{i',j'}^l} "
            r"= \sum_{i,j \in Q} \delta_Q^{l+1} \frac{\partial x_Q^{l+1}}{\partial x_{i',j'}^l}"
        ),
        correct=(
            rf"{_D_X} \sum_{{(i,j) \in Q}} \frac{{\partial E}}{{\partial x_{{i,j}}^{{l+1}}}} "
            r"\frac{\partial x_{i,j}^{l+1}}{\partial x_{i',j'}^l} "
            r"= \sum_{(i,j) \in Q} \delta_{i,j}^{l+1} "
            r"\frac{\partial x_{i,j}^{l+1}}{\partial x_{i',j'}^l}"
        ),
        verdict="notation",
        why="The summand carries the set Q as its index; meant is (i, j) in Q. The “input "
        "pixel” is x of the layer below, before f: hence f′ later.",
        setting=settings.PLANE_BELOW,
        every=PIXELS,
        limits="Q comes from the table of taps.",
    ),
    Equation(
        id="Q",
        title="Region Q: the outputs that a pixel reaches",
        where="text between eq. 15 and 16",
        printed=r"Q: \; (i'-k_1+1, j'-k_2+1) \; \dots \; (i', j')",
        correct=(
            r"Q = \{ (i,j) : \max(0, i'-k_1+1) \le i \le \min(i', H-k_1), \\ "
            r"\quad \max(0, j'-k_2+1) \le j \le \min(j', W-k_2) \}"
        ),
        claims=(
            rf"\sum_{{(i,j) \in Q}} 1 = {_ROWS} {_COLUMNS} 1",
            rf"\frac{{\partial E}}{{\partial o_{{i',j'}}}} = "
            rf"{_ROWS} {_COLUMNS} \delta_{{i,j}} w_{{i'-i,j'-j}}",
        ),
        verdict="corrected",
        why="As printed it holds in the interior only: near the border it names outputs that "
        "do not exist.",
        setting=settings.PLANE,
        every=PIXELS,
        limits="No index may leave its array: with too wide limits the proof stops, with too "
        "narrow ones a product is missing.",
        readings=(
            Reading(
                "counting the outputs that a pixel reaches, as printed: always k₁k₂",
                f"{_UNCLIPPED} 1",
                f"{_ROWS} {_COLUMNS} 1",
            ),
            Reading(
                "summing over it as printed, where a negative index counts from the end, as in "
                "NumPy",
                rf"{_UNCLIPPED} \delta_{{i,j}} w_{{i'-i,j'-j}}",
                rf"{_ROWS} {_COLUMNS} \delta_{{i,j}} w_{{i'-i,j'-j}}",
                outside="wrap",
            ),
        ),
    ),
    Equation(
        id="J17",
        title="Delta back: Q as offsets",
        where="eq. 17",
        printed=(
            rf"{_D_X} {_OVER_K} \frac{{\partial E}}{{\partial {_UP}}} {_ALONG} "
            rf"= {_OVER_K} \delta_{{i'-m,j'-n}}^{{l+1}} {_ALONG}"
        ),
        correct=(
            rf"{_D_X} {_OVER_K} \frac{{\partial E}}{{\partial {_UP}}} {_ALONG} "
            rf"= {_OVER_K} \delta_{{i'-m,j'-n}}^{{l+1}} {_ALONG}"
        ),
        verdict="holds with a condition",
        why="δ is taken as 0 outside its map: that is what a negative index must mean here.",
        setting=settings.PLANE_BELOW,
        every=PIXELS,
        extended="delta x",
        readings=(_WRAPS,),
    ),
    Equation(
        id="J18",
        title="Delta back: put x in",
        where="eq. 18",
        printed=(
            rf"{_ALONG} = {_BY_X} \sum_{{m'}} \sum_{{n'}} w_{{m',n'}}^{{l+1}} "
            rf"o_{{i'-m+m',j'-n+n'}}^l + b^{{l+1}} \right) = {_BY_X} \sum_{{m'}} \sum_{{n'}} "
            r"w_{m',n'}^{l+1} f \left( x_{i'-m+m',j'-n+n'}^l \right) + b^{l+1} \right)"
        ),
        correct=(
            rf"{_ALONG} = {_BY_X} \sum_{{m'}} \sum_{{n'}} w_{{m',n'}}^{{l+1}} "
            rf"o_{{i'-m+m',j'-n+n'}}^l + b^{{l+1}} \right) = {_BY_X} \sum_{{m'}} \sum_{{n'}} "
            r"w_{m',n'}^{l+1} f \left( x_{i'-m+m',j'-n+n'}^l \right) + b^{l+1} \right)"
        ),
        verdict="holds",
        why="J7 put in for x of the layer above, for every output (i′−m, j′−n) that exists.",
        setting=settings.PLANE_BELOW,
        every=TAPS,
        let=OF_TAP,
        limits="Where (i′−m, j′−n) is no output there is nothing to differentiate.",
    ),
    Equation(
        id="J19",
        title="Delta back: one term is left",
        where="the display after eq. 18 (its number is lost)",
        printed=(
            rf"{_ALONG} = {_BY_X_OPEN} w_{{m',n'}}^{{l+1}} f \left( x_{{0-m+m',0-n+n'}}^l \right) "
            r"+ \cdots + w_{m,n}^{l+1} f \left( x_{i',j'}^l \right) + \cdots "
            rf"= w_{{m,n}}^{{l+1}} {_SLOPE}"
        ),
        correct=(
            rf"{_ALONG} = {_BY_X} w_{{m,n}}^{{l+1}} f \left( x_{{i',j'}}^l \right) \right) "
            rf"= w_{{m,n}}^{{l+1}} \frac{{\partial}}{{\partial x_{{i',j'}}^l}} \left( f \left( "
            rf"x_{{i',j'}}^l \right) \right) = w_{{m,n}}^{{l+1}} {_SLOPE}"
        ),
        verdict="notation",
        why="The index 0−m+m′ should be i′−m+m′; the number, the bias and a bracket are lost. "
        "The last line is right.",
        setting=settings.PLANE_BELOW,
        every=TAPS,
        let=OF_TAP,
    ),
    Equation(
        id="J20",
        title="Delta of the layer below",
        where="eq. 20",
        printed=rf"{_D_X} {_GATHER} {_SLOPE}",
        correct=rf"{_D_X} {_GATHER} {_SLOPE}",
        verdict="holds with a condition",
        why="With δ taken as 0 outside its map. f′ stands at x of the layer below.",
        setting=settings.PLANE_BELOW,
        every=PIXELS,
        extended="delta x",
        readings=(_WRAPS,),
    ),
    Equation(
        id="J21",
        title="Delta back as a sliding window, first try",
        where="eq. 21",
        printed=(
            rf"{_D_X} {_GATHER} {_SLOPE} = \text{{rot}}_{{180^\circ}} \left\{{ {_OVER_K} "
            rf"\delta_{{i'+m,j'+n}}^{{l+1}} w_{{m,n}}^{{l+1}} \right\}} {_SLOPE}"
        ),
        correct=(
            rf"{_D_X} {_GATHER} {_SLOPE} = {_OVER_K} \delta_{{i'-k_1+1+m,j'-k_2+1+n}}^{{l+1}} "
            rf"\text{{rot}}_{{180^\circ}}(w^{{l+1}})_{{m,n}} {_SLOPE}"
        ),
        verdict="corrected",
        why="The half turn of one number is that number: it fails under every reading tried. "
        "What turns is w, and the window starts k−1 places earlier.",
        setting=settings.PLANE_BELOW,
        every=PIXELS,
        extended="delta x",
        readings=(
            Reading(
                "turning the sum, a single number, changes nothing",
                rf"{_OVER_K} \delta_{{i'+m,j'+n}} w_{{m,n}}",
                _RIGHT,
            ),
            Reading(
                "the whole map of sums is turned",
                rf"{_OVER_K} \delta_{{H-1-i'+m,W-1-j'+n}} w_{{m,n}}",
                _RIGHT,
            ),
            Reading(
                "the full correlation (from −(k−1) on) is turned",
                rf"{_OVER_K} \delta_{{H-k_1-i'+m,W-k_2-j'+n}} w_{{m,n}}",
                _RIGHT,
            ),
            Reading(
                "only w is turned: right but for its place, k−1 too late",
                rf"{_OVER_K} \delta_{{i'+m,j'+n}} \text{{rot}}_{{180^\circ}}(w)_{{m,n}}",
                _RIGHT,
            ),
        ),
    ),
    Equation(
        id="J22",
        title="Delta back as a convolution",
        where="eq. 22",
        printed=(
            rf"{_D_X} \delta_{{i',j'}}^{{l+1}} * \text{{rot}}_{{180^\circ}} "
            rf"\{{ w_{{m,n}}^{{l+1}} \}} {_SLOPE}"
        ),
        correct=(
            rf"{_D_X} \left( \delta^{{l+1}} * w^{{l+1}} \right)_{{i',j'}} {_SLOPE} = \left( "
            r"\delta^{l+1} \otimes \text{rot}_{180^\circ}(w^{l+1}) \right)_{i'-k_1+1,j'-k_2+1} "
            rf"{_SLOPE}"
        ),
        verdict="corrected",
        why="Under J2's * the kernel is turned twice. Right: full δ * w, or full δ ⊗ rot180(w). "
        "“Full” is never said, and “valid”, as a reply says, has the wrong size.",
        setting=settings.PLANE_BELOW,
        every=PIXELS,
        extended="delta x",
        readings=(
            Reading(
                "the * is J2's true convolution: together with rot180 a double flip",
                r"(\delta * \text{rot}_{180^\circ}(w))_{i',j'}",
                _RIGHT,
                hides="w",
            ),
            Reading(
                "the * is ⊗, at J1's own index (i′, j′): shifted, for it has to be the full one",
                r"(\delta \otimes \text{rot}_{180^\circ}(w))_{i',j'}",
                _RIGHT,
            ),
        ),
    ),
)
