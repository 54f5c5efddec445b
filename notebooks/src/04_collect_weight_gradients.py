# %% [markdown] slideshow={"slide_type": "slide"}
# # 04 · Collect weight gradients
#
# One weight of this lesson's kernel is 0. It adds nothing to any output. Does the error care about
# it at all?
#
# **You will do:** watch the products of one weight come in, one by one, and their sum settle; find
# the patch of the picture that each weight meets; write the gradient of a kernel, and test it.
#
# **You will learn:** why the gradient of a kernel is one more sliding window, $o \otimes \delta$;
# what a gradient is, and what it is not.
#
# **You need:** lesson 02 (delta, lever, the number $T$) and lesson 03 (sliding a kernel in 2D).
#
# **Time:** 55 minutes. A good place to pause is marked, about half-way.

# %% [markdown] tags=["notes"]
# The lesson stands on one question: what is the gradient of a weight that is 0? Let the class commit
# before anything is computed. Most say 0. The answer is {{ two_d.d_w[1, 0] }}, the largest of the four.

# %%
import numpy as np

from cnnlib import equations, exercises, gradcheck, ops
from cnnlib.examples import tall, two_d
from cnnlib.widgets import LinkedGrids, Quiz

# %% [markdown] slideshow={"slide_type": "subslide"}
# First, two questions: one from lesson 03, one from lesson 01. Answer without looking back.

# %%
Quiz("04_collect_weight_gradients", "recall")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Nine outputs, four weights
#
# The layer is the one of lesson 03: a small picture $o$, a kernel $w$, and what comes out,
# $x = o \otimes w$.
#
# $$o = {{ matrix(two_d.o) }} \qquad w = {{ matrix(two_d.w) }} \qquad x = {{ matrix(two_d.x) }}$$
#
# Now somebody says what should have come out: the target $t$. As in lesson 02, the error is half the
# sum of the squared differences, and $\delta = x - t$ has one lever for each output.
#
# $$t = {{ matrix(two_d.t) }} \qquad \delta = {{ matrix(two_d.delta) }} \qquad E = {{ two_d.E }}$$
#
# In words: $\delta[1,0]$ is {{ two_d.delta[1, 0] }}, so this output is {{ two_d.delta[1, 0] }} too high. $\delta[0,1]$ is {{ two_d.delta[0, 1] }}: spot on.

# %%
o, w, t = two_d.o, two_d.w, two_d.t
x = ops.cross_correlate(o, w)
delta = x - t
delta

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Predict: a weight that is 0
#
# Look at the kernel again. The weight in its lower left corner, $w[1,0]$, is {{ two_d.w[1, 0] }}.

# %% predict the zero weight
Quiz("04_collect_weight_gradients", "predict")

# %% [markdown] tags=["clicker"]
# w[1,0] is 0, so it adds nothing to any output. What is its gradient? A: 0. B: not 0, but the
# smallest of the four. C: the largest of the four. D: nobody can tell before the weight is trained.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Let the products come in
#
# The kernel slid over nine places, so $w[1,0]$ was used nine times: once for each output. Every use is
# a path from this weight to $E$. Paths add up.
#
# Step forward with the arrow to the right of ▶. Each step brings in one product: the $\delta$ of an
# output, times the input that $w[1,0]$ met there. Watch the sum in the formula grow and settle. Stop
# at *product {{ number(3 * two_d.x.size) }}*: that is the ninth, and $w[1,1]$ comes next.

# %% nine products
LinkedGrids(
    "weight-gradient",
    input=o,
    kernel=w,
    delta=delta,
    by="product",
    position=18,  # the products of w[1,0] begin here
    title="The products of one weight, one by one",
)

# %% [markdown] tags=["notes"]
# Step by hand, and let the class say each product before it appears. Stop after the fifth and ask
# what is still to come. Then point at the four gradients one after the other: the lit patch moves.

