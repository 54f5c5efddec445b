# %% [markdown] slideshow={"slide_type": "slide"}
# # 09 · Stack channels
#
# A layer of a real network takes 3 maps in and gives 6 maps out, or 64 and 128. On the way back, 6 deltas
# have to become 3. With which kernels?
#
# **You will do:** step through a layer with several maps, one small convolution at a time, forward and
# back; write both gradients for a batch of images; turn a convolution into a dense layer; and start the
# way back at a softmax.
#
# **You will learn:** what is summed over channels, what over filters, what over images; why a $1 \times 1$
# kernel is a matrix; and why $\delta = p - \text{onehot}$.
#
# **You need:** lesson 04 (weight gradient), lesson 06 (scatter and gather), and of lesson 08 only: another
# layer is another list of products.
#
# **Time:** 60 minutes. A good place to pause is marked, after about 40.

# %% [markdown] tags=["notes"]
# Nothing new is computed here: every small convolution is one the class has done by hand. New is only
# which of them are added up. Keep pointing at the table: along a row, up a column, in a box.

# %%
import numpy as np

from cnnlib import equations, exercises, gradcheck, ops
from cnnlib.examples import one_by_one, stacked
from cnnlib.widgets import LinkedGrids, Quiz

# %% [markdown] slideshow={"slide_type": "subslide"}
# First, two questions: one from lesson 08, one from lesson 06. Answer without looking back.

# %%
Quiz("09_stack_channels", "recall")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three maps in, two maps out
#
# A colour photograph has three maps: red, green and blue. They are called **channels**. A layer looks at all
# of them at once, and it asks several questions. Each question is a **filter**, and gives one map.
#
# A filter needs a kernel **for each channel**. So the kernels stand in a table: a row for each filter $d$, a
# column for each channel $c$. Here $C = {{ str(stacked.w.shape[1]) }}$ channels come in, and $D = {{ str(stacked.w.shape[0]) }}$ maps go out.

# %%
o, w, delta = stacked.o, stacked.w, stacked.delta
print("o    ", o.shape, "  images, channels, rows, columns")
print("w    ", w.shape, "  filters, channels, rows, columns")
print("delta", delta.shape, "  images, filters, rows, columns")

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Touch it
#
# Each step is one **small convolution**: the map at the top of a column, and one kernel in that column. You
# know it from lesson 03. Press *next* until both maps on the right are full. When does $x[1]$ begin to fill?
#
# Then set *small convolution* to *cell by cell*, and point at a cell of $x[1]$. What lights up? Point at a
# cell of $o[0]$, and at a single weight.

# %% touch it
layer = {"input": o, "kernel": w, "delta": delta}
LinkedGrids(
    "channels", input=o, kernel=w, by="pair", editable=[], title="Three maps in, two maps out"
)

# %% [markdown] tags=["notes"]
# Say it in the same words each time: "kernel w[d, c] joins channel c with filter d". The image is a batch
# of two; leave the second one for later.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# Along a row of the table: three small convolutions, one for each channel, are added up and give one map.
#
# $$x_d = \sum_{c} o_c \otimes w_{d,c} + b_d$$
#
# That is **sum over channels**, one number $b_d$ for each filter. The second row does it again, with its own
# three kernels. The maps of $o$ are shared by all rows. The kernels are not shared by anybody: $w[0,1]$ and
# $w[1,1]$ look at the same map and ask different things.

# %% [markdown] slideshow={"slide_type": "subslide"}
# In code it is a loop over the channels. Complete the line, so that `x` becomes the map of filter 1 for
# image 0:

# %% forward with a blank
n, d = 0, 1
x = np.zeros(stacked.x.shape[-2:])
for c in range(3):
    # stub
    x += 0 * ops.cross_correlate(o[n, 0], w[0, 0])  # which map, which kernel?
    ...
    # solution
    x += ops.cross_correlate(o[n, c], w[d, c])

# %%
print("right" if np.array_equal(x, stacked.x[0, 1]) else f"not yet: this gives\n{x}")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Predict: from six back to three
#
# A reader of source J asked exactly this, and nobody answered: *there are 3 maps in and 6 maps out. On the
# way back I have 6 deltas and need 3 gradients. Which kernels do I use?*

# %% predict from six back to three
Quiz("09_stack_channels", "predict")

