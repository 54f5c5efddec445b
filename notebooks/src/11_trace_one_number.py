# %% [markdown] slideshow={"slide_type": "slide"}
# # 11 · Trace one number
#
# A network read a digit, and was wrong. Which paths lead from this pixel to $E$?
#
# **You will do:** follow a pixel through two conv layers to $E$; send one $\delta$ back by hand, then
# with the numbers of a trained network; write the whole step, and test it.
#
# **You will learn:** two conv layers in a row are lesson 06 twice, with a route and a mask between.
# Nothing new is needed.
#
# **You need:** lesson 06 (region $Q$, the turned kernel, $f'$). Pools, channels and softmax are
# {{ lesson(7) }} and {{ lesson(9) }}; what you need of them is said again here.
#
# **Time:** 55 minutes, ten of them for the ten ideas of lesson 00, which come back at the end. A good place to
# pause is marked, about half-way.

# %% [markdown] tags=["notes"]
# The last lesson of the main road. Nothing in it is new, and that is the message. Let the class say
# each step before the picture shows it: kernel, route, mask, and once more.

# %%
import numpy as np

from cnnlib import data, equations, exercises, gradcheck, network, ops, training
from cnnlib.examples import chained
from cnnlib.widgets import NetworkTrace, Quiz

# %% [markdown] slideshow={"slide_type": "subslide"}
# First, two questions: one from lesson 10, one from lesson 08. Answer without looking back.

# %%
Quiz("11_trace_one_number", "recall")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A network that makes mistakes
#
# We need a network that has learnt something, but not everything. Four times through the digits is
# enough: about a second.

# %% train
(images, labels), (test_images, test_labels) = data.digits()
net = network.small_cnn(seed=0)
for _ in training.fit(net, images, labels, epochs=4, batch=128, rate=0.1):
    pass
read_as = net.predict(test_images)
print(f"{np.mean(read_as == test_labels):.1%} of {len(test_labels)} new digits are read right")

# %%
net.summary()

# %% [markdown]
# Conv, ReLU, pool, twice; then one dense layer, ten scores, softmax. Six digits to look at: three that
# it misreads, three that it reads right.

# %% six digits
wrong = np.flatnonzero(read_as != test_labels)[:3]
right = [np.flatnonzero((read_as == k) & (test_labels == k))[0] for k in (0, 3, 8)]
chosen = [*wrong, *right]
digits, classes = test_images[chosen], test_labels[chosen]

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Predict: how many paths?
#
# Take one pixel, not at the border. A *path* goes from the pixel to one output that uses it, from there
# to one that uses that, and so on, up to one of the ten scores, and so to $E$.

# %% predict how many
Quiz("11_trace_one_number", "predict")

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Follow a pixel
#
# One digit, every number of the network. Point at any cell. What it **saw** lights up on its left, its
# receptive field. What it **reaches** lights up on its right: region $Q$ of lesson 06, layer after
# layer. Where a path is open, cells have an outline.
#
# 1. Point at a pixel of the picture. How many places in each map of *conv1* use it? Count the paths.
# 2. Point at a cell of *conv2*. How large a piece of the picture has it seen?
# 3. Point at a cell of *relu1* without a mark in its corner. The mark says: it won in its pool. Where do
#    its paths end?
# 4. Click a cell, then point at the weights under the picture. Who uses them?

# %% follow a pixel
NetworkTrace(net, digits, classes, title="Which paths lead to E?")

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>No live picture here?</summary>
#
# This page only shows files. Open the lesson in JupyterLab or on the course's site; there it looks like this:
#
# ![All layers of the network side by side, from a pixel of the picture to the ten probabilities. The cells that the pixel reaches have an outline where the path is open, and are grey where it is shut. Below them stands the strongest path with its factors.](../figures/screenshot_network_trace.png)
#
# </details>

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# A pixel away from the border is used at {{ 3 * 3 }} places in each of the 8 maps of *conv1*. ReLU and
# the pool have one way up from each cell. From each pooled cell, {{ 3 * 3 }} places in each of
# 16 maps of *conv2*. Then ten scores. Steps one after the other are **multiplied**:
#
# $$(9 \cdot 8) \cdot (9 \cdot 16) \cdot 10 = {{ count(9 * 8 * 9 * 16 * 10, '{,}') }}$$
#
# (Near the border there are fewer.) But look at how many are *open*. Of the four cells in a window of the pool one
# wins, and the others have no way to go on. ReLU shuts where $x$ is negative. A few in a hundred
# are left. The picture counts fewer still: at a score that hardly matters, $\delta$ rounds to 0, and its
# paths count as shut.
#
# Nobody walks all these paths one by one. Going back layer by layer adds up all that meet in a cell,
# and goes on with the sum. That is the whole trick of backpropagation.

