# %% [markdown] slideshow={"slide_type": "slide"}
# # 05 · Flip the kernel
#
# Every output reads the kernel as {{ " ".join(number(v) for v in one_d.w) }}. How does the kernel look from the other side, to an
# input? The way back hangs on that. So does the word *convolution*.
#
# **You will do:** write a layer as a matrix, and read it across and down; send the errors back through
# it; turn a kernel in 2D; find kernels that hide the turn; find out which library turns and which does
# not.
#
# **You will learn:** where the flip comes from, what is turned and what is transposed, and how
# convolution differs from cross-correlation.
#
# **You need:** lessons 02 and 03, and how a matrix is multiplied with a vector.
#
# **Time:** 60 minutes. A good place to pause is marked, about half-way.

# %% [markdown] tags=["notes"]
# One sentence to leave with the class: reading down a column is reading the kernel from the receiving
# end. All else in this lesson follows. Have the matrix on the board from the first minute to the last.

# %%
import numpy as np

from cnnlib import equations, exercises, gradcheck, ops
from cnnlib.examples import one_d, tall, two_d
from cnnlib.widgets import LinkedGrids, Quiz

# %% [markdown] slideshow={"slide_type": "subslide"}
# First, two questions: one from lesson 04, one from lesson 02. Answer without looking back.

# %%
Quiz("05_flip_the_kernel", "recall")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The layer as a matrix
#
# Back to the signal of lessons 01 and 02: six inputs, three weights, four outputs.

# %%
o, w, delta = one_d.o, one_d.w, one_d.delta
x = ops.cross_correlate(o, w)
x

# %% [markdown] slideshow={"slide_type": "subslide"}
# Each output is a weighted sum of the inputs. So the layer can be written as a table of weights with
# one **row for each output** and one **column for each input**. Where an output does not use an input,
# the weight is 0. Call this matrix $T$. Then $x = T\,o$: row by row, multiply and add.
#
# (The bias is 0 here. In lessons 02 and 04 the letter $T$ stood for a number, the sum of all products.
# In this lesson $T$ is the matrix.)
#
# Output 0 uses inputs 0, 1, 2. Output 1 uses inputs 1, 2, 3. Two rows are there. Fill in the other two:

# %% build the matrix
T = np.zeros((4, 6))
T[0, 0:3] = w
T[1, 1:4] = w
# stub
T[2, 0:3] = w  # not there: where does the kernel stand for output 2?
T[3, 0:3] = w  # and for output 3?
# solution
T[2, 2:5] = w
T[3, 3:6] = w

# %%
print(T)
print("T @ o =", T @ o, "  x =", x)
print("right" if np.array_equal(T @ o, x) else "not yet: the two differ")

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Predict: down a column
#
# Each row of $T$ holds the kernel as it stands: {{ " ".join(number(v) for v in one_d.w) }}, one step further right each time. Now
# look at a column.

# %% predict the column
Quiz("05_flip_the_kernel", "predict")

# %% [markdown] tags=["clicker"]
# A row of T reads 2 −1 1. What do the weights of column 3 read, from top to bottom? A: 2 −1 1 (as in a
# row). B: 1 −1 2 (right). C: 2 2 2 (the diagonal). D: it has no order, there are zeros in it.

# %% [markdown] slideshow={"slide_type": "subslide"}
# Now try it. Point at an output: its row lights up. Point at an input: its column does. At the left
# you see what that line of the matrix reads. Point at a weight too: where does it stand?

# %% across and down
LinkedGrids(
    "toeplitz",
    input=o,
    kernel=w,
    position=1,
    controls=["step", "random", "reset", "size"],
    title="Across and down",
)