# %% [markdown] tags=["clicker"]
# 3 maps in, 6 filters. What does channel 1 get back? A: the delta of one filter. B: something from each
# of the 6 filters, through 6 kernels of its own (right). C: something from each of the 6 filters, all through
# the same kernel. D: the mean of the 6 deltas.

# %% [markdown] tags=["notes"]
# Collect answers before you go on. "There are only 3 kernels" is common: the kernel of a filter is taken
# for one kernel that runs over all channels.

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Up a column
#
# Now the way back, in the layer you know. It starts from the deltas on the right. Again one small convolution
# at a time: each is lesson 06, one kernel and one delta. Watch **where** the results are added up.

# %% up a column
LinkedGrids(
    "channels", **layer, reading="input-gradient", by="pair", title="Two deltas back to three maps"
)

# %% [markdown]
# <details>
# <summary>The same as a still picture</summary>
#
# ![Three input maps are joined to two output maps by six small kernels, one per pair. Forward, each output map adds up over the three channels; backward, each channel's gradient adds up over the two filters.](../figures/channels.svg)
#
# </details>

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# The same table, read the other way. A nudge of a pixel in channel $c$ reaches $E$ through **every** filter,
# because every filter looked at it. Paths add up:
#
# $$\frac{\partial E}{\partial o_c} = \sum_{d} \big(\delta_d * w_{d,c}\big)_\text{full}$$
#
# **Forward sums over the channels, along a row. Backward sums over the filters, up a column.** With 3
# channels and 6 filters the table has 6 rows and 3 columns: {{ str(3 * 6) }} kernels, {{ str(3 * 6) }} small convolutions forward, and the
# same {{ str(3 * 6) }} kernels back. No kernel is made for the way back.

# %% [markdown] slideshow={"slide_type": "subslide"}
# Here is the reader's layer: 3 maps in, 6 out. (The maps have one row only, so that all {{ str(3 * 6) }} kernels fit on the
# screen.) Step through it. How many steps until channel 0 has everything that comes back to it?

# %% eighteen
rng = np.random.default_rng(9)
maps, kernels = rng.integers(0, 4, (3, 1, 3)), rng.integers(-2, 3, (6, 3, 1, 2))
six = {"input": maps, "kernel": kernels, "delta": rng.integers(-2, 3, (6, 1, 2))}
LinkedGrids(
    "channels", **six, reading="input-gradient", by="pair", title="Six deltas back to three maps"
)

# %% [markdown] slideshow={"slide_type": "subslide"}
# Is the formula true for every pixel, every channel and any numbers? The machine tries it with symbols, in
# several sizes. Then it looks for the smallest case in which *one kernel for all channels* goes wrong:

# %% proof back
print("proved:", equations.get("R4").prove())
print(equations.get("R4").counterexample())

# %% [markdown] slideshow={"slide_type": "slide"}
# ## In each box
#
# And the kernels themselves? Every small convolution has a weight gradient of its own, as in lesson 04:
#
# $$\frac{\partial E}{\partial w_{d,c}} = o_c \otimes \delta_d$$
#
# Its box in the table is where column $c$ and row $d$ cross. Look: which $o$ and which $\delta$ does
# $\partial E/\partial w[1,2]$ need? Is anything summed over channels, or over filters? Point at one of its
# cells.

# %% in each box
LinkedGrids("channels", **layer, reading="weight-gradient", title="A gradient for each kernel")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A batch adds up
#
# The sum below the picture has two parts: *image 0* and *image 1*. Networks work on several images at once, a **batch**. All
# images go through the **same** weights. So each image is one more path from a weight to $E$, and paths add up:
#
# $$\frac{\partial E}{\partial w_{d,c}} = \sum_{n} o_{n,c} \otimes \delta_{n,d} \qquad
# \frac{\partial E}{\partial b_d} = \sum_{n} \sum_{i,j} \delta_{n,d}[i,j]$$
#
# The images do not share their pixels. So $\partial E/\partial o$ keeps the images apart: each has its own.
#
# In one sentence: **add over every index that the thing you nudge does not have.** A weight has $d$ and $c$: add over
# images and places. A pixel has $n$ and $c$: add over filters and over the outputs in its $Q$. An output has $n$ and $d$:
# add over channels and over the weights.

# %% proof weights
print("proved, for one image:", equations.get("R5").prove())
print("bias gradients:", delta.sum(axis=(0, 2, 3)))

