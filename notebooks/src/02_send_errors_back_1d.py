# %% [markdown] slideshow={"slide_type": "slide"}
# # 02 · Send errors back along a signal
#
# Four outputs came out, and three of them are wrong. How does each weight find out which way to
# move?
#
# **You will do:** predict what a nudge does to the error; collect the lever of every weight, of the
# bias and of every input; check your own gradient by brute force; take a step.
#
# **You will learn:** how the chain rule goes back through a layer, and why its three gradients are
# one table of products, read in different ways.
#
# **You need:** lesson 01, and what a derivative is.
#
# **Time:** 70 minutes, in two halves. The place to pause is marked.

# %% [markdown] tags=["notes"]
# Two lectures of 45 minutes, or one with the second half as homework. The turning point of the first
# half is the nudge: let everyone write down a number for E before anything is computed. The turning
# point of the second is the input that is 0.

# %%
import numpy as np

from cnnlib import equations, exercises, geometry, gradcheck, ops
from cnnlib.widgets import LinkedGrids, Quiz

# %% [markdown] slideshow={"slide_type": "subslide"}
# First, two questions from the lessons before. Answer without looking back.

# %%
Quiz("02_send_errors_back_1d", "recall")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## How wrong is it?
#
# This is the layer of lesson 01, with the same numbers. New is the **target** $t$: what should have
# come out.

# %%
o = np.array([1, 2, 0, -1, 3, 1])
w = np.array([2, -1, 1])
t = np.array([-1, 5, 4, -7])
x = ops.cross_correlate(o, w)
x

# %% [markdown]
# The **error** $E$ is one number for all four outputs together:
#
# $$E = \tfrac12 \sum_i (x_i - t_i)^2$$
#
# The square makes too high and too low count alike. The half is there for convenience: it cancels
# the 2 that comes from the square when we differentiate.


# %%
def error(w):
    """E of the layer with the weights w."""
    return 0.5 * np.sum((ops.cross_correlate(o, w) - t) ** 2)


print("E =", error(w))

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### One lever for each output
#
# Nudge a single output $x_i$. Only one term of the sum holds it, so the derivative is short. It is
# used so often that it has a letter of its own, δ (delta):
#
# $$\delta_i = \frac{\partial E}{\partial x_i} = x_i - t_i$$

# %%
delta = x - t
delta

# %% [markdown]
# | output | target | δ | in words |
# |---|---|---|---|
# | $x_0$ = {{ one_d.x[0] }} | {{ one_d.t[0] }} | {{ one_d.delta[0] }} | {{ one_d.delta[0] }} too high. Raise it by 0.01, and $E$ rises by about {{ 0.01 * one_d.delta[0] }}. |
# | $x_1$ = {{ one_d.x[1] }} | {{ one_d.t[1] }} | {{ one_d.delta[1] }} | {{ -one_d.delta[1] }} too low. Raise it by 0.01, and $E$ falls by about {{ -0.01 * one_d.delta[1] }}. |
# | $x_2$ = {{ one_d.x[2] }} | {{ one_d.t[2] }} | {{ one_d.delta[2] }} | Spot on. A small nudge hardly changes $E$. |
# | $x_3$ = {{ one_d.x[3] }} | {{ one_d.t[3] }} | {{ one_d.delta[3] }} | {{ one_d.delta[3] }} too high. Raise it by 0.01, and $E$ rises by about {{ 0.01 * one_d.delta[3] }}. |
#
# A δ is a lever, or with its usual name a gradient: how much $E$ changes per nudge. It is not a share
# of the blame. It can be negative, and the four together give {{ one_d.delta.sum() }}, not the error {{ one_d.E }}.

# %% [markdown] tags=["notes"]
# Have someone say each δ as a sentence. The sign is where the class goes wrong: x − t, so positive
# means too high, and E falls when that output goes down.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Several paths add up
#
# Now nudge two outputs at once: $x_0$ by 0.01 and $x_1$ by 0.02. Each has its lever, and the two
# effects add.

# %%
nudge = np.array([0.01, 0.02, 0, 0])
change = 0.5 * np.sum((x + nudge - t) ** 2) - 0.5 * np.sum((x - t) ** 2)
print(f"E changes by {change:.5f}; the levers say {np.sum(delta * nudge):.5f}")