# %% [markdown] tags=["notes"]
# Point at output 1, then at input 3, then at output 2, input 2. Let the class say each line aloud:
# "two, minus one, one" and "one, minus one, two". Then point at the weights: each is a diagonal.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What happened
#
# Column 3 belongs to input 3. Go down it, output by output. Output 1 has just reached this input: it
# meets it with its *last* weight, {{ one_d.w[2] }}. Output 2 stands one step further right, and meets it
# with the middle one, {{ one_d.w[1] }}. Output 3 begins there, and meets it with its *first*, {{ one_d.w[0] }}.
#
# It is as with a train: its front passes you first. The kernel travels to the right, and its front is its
# *last* weight. So the input sees the weights in the opposite order. **Reading down a column is reading
# the kernel from the receiving end.** This reversal is what people call the **flip** of the kernel.
#
# In indices: output $i$ uses weight $a$ on input $p = i + a$. Along a row, $i$ stays, and $a = p - i$
# grows with $p$. Down a column, $p$ stays, and $a = p - i$ *falls* while $i$ grows.
#
# $$T_{i,p} = w_{p-i} \quad \text{(0 where there is no such weight)}$$

# %% [markdown] slideshow={"slide_type": "subslide"}
# Do you trust it? A column says what an input does to all outputs. So raise one input by 1, and look:

# %% measure a column
raised = o.copy()
raised[3] += 1
ops.cross_correlate(raised, w) - x

# %% [markdown]
# Output 0 does not move. The others move by {{ " ".join(number(v) for v in one_d.w[::-1]) }}. That is column 3.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The way back: $T^\mathsf{T} \delta$
#
# Lesson 02 found the lever of an input by adding up its paths: for each output that uses it, $\delta$
# times the weight it puts there. Those weights are the input's column. So
#
# $$\frac{\partial E}{\partial o_p} = \sum_i \delta_i \, w_{p-i} = \sum_i T_{i,p} \, \delta_i$$
#
# This sum goes down a column. To write it as a matrix times a vector, the columns have to become rows:
# that is the **transpose** $T^\mathsf{T}$.
#
# $$\frac{\partial E}{\partial o} = T^\mathsf{T} \delta$$
#
# Point at one input gradient after the other, and read its line. Which lines show the whole kernel,
# and which only a part? Then set *direction* to forward: rows and columns change places.

# %% the way back
LinkedGrids(
    "toeplitz",
    input=o,
    kernel=w,
    delta=delta,
    direction="backward",
    position=3,
    title="The same weights on the way back",
)

# %% [markdown]
# <details>
# <summary>The same as a still picture</summary>
#
# ![Left, forward: a matrix T of 4 rows and 6 columns times the input gives the output; each row is the kernel 2, −1, 1, one step further right. Right, backward: T transposed times delta gives the input gradient; read along its row 3 the kernel is 1, −1, 2.](../figures/toeplitz.svg)
#
# </details>

# %% [markdown] tags=["notes"]
# Say it with both hands on the board: across for x, down for the gradient. Nothing has been turned.
# It is the same table, read in the other direction.

# %% [markdown] slideshow={"slide_type": "subslide"}
# In code, with the whole matrix built in one line. Is it what lesson 02 found, and what brute force says?

# %% backward in code
# Row i: the kernel with i zeros in front of it and 3 - i behind.
T = np.array([np.pad(w, (i, 3 - i)) for i in range(4)])
d_o = T.T @ delta
print("dE/do =", d_o)


# %%
def error_of_input(o):
    return 0.5 * np.sum((T @ o - one_d.t) ** 2)


measured = gradcheck.numerical_gradient(error_of_input, o)
print(f"relative error: {gradcheck.relative_error(d_o, measured):.0e}")

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Three things that it is not
#
# **It is not the transpose of $w$.** In 1D the kernel is a row of numbers, and transposing it does
# nothing at all. What is transposed is $T$, the matrix of the whole layer.
#
# **It is not the kernel as it stands.** Suppose you lay $w$ on the inputs without the flip:

# %% without the flip
unflipped = ops.cross_correlate(delta, w, mode="full")
print("without the flip:", unflipped, "  o · this =", np.sum(o * unflipped))
print("T.T @ delta:     ", d_o, "  o · this =", np.sum(o * d_o))
print("delta · x =", np.sum(delta * x))

# %% [markdown]
# (`mode="full"` lets the kernel hang over the edges, with zeros outside: four deltas, six places.) The
# check of lesson 02, $\delta \cdot x = o \cdot \partial E/\partial o$, finds the mistake at once. And now you
# can say why it works: both sides are the same table of products $\delta_i\,T_{i,p}\,o_p$, once added
# row by row, once column by column.

