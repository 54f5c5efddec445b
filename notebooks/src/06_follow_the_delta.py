# %% [markdown] slideshow={"slide_type": "slide"}
# # 06 · Follow the delta
#
# Every output has a delta. How does it reach the pixels below? And which weights does it meet on the
# way?
#
# **You will do:** stand on one pixel and collect what comes back to it; send every delta back in two
# ways and get the same numbers; carry them through the activation; write the whole step, and test it.
#
# **You will learn:** region $Q$, scatter and gather, where the flip comes from, and where $f'$ goes.
#
# **You need:** lesson 02 (delta, lever, paths add up), lesson 03 (sliding in 2D) and lesson 05 (the
# turned kernel; the two operations $\otimes$ and $*$).
#
# **Time:** 75 minutes. A good place to pause is marked, about half-way.

# %% [markdown] tags=["notes"]
# The centre of the course. Do not say "flip" before the class has written the four weights of pixel
# (1,2) on paper. They write the turned kernel without knowing it; the rest explains what they did.

# %%
from itertools import product

import numpy as np

from cnnlib import equations, exercises, geometry, gradcheck, ops
from cnnlib.examples import tall, two_d
from cnnlib.widgets import LinkedGrids, Quiz

# %% [markdown] slideshow={"slide_type": "subslide"}
# First, two questions: one from lesson 05, one from lesson 03. Answer without looking back.

# %%
Quiz("06_follow_the_delta", "recall")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Stand on one pixel
#
# The layer is the one you know: a picture $o$, a kernel $w$, outputs $x = o \otimes w$, and one
# $\delta$ for each output.
#
# $$o = {{ matrix(two_d.o) }} \qquad w = {{ matrix(two_d.w) }} \qquad \delta = {{ matrix(two_d.delta) }}$$
#
# Lesson 04 asked what each *weight* does to $E$. Now we ask it of each *pixel*: what happens to $E$
# when $o[1,2]$ is nudged? Nobody can turn a knob on a pixel. But the pixel was made by the layer
# below, and that layer needs to know.

# %%
o, w, x, delta = two_d.o, two_d.w, two_d.x, two_d.delta
layer = {"input": o, "kernel": w, "delta": delta}  # for the pictures

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Predict: who uses this pixel?
#
# A nudge of $o[1,2]$ can reach $E$ only through outputs that use it.

# %% predict who uses it
Quiz("06_follow_the_delta", "predict")

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Look, and write down
#
# Point at pixel $o[1,2]$, the third in the second row. The outputs that use it light up. Were you right?
#
# Now point at these outputs one after the other, in reading order: left to right, then down. Each shows its
# own sum. Somewhere in it is $o[1,2]$, times a weight. **Write down that weight for each of them.** Four
# numbers, on paper. (Point at the pixel again to compare: the small number on an output is its weight.)

# %% look and write down
LinkedGrids("region-q", input=o, kernel=w, editable=[], title="Who uses this pixel?")

# %% [markdown]
# <details>
# <summary>The same as a still picture, for a kernel of 2 rows and 3 columns</summary>
#
# ![Three input pixels and the outputs that use them, their region Q, under a kernel of 2 rows and 3 columns: 6 outputs for an interior pixel, with all weights in turned order; 3 at the upper edge; 1 in the lower right corner.](../figures/region_q.svg)
#
# </details>

# %% [markdown]
# Now type them in, in that order, in place of the empty list.

# %% four weights
# stub
weights = []
# solution
weights = [-1, 0, 2, 1]

# %% [markdown]
# Let the layer itself say whether you are right. Nudge the pixel by 1: an output moves by exactly the
# weight it uses on it.

# %% nudge the pixel
nudged = o.copy()
nudged[1, 2] += 1
moved = ops.cross_correlate(nudged, w) - x
if len(weights) == 4:
    print(moved)
    print("as you wrote:", np.array_equal(weights, moved[0:2, 1:3].ravel()))
else:
    print("not attempted yet: four numbers go into the list above")