# %% [markdown] slideshow={"slide_type": "subslide"}
# Almost the same. What is missing comes from the square: $E$ is curved. With smaller nudges the
# difference vanishes much faster than the nudges do.
#
# Now think of one number $q$ that moves several outputs at the same time. Nudge $q$, and output $i$
# moves $\partial x_i / \partial q$ times as far. Each output passes its move on to $E$ with its
# lever $\delta_i$. So $q$ has one path to $E$ through each output:
#
# $$\frac{\partial E}{\partial q} = \sum_i \frac{\partial E}{\partial x_i}\,
# \frac{\partial x_i}{\partial q} = \sum_i \delta_i \, \frac{\partial x_i}{\partial q}$$
#
# This is the **chain rule**. Multiply along a path, add over the paths. All that follows is this one
# line: first with a weight for $q$, then the bias, then an input.

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Predict: nudge one weight
#
# Take a pencil. Which outputs move when only $w_0$ moves? How far? What does each of them do to $E$?

# %% predict the nudge
Quiz("02_send_errors_back_1d", "predict")

# %% [markdown] tags=["clicker"]
# E is {{ one_d.E }}. w[0] is raised by 0.01. What is E then? A: {{ number(one_d.E + 0.01, 2) }} (as far as the weight moved).
# B: {{ number(one_d.E + 0.01 * one_d.d_w[0], 2) }} (right). C: {{ number(one_d.E - 0.01 * one_d.d_w[0], 2) }} (sign). D: {{ number(one_d.E + 0.01 * one_d.w[0] * one_d.d_w[0], 2) }} (multiplied by the weight once more).

# %%
nudged = w + np.array([0.01, 0, 0])
print("E:", round(error(nudged), 4))
print("outputs moved by", ops.cross_correlate(o, nudged) - x)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# All four outputs moved, because $w_0$ is used in all of them, each time on another input:
# $o_0, o_1, o_2, o_3$. They moved by 0.01 times these inputs. Four paths lead from $w_0$ to $E$. Along
# each, multiply the input by the δ of its output; then add:

# %% worked
d_w0 = delta[0] * o[0] + delta[1] * o[1] + delta[2] * o[2] + delta[3] * o[3]
print("lever of w[0]:", d_w0)

# %% [markdown]
# That is the lever of $w_0$. A nudge of 0.01 changes $E$ by about 0.01 times {{ one_d.d_w[0] }}. (The {{ number(one_d.error_at(one_d.w + [0.01, 0, 0]) - one_d.E - 0.01 * one_d.d_w[0], 4) }} that
# is left over is the curve of $E$ again.)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The table of products, weight by weight
#
# In lesson 01 the layer was a table of twelve products: output $i$ uses weight $a$ on input $i + a$.
# Take from it the rows of weight 0. They are the four paths.

# %%
taps = geometry.Window(kernel=3).taps(input_shape=6)
table = np.column_stack(taps)  # one row per product: output, weight, input
table[taps.weight == 0]

# %% [markdown]
# Now weight 1. Its rows tell you which δ meets which input:

# %%
table[taps.weight == 1]

# %% [markdown]
# Fill in the gaps and take away the `#`, so that `d_w1` is the lever of weight 1. The first product is
# there already.

# %% with blanks
# stub
d_w1 = (
    delta[0] * o[1]
    # + delta[1] * o[...]
    # + delta[2] * o[...]
    # + delta[3] * o[...]
)
# solution
d_w1 = delta[0] * o[1] + delta[1] * o[2] + delta[2] * o[3] + delta[3] * o[4]

# %% [markdown]
# Are you right? You can always measure a lever: nudge the weight up, nudge it down, and see how much
# $E$ changed per nudge.

# %%
h = np.array([0, 0.01, 0])
measured = (error(w + h) - error(w - h)) / 0.02
right = np.allclose(d_w1, measured)
print("right" if right else "not yet: the nudge says something else")

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Touch it
#
# Here δ lies under the inputs it meets. For weight 0 it stands at the left end; for each further
# weight it moves one step on. Weight 0 is done. Click a `?`, type what you expect, press Enter. Then
# point at a δ or an input, and see which levers it has a part in.

