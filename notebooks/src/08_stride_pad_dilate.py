# %% [markdown] slideshow={"slide_type": "slide"}
# # 08 · Stride, pad, dilate
#
# So far the kernel has moved one step at a time, and only where it fits. Real layers take larger steps, and
# they put zeros round the picture. What does that change on the way back?
#
# **You will do:** move a kernel in steps of two, forward and back; find zeros between the deltas that nobody
# has computed; crop a border; write the input gradient for any stride.
#
# **You will learn:** why one rule is enough: *only the list of products changes*; which inputs get the lever
# 0, and why they must not be left out.
#
# **You need:** lesson 02 (one table of products, three readings) and lesson 06 (region $Q$, scatter and
# gather).
#
# **Time:** 55 minutes. A good place to pause is marked, about half-way.

# %% [markdown] tags=["notes"]
# Readers of the sources asked about stride more often than about anything else, and got no answer. Published
# solutions drop it on the way back. Let the class find the zeros between the deltas from the table of
# products, before the picture shows them.

# %%
import numpy as np

from cnnlib import equations, exercises, geometry, gradcheck, ops
from cnnlib.examples import one_d, tall, two_d
from cnnlib.widgets import LinkedGrids, Quiz

# %% [markdown] slideshow={"slide_type": "subslide"}
# First, two questions: one from lesson 07, one from lesson 05. Answer without looking back.

# %%
Quiz("08_stride_pad_dilate", "recall")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Steps of two
#
# The **stride** $s$ says how far the kernel moves from one output to the next. With $s = 2$ every second
# place is left out. Take the signal and the kernel of lesson 01:
#
# $o$ = {{ numbers(one_d.o) }} and $w$ = {{ numbers(one_d.w) }}.

# %%
o, w = one_d.o, one_d.w

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Predict: how many outputs?

# %% predict how many
Quiz("08_stride_pad_dilate", "predict")

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Step through it
#
# Press *next*. Which inputs does each output read? One input looks different from the others. Why?
#
# Then set *stride* to 1, and to 3. Which of the outputs that you know are still there?

# %% step through it
layer = {"input": o, "kernel": w, "delta": [1, -2], "stride": 2}
forward = ["stride", "step", "reset", "size"]
LinkedGrids("stride-backward", **layer, reading="forward", controls=forward, title="Steps of two")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# $x$ = {{ numbers(one_d.x[::2]) }}: outputs 0 and 2 of the four in lesson 01, {{ numbers(one_d.x) }} (with a stride of 3: 0 and 3). Nothing new is computed.
# The kernel stands on inputs 0 to 2, then on 2 to 4. A third step would need input 6. So the last input,
# $o[5]$, is **never read**.
#
# Along one axis with $N$ inputs and a kernel of $m$ weights:
#
# $$\text{outputs} = \left\lfloor \frac{N - m}{s} \right\rfloor + 1 = \left\lfloor \frac{6 - 3}{2} \right\rfloor + 1 = {{ str(geometry.Window(3, stride=2).output_shape(6)[0]) }}$$
#
# ($\lfloor \; \rfloor$ means: round down. It counts the steps that fit; the $+\,1$ is the place where the
# kernel starts.)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Back: two deltas, six levers
#
# Let the two deltas be $\delta$ = [1 −2]. What happens to $E$ when one of the six inputs is nudged? As in
# lesson 02, write down every product: which output uses which weight on which input.

# %% all products
taps = geometry.Window(3, stride=2).taps(6)
print("output", taps.output)
print("weight", taps.weight)
print("input ", taps.input)

# %% [markdown]
# Six products instead of {{ str(len(geometry.Window(3).taps(6).output)) }}. Read the columns: output $i$ uses weight $a$ on input $2i + a$. To get the lever
# of one input, take the columns with this input, and add up $\delta$ times $w$.
#
# Input 2 stands in two columns: output 0 meets it with $w[2]$, output 1 with $w[0]$. So its lever is
# $1 \cdot 1 + (-2) \cdot 2 = {{ number(ops.conv_input_gradient(np.array([[[1.0, -2.0]]]), one_d.w[None, None], (1, 1, 6), stride=2)[0, 0, 2]) }}$.

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Predict: the other five
#
# Work them out on paper, from the three rows above. Then click a `?` and type. Think twice about the last
# one.

# %% predict the other five
hidden = {"masked": "input-gradient", "revealed": [2], "editable": [], "position": 2}
LinkedGrids("input-gradient", **layer, **hidden, title="Six levers")

