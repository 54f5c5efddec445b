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
# **Time:** 40 minutes. A good place to pause is marked, about half-way.

# %% [markdown] tags=["notes"]
# Project with the widgets' Large button. Ask for the output's length before anything moves: expect
# votes for 3, 4 and 6. Play the first widget only after the vote. The one thing to take home: the same
# few weights, laid down as they stand, ask the same question everywhere.

# %%
import numpy as np

from cnnlib import data, exercises, geometry, ops
from cnnlib.widgets import LinkedGrids, Quiz

# %% [markdown] slideshow={"slide_type": "subslide"}
# First, two questions from lesson 00. Answer without looking back.

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
# $$x_0 = w_0 o_0 + w_1 o_1 + w_2 o_2 = {{ " + ".join(f"{number(a) if a >= 0 else '(' + number(a) + ')'} \\cdot {number(b)}" for a, b in zip(one_d.w, one_d.o)).replace("−", "-") }} = {{ one_d.x[0] }}$$
#
# Counting begins at 0, as in Python: $o_0$ is `o[0]`. Then move the kernel one step to the right, and
# do the same again.

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
# The outputs below are hidden. Click a `?`, type what you expect, press Enter. The lines show which
# numbers meet. The first one is done; do at least two more before you reveal the rest.

# %% predict the output
predict = LinkedGrids(
    "slide-1d", input=o, kernel=w, masked="output", revealed=[0], position=1, editable=[]
)
predict

# %% [markdown] tags=["notes"]
# Wrong answers to listen for at x[2]: {{ np.convolve(one_d.o, one_d.w, "valid")[2] }} (kernel read from its other end), {{ one_d.o[2:5].sum() }} (numbers added, the
# weights forgotten), {{ one_d.x[1] }} (one place too far left). The widget names each.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Touch it
#
# This is the same layer with nothing hidden. Point at any cell, in any row.
#
# - Point at an **output**: three inputs light up, and the formula below shows the three products.
# - Point at a **weight**: it takes part in every output. The same weight is used everywhere; that is
#   called **weight sharing**.
# - Point at an **input**: which outputs use it?
# - Press ▶ to play, or step with the arrows beside it. Double-click a number to change it.

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

# %% [markdown] slideshow={"slide_type": "subslide"}
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
# Here $m$ is the number of weights, and $N$ the number of inputs. The kernel's last weight, $w_{m-1}$,
# may not go past the last input, $o_{N-1}$. So $i + (m-1) \le N-1$, which gives $i \le N-m$. The first
# place has the number 0, so there are
#
# $$N - m + 1 \quad \text{outputs.}$$
#
# With {{ one_d.o.size }} inputs and {{ one_d.w.size }} weights: ${{ "%d - %d + 1 = %d" % (one_d.o.size, one_d.w.size, one_d.x.size) }}$. The sum is called **cross-correlation**, written
# $x = o \otimes w$. The kernel is laid down as it stands. Nothing is turned round.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### From the sum to code
#
# A worked line first. Each product is one weight times the input under it:

# %% worked
x_0 = w[0] * o[0] + w[1] * o[1] + w[2] * o[2]
print(x_0)

# %% [markdown]
# Now you. The kernel has moved one step. Take away the `#` and fill in the two gaps, so that `x_1` is
# what the widget says.

# %% with blanks
# stub
x_1 = w[0] * o[1]  # + w[1] * o[...] + w[2] * o[...]
# solution
x_1 = w[0] * o[1] + w[1] * o[2] + w[2] * o[3]