# %% touch the weights
collect = LinkedGrids(
    "weight-gradient",
    input=o,
    kernel=w,
    delta=delta,
    masked="weight-gradient",
    revealed=[0],
)
collect

# %% [markdown]
# <details>
# <summary>The same as a still picture</summary>
#
# ![The four deltas stand under inputs 1 to 4, the inputs that weight 1 meets; their products add up to the gradient of weight 1.](../figures/weight_gradient_1d.svg)
#
# </details>

# %% [markdown] tags=["notes"]
# Listen for {{ one_d.w[1] * one_d.d_w[1] }} at weight 1: the weight was multiplied in once more. And for
# {{ number(one_d.d_w[1] / 4) }}: the mean. The widget names both.

# %% [markdown] slideshow={"slide_type": "slide"}
# ### The equation
#
# $$\frac{\partial E}{\partial w_a} = \sum_{i=0}^{N-m} \delta_i \, o_{i+a}$$
#
# - The sum runs over the **outputs** $i$. There are $N - m + 1$ of them. The index $a$ stays: it says
#   whose lever this is.
# - Paths are **added**, not averaged.
# - The weight's own value is not in the sum. What the weight *contributes* is
#   $w_a \cdot \partial E / \partial w_a$, another number: {{ one_d.w * one_d.d_w }} instead of {{ one_d.d_w }}.
#
# The sum has a form that you know. δ slides along $o$ as a kernel does: it is $o \otimes \delta$.

# %%
ops.cross_correlate(o, delta)

# %% [markdown] slideshow={"slide_type": "subslide"}
# Here is the way there, line by line. A machine has checked that each line equals the one before.

