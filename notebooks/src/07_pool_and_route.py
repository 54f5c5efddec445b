# %% [markdown] slideshow={"slide_type": "slide"}
# # 07 · Pool and route
#
# Between two convolution layers there is often a step without weights: it keeps one number of each
# window and drops the rest. What does a gradient do when it comes to such a step?
#
# **You will do:** pool a signal and a picture; send a gradient back through windows that overlap and
# through a tie; write a max pool and both ways back, and test them.
#
# **You will learn:** a max pool routes and an average pool shares; what "winner" means, and why you have
# to remember it; where $f'$ goes.
#
# **You need:** lesson 02 (levers, paths add up) and lesson 06 (region $Q$, scatter, $f'$ at $x$).
#
# **Time:** 50 minutes. A good place to pause is marked.

# %% [markdown] tags=["notes"]
# The one wrong idea to listen for: that the pool multiplies by the number it let through. Let the class
# vote on it before anybody explains. Three words carry the lesson: max routes, average shares, overlaps
# add up.

# %%
import numpy as np

from cnnlib import equations, exercises, gradcheck, ops
from cnnlib.examples import one_d, two_d
from cnnlib.widgets import LinkedGrids, Quiz

# %% [markdown] slideshow={"slide_type": "subslide"}
# First, two questions: one from lesson 06, one from lesson 04. Answer without looking back.

# %%
Quiz("07_pool_and_route", "recall")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## One number for each window
#
# A **max pool** lays a window on the map and keeps the largest number in it. A window has a **size**. And
# it has a **stride**: how far it moves from one output to the next. Usually the stride is the size, so that
# windows lie side by side and the map becomes smaller. If the stride is less, windows **overlap**.
#
# Take the signal you know, $o = $ {{ one_d.o }}, with windows of size 3 that move by 1. So there are four
# windows, and four outputs $y$. (We call them $y$: they are not weighed, so they are no $x$.)
#
# Work out the four outputs, then click each `?` and type.

# %% one number for each window
o = one_d.o
LinkedGrids(
    "pool", input=o, size=3, stride=1, masked="output", editable=[], title="Pool the signal"
)

# %% [markdown] slideshow={"slide_type": "subslide"}
# $y = $ {{ ops.max_pool(one_d.o[None, None], 3, stride=1)[0][0, 0] }}. The 2 at place 1 is the largest number in two windows, and so is
# the 3 at place 4. We say that a cell **wins** a window; the others in it **lose**. The winners stand at the
# places

# %%
y, winner = ops.max_pool(o[None, None], 3, stride=1)
print(y[0, 0], winner[0, 0])

# %% [markdown]
# The pool has no weights, so nothing in it can learn. But everything below it has to learn *through* it.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Who gets the gradient?
#
# From the layer above comes one lever for each output: $\partial E/\partial y = $ {{ one_d.delta }}. Nudge
# $y_1$ by a little, and $E$ changes by {{ one_d.delta[1] }} times as much. We need the levers of the six numbers in $o$.
#
# ### Predict: nudge a loser
#
# The first window holds 1, 2 and 0.

# %% predict nudge a loser
Quiz("07_pool_and_route", "predict")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Predict: all six levers
#
# Below are the outputs and their levers. What comes back to each cell of $o$? Work it out on paper, do the
# cells you are sure of, and then at least one you are not sure of.

# %% predict all six levers
signal = {"input": o, "size": 3, "stride": 1, "delta": one_d.delta}
LinkedGrids("pool", **signal, masked="input-gradient", editable=[], title="What comes back?")

# %% [markdown] tags=["notes"]
# Cell 1 is the one to discuss. Heard: {{ one_d.delta[1] }} (the second window overwrites the first, or the 2 that stands
# there is multiplied in: ask which), {{ one_d.delta[0] }} (only the first counts). It is {{ one_d.delta[0] + one_d.delta[1] }}.