# %% [markdown] tags=["notes"]
# Whoever places the deltas side by side gets {{ numbers(ops.convolve(np.array([1.0, -2.0]), one_d.w, mode="full")) }}, four numbers, and asks what belongs to
# the last two inputs. Take that from the class: it is what published solutions do.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# $\partial E/\partial o$ = {{ numbers(ops.conv_input_gradient(np.array([[[1.0, -2.0]]]), one_d.w[None, None], (1, 1, 6), stride=2)[0, 0]) }}.
#
# Each $\delta$ stamps the kernel, as in lesson 06: the first one from input 0 on, the second one from input
# 2 on. Only on input 2 do the stamps overlap. No stamp reaches input 5. Its lever is 0: a nudge of it changes
# nothing. But it **is** an input, and the layer below waits for six numbers. So the 0 has to be there.

# %% [markdown] tags=["clicker"]
# Stride 2, kernel of 3 weights, 6 inputs. How many numbers does ∂E/∂o have? A: 2, one for each delta (an
# output gradient). B: 4, two deltas and three weights in full (stride ignored). C: 5, the last one was
# never read (leftover dropped). D: 6 (right).

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Zeros between the deltas
#
# Lesson 06 had a second way: gather. Each input lays the *turned* kernel over the deltas and collects. Does
# it still work with a stride?
#
# Step through it. Where do the deltas stand now, and what stands between them? Try *stride* 3 and 1 as well.

# %% zeros between
back = ["stride", "step", "random", "reset", "size"]
LinkedGrids("stride-backward", **layer, controls=back, position=1, title="Gather with a stride")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# Two outputs that are neighbours started two inputs apart. So the deltas have to stand two apart as well, with
# a zero between them. **Stride $s$ on the way forward puts $s - 1$ zeros between the deltas on the way
# back.** After that, everything is as in lesson 06: the kernel is turned, and it slides in steps of **one**.
# That is how six levers come out of two deltas.
#
# The zeros are no trick. They stand for the outputs that the stride has left out. These outputs do not exist,
# so they have no way to $E$: their $\delta$ is 0.

# %% [markdown] slideshow={"slide_type": "slide"}
# ### In code: two lines
#
# Call the deltas with their zeros $z$. One line is left for you: take away its first `#`, and say into which
# places the deltas go. (`z[a:b:c]` is every $c$-th place from $a$ to before $b$.)

# %% two lines
delta = np.array([1.0, -2.0])
z = np.zeros(3)
# stub
# z[...] = delta
# solution
z[::2] = delta

# %%
d_o = np.zeros(6)
d_o[:5] = ops.convolve(z, w, mode="full")  # 3 + 3 - 1 = 5 numbers; the sixth stays 0
print(z, "gives", d_o)
print("right" if np.array_equal(d_o, [2, -1, -3, 2, -2, 0]) else "not yet")

# %% [markdown]
# Mind the size. In full the convolution has {{ str(3 + 3 - 1) }} numbers: up to the last input that was read. What the stride never
# reached comes after it, as zeros. Whoever returns the five numbers as they are has dropped a **leftover**.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## And the weights?
#
# Lesson 04: the weight gradient is $o \otimes \delta$. Now the deltas stand two apart here, too. Step through
# the three weights. Which inputs does $\delta$ lie on?

# %% and the weights
weights = {"reading": "weights", "controls": back, "title": "Collect for each weight"}
LinkedGrids("stride-backward", **layer, **weights)

# %% [markdown] slideshow={"slide_type": "subslide"}
# $\partial E/\partial w$ = {{ numbers(ops.conv_weight_gradient(np.array([[[1.0, -2.0]]]), one_d.o[None, None], (3,), stride=2)[0, 0]) }}. In code, the same $z$ slides over the inputs that were read:

# %% only what was read
read = o[:5]  # without o[5], which no output has seen
ops.cross_correlate(read, z)

# %% [markdown]
# (Zeros? Then your line for $z$ above is still missing.) With all six inputs it would fit into four places,
# and give a fourth number for a weight that is not there.
#
# Is it right? The ten-second check of lesson 02 still holds: one number $T$, whichever way you group.

# %% t check
x = ops.cross_correlate(o, w)[::2]
d_w = ops.conv_weight_gradient(delta[None, None], o[None, None], (3,), stride=2)[0, 0]
print("by output:", delta @ x, "  by weight:", w @ d_w, "  by input:", o @ d_o)

# %% [markdown]
# (If *by input* differs, look at your line for $z$ above.)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## One rule
#
# > **Only the list of products changes.**
#
# Output $i$ uses weight $a$ on input
#
# $$p = s \cdot i + d \cdot a - P$$
#
# along each axis. That is all that **stride** $s$, **padding** $P$ (zeros round the input) and **dilation** $d$
# (gaps in the kernel) ever do. The list is grouped as before: by output $i$ for the way forward, by weight
# $a$ for $\partial E/\partial w$, by input $p$ for $\partial E/\partial o$. Products whose $p$ is not on the input are left out.