# %% [markdown] tags=["clicker"]
# Pixel (1,2) is used by four outputs. In reading order, which weights do they put on it?
# A: {{ two_d.w.ravel() }} (the kernel as it stands). B: {{ two_d.w[::-1, ::-1].ravel() }} (right). C: {{ two_d.w.T.ravel() }} (rows and columns
# swapped). D: {{ two_d.w[::-1].ravel() }} (rows in opposite order only).

# %% [markdown] slideshow={"slide_type": "slide"}
# ### What have you written?
#
# {{ two_d.w[::-1, ::-1].ravel() }}. Look at them as they lie among the outputs, two by two:
#
# $${{ matrix(two_d.w[::-1, ::-1]) }} \qquad \text{and the kernel is} \qquad {{ matrix(two_d.w) }}$$
#
# You have written the **turned kernel** of lesson 05. Nobody asked you to turn anything. You only went
# from output to output and looked.
#
# Why opposite order? The first of the four outputs lies up and to the left of the others. From there,
# the pixel is far to the lower right, so this output meets it with its *last* weight. The last of the
# four starts at the pixel itself, and meets it with its *first* weight.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Region Q
#
# All outputs that use a pixel are called its **region $Q$**. Along one axis, output $i$ uses the inputs
# from $i$ to $i + k - 1$, where $k$ is the size of the kernel along this axis. So a pixel at $i'$ is
# used by the outputs
#
# $$i' - k + 1, \; \dots, \; i'$$
#
# Looking forward, an output sees inputs to its right and below it: its receptive field. Looking back, a
# pixel is seen by outputs to its left and above it, and by the one at its own place. At the border some
# of these do not exist. $Q$ is **clipped**: there are only the outputs $0$ to $N - k$.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Fill in: keep Q on the map
#
# The function below lists the rows and the columns of $Q$ for a pixel in row $p$, column $q$, as if the map
# had no border. Change the two ranges so that outputs that do not exist are left out. (`max` and `min` will
# do. A range ends one before its second number.)


# %% fill in tags=["writing"]
def region_q(position, input_shape, kernel_shape):
    """The positions of all outputs that use this pixel."""
    (p, q), (rows, columns), (k1, k2) = position, input_shape, kernel_shape
    # stub
    i = range(p - k1 + 1, p + 1)  # from the first row to the last
    j = range(q - k2 + 1, q + 1)  # the same for columns
    return list(product(i, j))
    # solution
    i = range(max(0, p - k1 + 1), min(p, rows - k1) + 1)
    j = range(max(0, q - k2 + 1), min(q, columns - k2) + 1)
    return list(product(i, j))


# %%
exercises.check("region_q", region_q)

# %% [markdown] tags=["notes"]
# The check tells these apart: no clipping, one side only, clipped at N instead of N − k + 1 outputs,
# receptive field instead of Q, a window centred on the pixel, rows and columns swapped.

# %% [markdown] slideshow={"slide_type": "slide"}
# ### How large is Q?
#
# Take an input of {{ tall.o.shape[0] }} rows and {{ tall.o.shape[1] }} columns, and a kernel of {{ tall.w.shape[0] }} rows and {{ tall.w.shape[1] }} columns. How many outputs use a
# corner? How many use a pixel in the middle? Say two numbers. Then look at the map, and point at its
# cells.

# %% how large is q
LinkedGrids("region-q-size", input=tall.o, kernel=tall.w)

# %% [markdown]
# <details>
# <summary>The same as a still picture</summary>
#
# ![A 5 by 6 input with the number of outputs that use each cell, under a kernel of 2 rows and 3 columns: 1 in the corners, 6 in the interior, and 3 or 2 along the edges.](../figures/region_q_size.svg)
#
# </details>

# %% [markdown]
# {{ len(geometry.Window((2, 3)).region_q((0, 0), (5, 6))) }} in each corner, {{ len(geometry.Window((2, 3)).region_q((2, 3), (5, 6))) }} in the interior: as many as the kernel has weights. Look along the top row. It is
# the row of lesson 01, {{ np.bincount(geometry.Window(3).taps(6).input) }}. The rows do the same with 2 weights, and the two counts are
# multiplied:

# %%
down = np.bincount(geometry.Window(2).taps(5).input)
along = np.bincount(geometry.Window(3).taps(6).input)
np.outer(down, along)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## One pixel, by hand
#
# Each output in $Q$ is a path from the pixel to $E$. A nudge of the pixel moves the output by the nudge
# times the *weight* used there, and the output moves $E$ by its $\delta$. Paths add up:
#
# $$\frac{\partial E}{\partial o[i',j']} = \sum_{(i,j) \in Q} \delta[i,j] \; w[i'-i,\, j'-j]$$
#
# The index of $w$ says how far the pixel lies from the output: one down and one to the right of $x[0,1]$, so
# $x[0,1]$ uses $w[1,1]$. For pixel $(1,2)$ you have all four weights already. Its $Q$ holds the deltas in
# rows 0 and 1, columns 1 and 2:

# %% worked
print(delta[0:2, 1:3])
print(0 * (-1) + (-1) * 0 + 1 * 2 + 0 * 1)

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Predict: what comes back?
#
# The sixteen levers are hidden; the one you know is shown. Work out **pixel (1,1)** on paper, then click
# its `?` and type. Do one corner and one edge as well.

# %% predict what comes back
hidden = {"masked": "input-gradient", "revealed": [6], "editable": []}
LinkedGrids("input-gradient", **layer, **hidden, position=6)

# %% [markdown] tags=["notes"]
# Pixel (1,1) is {{ two_d.d_o[1, 1] }}. Whoever gives the first delta the first weight gets {{ np.sum(two_d.delta[:2, :2] * two_d.w) }}: the kernel not turned, or turned
# twice. Take both numbers from the class and let the picture decide.

# %% [markdown] slideshow={"slide_type": "subslide"}
# Pixel $(1,1)$: the deltas of its $Q$ are {{ two_d.delta[:2, :2].ravel() }}, the weights {{ two_d.w[::-1, ::-1].ravel() }}, and the products add up to
# {{ two_d.d_o[1, 1] }}. With the weights in the kernel's own order you would get {{ np.sum(two_d.delta[:2, :2] * two_d.w) }}. No crash, no warning, a wrong lever.
#
# **Do pixels with few products have small levers?** The corner $(0,3)$ has one product, and its lever is
# {{ two_d.d_o[0, 3] }}. At the left edge, $(2,0)$ has two, and its lever is {{ two_d.d_o[2, 0] }}. The number of products says how many
# paths there are. It does not say what they carry.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Scatter and gather
#
# There are two ways to do the same additions for all pixels.
#
# **Scatter.** Go from output to output. Each $\delta$ **stamps** the kernel, times $\delta$, onto the
# pixels that its output used. The kernel is stamped **as it is**: this is how it lay there when $x$ was
# computed. Where stamps overlap, they add up.
#
# **Gather.** Go from pixel to pixel. Each pixel collects from its $Q$. It reads the kernel **turned**:
# that is what you wrote down.
#
# Play it in both readings. Before you switch from *scatter* to *gather*: will the numbers in
# $\partial E/\partial o$ change?

# %% scatter and gather
LinkedGrids("follow-delta", **layer, position=3)

# %% [markdown]
# <details>
# <summary>The same as a still picture</summary>
#
# ![Above, scatter: delta 1,0 stamps the kernel, unturned and times delta, onto the four inputs that output 1,0 used; the stamps of all deltas add up. Below, gather: input 1,1 lays the turned kernel on its four deltas, zeros around them. Both give the same input gradient.](../figures/scatter_gather.svg)
#
# </details>

# %% [markdown] tags=["notes"]
# Scatter first, slowly: nothing turns, everyone agrees. Then gather: the same products, sorted by where
# they arrive. Let a student say the sentence before it is on the slide: the flip is what scattering
# looks like from the receiving end.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# The numbers are the same, because the products are the same. Only the order of adding differs. In one
# sentence:
#
# > **The flip is what scattering looks like from the receiving end.**
#
# Think of a rubber stamp that is pressed down again and again, in reading order, each time one step further.
# Now sit on one spot of the paper. First the lower right corner of the stamp comes by, and in the end the
# upper left one. Nobody turned the stamp.

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Scatter in code
#
# One line is left for you: take away the `#`, and say which rows and columns of `d_o` output $(i,j)$
# has used.