# %% [markdown] slideshow={"slide_type": "subslide"}
# **It does not undo the layer.** Does $T^\mathsf{T}$ bring $x$ back to $o$? Guess, then run it.

# %% not an inverse
print("o:      ", o)
print("T.T @ x:", T.T @ x)

# %% [markdown]
# Not at all. Four outputs cannot say what six inputs were. $T^\mathsf{T}$ is not an inverse. It carries
# *levers*: it takes one for each output and gives one for each input. What it is given should be
# $\delta$.

# %% [markdown] slideshow={"slide_type": "skip"}
# **A good place to pause.** When you come back, run the cells above once.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Two definitions, one reading direction apart
#
# What we have done since lesson 01 is called **cross-correlation**. The index of the weight and that of
# the input grow together:
#
# $$(o \otimes w)_i = \sum_a w_a \, o_{i+a}$$
#
# In mathematics, **convolution** is something else. One index grows while the other falls:
#
# $$(o * w)_i = \sum_a w_a \, o_{i-a}$$
#
# So the first weight meets the *last* number of the window, and the last weight the first. You get the
# same by turning the kernel round first (in 1D: its last weight comes first), and then sliding it:
# $o * w = o \otimes \mathrm{rot180}(w)$. (The places are counted differently: a window starts at $i$ for $\otimes$ and
# ends at $i$ for $*$. We list the places where the whole kernel fits, in order.)

# %% two definitions
print("o ⊗ w:", ops.cross_correlate(o, w))
print("o * w:", ops.convolve(o, w))
print("o ⊗ w turned:", ops.cross_correlate(o, w[::-1]))

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A single 1
#
# Why would anybody define it so? Look at what each makes of a single 1 among zeros. Which of the two
# lines below will show the kernel as it stands? Decide, then run the cell.

# %% a single one
impulse = np.array([0, 0, 1, 0, 0])
print("⊗:", ops.cross_correlate(impulse, w))
print("*:", ops.convolve(impulse, w))

# %% [markdown]
# Convolution **stamps** the kernel: each input puts the whole kernel down, as it stands. Correlation
# **asks** with it: each output lays the kernel over its window. Seen from a single input, asking comes
# out turned: it is a column of $T$ once more.
#
# Going back, each $\delta$ stamps. It puts the kernel, as it stands and $\delta$ times as large, on the
# inputs that its output has used. So the way back through a *correlation* layer is a true
# *convolution*:

# %% back is a convolution
print("delta * w, full:", ops.convolve(delta, w, mode="full"))
print("T.T @ delta:    ", d_o)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Line by line
#
# The first four lines are those of lesson 02. The fifth is the flip: nothing happens there except that
# the sum is counted in another way. The last two put a name to it.

# %% derivation
line_by_line = equations.derivation("S5")
line_by_line

# %% [markdown]
# Is every line equal to the one before, for every input and in several sizes?

# %%
line_by_line.prove()

# %% [markdown] slideshow={"slide_type": "slide"}
# ## In 2D: turn
#
# Now a picture. Convolution counts *both* indices of the input backwards:
# $(o * w)[i,j] = \sum_m \sum_n w[m,n] \; o[i-m,\, j-n]$. So what has to be done to the kernel?
#
# ### Predict

# %% predict the turn
Quiz("05_flip_the_kernel", "predict-turn")

# %% [markdown] tags=["clicker"]
# Which kernel must slide, so that o ⊗ it = o * w? w is {{ two_d.w }}. A: {{ two_d.w[:, ::-1] }} (one axis). B: {{ two_d.w[::-1] }} (one
# axis). C: {{ two_d.w.T }} (transposed). D: {{ two_d.w[::-1, ::-1] }} (right).

# %% [markdown] slideshow={"slide_type": "subslide"}
# Press *Turn it*. The copy of the kernel turns by half a turn, like a sheet of paper on a table, and a
# second result appears. Cells that differ are marked. Point at a cell of either result, and compare the
# two sums.
#
# Then try the other *moves*. Does one of them give $o * w$ as well?