# %% [markdown] tags=["clicker"]
# o = {{ one_d.o }}, max pool of size 3, stride 1, ∂E/∂y = {{ one_d.delta }}. What comes back to the cell with the 3?
# A: {{ 3 * one_d.o[4] }} (multiplied by the activation). B: {{ one_d.delta[2] + one_d.delta[3] }} (right: it wins the last two windows). C: {{ one_d.delta[2] }} (only the
# first of them). D: {{ one_d.delta[3] / 3 }} (a third: that is an average).

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Look
#
# Step through the four windows. Each sends its gradient to its winner, and to nobody else. The small
# number on a cell of $o$ is its factor: how much $y$ moves when this cell is nudged.

# %% look
LinkedGrids("pool", **signal, title="Each window sends to its winner")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# $\partial E/\partial o = $ {{ ops.max_pool_backward(one_d.delta[None, None], ops.max_pool(one_d.o[None, None], 3, stride=1)[1], (1, 1, 6))[0, 0] }}.
#
# Nudge the winner of a window, and $y$ moves by exactly the nudge: factor **1**. Nudge a loser (by so little
# that it stays a loser), and $y$ does not move: factor **0**. So a max pool is a **switch**: it chose a route
# on the way forward, and the gradient comes back on the same route.
#
# The cell at place 1 won twice. Two windows depend on it, so there are two paths to $E$, and paths add up:
# ${{ one_d.delta[0] }} + ({{ one_d.delta[1] }}) = {{ one_d.delta[0] + one_d.delta[1] }}$.
#
# This is lesson 06 again. The windows that hold a cell are its region $Q$; in the place of a weight stands a
# factor, 1 or 0:
#
# $$\frac{\partial E}{\partial o_p} = \sum_{i \in Q} \frac{\partial E}{\partial y_i} \; [\,p \text{ won window } i\,]$$
#
# ($[\dots]$ is 1 if it is true and 0 if not.)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Line by line
#
# The same from the chain rule. $v_i$ is the place of the winner of window $i$; *Show the numbers* puts in the
# signal, at $p = 1$.

# %% derivation
line_by_line = equations.derivation("P1")
line_by_line

# %%
line_by_line.prove()

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### As a matrix
#
# In lesson 05 a layer was a matrix, and the way back its transpose. A pool with its winners fixed is one, too:
# a row for each window, with a single 1.

# %% as a matrix
route = np.zeros((4, 6))
route[np.arange(4), winner[0, 0]] = 1
print(route)
print("forward ", route @ o)
print("backward", route.T @ one_d.delta)

# %% [markdown]
# The transpose takes few numbers and spreads them over many places. That is called **upsampling**: back to
# the size of the input. With a max, most places get 0.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A tie
#
# Now a picture, with windows of 2 × 2 side by side, as networks mostly have them. One window holds two numbers
# that are equally large. Find it. Who should get the gradient: the first, the last, both, half each? Decide
# first, **then** step to that window.

# %% a tie
picture = {"input": two_d.o, "size": 2, "delta": [[1, -2], [3, 1]]}
LinkedGrids("pool", **picture, title="Who wins a tie?")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Say the rule
#
# The upper right window holds 2 twice. At a tie the max has a kink, so the chain rule alone does not
# decide. We need a rule, and we say it: **the first in reading order wins**, and it gets everything.
# (PyTorch does the same.) Two things would be wrong:
#
# - *both get all of it*: then more comes back than was sent;
# - *nobody says which*: then forward and backward may choose different winners.
#
# In a window of a real network with ReLU, ties are common: many windows hold nothing but zeros.
#
# Change the *stride* to 1, and look for the cell that wins most windows.