# %% [markdown] tags=["clicker"]
# A pixel is used by 9 places in each of 8 maps, each of those by 9 places in each of 16 maps, each of those by
# 10 scores. How many paths? A: {{ 9 * 8 + 9 * 16 + 10 }} (added). B: {{ count(8 * 16 * 10) }} (places forgotten, maps only). C: {{ count(9 * 8 * 9 * 16 * 10) }} (right). D: 10 (one for each score).

# %% [markdown] slideshow={"slide_type": "slide"}
# ## One delta back, by hand
#
# Small enough for paper, one map in each layer. The lower conv layer gave $x$; then $o = \text{ReLU}(x)$,
# then the largest of each 2 × 2 window:
#
# $$x = {{ matrix(chained.x_below) }} \quad o = {{ matrix(chained.o) }} \quad y = {{ matrix(chained.y) }}$$
#
# The upper layer slides its kernel over $y$. Its two outputs have these deltas:
#
# $$w = {{ matrix(chained.w) }} \qquad \delta = {{ matrix(chained.delta) }}$$

# %% [markdown] slideshow={"slide_type": "subslide"}
# **Step 1: through the kernel.** It is lesson 06: the turned kernel slides over $\delta$, mode *full*.

# %% step 1
d_y = ops.convolve(chained.delta, chained.w, mode="full")
d_y

# %% [markdown]
# One number for each window of the pool. Check one: $y[0,1]$ is used by both outputs, with the weights
# {{ number(chained.w[0, 1]) }} and {{ number(chained.w[0, 0]) }}: {{ number(chained.delta[0, 0]) }} · {{ number(chained.w[0, 1]) }} + ({{ number(chained.delta[0, 1]) }}) · {{ number(chained.w[0, 0]) }} = {{ number(chained.d_y[0, 1]) }}.

# %% [markdown] slideshow={"slide_type": "subslide"}
# **Step 2: along the route.** A pool passes on the largest number of its window, as it is. So the lever
# of $y$ goes to the winner, with the factor 1. The others get 0. In the upper middle window two numbers
# are equally large: the first one wins.
#
# **Step 3: through the mask.** Times $f'(x)$: 1 where $x$ is positive, 0 where it is not.
#
# The upper right window is special: all its $x$ are negative, so all its $o$ are 0, and the first one
# wins. Its lever is {{ number(chained.d_y[0, 2]) }}, the largest in size.

# %% predict the route
Quiz("11_trace_one_number", "predict-route")

# %% [markdown] slideshow={"slide_type": "subslide"}
# Do it in code: write the mask in place of the dots.

# %% steps 2 and 3
winner, x = chained.winner, chained.x_below
lever = chained.d_y[None, None]
d_o = ops.max_pool_backward(lever, winner[None, None], (1, 1, *x.shape))[0, 0]
mask = ...
# solution
mask = x > 0

# %% route and mask
if mask is ...:
    print("not attempted yet: write the mask in place of the dots above")
else:
    print("after the route:", d_o, "after the mask:", d_o * mask, sep="\n")

# %% [markdown]
# After step 2 the {{ number(chained.d_y[0, 2]) }} stands at $(0,4)$. There $x$ is {{ number(chained.x_below[0, 4]) }}. A small nudge of it
# leaves $o$ at 0, so nothing moves: δ is {{ number(chained.delta_below[0, 4]) }}. A winner can be shut. The other levers pass.