# %% [markdown] slideshow={"slide_type": "skip"}
# **A good place to pause.** When you come back, run the cells above once.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Two axes: who is used how often?
#
# With stride 1, every pixel in the interior is used equally often. With stride 2, a kernel of 3 × 3, and a
# picture of 7 × 9? Say what you expect: the same number everywhere inside, stripes, or a checkerboard?
#
# Then look. Point at a 4 and at a 1 beside it: which outputs use them? Set *stride* to 3, and to 4.

# %% who is used how often
picture = {"input": np.ones((7, 9)), "kernel": [[1, 2, 0], [-1, 0, 3], [2, 0, -2]]}
counted = ["stride", "step", "reset", "size"]
LinkedGrids("region-q-size", **picture, stride=2, controls=counted, title="How large is Q?")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# {{ numbers(np.bincount(geometry.Window(3, stride=2).taps(7).input)) }} along an axis of seven: every second pixel is reached by two outputs, the ones between by one. In 2D the
# counts are multiplied: 4, 2 and 1 inside, a **checkerboard**. With stride 3 the windows lie side by side: a
# pixel is used once, or it is a leftover at the border. With stride 4 there are gaps: pixels with a count of 0 are never read.
#
# Where $Q$ is empty, the lever is 0. Where $Q$ is large, more paths lead to $E$. So under a stride the
# levers of neighbours differ in size for no other reason than where they stand.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Pad, and crop
#
# **Padding** $P$ puts $P$ rows and columns of zeros round the input, so that the kernel also stands on the
# border. With it there are
#
# $$\left\lfloor \frac{N + 2P - d\,(m-1) - 1}{s} \right\rfloor + 1$$
#
# outputs along an axis. (With $P = 0$ and $d = 1$ this is the formula above.)
#
# On the way back, the padding gets levers too: it was read like every other cell. But it is no input, and
# no layer below waits for them. They are **cropped**: cut off.

# %% [markdown] slideshow={"slide_type": "slide"}
# ### All at once
#
# A picture of 5 × 6, a kernel of 2 × 3, stride 2, padding 1. Before you step through: how many rows of zeros
# lie *between* two rows of deltas? Then choose another *pass*, and change *stride*, *padding* and *dilation*.
# Which of the three changes what you see round the gradient?

# %% all at once
plane = {"input": tall.o, "kernel": tall.w, "delta": two_d.delta, "stride": 2, "padding": 1}
LinkedGrids("stride-backward", **plane, position=13, title="One layer, three passes")

# %% [markdown]
# <details>
# <summary>The way back along one axis as a still picture: stride, padding, dilation</summary>
#
# ![Three bands. Stride 2: a zero stands between the two deltas, and the last input, never read, gets gradient 0. Padding 1: the two outer gradients belong to the padding and are cropped. Dilation 2: the turned kernel is spread, with a gap between its weights.](../figures/stride_pad_dilate_backward.svg)
#
# </details>

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# One row of zeros, $s - 1$. Each setting has its own place: **stride** puts zeros between the deltas,
# **dilation** puts gaps between the weights, and only **padding** puts a border of crossed-out levers round
# the gradient. These are cropped.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A crop that takes everything
#
# To cut $P$ numbers off at each end, many programs say `[P:-P]`. Predict what this prints when $P$ is 0. Then
# run it.

# %% a crop that takes everything
padded = np.array([5, 2, -1, 3])
for P in (1, 0):
    print(P, padded[P:-P])

# %% [markdown]
# `-0` is 0, and from 0 to before 0 there is nothing. No error, an empty array. Say where it ends instead:
# `padded[P : len(padded) - P]`, or `padded[P : P + N]`.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Line by line
#
# For two axes, any stride and padding. Open one line at a time. *Show the numbers* puts in those of pixel
# $(2,1)$ in the picture above; where one output is meant, it is $x[1,0]$. There are $A \times B$ outputs.

# %% derivation
line_by_line = equations.derivation("R2")
line_by_line

# %% [markdown]
# The machine tries every line with symbols in place of numbers, for every pixel, in three sizes.

# %%
line_by_line.prove()

# %% [markdown] slideshow={"slide_type": "subslide"}
# $s$ and $P$ come in at one place only: where it says which inputs an output uses. All that follows is the
# way you went in lesson 06.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your turn
#
# Write $\partial E/\partial o$ for two axes, any `stride`, no padding. `input_shape` is a pair of numbers. Scatter or gather, as
# you like; loops are fine. Do not call a library function for it yet. Try it with the picture above in mind:
# where does the stamp of output $(i,j)$ begin?


# %% exercise tags=["writing"]
def strided_input_gradient_2d(delta, w, input_shape, stride):
    """dE/do, shape input_shape, of a layer that moves in steps of stride."""
    ...
    # solution
    k1, k2 = w.shape
    d_o = np.zeros(input_shape)
    for i, j in np.ndindex(delta.shape):
        row, column = stride * i, stride * j
        d_o[row : row + k1, column : column + k2] += delta[i, j] * w
    return d_o


