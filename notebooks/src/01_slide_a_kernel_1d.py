# %% [markdown] slideshow={"slide_type": "slide"}
# # 01 · Slide a kernel along a signal
#
# How does a small list of weights read a long list of numbers?
#
# **You will do:** predict a layer's output cell by cell; let a kernel search three seconds of brain
# activity for spikes; write the operation yourself.
#
# **You will learn:** what a convolution layer computes in one dimension, how long its output is,
# and what bias and activation do to it.
#
# **You need:** NumPy arrays, sums. Lesson 00 for how to work.
#
# **Time:** 30 minutes.

# %% [markdown] tags=["notes"]
# Project with the widgets' Large button. Ask for the output's length before anything moves: most
# classes split between 3, 4 and 6. Play the first widget only after the vote.

# %%
import numpy as np

from cnnlib import data, exercises, geometry, ops
from cnnlib.widgets import LinkedGrids, Quiz

# %% [markdown]
# First, two questions from lesson 00. Answer without scrolling back.

# %%
Quiz("01_slide_a_kernel_1d", "recall")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Six numbers, three weights
#
# A layer takes numbers in. Call them $o$. It has a few weights, the **kernel** $w$. These are small
# enough to do in your head:

# %%
o = np.array([1, 2, 0, -1, 3, 1])
w = np.array([2, -1, 1])

# %% [markdown]
# Lay the kernel under the first three numbers. Multiply each pair, add the products. That is the
# first output:
#
# $$x_0 = w_0 o_0 + w_1 o_1 + w_2 o_2 = 2 \cdot 1 + (-1) \cdot 2 + 1 \cdot 0 = 0$$
#
# Then move the kernel one step to the right, and do the same again.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Predict: how many outputs?
#
# The kernel may not hang over the edge. In how many places can it stand?

# %% predict the length
Quiz("01_slide_a_kernel_1d", "predict")

# %% [markdown] tags=["clicker"]
# In how many places can a kernel of 3 weights stand on 6 numbers? A: 3 (N − m). B: 4 (N − m + 1).
# C: 6 (as many as there are inputs). D: 2 (laid end to end).

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Predict: what comes out?
#
# The outputs below are masked. Click a `?`, type what you expect, press Enter. The lines show which
# numbers meet. The first one is done above; do at least two more before you reveal the rest.

# %% predict the output
predict = LinkedGrids("slide-1d", input=o, kernel=w, masked="output", editable=[])
predict

# %% [markdown] tags=["notes"]
# Wrong answers to listen for: −1 for x[0] (kernel read backwards), 3 for x[0] (numbers added, the
# weights forgotten). The widget names both.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Touch it
#
# This is the same layer with nothing hidden. Point at any cell, in any row.
#
# - Point at an **output**: three inputs light up, and the formula below shows the three products.
# - Point at a **weight**: it takes part in every output. The same weight is used everywhere; that is
#   called **weight sharing**.
# - Point at an **input**: which outputs use it?
# - Press play, or step with the arrow buttons. Click a number twice to change it.

# %% touch
slide = LinkedGrids("slide-1d", input=o, kernel=w)
slide

# %% [markdown]
# <details>
# <summary>The same as a still picture</summary>
#
# ![The kernel stands under inputs 1, 2 and 3; its three products add up to output 1.](../figures/slide_1d.svg)
#
# </details>

# %% [markdown]
# What you change on the screen changes in Python as well. Change a weight above, then run this cell:

# %%
slide.kernel, slide.output

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What happened
#
# Every output is the same sum, at another place. Output $i$ starts at input $i$:
#
# $$x_i = \sum_{a=0}^{m-1} w_a \, o_{i+a}$$
#
# Here $m$ is the number of weights. The kernel's last weight, $w_{m-1}$, may not go past the last
# input, $o_{N-1}$. So $i + (m-1) \le N-1$, which gives $i \le N-m$. Counting from 0, that makes
#
# $$N - m + 1 \quad \text{outputs.}$$
#
# With 6 inputs and 3 weights: $6 - 3 + 1 = 4$. The sum is called **cross-correlation**, written
# $x = o \otimes w$. The kernel is laid down as it stands. Nothing is turned round.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Line by line
#
# A worked line first. Each product is one weight times the input under it:

# %% worked
x_0 = w[0] * o[0] + w[1] * o[1] + w[2] * o[2]
x_0

# %% [markdown]
# Now you. The kernel has moved one step. Fill in the two gaps, so that `x_1` is what the widget says.

# %% with blanks
# stub
x_1 = w[0] * o[1]  # + w[1] * o[...] + w[2] * o[...]
# solution
x_1 = w[0] * o[1] + w[1] * o[2] + w[2] * o[3]