# %% [markdown] tags=["clicker"]
# A window holds 2, 1, 0, 2, and ∂E/∂y is −2. What comes back? A: −2 to each 2 (tie to both). B: −1 to each 2
# (a rule one could make, but not ours). C: −2 to the first 2, 0 to the others (right). D: −0.5 to each cell
# (that is an average pool).

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Does pooling multiply by the activation?
#
# Readers of one of our sources asked this, and nobody answered. The pool lets 3 through. Is the gradient
# multiplied by 3 on the way back?
#
# Try it. In the picture, click on the 3 at $o[1,0]$ and type 30. What happens to $y$? And to
# $\partial E/\partial o[1,0]$? Then make it 2.5, then 0.5.

# %% does pooling multiply
LinkedGrids("pool", **picture, position=3, editable=["input"], title="Does it multiply?")

# %% [markdown] slideshow={"slide_type": "subslide"}
# **No.** As long as the cell wins, what comes back to it is the same, whatever number it holds: its factor
# is 1, always. At 0.5 it wins no more, and the first 1 of the window gets it all: a switch, not an amplifier.
#
# The machine says so, too: with the winner's activation multiplied in, the equation fails, and here is a
# smallest example.

# %%
equations.get("R7")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### And f′?
#
# $f$ belongs to the convolution layer below, which made $o = f(x)$. So the pool comes first on the way back,
# and then, once, $f'$ at $x$ of that layer:
#
# $$\delta_\text{below} = \frac{\partial E}{\partial o} \odot f'(x_\text{below})$$

# %% and f prime
d_y = np.array([[1.0, -2], [3, 1]])
places = ops.max_pool(two_d.o[None, None], 2)[1]
d_o = ops.max_pool_backward(d_y[None, None], places, (1, 1, 4, 4))[0, 0]
print(d_o)
print(ops.relu_backward(d_o, two_d.x_below))

# %% [markdown]
# The two are the same here. Is that by chance? A winner of a window with a positive number has a positive
# $x$ below, so ReLU lets its gradient through. The mask bites only where a whole window is 0 after ReLU.

# %% [markdown] slideshow={"slide_type": "skip"}
# **A good place to pause.** When you come back, run the cells above once.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your turn: pool
#
# Windows of `size` × `size` side by side; rows and columns that do not fill a window are left out. Return `y`
# and `winner`. The winner is a **flat** index: it counts through the whole map, row by row, so the cell
# $(1, 0)$ of a map with 4 columns is number 4.
#
# The code finds row $a$ and column $b$ of the winner inside window $(i, j)$. One line is wrong: it counts
# inside the window. Make it count through the map. (`i`, `j`, `a` and `b` are arrays, with one number for
# each window. Write the line as for a single window.)