# %% turn the kernel
LinkedGrids(
    "flip",
    input=two_d.o,
    kernel=two_d.w,
    controls=["turn", "step", "reset", "size"],
    title="Turn, mirror, transpose",
)

# %% [markdown] tags=["notes"]
# Take a sheet with 1 2 / 0 −1 on it and turn it on the table. Then hold it against the light, back to
# front: that is a mirror image. Two mirrors, one after the other, make the half turn.

# %% [markdown] slideshow={"slide_type": "slide"}
# ### What happened
#
# Both indices run backwards, so both axes are reversed: the last row comes first, and each row is read
# from its end. That is a turn by 180°.
#
# $$\mathrm{rot180}(w)[m,n] = w[k_1 - 1 - m,\; k_2 - 1 - n]$$
#
# Here $k_1$ and $k_2$ are the numbers of rows and columns. In NumPy it is `w[::-1, ::-1]`. One
# mirror image is not enough: left-right reverses one axis, up-down the other. Both, one after the other,
# make the turn. The transpose reverses neither; it exchanges them.

# %% four moves
o2, w2 = two_d.o, two_d.w
moves = {"left-right": w2[:, ::-1], "up-down": w2[::-1]}
moves |= {"transpose": w2.T, "turn": w2[::-1, ::-1]}
right = ops.convolve(o2, w2)
for name, kernel in moves.items():
    wrong = np.sum(ops.cross_correlate(o2, kernel) != right)
    print(f"{name:12} wrong in {wrong} of {right.size} places")

# %% [markdown] slideshow={"slide_type": "subslide"}
# Now a kernel that is not square, on paper first. Turned by half a turn, which weight of $w$ comes to
# row 0, column 2?
#
# $$w = {{ matrix(tall.w) }}$$
#
# The cell has the weight that stands there now. Change the two indices.

# %% with blanks
# stub
comes_there = tall.w[0, 2]
# solution
comes_there = tall.w[1, 0]

# %%
turned = np.rot90(tall.w, 2)  # two quarter turns
agrees = np.array_equal(comes_there, turned[0, 2])
print("right" if agrees else "not yet: the rule above says which")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Which kernels hide the flip?
#
# Some kernels look the same after half a turn. For them $\otimes$ and $*$ give the same numbers, and nobody
# can tell which one a program has computed. Which of these three does that? Decide first:
#
# $$\begin{bmatrix} 1 & 2 \\ 2 & 1 \end{bmatrix} \qquad
# \begin{bmatrix} 0 & 1 \\ 1 & 0 \end{bmatrix} \qquad
# \begin{bmatrix} 1 & 2 \\ 2 & 5 \end{bmatrix}$$
#
# Then choose them under *kernel*, one after the other. After that, look at a few more with *Next that
# hides it*, and say in your own words what these kernels have in common.

# %% kernels that hide it
LinkedGrids(
    "flip",
    input=two_d.o,
    kernel=two_d.w,
    position=1,
    controls=["hides", "step", "reset", "size"],
    title="Find the kernels that hide the flip",
)

# %% [markdown]
# <details>
# <summary>The turn, and three kernels, as a still picture</summary>
#
# ![A kernel of 2 rows and 3 columns beside itself turned by 180 degrees: last row first, each row backwards; neither mirrored nor transposed. Below, the 1D kernel turned. At the bottom, two kernels that look the same after the turn and so hide it, and one that does not.](../figures/kernel_flip.svg)
#
# </details>

# %% [markdown] tags=["notes"]
# Have the class vote on the third kernel. It is symmetric in the sense of linear algebra, and it does
# not hide the flip: what counts is the half turn, not the transpose.

# %% [markdown] tags=["clicker"]
# Which kernel does NOT hide the flip? A: [[1 2][2 1]]. B: [[0 1][1 0]]. C: [[1 2][2 5]] (right: the
# corners 1 and 5 change places). D: all of them hide it.