# %% [markdown] slideshow={"slide_type": "skip"}
# **A good place to pause.** When you come back, run the cells above once.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## With real numbers
#
# The same three steps in the network, with many maps. Now the maps show **what comes back**: $\delta$ at
# the conv layers, $\partial E/\partial o$ at the others. The formula adds up one part for each map of the
# layer above: lesson 09, one little convolution at a time. Click a part to see its numbers.
#
# 1. Step back from the end with *Back one step* or the slider. Where does the error begin, and with which numbers?
# 2. Which cells of *relu1* get something from *pool1*? Which of these does the mask stop?
# 3. Choose a pixel. The line is its strongest path. Multiply its factors: do they give the number at
#    the end? How much of the whole lever is it?
# 4. *E at*: ask for the class that the network chose instead. What happens to the signs?

# %% with real numbers
NetworkTrace(net, digits, classes, reading="backward", title="What comes back?")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# It begins at the scores with $\delta = p - 1$ at the right class and $\delta = p$ at the others. For a misread
# digit these are large; for one that is read well nearly nothing is left to send back.
#
# At *conv1* most cells have 0: the pool let one in four through, and the mask stops some of these. What is left
# is spread out again over 3 × 3 pixels by each map. The strongest path alone is often much smaller than
# the whole, and may have the other sign. Paths add up, and they do not agree.

# %% [markdown] tags=["clicker"]
# Nearly all numbers at conv1 are 0 on the way back. Why? A: the learning is finished (a small loss would make
# all small, not most zero). B: the pool lets one of four through, and ReLU's mask stops some of these (right). C: the weights
# are 0 (they are not). D: negative deltas are cut (the mask looks at x, not at δ).

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Three lines for one layer
#
# In code it is one line for each step. We start at $\delta$ of *conv2* and want $\delta$ of *conv1*.

# %% one misread digit
trace = net.forward(digits[:1])
loss, dloss = ops.softmax_cross_entropy(trace.scores, classes[:1])
back = net.backward(trace, dloss)

# %% three lines
w2, shape = net.parameters["conv2.w"], trace["pool1"].shape
d_pool1 = ops.conv_input_gradient(back.delta["conv2"], w2, shape, padding=1)
d_relu1 = ops.max_pool_backward(d_pool1, trace.winners["pool1"], trace["relu1"].shape)
delta = ops.relu_backward(d_relu1, trace["conv1"])
print("as the network has it:", np.allclose(delta, back.delta["conv1"]))
print(f"{np.mean(delta != 0):.0%} of its {delta.size} numbers are not 0")

# %% [markdown]
# Kernel, route, mask. The picture rounds the weights and each layer's numbers to three places, so that you can add
# them up by hand. So its last digit may differ from these.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Not a "deconvolution"
#
# Readers of source J asked: how does $\delta$ get through two conv layers, with ReLU and pooling between? Some
# were told to use a "deconvolution". The name promises to undo the convolution. Nothing is undone here:
# $\partial E/\partial o$ is not $o$. The machine knows the right form as R6; $v_{i,j}$ is the place of the
# winner, and the bracket is 1 where the pixel is it:
#
# $${{ cnnlib.equations.get("R6").correct }}$$
#
# From right to left: the sum of lesson 06, the route, the mask. Does it hold? The machine tries it with
# symbols, for an $f$ it knows nothing about.

# %% proof
equations.get("R6").prove()

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your turn
#
# Write the step for one map, from memory: from $\delta$ of the upper layer to $\delta$ of the lower one.
# `winner` holds flat indices into the map, one for each window. Windows may overlap. You may use `ops`.


# %% exercise tags=["writing"]
def chain_back_2d(delta, w, winner, x):
    """Delta of the lower layer: kernel, route, mask."""
    ...
    # solution
    d_y = ops.convolve(delta, w, mode="full")
    d_o = np.zeros(x.size)
    for cell, lever in zip(winner.ravel(), d_y.ravel(), strict=True):
        d_o[cell] += lever
    return d_o.reshape(x.shape) * (x > 0)