# %%
print("right" if x_1 == 3 else f"x_1 is {x_1}, the widget says 3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## How often is each input used?
#
# In the widget you pointed at inputs. The one at the edge lit a single output, the ones in the
# middle lit three. Let Python count. A **tap** is one product: output $i$ uses weight $a$ on input
# $i + a$. The layer is nothing but its table of taps.

# %%
taps = geometry.Window(kernel=3).taps(input_shape=6)
np.column_stack(taps)  # one row per product: output, weight, input

# %%
np.bincount(taps.input)  # how often each input is used

# %% [markdown]
# {{ np.bincount(geometry.Window(3).taps(6).input) }}: edges once, the middle as often as there are weights. Keep this row in mind.
# It says how many outputs each input can influence. In lesson 06 it comes back under the name
# *region Q*.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Bias shifts, activation bends
#
# A layer adds one more number to every output, the **bias** $b$. Then it bends the result with an
# **activation** $f$:
#
# $$x_i = \sum_a w_a \, o_{i+a} + b, \qquad \text{next layer's } o_i = f(x_i)$$
#
# Two common choices: **ReLU** keeps what is positive, $f(x) = \max(0, x)$. The **sigmoid**
# $f(x) = 1 / (1 + e^{-x})$ squeezes everything into 0 to 1.

# %%
x = ops.cross_correlate(o, w)
for b in (0, -2):
    print(f"b = {b:2}   x + b = {x + b}   ReLU: {ops.relu(x + b)}")

# %%
ops.sigmoid(x).round(2)

# %% [markdown]
# The letters you will meet in every lesson: $o \to x \to f(x)$. Numbers come in as $o$, are weighed
# into $x$, are bent by $f$, and are the next layer's $o$.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A kernel is a question, asked at every moment
#
# Here are three seconds of brain activity (EEG), {{ data.SAMPLES_PER_SECOND }} numbers per second, measured on one
# electrode. Twice the voltage drops sharply: two spikes.

# %%
signal = data.recorded_signal()[480:720]
print(len(signal), "numbers")

# %% [markdown]
# The kernel $[1, 0, -1]$ computes $o_i - o_{i+2}$. In words it asks: *how far does the signal fall
# from here to two steps on?*
#
# **Predict before you run it:** where will $x$ be large? And what will it be where the signal hardly
# changes?

# %% search the signal
search = LinkedGrids(
    "slide-1d",
    input=signal,
    kernel=[1, 0, -1],
    editable=["kernel"],
    position=52,
    title="Where does the signal fall?",
)
search

# %% [markdown]
# <details>
# <summary>The same as a still picture</summary>
#
# ![Above, three seconds of EEG with two spikes; below, the kernel's answer, large where the signal falls.](../figures/recorded_signal.svg)
#
# </details>
#
# Move along the line. Where the signal is calm, $x$ is near 0. At both spikes it shoots up. The
# kernel has no idea what a spike is. It asks its one question everywhere, and where the answer is
# "a lot" you look.
#
# Change the kernel and watch the answer change. Try $[1, 1, 1]$ (the sum of three: a smoother
# signal) and $[-1, 2, -1]$ (how far does the middle stick out?).

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### From an answer to a detector
#
# Bias and ReLU turn the answer into a decision. A bias of −4 pushes everything below zero that is
# not a very steep fall, and ReLU cuts it off.

# %%
x = ops.cross_correlate(signal, [1, 0, -1])
found = ops.relu(x - 4)
np.flatnonzero(found)

# %% [markdown]
# What is left lies at the two spikes and nowhere else. Kernel, bias, activation: that is one small
# layer, and it already detects something. Here we chose the three weights. A network has to *find*
# them; the rest of the course is about how.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your turn
#
# Write the operation for any signal and any kernel. Use a loop over the places where the kernel can
# stand. Do not call a library function for it yet.


# %% exercise tags=["writing"]
def cross_correlate_1d(o, w):
    """The output of a layer without bias: x[i] = sum over a of w[a] * o[i + a]."""
    ...
    # solution
    places = len(o) - len(w) + 1
    return np.array([np.sum(w * o[i : i + len(w)]) for i in range(places)])


# %%
exercises.check("cross_correlate_1d", cross_correlate_1d)

# %% [markdown]
# The check tries a dozen signals and kernels. If something is off, it says which mistake it looks
# like. Change your function and run both cells again.

# %% [markdown]
# <details>
# <summary>In practice</summary>
#
# - `np.correlate(o, w, mode="valid")` and `scipy.signal.correlate` do what you just wrote.
# - `np.convolve` does **not**: it turns the kernel round first. That is *true convolution*. For this
#   example it gives {{ np.convolve(one_d.o, one_d.w, "valid") }} instead of {{ one_d.x }}.
# - Deep-learning libraries say "convolution" (`Conv1d`) and compute cross-correlation. Nothing is
#   turned. Lesson 05 sorts this out.
#
# </details>

# %%
np.correlate(o, w, mode="valid"), np.convolve(o, w, mode="valid")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three questions

# %%
Quiz("01_slide_a_kernel_1d", "quiz")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Summary
#
# - A kernel of $m$ weights slides along $N$ numbers and gives $N - m + 1$ outputs.
# - Each output is a sum of products, $x_i = \sum_a w_a\, o_{i+a} + b$. The kernel is not turned.
# - The same weights are used at every place. Inputs at the edge are used less often.
# - $o \to x \to f(x)$: weigh, shift, bend.
#
# **Next:** the outputs are not what they should be. In
# [lesson 02](02_send_errors_back_1d.ipynb) each one reports its error, and the errors travel back
# along the same taps.