# %% [markdown]
# <details>
# <summary>The same as a still picture</summary>
#
# ![The nine inputs that weight 1,0 meets form a 3 by 3 patch at the lower left of the input. Each is multiplied with the delta of its output; the running sum of the nine products ends at the weight's gradient.](../figures/weight_gradient_2d.svg)
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What happened
#
# Most products were 0. These were not:
# {{ " + ".join(number(p) for p in (two_d.delta * two_d.o[1:4, 0:3]).ravel() if p) }} = {{ two_d.d_w[1, 0] }}. The gradient of the weight that is 0 is {{ two_d.d_w[1, 0] }}, and no other
# weight has a larger one.
#
# Look for $w[1,0]$ itself in those products. It is not there. Nudge the weight, and an output moves
# by the nudge times $o$, the input that the weight met there. The output moves $E$ by $\delta$ times
# that. So each path is worth $\delta \cdot o$, whatever the weight is now.
#
# How large a weight is says how much it *adds to the outputs* now. Its gradient says what a *nudge*
# would do. Those are two questions.

# %% [markdown] slideshow={"slide_type": "subslide"}
# Do you trust it? Nudge the weight and see.


# %%
def error(w):
    x = ops.cross_correlate(o, w)
    return 0.5 * np.sum((x - t) ** 2)


nudged = w.copy()
nudged[1, 0] += 0.01
print(error(w), error(nudged))

# %% [markdown]
# A nudge of 0.01 makes $E$ rise by about {{ 0.01 * two_d.d_w[1, 0] }}: a lever of {{ two_d.d_w[1, 0] }}. (The rest, {{ number(two_d.error_at(two_d.w + 0.01 * np.array([[0, 0], [1, 0]])) - two_d.E - 0.01 * two_d.d_w[1, 0], 5) }}, is there
# because $E$ is curved. It shrinks faster than the nudge does.)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The inputs used form a patch
#
# Point at the four gradients in the picture above. Each lights a patch of the input, and all nine
# deltas. The patch is **as large as $\delta$**, not as large as the kernel: one input per output.
#
# Take $w[1,0]$. For output $[0,0]$ it stood on $o[1,0]$. For the next output to the right, it stood one
# column further right; for the next one down, one row further down. So its patch starts at row 1,
# column 0. Lay $\delta$ over it, multiply, add:

# %% worked
patch = o[1:4, 0:3]
print(patch)
print("sum of the products with delta:", np.sum(delta * patch))

# %% [markdown] slideshow={"slide_type": "subslide"}
# Now you: $w[0,1]$, the upper right weight. The cell below still has the patch of $w[0,0]$. Change it.

# %% with blanks
# stub
patch = o[0:3, 0:3]
# solution
patch = o[0:3, 1:4]

# %%
shape = np.shape(patch)
gradient = f"{np.sum(delta * patch):g}" if shape == delta.shape else f"a patch of shape {shape}"
print("right" if gradient == "1" else f"this gives {gradient}; point at w[0,1] in the picture")

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Predict: four weights, two errors
#
# The same picture meets other targets. One output is 2 too low, one is 1 too high, all others are
# spot on. Only two products count for each weight. Fill in at least two of the four gradients.

# %%
two_errors = np.array([[0, 0, 0], [-2, 0, 0], [0, 0, 1]])

# %% predict four gradients
predict = LinkedGrids(
    "weight-gradient",
    input=o,
    kernel=w,
    delta=two_errors,
    masked="weight-gradient",
    editable=[],
)
predict