# %% scatter with a blank
d_o = np.zeros(o.shape)
for i, j in np.ndindex(delta.shape):
    stamp = delta[i, j] * w
    # stub
    # d_o[..., ...] += stamp
    ...
    # solution
    d_o[i : i + 2, j : j + 2] += stamp

# %%
print("right" if np.array_equal(d_o, two_d.d_o) else "not yet: this gives\n", d_o)

# %% [markdown]
# Mind the `+=`. With `=` each stamp wipes out what the one before has left, as in lesson 02.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Gather in code
#
# Gathering slides the turned kernel over $\delta$. A pixel at the border needs deltas that do not exist:
# they count as 0. So put zeros round $\delta$, $k - 1$ of them at each end of each axis. In lesson 05 this
# was the mode **full**:

# %% gather
ops.cross_correlate(delta, ops.rotate_180(w), mode="full")

# %%
ops.convolve(delta, w, mode="full")  # true convolution turns the kernel itself

# %% [markdown]
# $$\frac{\partial E}{\partial o} = \big(\delta \otimes \text{rot}_{180}(w)\big)_\text{full} = \big(\delta * w\big)_\text{full} = {{ matrix(two_d.d_o) }}$$
#
# Turn the kernel yourself and use $\otimes$, or leave it and let $*$ turn it. Once, not twice. The sizes
# tell you why it must be *full*: {{ two_d.delta.shape[0] }} outputs and {{ two_d.w.shape[0] }} weights along an axis, {{ two_d.delta.shape[0] }} + {{ two_d.w.shape[0] }} − 1 = {{ two_d.o.shape[0] }} pixels. Mode
# *valid* would give {{ two_d.delta.shape[0] - two_d.w.shape[0] + 1 }} × {{ two_d.delta.shape[1] - two_d.w.shape[1] + 1 }}.

# %% [markdown] slideshow={"slide_type": "subslide"}
# The ten-second check of lesson 02 works here too: $o \cdot \partial E/\partial o$ must be the number $T$,
# the same as $\delta \cdot x$. (From here on $T$ is that number again, not the matrix of lesson 05.)

# %%
d_o = ops.convolve(delta, w, mode="full")
print(np.sum(o * d_o), np.sum(delta * x))

# %% [markdown] slideshow={"slide_type": "skip"}
# **A good place to pause.** When you come back, run the cells above once.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Through the activation
#
# The pixels $o$ came out of a layer below. That layer computed its own $x$ and bent it: $o = f(x)$. We
# have the levers of $o$. The layer below needs the levers of its $x$, its own $\delta$.
#
# $$x_\text{below} = {{ matrix(two_d.x_below) }} \qquad o = f(x_\text{below}) = {{ matrix(two_d.o) }} \qquad f = \text{ReLU}$$
#
# Between $x_\text{below}$ and $o$ there is one $f$ for each pixel, so one more factor, the slope of $f$
# where that pixel stood on it:
#
# $$\delta_\text{below} = \frac{\partial E}{\partial o} \odot f'(x_\text{below})$$
#
# ($\odot$ means: multiply cell by cell, and add nothing.) ReLU's slope is 1 where $x$ is positive and 0 where it is negative: a **mask**. Which pixels will lose
# their lever? Find them above, then set *f′ below* to *ReLU* and see.