# %% [markdown] slideshow={"slide_type": "subslide"}
# The first two hide it, the third does not. It equals its transpose, but its corners 1 and 5 change
# places in a half turn. A kernel hides the flip exactly when each weight equals the one opposite,
# seen from the centre.
#
# Such kernels are common: blurring kernels, for example, are the same from all sides. So **test your
# code with a kernel that is not its own half turn.** A program that forgets the flip, or flips twice,
# passes every test with a kernel that hides it.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Which library does what?
#
# The names do not tell. Try it instead, with numbers that show the difference. NumPy has two functions
# for 1D. What does each do with the kernel?

# %% numpy tried
print("np.convolve: ", np.convolve(o, w, mode="valid"))
print("np.correlate:", np.correlate(o, w, mode="valid"))

# %% [markdown] slideshow={"slide_type": "subslide"}
# Other libraries may not be installed here. These are the numbers that they gave for the 2D example, as
# recorded with SciPy 1.17.1 and PyTorch 2.13.0. Which of them turn the kernel? Before you run the cell, find
# the answer in the first number of each: $o \otimes w$ starts with {{ two_d.x[0, 0] }}, $o * w$ with {{ ops.convolve(two_d.o, two_d.w)[0, 0] }}.

# %% recorded numbers
recorded = {
    "scipy.signal.convolve2d": [[6, 2, 0], [-1, 4, 3], [2, 1, 7]],
    "scipy.signal.correlate2d": [[0, 4, 2], [3, 0, 3], [4, 1, 1]],
    "torch.nn.functional.conv2d": [[0, 4, 2], [3, 0, 3], [4, 1, 1]],
}
for name, grid in recorded.items():
    does = "turns" if np.array_equal(grid, right) else "does not turn"
    print(f"{name:28}", does)

# %% [markdown]
# **PyTorch does not flip.** Its `conv2d`, and with it nearly everything that is called a *convolutional*
# network, computes a cross-correlation. Does that do any harm? Not to a network that learns: with the
# other definition, and started from the turned weights, training finds the same weights, turned. It matters when you copy weights
# from one library to another, when you write a kernel by hand, and when you follow a formula that means
# the other definition.

# %% [markdown] tags=["clicker"]
# PyTorch's conv2d gets o and w. What does it compute? A: o * w, as the name says. B: o ⊗ w (right). C: o ⊗ w
# in use and o * w in training. D: it depends on the weights.

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Only rows and columns
#
# A real layer holds many kernels in one array with four axes: filter, channel, row, column. (Lesson 09
# is about them.) `np.flip(w)` reverses *every* axis. That gets more than you asked for:

# %% four axes
many = np.arange(8).reshape(1, 2, 2, 2)  # 1 filter, 2 channels
print("channel 0 is", many[0, 0].tolist())
print("np.flip(many), channel 0:        ", np.flip(many)[0, 0].tolist())
print("many[..., ::-1, ::-1], channel 0:", many[..., ::-1, ::-1][0, 0].tolist())

# %% [markdown]
# With `np.flip` the channels have changed places as well: channel 0 got the kernel of channel 1. The
# turn belongs to rows and columns alone: `w[..., ::-1, ::-1]`, or `np.flip(w, axis=(-2, -1))`.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your turn
#
# Write the true convolution of a map with one kernel: one number for each place where the kernel lies
# inside. Use a loop, with no library function for the sliding. Which weight meets the upper left number of
# the window?


# %% exercise tags=["writing"]
def convolve_2d(o, w):
    """o * w, valid: turn the kernel by 180 degrees, then slide it."""
    ...
    # solution
    turned = w[::-1, ::-1]
    rows, columns = w.shape
    x = np.zeros((o.shape[0] - rows + 1, o.shape[1] - columns + 1))
    for i, j in np.ndindex(x.shape):
        x[i, j] = np.sum(turned * o[i : i + rows, j : j + columns])
    return x


# %%
exercises.check("convolve_2d", convolve_2d)

# %% [markdown] tags=["notes"]
# The check tells apart: not turned, one axis only, transposed, a quarter turn, the input turned
# instead, the full size. Ask two students to break theirs on purpose and read the hint aloud.