# %% your turn pool tags=["writing"]
def max_pool_2d(o, size):
    """The largest number of each window, and its flat index in o; the first wins a tie."""
    i, j = np.indices((o.shape[0] // size, o.shape[1] // size))
    y, a, b = np.zeros(i.shape), np.zeros_like(i), np.zeros_like(i)
    for at in np.ndindex(y.shape):
        window = o[i[at] * size : (i[at] + 1) * size, j[at] * size : (j[at] + 1) * size]
        y[at] = window.max()
        a[at], b[at] = np.unravel_index(window.argmax(), window.shape)  # the first of a tie
    # stub
    winner = a * size + b  # the place in its window
    return y, winner
    # solution
    winner = (i * size + a) * o.shape[1] + (j * size + b)
    return y, winner


# %%
exercises.check("max_pool_2d", max_pool_2d)

# %% [markdown] tags=["notes"]
# The check tells these apart: index in the window, rows counted with the wrong length, the last of a tie,
# both of a tie, a search that starts at 0, leftover rows pooled too, windows that overlap, pairs for flat
# indices.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your turn: route
#
# From memory: from $\partial E/\partial y$ and the winners to $\partial E/\partial o$. Windows may have
# overlapped. `d_o.ravel()` is a view: writing into it writes into `d_o`.


# %% your turn route tags=["writing"]
def max_pool_backward_2d(d_y, winner, input_shape):
    """dE/do: each number of d_y is added at its winner."""
    ...
    # solution
    d_o = np.zeros(input_shape)
    flat = d_o.ravel()
    for g, place in zip(d_y.ravel(), winner.ravel(), strict=True):
        flat[place] += g
    return d_o


# %%
exercises.check("max_pool_backward_2d", max_pool_backward_2d)

# %% [markdown] tags=["notes"]
# Most solutions overwrite: d_o[winner] = d_y. Many find `+=` with an index array next, which adds once for a
# repeated index; np.add.at or a loop adds every time. They met this in lesson 02.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## An average pool shares
#
# An **average pool** takes the mean of the window. Nobody wins. Nudge any one of $S$ cells by 1, and the mean
# moves by $1/S$: that is everyone's factor, on the way forward and on the way back.
#
# Before you step: what comes back to $o[0,0]$? Then make the windows overlap (stride 1): which cells
# get most shares?

# %% an average pool shares
LinkedGrids("pool", **picture, kind="average", title="Everybody gets a share")

# %% [markdown]
# <details>
# <summary>All three ways to pool as a still picture</summary>
#
# ![A 4 by 4 input pooled to 2 by 2 in three ways, and a gradient sent back. Max: all of it goes to the winner of each window. Average: a quarter goes to each of the four. L2: each gets its share in proportion to its own value divided by the pooled one.](../figures/pooling.svg)
#
# </details>

# %% [markdown] slideshow={"slide_type": "subslide"}
# $\partial E/\partial o_p = \sum_{i \in Q} \frac{1}{S}\,\partial E/\partial y_i$. Side by side, that is
# upsampling in its plainest form: repeat each number over its window, then divide. One factor is left for
# you, in the last line.


# %% share tags=["writing"]
def avg_pool_backward_2d(d_y, input_shape, size):
    """dE/do of windows side by side: to each cell its share."""
    shares = np.zeros(input_shape)
    for i, j in np.ndindex(d_y.shape):
        shares[i * size : (i + 1) * size, j * size : (j + 1) * size] += d_y[i, j]
    # stub
    return shares  # one factor is missing
    # solution
    return shares / size**2


# %%
exercises.check("avg_pool_backward_2d", avg_pool_backward_2d)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Upsampling, and its way back
#
# A network that paints a picture has to make maps larger. The plainest layer for that repeats each number
# over a window and does not divide: **nearest-neighbour upsampling**. What comes back to one of its inputs?
# It was copied to four outputs, so four paths lead from it to $E$, and paths add up.

# %% upsampling
small = np.array([[1, -2], [3, 1]])
print(small.repeat(2, axis=0).repeat(2, axis=1))

levers = np.arange(16).reshape(4, 4)  # one for each of the 16 outputs
print("back:", levers.reshape(2, 2, 2, 2).sum(axis=(1, 3)).tolist())
print("mean:", ops.avg_pool(levers[None, None], 2)[0, 0].tolist())

# %% [markdown]
# (The first number is 0 + 1 + 4 + 5.) So the two are a pair. Back through an average pool: repeat, and divide
# by 4. Back through this upsampling: add up, which is an average pool times 4.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Two checks
#
# **In ten seconds.** Make all of $o$ twice as large, and a pool's $y$ is twice as large. From that it follows
# that $y \cdot \partial E/\partial y = o \cdot \partial E/\partial o$: lesson 02's number $T$ again. The widgets above
# show it. For the signal both are {{ np.sum(one_d.o * ops.max_pool_backward(one_d.delta[None, None], ops.max_pool(one_d.o[None, None], 3, stride=1)[1], (1, 1, 6))[0, 0]) }}. Overwriting gives {{ np.sum(one_d.o * np.array([0, -2, 0, 0, 3, 0])) }}: caught.
#
# **By brute force.** Nudge every cell, pool, and look at $E$. At a tie a nudge up and a nudge down see different
# winners, so keep the check off ties: here every number is different.

# %% by brute force
distinct = np.array([[4.0, 1, 7, 2], [3, 8, 5, 6], [9, 0, 12, 11]])
target = np.array([[1.0, 3]])


def error(o):
    return 0.5 * np.sum((ops.max_pool(o[None, None], 2)[0][0, 0] - target) ** 2)


measured = gradcheck.numerical_gradient(error, distinct)
measured.round(6)

# %% compare
pooled, places = max_pool_2d(distinct, 2)
mine = max_pool_backward_2d(pooled - target, places, distinct.shape)
if mine is None:
    print("not attempted yet: write max_pool_backward_2d above, then run this cell again")
elif np.shape(mine) != measured.shape:
    print("your gradient has shape", np.shape(mine), "and the input has", measured.shape)
else:
    print(f"relative error: {gradcheck.relative_error(mine, measured):.0e}")

# %% [markdown]
# The last row fills no window. It was never read, so its gradient is 0, and still it has to be there: the
# gradient has the shape of the input.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Optional: L2
#
# <details>
# <summary>The length of a window, and a gradient shared in proportion</summary>
#
# A third pool takes the length of the window as a vector, $y = \sqrt{\sum o^2}$. One of our sources names
# it and gives no way back. From $y^2 = \sum o^2$: the factor of each cell is $o/y$, and 0 where $y$ is 0. With
# the window (3, 4, 0, 0) $y$ is {{ number(ops.l2_pool(np.array([[[3.0, 4, 0, 0]]]), 4)[0, 0, 0]) }}, and a gradient of 10 comes back as {{ ops.l2_pool_backward(np.array([[[10.0]]]), np.array([[[3.0, 4, 0, 0]]]), 4)[0, 0] }}: large cells get more, and all get
# less than everything. Here the cell's number does come in, but as its part in $y$.
#
# Set *pool* to *L2* in any picture above, or take `equations.derivation("P3")` for the proof.
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three questions

# %%
Quiz("07_pool_and_route", "quiz")

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>As printed in the sources</summary>
#
# Source J describes pooling in words: the error goes to the winning unit (P1), or is multiplied by
# $1/(N \times N)$ (P2). It says nothing of ties, of windows that overlap, or of a way back for L2 (P3). Source S
# has one equation:
#
# $${{ cnnlib.equations.get("S7").printed }}$$
#
# In the form you know, for a dense layer above the pool:
#
# $${{ cnnlib.equations.get("S7").correct }}$$
#
# Under a convolution layer the inner sum is lesson 06's instead: collected over region $Q$.
#
# {{ cnnlib.equations.table(["P1", "P2", "P3", "S7", "R7"]).markdown().strip() }}
#
# </details>

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>In practice</summary>
#
# - PyTorch: `torch.nn.functional.max_pool2d(o, 2, return_indices=True)` returns the winners, as flat indices
#   into the map. `max_unpool2d` is the route back on its own.
# - If you leave the stride out, libraries take the size.
# - For windows side by side, libraries keep one byte per winner, or find it again by comparing.
# - Many newer networks have no pools. They use convolutions with stride 2, which is lesson 08.
# - A pool makes a network less sensitive to small shifts. Only about so: a shift by one cell can change
#   every winner.
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Summary
#
# - A pool has no weights. Forward it makes one number of each window; a max pool remembers the winners.
# - Max routes: all of $\partial E/\partial y$ goes to the winner, factor 1. Losers get 0. The first wins a tie.
# - Average shares: each of $S$ cells gets $1/S$.
# - Where windows overlap, what comes back adds up. What no window read gets 0.
# - No activation is multiplied in. $f'$ comes afterwards, once, at $x$ of the layer below.
# - The way back is the transpose of the way forward: upsampling. The way back of upsampling adds up.
#
# **From memory:** take a sheet of paper. A signal of five numbers, windows of 3, stride 1, three gradients:
# send them back through a max and through an average.
#
# **Next:** the stride of a pool left a row unread. [Lesson 08](08_stride_pad_dilate.ipynb) gives a convolution
# a stride, and the way back gets zeros between its deltas.
