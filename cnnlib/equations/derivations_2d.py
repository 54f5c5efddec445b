"""The derivations of Jefkine's article: J10 to J14, and J16 to J22 with region Q."""

from dataclasses import replace

from cnnlib.equations import examples, settings
from cnnlib.equations.plan import Line, Plan

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
            r"= \frac{\partial}{\partial w_{m',n'}^l} \left( w_{m',n'}^l o_{i+m',j+n'}^{l-1} "
            r"\right)",
            "Only the product with m = m′ and n = n′ holds this weight; all others are constants.",
        ),
        Line(
            r"= o_{i+m',j+n'}^{l-1}",
            "The derivative of w · o by w is o.",
            "J12",
        ),
        Line(
            rf"{_D_W} = {_OVER_X} \delta_{{i,j}}^l o_{{i+m',j+n'}}^{{l-1}}",
            "Put J12 into J10: every product that the weight took part in, with the δ of its "
            "output.",
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
            r"= \frac{\partial}{\partial x_{i',j'}^l} \left( w_{i'-i,j'-j}^{l+1} "
            r"f(x_{i',j'}^l) \right)",
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
    setting=replace(settings.PLANE_BELOW, cases=settings.PLANES[:3]),
    every={"i'": "H", "j'": "W", "i": "H-k_1+1", "j": "W-k_2+1"},
    example=examples.plane_below,
    at={"i'": 1, "j'": 1, "i": 1, "j": 0},
)

PLANS = (J10, J16)