# %% [markdown] tags=["clicker"]
# A batch of 32 images goes through a layer with 3 channels and 6 filters of 5 × 5 weights. The shape of ∂E/∂w?
# A: (32, 6, 3, 5, 5), one for each image. B: (6, 3, 5, 5) (right). C: (3, 6, 5, 5), channels first. D: (6, 5, 5), one kernel
# per filter.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your turn: the kernels
#
# Complete the weight gradient. The loops are there; one line is missing. `delta[n, d]` is one small map,
# and so is `o[n, c]`.


# %% the kernels tags=["writing"]
def channel_weight_gradient(delta, o):
    """dE/dw, shape (D, C, k1, k2), from delta (N, D, rows, columns) and o (N, C, H, W)."""
    images, filters, rows, columns = delta.shape
    _, channels, height, width = o.shape
    d_w = np.zeros((filters, channels, height - rows + 1, width - columns + 1))
    # stub
    for n, d, c in np.ndindex(images, filters, channels):
        # d_w[...] += ...  # which box, which o, which delta?
        ...
    return d_w
    # solution
    for n, d, c in np.ndindex(images, filters, channels):
        d_w[d, c] += ops.cross_correlate(o[n, c], delta[n, d])
    return d_w


# %%
exercises.check("channel_weight_gradient", channel_weight_gradient)

# %% [markdown] tags=["notes"]
# The check tells these apart: first or last image only, = for +=, a mean over the batch, channels and
# filters swapped, one kernel for all channels, delta turned, sizes one short.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your turn: the maps
#
# Now alone: the input gradient. Ask first which indices $\partial E/\partial o$ has; over the others you add.
# `ops.convolve(..., mode="full")` does one small step back.


# %% the maps tags=["writing"]
def channel_input_gradient(delta, w):
    """dE/do, shape (N, C, H, W), from delta (N, D, rows, columns) and w (D, C, k1, k2)."""
    ...
    # solution
    (_, channels, k1, k2), (rows, columns) = w.shape, delta.shape[2:]
    d_o = np.zeros((len(delta), channels, rows + k1 - 1, columns + k2 - 1))
    for n, deltas in enumerate(delta):
        for d, c in np.ndindex(w.shape[:2]):
            d_o[n, c] += ops.convolve(deltas[d], w[d, c], mode="full")
    return d_o


# %%
exercises.check("channel_input_gradient", channel_input_gradient)

# %% [markdown] tags=["notes"]
# The check tells these apart: one filter only, one kernel for all channels, w[c, d] for w[d, c],
# np.flip(w) on all four axes, the images mixed, not turned, turned twice, valid for full.

# %% [markdown]
# One trap if you turn kernels by hand: `np.flip(w)` turns all four axes. That puts the filters and the
# channels in opposite order as well. Turn the two last axes only: `w[:, :, ::-1, ::-1]`.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Measured by brute force
#
# Take an $E$ that gives exactly these deltas, $E = \sum \delta \, x$ with $\delta$ held fixed. Nudge every weight and
# every pixel of both images:

# %% measured
measured_w = gradcheck.numerical_gradient(lambda w: np.sum(delta * ops.conv(o, w)), w)
measured_o = gradcheck.numerical_gradient(lambda o: np.sum(delta * ops.conv(o, w)), o)
for name, mine, measured in [
    ("w", channel_weight_gradient(delta, o), measured_w),
    ("o", channel_input_gradient(delta, w), measured_o),
]:
    agrees = np.shape(mine) == measured.shape and gradcheck.relative_error(mine, measured) < 1e-7
    print(f"dE/d{name}:", "agrees" if agrees else "not yet")

# %% [markdown]
# The ten-second check works as before, over all pairs and all images:
# $w \cdot \partial E/\partial w = o \cdot \partial E/\partial o = \delta \cdot x = {{ number(stacked.T) }}$ (biases left out).

# %% [markdown] slideshow={"slide_type": "skip"}
# **A good place to pause.** When you come back, run the cells above once.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Kernels of one weight
#
# How small can a kernel be? One weight: $1 \times 1$. It cannot look at neighbours. But it still sees all
# channels at its place, and mixes them. Take maps of a single pixel too: 2 channels, 3 filters.
#
# $$o = {{ matrix(one_by_one.o.reshape(2, 1)) }} \qquad W = {{ matrix(one_by_one.w.reshape(3, 2)) }} \qquad \delta = {{ matrix(one_by_one.delta.reshape(3, 1)) }}$$
#
# Before you look: compute the three outputs on paper, then the two gradients that come back. Is there
# anything to turn?