# %%
exercises.check("strided_input_gradient_2d", strided_input_gradient_2d)

# %% [markdown] tags=["notes"]
# The check tells these apart: stride dropped, on both axes or on one; one zero too many; deltas repeated in
# place of zeros; leftover rows dropped, or put in front; kernel not turned in gather; overwriting. Let one
# student show scatter (five lines, no zeros at all) and one gather.

# %% [markdown]
# ### Measured by brute force
#
# Nudge every pixel up and down, run the layer forward, and look what $E$ does.

# %%
target = ops.conv(tall.o[None, None], tall.w[None, None], stride=2)[0, 0] - [[1, -2], [2, 1]]


def error_of(o):
    x = ops.conv(o[None, None], tall.w[None, None], stride=2)[0, 0]
    return 0.5 * np.sum((x - target) ** 2)


measured = gradcheck.numerical_gradient(error_of, tall.o)
measured.round(6)

# %% measured
mine = strided_input_gradient_2d(np.array([[1.0, -2], [2, 1]]), tall.w, (5, 6), 2)
if mine is None:
    print("not attempted yet: write the function above, then run this cell again")
elif np.shape(mine) != measured.shape:
    print("your gradient has shape", np.shape(mine), "and the input has", measured.shape)
else:
    print(f"relative error: {gradcheck.relative_error(mine, measured):.0e}")

# %% [markdown]
# The last row and the last column are 0 in both: no output reads them. Does yours have them?

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three questions

# %%
Quiz("08_stride_pad_dilate", "quiz")

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>Optional: dilation</summary>
#
# With dilation $d$ the weights lie $d$ apart on the input, and what lies between them is not read. Three weights
# with $d = 2$ reach over five inputs. Set *stride* and *padding* above to 1 and 0, and *dilation* to 2: this time
# the **kernel** has gaps, on the way back as well, and no zeros come between the deltas. Look at the weight
# gradient: stride and dilation have changed places. There the deltas stand $s$ apart, and move in steps of $d$.
#
# </details>

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>Optional: the same picture read backwards, the transposed convolution</summary>
#
# Sometimes a network must get *larger* maps: to paint a picture, or to name every pixel. Take the way back as
# a way forward: put in a small map where δ stood, and a larger one comes out where ∂*E*/∂*o* stood. This is a
# layer of its own, the **transposed convolution** (some call it "deconvolution", but it does not undo
# anything). In this package `ops.conv_input_gradient(small, w, input_shape, stride=2)` is that layer.
#
# The checkerboard comes with it. Where two stamps overlap, the large map gets two numbers added, beside it
# one. Pictures painted this way show a fine checkerboard pattern. A kernel whose size is a multiple of the
# stride has no such pattern inside: each place gets equally many stamps. Try it in the map of |*Q*|.
#
# And one size is not enough to know the other: 5 and 6 inputs both give 2 outputs with a kernel of 3 and
# stride 2. So the layer must be told which one to make. (PyTorch: `output_padding`.)
#
# </details>

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>What readers asked</summary>
#
# Source J is written for stride 1. Readers asked under it what a stride changes, and got no answer. It needs
# two equations, one for each gradient; both are proved here like all others:
#
# {{ cnnlib.equations.table(["R2", "R3"]).markdown().strip() }}
#
# $${{ cnnlib.equations.get("R2").correct }}$$
#
# $${{ cnnlib.equations.get("R3").correct }}$$
#
# </details>

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>In practice</summary>
#
# - Padding that keeps the size is called *same*: $P = (m - 1)/2$ for an odd kernel at stride 1.
# - No library writes the zeros down. They are never multiplied; the products that would meet them are left
#   out of the list.
# - A layer with stride 2 is often used in place of a pool: it halves the map, and has weights to learn.
# - Leftover rows are common. An input of 224 pixels, a kernel of 7, stride 2 and padding 3: the last row of
#   padding is never read.
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Summary
#
# - Only the list of products changes: output $i$ uses weight $a$ on input $p = s\,i + d\,a - P$.
# - Back to the inputs: $s - 1$ zeros between the deltas, the turned kernel over them in steps of one, then crop
#   the padding.
# - Back to the weights: the same spread deltas slide over the inputs that were read.
# - Inputs that no window reads have the lever 0, and it must be there.
# - $|Q|$ under a stride is a checkerboard, unless the kernel's size is a multiple of the stride.
#
# **From memory:** draw two deltas with stride 3 and a kernel of 4 weights. Put in the zeros, and say how many
# inputs were read. Then compare: two zeros, and $3 + 4 = {{ str(3 + 4) }}$ inputs. Do it again tomorrow.
#
# **Next:** [lesson 09](09_stack_channels.ipynb). Real layers have many maps on both sides. Which deltas go
# where?