# %% [markdown] tags=["notes"]
# Wrong answers to listen for: the four numbers in opposite corners (the patch taken from the wrong
# end), 0 for w[1,0] (multiplied by the weight), ninths (the mean). The widget names each.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Four weights, four patches: δ slides over o
#
# The patch of $w[0,0]$ starts at row 0, column 0. That of $w[m,n]$ starts at row $m$, column $n$, so
# that $o[i+m,\, j+n]$ belongs to output $[i,j]$. Add over all outputs:
#
# $$\frac{\partial E}{\partial w[m,n]} = \sum_i \sum_j \delta[i,j] \; o[i+m,\, j+n]$$
#
# Compare this with the forward sum of lesson 03, $x[i,j] = \sum_m \sum_n w[m,n] \; o[i+m,\, j+n]$. It
# is the same sum: $\delta$ has taken the place of the kernel, and $i,j$ have changed places with $m,n$.
# To collect all gradients, lay $\delta$ on the input, move it from place to place, multiply and add:
#
# $$\frac{\partial E}{\partial w} = o \otimes \delta = {{ matrix(two_d.d_w) }}$$
#
# A kernel asks everywhere: how well does what lies here go with my weights? Here $\delta$ asks: how well
# does what this weight saw go with the errors? Where they go together, the weight has a long lever.
#
# The bias is as in lesson 02. It stands in every output with factor 1, so
# $\partial E / \partial b = \sum \delta = {{ two_d.d_b }}$.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Line by line
#
# This is the same result from the chain rule. Open one line at a time. *Why?* gives the reason, *Show
# the numbers* puts in the numbers of this lesson, for $w[1,0]$ and, where one output is meant, $x[0,1]$.
#
# It is written in the letters of source J: $w_{m',n'}$ is the weight in question, $H$ and $W$ are the
# height and width of the input, $k_1$ and $k_2$ those of the kernel. The small $l$ counts layers, so
# that $o^{l-1}$ comes from the layer below.

# %% derivation
line_by_line = equations.derivation("J13").first(7)
line_by_line

# %% [markdown]
# Is every line equal to the one before? Let the machine try it with symbols instead of numbers, for
# every weight and in several sizes.

# %%
line_by_line.prove()

# %% [markdown] slideshow={"slide_type": "skip"}
# **A good place to pause.** When you come back, run the cells above once.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Not everything is square
#
# In a square map you can mistake rows for columns and never notice. Here the input has
# {{ tall.o.shape[0] }} rows and {{ tall.o.shape[1] }} columns, the kernel {{ tall.w.shape[0] }} rows and {{ tall.w.shape[1] }} columns. Before you point at a gradient: how large is
# the patch of one weight? And the weight in the lower right corner, which patch does it see?

# %% six weights six patches
LinkedGrids(
    "weight-gradient",
    input=tall.o,
    kernel=tall.w,
    delta=tall.delta,
    position=5,
    title="Six weights, six patches",
)

# %% [markdown]
# {{ tall.delta.shape[0] }} × {{ tall.delta.shape[1] }}, as large as $\delta$. The patch of $w[1,2]$ starts at row 1, column 2, and ends in the last
# row and the last column. {{ tall.delta.size }} products, and their sum is {{ tall.d_w[1, 2] }}.
#
# Suppose you write $o[i+n,\, j+m]$ by mistake. In the square example that gives {{ two_d.d_w.T }}: the right
# numbers in the wrong places, and no complaint. Here an index runs past the last row. Try your code on
# shapes that are not square.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your turn
#
# Write the gradient for any map and any $\delta$. Nobody tells your function how large the kernel is:
# it has as many rows and columns as there are places where $\delta$ can stand on $o$. Go through the
# weights in a loop, and use their patches. Do not call a library function for it yet.


# %% exercise tags=["writing"]
def weight_gradient_2d(delta, o):
    """dE/dw[m, n] = sum over i, j of delta[i, j] * o[i + m, j + n]."""
    ...
    # solution
    rows, columns = delta.shape
    d_w = np.zeros((o.shape[0] - rows + 1, o.shape[1] - columns + 1))
    for m, n in np.ndindex(d_w.shape):
        d_w[m, n] = np.sum(delta * o[m : m + rows, n : n + columns])
    return d_w


# %%
exercises.check("weight_gradient_2d", weight_gradient_2d)

# %% [markdown] tags=["notes"]
# The check tells these apart: turned result, turned delta, one axis only, rows and columns swapped,
# mean, last row left out, the last product only (= for +=). Ask two students to break theirs on purpose.

# %% [markdown]
# ### Measured by brute force
#
# Nudge each weight up and down, look what $E$ does, and compare with your function. Measuring takes
# two runs of the layer for every weight. Your function gets all of them from the one run that gave
# $\delta$.