# %% derivation weights
equations.derivation("S3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your turn
#
# Write it for any signal and any deltas. The kernel is not given, and you do not need it: how many
# weights it has follows from the two lengths. A loop over the weights will do.


# %% exercise tags=["writing"]
def weight_gradient_1d(delta, o):
    """The lever of each weight: d_w[a] = sum over i of delta[i] * o[i + a]."""
    ...
    # solution
    weights = len(o) - len(delta) + 1
    return np.array([np.sum(delta * o[a : a + len(delta)]) for a in range(weights)])


# %%
exercises.check("weight_gradient_1d", weight_gradient_1d)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Check it by brute force
#
# You need not believe anybody's formula, not even your own. `numerical_gradient` nudges each weight
# up and down and measures what $E$ does. `relative_error` says how far two gradients are apart:
# about 0.000000001 is agreement, above 0.0001 something is wrong.

# %%
brute = gradcheck.numerical_gradient(error, w)
print("measured:", brute.round(4))
mine = weight_gradient_1d(delta, o)
if np.shape(mine) == w.shape:
    print("yours:   ", np.array(mine))
    print("relative error:", gradcheck.relative_error(mine, brute))
else:
    print("not attempted yet: write weight_gradient_1d, then run this again")

# %% [markdown] slideshow={"slide_type": "subslide"}
# A check that you have never seen fail is not worth much. So break it on purpose:

# %%
wrong_ways = {
    "last output left out": ops.cross_correlate(o[:-1], delta[:-1]),
    "mean for sum": brute / 4,
    "contribution for gradient": w * brute,
    "delta with the wrong sign": ops.cross_correlate(o, t - x),
}
for name, wrong in wrong_ways.items():
    print(f"{name:28}{gradcheck.relative_error(wrong, brute):.2f}")

# %% [markdown]
# Now break your own function: change a + to a −, or leave the last product out. Run it and the check
# above again. Then mend it.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The bias
#
# With a bias, every output is $x_i = \sum_a w_a\, o_{i+a} + b$. Here $b$ is 0, and still it has a
# lever. Nudge $b$ by 0.01: which outputs move, and how far? Then use the chain rule from above. One
# line is missing.


# %% exercise bias
def bias_gradient(delta):
    """The lever of the bias, one number."""
    return ...
    # solution
    return np.sum(delta)


# %%
exercises.check("bias_gradient", bias_gradient)

# %% [markdown] tags=["clicker"]
# Four outputs have the deltas {{ one_d.delta }}. What is the gradient of their bias? A: {{ one_d.delta.size }} (the outputs
# counted). B: {{ one_d.delta }} (not added up). C: {{ number(one_d.delta.mean()) }} (mean). D: {{ one_d.d_b }} (right).

# %% [markdown]
# <details>
# <summary>When you have yours: what happened</summary>
#
# Every output moves exactly as far as $b$ does, so each path has the factor 1:
# $\partial E / \partial b = \sum_i \delta_i$, here {{ one_d.d_b }}. It is not the number of outputs, {{ one_d.x.size }}. It is not one
# number per output either: there is a single $b$.
#
# </details>

# %% [markdown] slideshow={"slide_type": "skip"}
# **A good place to pause.** You have the levers of everything that this layer learns. The second half
# sends the error on to its inputs, shows that it was one table all along, and takes a step. When you
# come back, run the cells above once.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Who wants the lever of an input?
#
# In lesson 01 the input was a recorded signal, and nobody can change that. But in a network of many
# layers, $o$ is what the layer below has put out, and that layer has weights of its own. It asks the
# same question as before: *which way should my outputs move?* The answer is $\partial E/\partial o$,
# one lever for each input. This is how an error travels: from layer to layer, backwards. That is all
# that **backpropagation** means.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Predict: an input that is 0

# %% predict the zero input
Quiz("02_send_errors_back_1d", "predict-zero-input")

# %% [markdown] tags=["clicker"]
# The input o[2] is 0. What is its gradient? A: {{ number(one_d.o[2] * one_d.d_o[2]) }} (contribution). B: {{ np.dot(one_d.delta[:3], one_d.w) }} (weights met in the wrong
# order). C: {{ one_d.d_o[2] }} (right). D: {{ number(one_d.d_o[2] / 3) }} (mean). Ask who is certain before you show it: most of those who say 0 are.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# An input that is 0 adds nothing to the outputs *now*. But a lever asks what happens when it is
# *nudged*, and then the outputs do move: each by the weight that it puts on this input. The rows of
# input 2 are its paths:

# %%
table[taps.input == 2]

# %% worked input
d_o2 = delta[0] * w[2] + delta[1] * w[1] + delta[2] * w[0]
print("lever of o[2]:", d_o2)

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Touch it
#
# Below the deltas are the levers of the inputs. Point at them, one after the other: the small number
# in a δ is the weight that its output puts on this input. How many products has each input? Compare
# with the row from lesson 01, {{ np.bincount(geometry.Window(3).taps(6).input) }}.
#
# The line under the picture is marked *region Q*. That is the name for all the outputs that use one
# input. Lesson 06 is about it.

# %% touch the inputs
LinkedGrids("input-gradient", input=o, kernel=w, delta=delta, position=2)

# %% [markdown]
# <details>
# <summary>The same as a still picture</summary>
#
# ![A table of taps: each of the four outputs is a row with its delta in front and the weights 2, −1, 1 under the inputs it uses. Read down the column of input 3: outputs 1, 2 and 3 use it with weights 1, −1 and 2. Delta times weight, added up, is the gradient of input 3.](../figures/input_gradient_1d.svg)
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ### The equation
#
# Output $i$ puts weight $a$ on input $p = i + a$. Seen from the input, $a = p - i$:
#
# $$\frac{\partial E}{\partial o_p} = \sum_i \delta_i \, w_{p-i}
# \qquad \text{over the outputs } i \text{ for which weight } p - i \text{ exists}$$
#
# An input at the edge is used by fewer outputs, so it has fewer terms. The input's own value is not
# in the sum.

# %% derivation inputs
equations.derivation("S5").first(4)

# %% [markdown] slideshow={"slide_type": "subslide"}
# And further down? The layer below made its output by $o = f(x)$. Each of its $x$ reaches $E$ through
# one number only, its own $o$. So there is nothing new to add up, only one more factor: $f'$, the slope
# of the activation at this $x$.
#
# $$\delta^{\text{below}}_p = \frac{\partial E}{\partial o_p} \; f'(x^{\text{below}}_p)$$
#
# Then the layer below has its δ, and everything starts again there. Lesson 06 does this with numbers.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## One table, three readings
#
# Look at what you did. Both times you went to the same twelve rows. For a weight you took its rows
# and added up $\delta \cdot o$. For an input you took its rows and added up $\delta \cdot w$. The forward
# pass is a third reading: for an output take its rows and add up $w \cdot o$. Each time one factor is
# left out, and it is the one that these rows have in common.
#
# So give every row all three factors, $\delta_i \, w_a \, o_p$. These are the twelve chips below. Group
# them by output, by weight, by input: no chip changes, they only move. Then tick *leave out*, and
# find $x$, $\partial E/\partial w$ and $\partial E/\partial o$ under the groups.

# %% one sum three readings
LinkedGrids("readings", input=o, kernel=w, delta=delta)

# %% [markdown]
# <details>
# <summary>The same as a table</summary>
#
# | output $i$ | weight $a$ | input $p$ | $\delta_i$ | $w_a$ | $o_p$ | product |
# |---|---|---|---|---|---|---|
# {{ "\n".join("| " + " | ".join(map(number, (i, a, p, one_d.delta[i], one_d.w[a], one_d.o[p], one_d.delta[i] * one_d.w[a] * one_d.o[p]))) + " |" for i, a, p in zip(*geometry.Window(3).taps(6))) }}
#
# </details>

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### In code
#
# `np.bincount(groups, numbers)` adds up the numbers of each group. Three readings, three lines:

# %%
x_again = np.bincount(taps.output, w[taps.weight] * o[taps.input])
d_w = np.bincount(taps.weight, delta[taps.output] * o[taps.input])
d_o = np.bincount(taps.input, delta[taps.output] * w[taps.weight])
print("x     =", x_again)
print("dE/dw =", d_w)
print("dE/do =", d_o)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### The T check
#
# The sum of all twelve products is one number, $T$. It cannot depend on how you sort them:
#
# $$T = \sum_i \delta_i x_i = \sum_a w_a \frac{\partial E}{\partial w_a}
# = \sum_p o_p \frac{\partial E}{\partial o_p}$$

# %%
print(np.sum(delta * x), np.sum(w * d_w), np.sum(o * d_o))

# %% [markdown] slideshow={"slide_type": "subslide"}
# So you can check a gradient by hand in ten seconds, without nudging anything. (With a bias, take it
# off $x$ first: it is in no row of the table.)
#
# $T$ catches much, but not everything. Here is a slip that the table invites. NumPy's `+=` with a list
# of places writes to each place once, even if the list names it three times:

# %%
slip = np.zeros(6)
slip[taps.input] += delta[taps.output] * w[taps.weight]
print("slip: ", slip)
print("right:", d_o)
print("T of the slip:", np.sum(o * slip))

# %% [markdown]
# Only the last product of each input is left, and yet $T$ comes out right. That is chance: with these
# inputs, what got lost adds up to 0. A check that fails proves a fault. One that passes is a good
# sign, and no more. Brute force looks at every input by itself, and finds it:


# %%
def error_of_input(o):
    """E of the layer with the inputs o."""
    return 0.5 * np.sum((ops.cross_correlate(o, w) - t) ** 2)


brute_o = gradcheck.numerical_gradient(error_of_input, o)
print(f"slip: {gradcheck.relative_error(slip, brute_o):.2f}")
print(f"right: {gradcheck.relative_error(d_o, brute_o):.0e}")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Take a step
#
# A positive lever means that $E$ grows with the weight, so the weight must go down. A negative lever:
# up. Both are one line. The **learning rate** $\eta$ (eta) says how far:
#
# $$w \leftarrow w - \eta \, \frac{\partial E}{\partial w}$$
#
# The gradient is not the new weight, and not the step. It is the slope where you stand now.
#
# Think before you run it: which of these three rates is best, and what will the others do?

# %%
for rate in (0.001, 0.05, 0.2):
    stepped = w - rate * d_w
    print(f"rate {rate:<6} E goes from {error(w):.2f} to {error(stepped):6.2f}")

# %% [markdown] slideshow={"slide_type": "subslide"}
# Too small: hardly anything happens. About right: one step removes most of the error. Too large: the
# levers were measured where you stood. So far away they are no longer true, and you land higher up,
# on the other side of the valley.
#
# Ten steps in a row, each with a fresh gradient:

# %%
for rate in (0.001, 0.05, 0.2):
    moved = w
    for _ in range(10):
        delta_now = ops.cross_correlate(o, moved) - t
        moved = moved - rate * ops.cross_correlate(o, delta_now)
    print(f"rate {rate:<6} after ten steps: E = {error(moved):.2f}")

# %% [markdown]
# The two inner lines are all of training: forward, compare, back, step. Here $E$ cannot get below
# {{ number(one_d.error_at(np.linalg.lstsq(np.lib.stride_tricks.sliding_window_view(one_d.o, 3), one_d.t, rcond=None)[0])) }}, whatever the rate: no three weights meet all four targets here.

# %% [markdown] tags=["notes"]
# Draw a parabola and let a student walk: a step as long as the slope is steep. Too large a step lands
# higher on the other side, where it is steeper still. Lesson 00's levers used the rate 0.05.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# ## Optional: write the reading by input
#
# The signal had `len(delta) + len(w) - 1` numbers. Those at its ends have fewer terms than the rest.


# %% exercise inputs tags=["writing"]
def input_gradient_1d(delta, w):
    """The lever of each input: d_o[p] = sum of delta[i] * w[p - i] over the weights that exist."""
    ...
    # solution
    d_o = np.zeros(len(delta) + len(w) - 1)
    for i, lever in enumerate(delta):
        d_o[i : i + len(w)] += lever * np.asarray(w)
    return d_o


# %%
exercises.check("input_gradient_1d", input_gradient_1d)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three questions

# %%
Quiz("02_send_errors_back_1d", "quiz")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Which grouping is this?
#
# A mixed review of lessons 01 and 02. Each question is about the same kind of table. Ask yourself
# which rows are meant, and which factor they leave out.

# %% mixed review
Quiz("02_send_errors_back_1d", "review")

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>As printed in the sources</summary>
#
# The Stack Exchange answer (S) has the three steps of this lesson as S3, S4 and S5. It writes $y$ for
# $o$, and puts the number of the layer on top, as $y^{l-1}$.
#
# **S3, weights:** {{ cnnlib.equations.get("S3").verdict }}. Printed is
#
# $${{ cnnlib.equations.get("S3").printed }}$$
#
# Compare with your own sum. {{ cnnlib.equations.get("S3").why }} As it holds:
#
# $${{ cnnlib.equations.get("S3").correct }}$$
#
# **S4, through the activation:** {{ cnnlib.equations.get("S4").verdict }}. {{ cnnlib.equations.get("S4").why }}
#
# $${{ cnnlib.equations.get("S4").printed }}$$
#
# **S5, inputs:** {{ cnnlib.equations.get("S5").verdict }}. Its $i$ is our $p$, and it counts the same products by the
# weight $a$, so the output is $i - a$. Printed is a weight with a mark, $w_a^{flipped}$, where the plain
# $w_a$ belongs. What the mark means is the subject of lesson 05. As it holds:
#
# $${{ cnnlib.equations.get("S5").correct }}$$
#
# The source gives no gradient for the bias. Lesson 12 has proofs of all of these, and numbers for
# which the printed forms fail.
#
# </details>

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>In practice</summary>
#
# - A library keeps $o$ from the forward pass, because the weight gradient needs it. That is why
#   training takes far more memory than using a network.
# - PyTorch: `loss.backward()` fills `weight.grad` (our $\partial E/\partial w$) and `bias.grad`. It
#   *adds* to what is there already, so `optimizer.zero_grad()` comes before each new step.
# - The place to use brute force is a small layer with float64 numbers. For a million weights it would
#   need two million forward passes; going back costs about as much as two.
# - `np.add.at(d_o, index, values)` is the `+=` that counts repeated places; `np.bincount` is faster.
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Summary
#
# - δ is the lever of an output, $\partial E/\partial x$. For this error it is $x - t$.
# - Chain rule: multiply along a path, add over the paths.
# - Weight: $\sum_i \delta_i \, o_{i+a}$. Bias: $\sum_i \delta_i$. Input: $\sum_i \delta_i \, w_{p-i}$.
# - All of them are one table of products $\delta \, w \, o$, sorted by weight or by input, with the
#   shared factor left out. Sorted by output, it is the forward pass. $T$ is the same each time.
# - A gradient is a lever, not a contribution: something that is 0 can have a large one.
# - A step goes against the gradient, and not too far.
#
# **Next:** pictures. In [lesson 03](03_slide_a_kernel_2d.ipynb) the kernel gets a second direction to
# slide in, and nothing else changes.