# %% kernels of one weight slideshow={"slide_type": "subslide"}
small = {"input": one_by_one.o, "kernel": one_by_one.w, "delta": one_by_one.delta}
LinkedGrids("channels", **small, title="The table is a matrix")

# %% [markdown]
# Step through it, then choose *input gradient* and *weight gradient*.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# The table of kernels **is** a matrix. Forward reads its rows: $x = W o$ is {{ one_by_one.x.ravel() }}. Backward reads its columns:
# $\partial E/\partial o = W^\mathsf{T} \delta$ is {{ one_by_one.d_o.ravel() }}. And each box holds one product: $\partial E/\partial W = \delta \, o^\mathsf{T}$.
#
# Nothing is flipped: a kernel of one weight looks the same from both ends. Only the transpose is left, and that is
# what *up a column* always was. This is a **dense layer**: every output weighs every input.

# %% dense
W = one_by_one.w.reshape(3, 2)
print("conv :", ops.conv(one_by_one.o, one_by_one.w).ravel())
print("dense:", ops.dense(one_by_one.o.reshape(1, 2), W).ravel())
print("back :", W.T @ [1, -2, 1])

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Flatten
#
# At the end of a network the maps are read out in one long row, and a dense layer weighs all of it. Reading out
# computes nothing. **Flatten** only renames: with $H$ rows and $W$ columns (here $W$ is a number, not the matrix) pixel
# $(c, i, j)$ becomes number $c H W + i W + j$. Its way back gives every number its old place.
#
# So a dense layer on top of maps is a convolution again, with kernels as large as the maps, and one
# place to stand. Try it, with two filters on the three maps:

# %% flatten
large = np.arange(2 * 3 * 3 * 4).reshape(2, 3, 3, 4) % 5 - 2.0  # any numbers will do
flat = o.reshape(len(o), -1)
print("flat:", flat.shape, " back again:", np.array_equal(flat.reshape(o.shape), o))
print("conv :", ops.conv(o, large).ravel())
print("dense:", ops.dense(flat, large.reshape(2, -1)).ravel())

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Where the way back begins
#
# The last dense layer gives one number for each class, a **score** $x_d$. **Softmax** makes
# probabilities of them: positive, and 1 in all.
#
# $$p_d = \frac{e^{x_d}}{\sum_k e^{x_k}} \qquad E = -\ln p_y$$
#
# $y$ is the right class. $E$ is small when the network gave it a high probability, and large when it did not. ($\ln$ is the
# natural logarithm. This $E$ is called **cross-entropy**.) Three classes; class 1 is right:

# %% softmax
scores, y = np.array([2.0, 1.0, 0.0]), 1
p = np.exp(scores) / np.sum(np.exp(scores))
print("p =", p.round(3), "  E =", round(-np.log(p[y]), 3))

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Predict the deltas
#
# Nudge one score up. Does $E$ rise or fall, and for which score most? Say three signs before you run this.


# %% nudge the scores slideshow={"slide_type": "subslide"}
def error(scores):
    return -np.log(np.exp(scores[y]) / np.sum(np.exp(scores)))


measured = gradcheck.numerical_gradient(error, scores)
measured.round(3)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Line by line
#
# Write the logarithm of the fraction as a difference:
#
# $$E = -x_y + \ln \sum_k e^{x_k}$$
#
# The slope of the second part is $e^{x_d} / \sum_k e^{x_k}$, and that is $p_d$. The first part has slope $-1$ for the right score
# and 0 for the others:
#
# $$\delta_d = \frac{\partial E}{\partial x_d} = p_d - \begin{cases} 1 & d = y \\ 0 & \text{else} \end{cases} \qquad
# \delta = p - \text{onehot}$$
#
# (**onehot** is a row of zeros with a single 1, at the right class.)

# %%
onehot = np.array([0, 1, 0])
print("p - onehot:", (p - onehot).round(3))

# %% [markdown] slideshow={"slide_type": "subslide"}
# In words: $\delta_0 = {{ number(ops.softmax([[2, 1, 0]])[0, 0]) }}$: this score is too high. $\delta_1 = {{ number(ops.softmax([[2, 1, 0]])[0, 1] - 1) }}$: raise it. The deltas add up to 0. When the network is sure and right, all of them
# are near 0. They never get larger than 1, however wrong it is.
#
# ### A wrong turn: softmax again
#
# $p - \text{onehot}$ is $\partial E/\partial x$, at the **scores**. The way back through softmax is already in it. Its
# slopes, as a matrix, are $J = \text{diag}(p) - p\,p^\mathsf{T}$. Somebody multiplies by it once more, "because there is a
# softmax in the network":