# %% measured
measured = gradcheck.numerical_gradient(error, w)
mine = weight_gradient_2d(delta, o)
if mine is None:
    print("not attempted yet: write weight_gradient_2d above, then run this cell again")
elif np.shape(mine) != w.shape:
    print("your gradient has shape", np.shape(mine), "and the kernel has", w.shape)
else:
    print(f"relative error: {gradcheck.relative_error(mine, measured):.0e}")

# %%
measured.round(6)  # this is what it should be

# %% [markdown]
# A relative error of 1e-7 or less is agreement. Above 1e-4 a formula is wrong.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## One number, three ways
#
# In lesson 02 all triple products $\delta \, w \, o$ added up to one number $T$, however they were
# grouped. In 2D there are more of them ({{ two_d.x.size }} outputs times {{ two_d.w.size }} weights, {{ two_d.x.size * two_d.w.size }} products), and nothing else
# is new.
#
# The picture opens with the products grouped by weight, at $w[1,0]$. Its column adds 0 to $T$. Now tick
# *leave out the group's own factor*, and the same column adds up to {{ two_d.d_w[1, 0] }}. That is the whole difference
# between what a weight contributes and what its gradient is. Try the other two groupings as well.

# %% one number three ways
LinkedGrids(
    "readings",
    input=o,
    kernel=w,
    delta=delta,
    grouping="weight",
    position=2,
)

# %% [markdown]
# $w \cdot \partial E/\partial w = \delta \cdot x = o \cdot \partial E/\partial o = {{ number(two_d.T) }}$. (A dot between two grids means:
# multiply cell by cell, add everything; the bias is 0 here.) So there is a ten-second check for a weight gradient: multiply
# it by the weights, and see whether you get $\delta \cdot x$.

# %%
d_w = ops.cross_correlate(o, delta)  # the whole lesson in one line
print(np.sum(delta * x), np.sum(w * d_w))

# %% [markdown] slideshow={"slide_type": "subslide"}
# Here are four grids that people write down for the gradient. All have the right shape, and nothing
# crashes. What does $w \cdot \partial E/\partial w$ say?

# %% four wrong grids
wrong = {
    "turned round": d_w[::-1, ::-1],
    "averaged": d_w / delta.size,
    "times w once more": w * d_w,
    "the weights after a step": w - 0.1 * d_w,
}
for name, grid in wrong.items():
    print(f"{name:24} {np.sum(w * grid):6.2f}")

# %% [markdown]
# Not one of them gives {{ number(two_d.T) }}. But $T$ has a blind spot. Somebody gets one cell wrong and writes 99 for the {{ two_d.d_w[1, 0] }}.
# **Predict:** does $T$ notice? Run the cell, then say why.

# %% the blind spot
doubtful = d_w.copy()
doubtful[1, 0] = 99
print("T:", np.sum(w * doubtful))
print(f"relative error: {gradcheck.relative_error(doubtful, measured):.2f}")

# %% [markdown]
# The weight is 0, so $T$ counts its gradient with a factor of 0. $T$ is a quick look. The check by brute
# force looks at every weight by itself, and finds it.

# %% [markdown] tags=["clicker"]
# Which of these is ∂E/∂w? Use the T check: δ · x is {{ two_d.T }}, and w is {{ two_d.w }}. A: {{ two_d.d_w[::-1, ::-1] }} (turned; T is {{ np.sum(two_d.w * two_d.d_w[::-1, ::-1]) }}).
# B: {{ two_d.w * two_d.d_w }} (contributions; T is {{ np.sum(two_d.w * two_d.w * two_d.d_w) }}). C: {{ two_d.d_w / 9 }} (mean). D: {{ two_d.d_w }} (right).