# %% [markdown]
# And a quick look of your own: what does your function make of a picture with a single 1?

# %% stamp
spot = np.zeros((3, 3))
spot[1, 1] = 1
stamped = convolve_2d(spot, w2)
print("not attempted yet" if stamped is None else stamped)

# %% [markdown]
# When it is right, you see the kernel itself, as it stands: {{ two_d.w }}.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three questions

# %%
Quiz("05_flip_the_kernel", "quiz")

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>As printed in the sources</summary>
#
# **S6, the way back in vectors:** {{ cnnlib.equations.get("S6").verdict }}. Printed is
#
# $${{ cnnlib.equations.get("S6").printed }}$$
#
# The source explains its flipped weights by a transposed weight matrix. {{ cnnlib.equations.get("S6").why }} As it
# holds, with the layers counted on top ($l+1$ is the layer above) and $\odot$ for multiplying number by
# number:
#
# $${{ cnnlib.equations.get("S6").correct }}$$
#
# The factor $f'(x)$ is the last step down to the $\delta$ of the layer below. Lesson 06 takes it.
#
# **J2, convolution:** {{ cnnlib.equations.get("J2").verdict }}. It is our definition, with $I$ for $o$ and $K$ for $w$. {{ cnnlib.equations.get("J2").why }}
#
# $${{ cnnlib.equations.get("J2").printed }}$$
#
# **J3, with the kernel's indices reversed:** {{ cnnlib.equations.get("J3").verdict }}. The limits of the sums were left as they were:
#
# $${{ cnnlib.equations.get("J3").printed }}$$
#
# {{ cnnlib.equations.get("J3").why }} As it holds:
#
# $${{ cnnlib.equations.get("J3").correct }}$$
#
# **Two turns in J14.** For the weights, source J turns $\delta$ and then uses a true convolution, which
# turns it back. What is left is $o \otimes \delta$, as in lesson 04:
#
# ![Above, the input cross-correlated with delta as it stands gives the weight gradient. Below, the input convolved with delta turned by 180 degrees gives the same four numbers: true convolution turns it back.](../figures/turned_delta.svg)
#
# </details>

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>In practice</summary>
#
# - Nobody stores $T$. Nearly all of it is zeros, and the rest is the same few weights again and again.
#   It is a way to think. (A matrix with the same number all along each diagonal is called a *Toeplitz
#   matrix*.)
# - PyTorch has $T^\mathsf{T}$ as a layer of its own, `conv_transpose1d` and `conv_transpose2d`. The name *deconvolution*, which some use
#   for it, is misleading: as you saw, it does not undo the layer.
# - Forward the same library does not turn, and on the way back the turn is there without being asked
#   for: it comes out of the transpose.
# - `np.correlate(w, o)` is not `np.correlate(o, w)`: with the arguments exchanged the result comes out
#   reversed. `np.convolve` does not mind. That $o * w = w * o$ is one reason why mathematicians prefer it.
# - A blur is the same when it is turned. Many edge filters change their sign: then an edge from dark to
#   light is reported as one from light to dark.
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Summary
#
# - A layer is a matrix $T$ with $T_{i,p} = w_{p-i}$. Rows read the kernel as it stands, columns from its
#   other end.
# - Forward goes along the rows, $x = T\,o$. Back goes down the columns, $\partial E/\partial o = T^\mathsf{T}\delta$. The
#   transpose is of $T$, not of $w$, and it undoes nothing.
# - $o * w = o \otimes \mathrm{rot180}(w)$: turn by 180°, both axes. Not a mirror image, not a transpose.
# - A kernel that is its own half turn hides the flip. Do not test with it.
# - PyTorch's `conv2d` and `np.correlate` do not turn, `np.convolve` does. When in doubt, try it.
#
# **From memory:** write $T$ for three inputs and the weights $w_0, w_1$. Then write the levers of the three
# inputs, and say why the weights come in the opposite order.
#
# **Next:** in 2D the errors go back to the inputs in two ways, by stamping and by asking, and the two
# agree number by number. [Lesson 06](06_follow_the_delta.ipynb) follows a $\delta$ down, and on through $f'$.