# %% wrong turn
J = np.diag(p) - np.outer(p, p)
print("measured:", measured.round(3))
print("twice   :", (J @ (p - onehot)).round(3))

# %% [markdown]
# It looks harmless. The sum is still 0, the two large numbers keep their signs, and the network learns, slowly. Where a network is sure and wrong, $J$ is
# almost 0, and it stops learning just where it should learn most. A gradient check finds it at once.
#
# For a batch, $E$ is the mean over the images, so each $\delta$ is divided by their number $N$.
# `ops.softmax_cross_entropy(scores, labels)` gives $E$ and $\delta$ together, so that nobody can take the extra turn.

# %% together
E, delta_scores = ops.softmax_cross_entropy([scores, [0, 0, 3]], [y, 2])
print(round(E, 3))
print(delta_scores.round(3))

# %% [markdown] tags=["clicker"]
# Scores [2 1 0], class 1 is right, p = {{ numbers(ops.softmax([[2, 1, 0]])[0]) }}. δ at the scores? A: {{ numbers(ops.softmax([[2, 1, 0]])[0] - [0, 1, 0]) }} (right). B: [1 −1 0] or the like
# (scores minus onehot). C: {{ numbers([0, 1, 0] - ops.softmax([[2, 1, 0]])[0]) }} (sign). D: small numbers (softmax's slopes applied again).

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three questions

# %%
Quiz("09_stack_channels", "quiz")

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>As printed in the sources</summary>
#
# Source J prints the layer with channels once:
#
# $${{ cnnlib.equations.get("J4").printed }}$$
#
# It has $C$ channels in, and one map out. To get several maps, $K$ and $b$ need one more index, that of the
# filter. (The $*$ here is what we write $\otimes$.) In full, in J's letters:
#
# $${{ cnnlib.equations.get("J4").correct }}$$
#
# The way back is not printed at all. Readers asked for it. These are the two answers:
#
# $${{ cnnlib.equations.get("R4").correct }}$$
#
# $${{ cnnlib.equations.get("R5").correct }}$$
#
# {{ cnnlib.equations.table(["J4", "R4", "R5"]).markdown().strip() }}
#
# </details>

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>In practice</summary>
#
# - PyTorch's `Conv2d(3, 6, 5)` has a `weight` of shape (6, 3, 5, 5): filters first, as here. TensorFlow puts
#   the channels last: (5, 5, 3, 6). When you move weights from one to the other, axes have to be swapped.
# - $1 \times 1$ kernels are used a lot: between larger kernels they change the number of channels at little cost.
# - PyTorch's `CrossEntropyLoss` wants **scores**, and does the softmax itself. A softmax layer before it is
#   the wrong turn from above, on the way forward.
# - For large scores $e^x$ overflows. Libraries take the largest score off first; $p$ stays the same.
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Mixed review: which grouping is this?
#
# One table of products $\delta \, w \, o$, with stride, padding, pools, channels and images: only its
# list of products changes. Six questions from lessons 01 to 09, in no order.

# %%
Quiz("09_stack_channels", "review")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Summary
#
# - Each pair of a filter $d$ and a channel $c$ has a kernel of its own. $C$ channels and $D$ filters: $C \cdot D$ small
#   convolutions.
# - Forward sums over channels: $x_d = \sum_c o_c \otimes w_{d,c} + b_d$. Backward sums over filters:
#   $\partial E/\partial o_c = \sum_d (\delta_d * w_{d,c})_\text{full}$. A kernel's gradient sums over images only:
#   $\partial E/\partial w_{d,c} = \sum_n o_{n,c} \otimes \delta_{n,d}$.
# - Add over every index that the thing you nudge does not have.
# - Kernels of one weight are a matrix $W$: forward $W o$, backward $W^\mathsf{T} \delta$. A dense layer; nothing to flip.
# - With softmax and cross-entropy the way back begins with $\delta = p - \text{onehot}$, at the scores, with
#   softmax's slopes already in it.
#
# **From memory:** draw the table for 2 channels and 3 filters. Write along which line each of the three
# readings adds. Compare with the second point. Do it again tomorrow.
#
# **Next:** you have all the parts. Lesson 10 puts them together into a network that reads handwriting, and
# trains it while you watch.