# %%
print("right" if np.array_equal(x_1, 3) else f"this gives {x_1}; the widget says 3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## How often is each input used?
#
# In the widget you pointed at inputs. How many outputs did each of the six light up? Write six numbers
# on paper. Then let Python count.
#
# One product is called a **tap**: output $i$ uses weight $a$ on input $i + a$. What $o \otimes w$ computes
# is a table of taps, and nothing else. Here it is, one row for each product:

# %%
taps = geometry.Window(kernel=3).taps(input_shape=6)
np.column_stack(taps)  # output, weight, input

# %%
np.bincount(taps.input)  # how often each input is used

# %% [markdown]
# {{ np.bincount(geometry.Window(3).taps(6).input) }}: an input at the edge once, one in the middle as often as there are weights.
# Keep this row in mind. It says how many outputs each input can influence. In lesson 06 it comes back
# under the name *region Q*.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Bias shifts, activation bends
#
# A layer adds one more number to every output, the **bias** $b$. Then it bends the result with an
# **activation** $f$:
#
# $$x_i = \sum_a w_a \, o_{i+a} + b, \qquad \text{next layer's } o_i = f(x_i)$$
#
# Two common choices: **ReLU** keeps what is positive and makes the rest 0, $f(x) = \max(0, x)$. The
# **sigmoid** $f(x) = 1 / (1 + e^{-x})$ squeezes everything in between 0 and 1. Why bend at all? Without
# $f$, two layers in a row could do no more than one layer with a longer kernel.

# %%
x = ops.cross_correlate(o, w)
for b in (0, -2):
    print(f"b = {b:2}   x + b = {x + b}   ReLU: {ops.relu(x + b)}")

# %%
ops.sigmoid(x).round(2)

# %% [markdown]
# The letters you will meet in every lesson: $o \to x \to f(x)$. Numbers come in as $o$, are weighed
# into $x$, are bent by $f$, and are the next layer's $o$.

# %% [markdown] tags=["clicker"]
# o ⊗ w = {{ one_d.x }}. Then comes the bias −3, then ReLU. What comes out? A: {{ ops.relu(one_d.x) - 3 }} (bent first, then
# shifted). B: {{ ops.relu(one_d.x) }} (bias forgotten). C: {{ ops.relu(one_d.x - 3) }} (right). D: {{ abs(one_d.x - 3) }} (sign dropped).

# %% [markdown] slideshow={"slide_type": "skip"}
# **A good place to pause.** When you come back, run the cells above once.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A kernel is a question, asked at every moment
#
# Here are three seconds of brain activity (EEG), {{ len(data.recorded_signal()) // 10 }} numbers per second, measured on one
# electrode. Somewhere in them are two spikes: sudden, steep jumps.

# %%
signal = data.recorded_signal()[480:720]
print(len(signal), "numbers")

# %% [markdown]
# The kernel $[1, 0, -1]$ computes $o_i - o_{i+2}$. In words it asks: *how far does the signal fall
# from here to two steps on?*
#
# **Predict before you run it:** what will $x$ be where the signal hardly changes? Where it falls
# steeply? Where it rises steeply?

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

# %% [markdown] slideshow={"slide_type": "subslide"}
# Move along the line. Where the signal is calm, $x$ is near 0. At both spikes the signal drops, and $x$
# shoots up. Then the signal climbs back even faster, and $x$ is far below 0. The kernel has no idea
# what a spike is. It asks its one question everywhere, and where the answer is "a lot" you look.
#
# Double-click a weight to change the question. Try $[1, 1, 1]$ (the sum of three: a smoother signal)
# and $[-1, 2, -1]$ (how far does the middle stick out?). *Reset* brings the first kernel back.

# %% [markdown] tags=["notes"]
# Ask for a kernel that finds the rise after the drop: [−1, 0, 1]. Then let the class say in words what
# [−1, 2, −1] asks before you type it in.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### From an answer to a detector
#
# Bias and ReLU turn the answer into a decision. A bias of −4 pushes everything below zero that is
# not a very steep fall, and ReLU makes it 0. `np.flatnonzero` lists the places where something is left:

# %%
x = ops.cross_correlate(signal, [1, 0, -1])
found = ops.relu(x - 4)
np.flatnonzero(found)

# %% [markdown]
# They lie at the two spikes, and nowhere else. Kernel, bias, activation: that is one small layer, and
# it already detects something. Here we chose the weights and the bias. A network has to *find* them;
# the rest of the course is about how.

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

# %% [markdown] tags=["notes"]
# The check tells these apart: kernel turned, last place left out, last weight left out, zeros put on at
# the ends, mean for sum, hopping windows. Ask two students to break theirs on purpose, and read the
# report together.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Which one is yours?
#
# NumPy has two functions of this kind. Which of them does what you wrote?

# %%
print("np.correlate:", np.correlate(o, w, mode="valid"))
print("np.convolve: ", np.convolve(o, w, mode="valid"))

# %% [markdown] tags=["clicker"]
# A convolution layer has o = [1 0 3] and w = [2 5 1]. What does a library for deep learning, say
# PyTorch, compute? A: {{ np.convolve([1, 0, 3], [2, 5, 1], "valid")[0] }} (kernel turned first). B: {{ np.correlate([1, 0, 3], [2, 5, 1], "valid")[0] }} (right). C: {{ np.sum([1, 0, 3]) * np.sum([2, 5, 1]) }} (all weights times all numbers).

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>As printed in the sources</summary>
#
# Source S, an answer on the Stack Exchange site, takes two equations for this lesson. It writes $y$
# for $o$. The small $l$ counts layers, so that $y^{l-1}$ comes from the layer below.
#
# S1, the sum you have written:
#
# $${{ cnnlib.equations.get("S1").printed }}$$
#
# The bias is not in it. With a bias it reads
#
# $${{ cnnlib.equations.get("S1").correct }}$$
#
# S2, the activation:
#
# $${{ cnnlib.equations.get("S2").printed }}$$
#
# {{ cnnlib.equations.table(["S1", "S2"]).markdown().strip() }}
#
# </details>

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>In practice</summary>
#
# - `np.correlate(o, w, mode="valid")` and `scipy.signal.correlate` with the same mode do what you
#   wrote.
# - `np.convolve` does **not**: it turns the kernel round first. That is *true convolution*. For this
#   example it gives {{ np.convolve(one_d.o, one_d.w, "valid") }} instead of {{ one_d.x }}.
# - Deep-learning libraries say "convolution" (`Conv1d`) and compute cross-correlation. Nothing is
#   turned. Lesson 05 sorts this out.
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three questions

# %%
Quiz("01_slide_a_kernel_1d", "quiz")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Summary
#
# - A kernel of $m$ weights slides along $N$ numbers and gives $N - m + 1$ outputs.
# - Each output is a sum of products, $x_i = \sum_a w_a\, o_{i+a} + b$. The kernel is laid down as it
#   stands.
# - The same weights are used at every place: a kernel asks one question everywhere.
# - One product is a tap. Inputs at the edge are used less often: {{ np.bincount(geometry.Window(3).taps(6).input) }}.
# - $o \to x \to f(x)$: weigh, shift, bend.
#
# **Next:** the outputs are not what they should be. In
# [lesson 02](02_send_errors_back_1d.ipynb) each one reports its error, and the errors travel back
# along the same taps.