# %% [markdown] slideshow={"slide_type": "slide"}
# ## It is the gradient, not the new weight
#
# $\partial E/\partial w$ is a grid of levers. It has the shape of the kernel, but it is not a kernel. The
# new weights are the old ones, moved a little against their levers:
#
# $$w \;\leftarrow\; w - \eta \, \frac{\partial E}{\partial w}$$
#
# As in lesson 02, the **learning rate** $\eta$ (eta) says how far. The minus is there because a positive
# lever means: more of this weight, more error. One line is missing.


# %% step
def sgd_step(w, d_w, rate):
    """The weights after one step, as a new array."""
    ...
    # solution
    return w - rate * d_w


# %%
exercises.check("sgd_step", sgd_step)

# %% [markdown] slideshow={"slide_type": "subslide"}
# Three steps from the same place. $E$ is {{ two_d.E }} before. Which rate will be best?

# %% three rates
for rate in (0.001, 0.02, 0.1):
    new = sgd_step(w.copy(), d_w, rate)
    if np.shape(new) == w.shape:
        print(f"rate {rate:<5}   E = {error(new):5.2f}   w[1,0] = {new[1, 0]:.3f}")
    else:
        print(f"rate {rate:<5}   no new weights yet: write sgd_step above")

# %% [markdown] tags=["clicker"]
# ∂E/∂w is [[5 1][8 3]]. Which kernel does the layer use next, with learning rate 0.02? A: [[5 1][8 3]].
# B: w − 0.02 · ∂E/∂w. C: w + 0.02 · ∂E/∂w. D: −0.02 · ∂E/∂w.

# %% [markdown]
# With {{ number(0.001, 3) }} hardly anything happens ({{ number(two_d.error_at(two_d.w - 0.001 * two_d.d_w)) }}). With {{ number(0.02) }} the error falls to {{ number(two_d.error_at(two_d.w - 0.02 * two_d.d_w)) }}. With {{ number(0.1) }} the
# step is too long, and the error jumps to {{ number(two_d.error_at(two_d.w - 0.1 * two_d.d_w)) }}: a lever is true for a nudge, not for a leap. And the
# weight that was 0 is the one that moves the most.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three questions

# %%
Quiz("04_collect_weight_gradients", "quiz")

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>As printed in the sources</summary>
#
# Source J takes five equations for this lesson. J13 is the one you have written:
#
# $${{ cnnlib.equations.get("J13").printed }}$$
#
# J14 puts it into one operation:
#
# $${{ cnnlib.equations.get("J14").printed }}$$
#
# Here $*$ is meant as a true convolution, which turns one of the two grids round before it slides.
# $\delta$ is turned once by hand and once more by $*$, and so it ends up as it stood: $o \otimes \delta$.
# Lesson 05 is about such turns. J calls the result the new set of weights. It is the gradient; the
# step is still to be taken.
#
# {{ cnnlib.equations.table(["J10", "J11", "J12", "J13", "J14"]).markdown().strip() }}
#
# </details>

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>In practice</summary>
#
# - PyTorch keeps gradient and step apart in the same way. `loss.backward()` puts $\partial E/\partial w$ into
#   `weight.grad`, and the weight stays as it is. `optimizer.step()` moves it.
# - `.grad` is added to, not replaced: paths add up there too. That is why training loops begin with
#   `optimizer.zero_grad()`.
# - With many pictures the gradients of all of them are added. Where a loss is the *mean* over the
#   pictures, the division is already inside $\delta$. Over the places of one picture it is always a sum.
# - Libraries do not loop over weights. Many copy the patches into the rows of one large matrix, and
#   multiply it by $\delta$ once.
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Summary
#
# - A weight's gradient collects one product per output: its $\delta$, times the input the weight met there.
# - Those inputs form a patch as large as $\delta$. All weights together: $\partial E/\partial w = o \otimes \delta$.
# - Sum, do not average. Turn nothing. The weight itself is not a factor: a weight of 0 can have the
#   longest lever.
# - It is the gradient. The step comes after: $w \leftarrow w - \eta \, \partial E/\partial w$.
#
# **Next:** the inputs have levers too, and the layer below is waiting for them. On the way to them
# something seems to turn round. [Lesson 05](05_flip_the_kernel.ipynb) finds out what, and why.