# %%
exercises.check("chain_back_2d", chain_back_2d)

# %% [markdown] tags=["notes"]
# The check tells these apart: kernel not turned, turned twice or on one axis, one winner of two windows
# overwritten, spread over the window, mask forgotten, mask by the sign of δ, multiplied by the activation.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Measured by brute force
#
# Nudge every $x$ of the lower layer up and down and go forward through both layers. $E$ is $\delta \cdot x$ of the
# upper layer here, so that its gradient there is exactly the $\delta$ of our example.


# %%
def error_from_below(x):
    y, _ = ops.max_pool(ops.relu(x)[None, None], 2)
    return np.sum(chained.delta * ops.cross_correlate(y[0, 0], chained.w))


# Two equal numbers in a window are a kink: keep off it.
x = chained.x_below + 0.01 * np.arange(24).reshape(4, 6)[::-1, ::-1]
measured = gradcheck.numerical_gradient(error_from_below, x)
measured.round(6)

# %% measured
mine = chain_back_2d(chained.delta, chained.w, chained.winner, x)
if mine is None:
    print("not attempted yet: write chain_back_2d above, then run this cell again")
elif np.shape(mine) != x.shape:
    print("your delta has shape", np.shape(mine), "and x has", x.shape)
else:
    print(f"relative error: {gradcheck.relative_error(mine, measured):.0e}")

# %% [markdown]
# And the whole network? Nudge one row of pixels of the misread digit. On blank paper whole windows of the
# first pool are equal, and at such a tie a nudge to either side finds another winner: a kink. A trace of
# noise on the paper keeps off it.

# %% a row of pixels
exact = net.copy(np.float64)
digit = digits[:1] + 0.01 * np.random.default_rng(0).random((1, 1, 8, 8))


def loss_of(row):
    nudged = digit.copy()
    nudged[0, 0, 3] = row
    return ops.softmax_cross_entropy(exact.forward(nudged).scores, classes[:1])[0]


# %% both rows
by_nudging = gradcheck.numerical_gradient(loss_of, digit[0, 0, 3])
passed = exact.forward(digit)
_, dloss = ops.softmax_cross_entropy(passed.scores, classes[:1])
levers = exact.backward(passed, dloss).delta["input"][0, 0, 3]
with np.printoptions(precision=4, suppress=True):
    print(by_nudging, levers, sep="\n")
print(f"relative error: {gradcheck.relative_error(levers, by_nudging):.0e}")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three questions

# %%
Quiz("11_trace_one_number", "quiz")

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>In practice</summary>
#
# - Libraries keep on the way forward what the way back needs: the winners of each pool, the mask or $x$ of each
#   ReLU, the input of each conv layer. That is why training takes more memory than using a network.
# - `ConvTranspose2d` in PyTorch used to be called a deconvolution. It is step 1, and undoes nothing.
# - The gradient at the picture is a *saliency map*: which pixels move $E$ most. It is a lever for small
#   nudges, not a reason. Some methods mask by the sign of $\delta$ as well ("guided backpropagation"): nicer
#   pictures, but no gradient any more.
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Ten ideas, once more
#
# You have answered these ten questions before, in lesson 00. Answer them again, without looking back.
# Underneath you see what you have gained.

# %% ten ideas
Quiz("inventory", "after")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Summary
#
# - Steps one after the other multiply the number of paths. Layer by layer, all that meet in a cell are added up.
# - Two conv layers in a row: back through the kernel, along the route of the pool, through the mask; then
#   through the next kernel. No "deconvolution".
# - The route has the factor 1. The mask looks at $x$, not at the sign of $\delta$. A winner can be shut.
# - It starts with $\delta = p - 1$ at the right class: a network that is sure and right sends nearly nothing back.
#
# **From memory:** take a sheet of paper and write the three steps, with the shapes, from $\delta$ of *conv2* to
# $\delta$ of *conv1*. Compare with *Three lines for one layer*. Do it again tomorrow.
#
# **Next:** you can check the two texts that this course is made from. {{ lesson(12) }}.