# %% through the activation slideshow={"slide_type": "subslide"}
LinkedGrids("follow-delta", **layer, below=two_d.x_below, reading="gather", position=15)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# {{ int(np.sum(two_d.x_below < 0)) }} pixels have a negative $x$ below. Their $o$ is 0, and a small nudge of $x$ leaves it at 0: no lever. In
# {{ int(np.sum((two_d.x_below < 0) & (two_d.d_o != 0))) }} of them something got lost: $(0,1)$ had {{ two_d.d_o[0, 1] }}, $(1,2)$ had {{ two_d.d_o[1, 2] }}. The others had 0 already.
#
# Look at $(2,1)$: its lever is {{ two_d.delta_below[2, 1] }}, and it stays. The mask looks at the sign of $x$, not at the sign of the
# lever. A negative lever is as good as a positive one.
#
# Now choose *sigmoid*. Its slope is $f(x)\,(1 - f(x))$, at most ¼, at $x = 0$. No lever is lost,
# but none keeps more than a quarter of its size. (In a network with a sigmoid, $o$ and $\delta$
# would be other numbers. The picture keeps them, so that you can compare. It rounds to two places: its 0.2 is {{ number(ops.sigmoid(1.0) * (1 - ops.sigmoid(1.0)), 4) }}.)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### At x, not at o
#
# $f'$ is taken at $x$, where the pixel stood before it was bent. What if you take it at $o$ by mistake?


# %% at x not at o
def relu_prime(x):
    return ops.relu_backward(np.ones_like(x), x)


def sigmoid_prime(x):
    return ops.sigmoid(x) * (1 - ops.sigmoid(x))


x_below = two_d.x_below

# %%
print("ReLU, any difference?", np.any(relu_prime(x_below) != relu_prime(ops.relu(x_below))))
print("sigmoid at x = 0:", sigmoid_prime(0.0), "and at its o:", sigmoid_prime(ops.sigmoid(0.0)))

# %% [markdown]
# ReLU hides the mistake: $o$ is positive exactly where $x$ is. The sigmoid shows it, {{ number(ops.sigmoid(0.0) * (1 - ops.sigmoid(0.0))) }} against {{ number(ops.sigmoid(0.5) * (1 - ops.sigmoid(0.5)), 3) }}:
# small enough to overlook, and multiplied in at every layer. A test with ReLU alone cannot find it.

# %% [markdown] tags=["clicker"]
# ∂E/∂o of a pixel is −3; its x below was 2, with ReLU. What is δ below? A: 0, negative levers are cut
# (mask by the sign of the lever). B: −3 (right). C: −6 (multiplied by x). D: 3 (sign lost).

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Line by line
#
# The whole way at once, from the chain rule. Open one line at a time. *Show the numbers* puts in those of
# pixel $(1,1)$; where one output is meant, it is $x[1,0]$.
#
# It is written in the letters of source J. The pixel is at $i',j'$; the kernel has $k_1$ rows and $k_2$
# columns. The small $l$ counts layers: $x^l$ is what we called $x_\text{below}$, and $\delta^{l+1}$ and
# $w^{l+1}$ belong to the layer above it. A $\delta$ outside its map counts as 0.

# %% derivation
line_by_line = equations.derivation("J16")
line_by_line

# %% [markdown]
# Is every line equal to the one before? The machine tries it with symbols, for every pixel, in three
# sizes, and for an $f$ it knows nothing about.

# %%
line_by_line.prove()

# %% [markdown] slideshow={"slide_type": "subslide"}
# Compare line J20 with line J21. In J20 $w$ stands as it is, and $\delta$ is read backwards, at $i' - m$.
# In J21 $\delta$ is read forwards, and $w$ is turned. The same products, counted from the other end.
# Nothing has come in from outside.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your turn
#
# Close what is above, and write the step from memory: from $\delta$ of the layer above to $\delta$ of the
# layer below, for any shapes. `x` is $x$ of the layer below, `f_prime` is a function of it. Scatter or
# gather, as you like. Loops are fine; do not call a library function for it yet.


# %% exercise tags=["writing"]
def delta_2d(delta, w, x, f_prime):
    """Delta of the layer below: dE/do collected over region Q, times f'(x)."""
    ...
    # solution
    k1, k2 = w.shape
    ringed = np.pad(delta, ((k1 - 1, k1 - 1), (k2 - 1, k2 - 1)))
    d_o = np.zeros(x.shape)
    for p, q in np.ndindex(d_o.shape):
        d_o[p, q] = np.sum(ringed[p : p + k1, q : q + k2] * w[::-1, ::-1])
    return d_o * f_prime(x)


# %%
exercises.check("delta_2d", delta_2d)

# %% [markdown] tags=["notes"]
# The check tells these apart: not flipped, flipped twice, one axis, one guard at the border,
# overwriting, f′ missing, at o, twice, from the layer above, mask by sign, w updated too early.
# *Valid* for *full* most often stops before that, at the product with f′(x): the shapes do not fit.
# Ask for a solution by scatter and one by gather, and put them side by side.

# %% [markdown]
# ### Measured by brute force
#
# Nudge every $x$ of the layer below up and down, run both steps forward, and look what $E$ does.


# %%
def error_from_below(x):
    return 0.5 * np.sum((ops.cross_correlate(ops.relu(x), w) - two_d.t) ** 2)


measured = gradcheck.numerical_gradient(error_from_below, x_below)
measured.round(6)

# %% measured
mine = delta_2d(delta, w, x_below, relu_prime)
if mine is None:
    print("not attempted yet: write delta_2d above, then run this cell again")
elif np.shape(mine) != x_below.shape:
    print("your delta has shape", np.shape(mine), "and x below has", x_below.shape)
else:
    print(f"relative error: {gradcheck.relative_error(mine, measured):.0e}")

# %% [markdown]
# A relative error of 1e-7 or less is agreement. Above 1e-4 a formula is wrong. One warning: at $x = 0$
# ReLU has a kink. Nudging to both sides measures a slope of ½ there, and our rule says 0. So no number
# in $x_\text{below}$ is 0; keep your own gradient checks off the kink too.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Right and wrong
#
# Here are ten ways to get it wrong. Beside the right result you see what a wrong formula makes of the same
# numbers. Cells that differ are marked.
#
# The first one turns the kernel **twice**: once by hand, once by $*$. It is called *literal J22* here, after
# a printed equation (in the folded box below). Its result has the right shape. Would you notice? Look at the
# three checks below the picture:
#
# - **cell by cell**: what a gradient check sees;
# - **T check**: $o \cdot \partial E/\partial o$, which should be {{ number(two_d.T) }};
# - **mean**: whether the numbers look right on the whole.

# %% right and wrong slideshow={"slide_type": "subslide"}
LinkedGrids("wrong-formula", **layer, below=x_below, activation="relu")

# %% [markdown] slideshow={"slide_type": "subslide"}
# Try these, and say why before you go on:
#
# 1. *literal J22*: which of the three checks catches it? Now choose the kernel [[1 2] [2 1]]. And
#    [[1 2] [2 5]], which looks symmetric at first sight?
# 2. *valid for full*: what has become of the pixels at the border?
# 3. *one guard only*: where do the wrong cells lie? A $\delta$ at a negative index should count as 0. In
#    NumPy, `delta[-1]` is the last row.
# 4. *f′ missing*: which cells are marked? *f′ at o*, *f′ twice*: switch from ReLU to sigmoid.
# 5. *f′ of the layer above*: whose $x$ does it look at?
# 6. *mask by the sign*: which levers survive?

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# Turned twice, $T$ is {{ number(np.sum(two_d.o * ops.convolve(two_d.delta, two_d.w[::-1, ::-1], mode="full"))) }} instead of {{ number(two_d.T) }}: caught. The mean does not move, whichever kernel you choose: each
# $\delta$ hands out all its weights once, so $\sum \partial E/\partial o = \sum \delta \cdot \sum w$,
# however the weights lie. A plot of average gradients shows nothing.
#
# The kernel [[1 2] [2 1]] looks the same after half a turn, so turning it twice, once or never makes no
# difference. [[1 2] [2 5]] is symmetric too, but about its diagonal; half a turn changes it, and the
# mistake shows. **Test with a kernel that does not look the same after half a turn, on maps that are not
# square.**

# %% [markdown] tags=["clicker"]
# Somebody turns the kernel twice on the way back. Which check does NOT notice? A: a gradient check, cell by
# cell. B: the T check. C: the mean of ∂E/∂o (right: each δ hands out all its weights, however they lie).

# %% [markdown] slideshow={"slide_type": "subslide"}
# The others: *valid* has no border at all, it is {{ two_d.delta.shape[0] - two_d.w.shape[0] + 1 }} × {{ two_d.delta.shape[1] - two_d.w.shape[1] + 1 }}. With one guard the wrong cells lie in the first
# row and the first column, where an index below 0 has wrapped round to the other end. $T$ misses this one:
# with these numbers the wrong products happen to cancel. It is one number, a quick look and no proof.
# (With the other guard forgotten, the index runs past the end and NumPy raises an error: that one you notice.)
# Without $f'$ the masked levers are still there.
# ReLU hides $f'$ at $o$ and $f'$ twice, the sigmoid shows both.
# $f'$ of the layer above masks $\delta$ by the outputs' own $x$. And a mask by sign lets positive levers through and cuts negative ones, whatever $x$ was.
#
# One more that no formula shows. Suppose you step the weights first, and send $\delta$ back afterwards,
# through the new ones. In the 1D example, with $\eta = {{ number(0.1) }}$, the levers {{ one_d.d_o }} become
# {{ ops.convolve(one_d.delta, one_d.w - 0.1 * one_d.d_w, mode="full") }}. The deltas belong to the weights that made $x$. First all gradients, then
# the step.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three questions

# %%
Quiz("06_follow_the_delta", "quiz")

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>As printed in the sources</summary>
#
# Source J needs eight equations for this lesson. J20 is the one you have written:
#
# $${{ cnnlib.equations.get("J20").printed }}$$
#
# J22 puts it into one operation. As printed:
#
# $${{ cnnlib.equations.get("J22").printed }}$$
#
# J defines $*$ as true convolution, which turns the kernel. Here it is turned by hand as well: twice, so
# not at all. And the mode is not said. In the form you know:
#
# $${{ cnnlib.equations.get("J22").correct }}$$
#
# Whoever reads $*$ as $\otimes$ there, which J does elsewhere, gets the right numbers. Lesson 12 comes
# back to it, with a proof and a smallest counterexample.
#
# {{ cnnlib.equations.table(["J15", "J16", "J17", "J18", "J19", "J20", "J21", "J22"]).markdown().strip() }}
#
# </details>

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>In practice</summary>
#
# - `scipy.signal.convolve2d(delta, w, mode="full")` is $\partial E/\partial o$ in one call.
#   `scipy.signal.correlate2d` needs the turned kernel.
# - PyTorch offers this way back as a layer of its own, `ConvTranspose2d`. The name says what it is:
#   lesson 05's $T^\mathsf{T}$ times $\delta$. It is not an inverse; it does not bring $o$ back.
# - With scatter, several outputs write to one pixel, so two threads can get in each other's way. With
#   gather, each pixel is written once. That is easier to run in parallel.
# - For ReLU, libraries keep a mask of where $x$ was positive. For the sigmoid they keep $o$ and compute
#   $o\,(1 - o)$, which is $f'(x)$ written with the help of $o$. It is not $f'(o)$.
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Mixed review: which grouping is this?
#
# All three gradients come from one table of products $\delta \, w \, o$. Five questions from all lessons
# so far, in no order.

# %%
Quiz("06_follow_the_delta", "review")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Summary
#
# - Region $Q$ of a pixel: all outputs that use it, from $i' - k + 1$ to $i'$ along each axis, clipped at
#   the border.
# - $\partial E/\partial o[i',j'] = \sum_{(i,j) \in Q} \delta[i,j] \, w[i'-i,\, j'-j]$: the index of $w$ is pixel
#   minus output. All at once: the
#   turned kernel slides over $\delta$, mode *full*.
# - Scatter stamps the kernel as it is. Gather reads it turned. The flip is what scattering looks like from
#   the receiving end.
# - Then through the activation: times $f'$, once, at $x$ of the layer below.
# - $T$ and a gradient check catch a wrong flip. The mean does not, and a kernel that looks the same after
#   half a turn does not either.
#
# **From memory:** take a sheet of paper and write the sum for $\partial E/\partial o$, and one sentence
# that says where the flip comes from. Compare with the second and the third point. Do it again tomorrow.
#
# **Next:** between two convolution layers there is often a step without weights. Lesson 07 sends deltas
# back through it.
