# %% [markdown] slideshow={"slide_type": "slide"}
# # 03 · Slide a kernel over a picture
#
# A picture has thousands of pixels. How can nine weights be enough to read it?
#
# **You will do:** compute a 2D layer by hand; write it, and test it against another way; edit a kernel
# over a photograph; count what a convolution layer saves.
#
# **You will learn:** the forward pass in two dimensions and the size of its output; why sharing and
# locality are two different savings; what two layers see.
#
# **You need:** lesson 01. From lesson 02: what $E$ and $\delta$ are.
#
# **Time:** 55 minutes. A good place to pause is marked, after about 35.

# %% [markdown] tags=["notes"]
# The first half is lesson 01 with one more index, and goes quickly. Keep time for the second half: the
# four ways to connect a layer. Expect to hear that sharing weights makes a layer sparse. The one thing to
# take home: locality saves products, sharing saves weights.

# %%
import numpy as np

from cnnlib import data, exercises, geometry, ops
from cnnlib.examples import tall, two_d
from cnnlib.widgets import LinkedGrids, Quiz
from cnnlib.widgets.counting import count_connections

# %% [markdown] slideshow={"slide_type": "subslide"}
# First, two questions: one from lesson 02, one from lesson 01. Answer without looking back.

# %%
Quiz("03_slide_a_kernel_2d", "recall")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Sixteen numbers, four weights
#
# The input $o$ is a picture now: {{ two_d.o.shape[0] }} rows and {{ two_d.o.shape[1] }} columns. The kernel $w$ has {{ two_d.w.shape[0] }} rows and {{ two_d.w.shape[1] }} columns.
#
# $$o = {{ matrix(two_d.o) }} \qquad w = {{ matrix(two_d.w) }}$$
#
# A place has two numbers, as in NumPy: the **row first**, counted downwards, then the column, counted
# to the right. Both begin at 0. So $o[0,2]$ is {{ two_d.o[0, 2] }}, and $o[2,0]$ is {{ two_d.o[2, 0] }}.

# %%
o, w = two_d.o, two_d.w
print(o[0, 2], o[2, 0])

# %% [markdown] slideshow={"slide_type": "subslide"}
# Lay the kernel on the upper left corner. Multiply each weight by the number under it, add the four
# products. That is the first output:
#
# $$x[0,0] = {{ " + ".join(f"{number(a) if a >= 0 else '(' + number(a) + ')'} \\cdot {number(b)}" for a, b in zip(two_d.w.ravel(), two_d.o[:2, :2].ravel())).replace("−", "-") }} = {{ two_d.x[0, 0] }}$$
#
# Then the kernel moves one column to the right. At the end of the row it goes on at the left, one row
# further down. In how many places can it stand without hanging over an edge?

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Predict: what comes out?
#
# One output for each place: there are as many as you see below. The first one is done. Click a `?`,
# type what you expect, press Enter. Do at least $x[0,1]$, $x[1,0]$ and one more.

# %% predict the output
predict = LinkedGrids(
    "slide-2d", input=o, kernel=w, masked="output", revealed=[0], position=1, editable=[]
)
predict

# %% [markdown] tags=["notes"]
# Wrong answers to listen for at x[1,0]: {{ ops.cross_correlate(two_d.o, ops.rotate_180(two_d.w))[1, 0] }} (kernel read from its other end), {{ ops.cross_correlate(two_d.o, two_d.w.T)[1, 0] }} (its rows laid
# down as columns), {{ two_d.x[0, 1] }} (that is x[0,1]: column first), {{ two_d.o[1:3, :2].sum() }} (numbers added, weights forgotten). The
# widget names each. In the top row of outputs the first two cannot be told apart.

# %% [markdown] tags=["clicker"]
# o = [[3 1][0 2]], w = [[1 2][0 −1]]. What comes out? A: {{ two_d.o[1:3, :2].sum() }} (weights forgotten). B: {{ ops.cross_correlate(two_d.o, ops.rotate_180(two_d.w))[1, 0] }} (kernel read from
# its other end). C: {{ two_d.x[1, 0] }} (right). D: {{ ops.cross_correlate(two_d.o, two_d.w.T)[1, 0] }} (rows laid down as columns).

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Touch it
#
# The same layer with nothing hidden. Point at an **output**: a patch of four inputs lights up. Point at
# a **weight**: it takes part in all {{ two_d.x.size }} outputs. Point at an **input** in a corner, at an edge, in the
# middle: how many outputs use it?

# %% touch
LinkedGrids("slide-2d", input=o, kernel=w, position=4)

# %% [markdown]
# <details>
# <summary>The same as a still picture</summary>
#
# ![A 2 by 2 kernel lies on the patch of the input that begins at row 1, column 1; its four products add up to output 1,1. The kernel has nine places on the 4 by 4 input, so the output is 3 by 3.](../figures/valid_2d_forward.svg)
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What happened
#
# In lesson 01, output $i$ began at input $i$, and weight $a$ met input $i + a$. Now this holds in both
# directions at once. Output $[i,j]$ begins at input $[i,j]$, its upper left corner. The weight $m$ rows
# down and $n$ columns to the right meets the input $m$ rows down and $n$ columns to the right of there:
#
# $$x[i,j] = \sum_{m=0}^{k_1-1} \sum_{n=0}^{k_2-1} w[m,n] \; o[i+m,\, j+n]$$
#
# The kernel has $k_1$ rows and $k_2$ columns. This is **cross-correlation** in two dimensions, and it is
# written as before: $x = o \otimes w$.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Line by line
#
# A worked line first. The patch of $x[0,1]$ begins at row 0, column 1. It has two rows and two columns:

# %% worked
patch = o[0:2, 1:3]
print(patch)
print("products:", (w * patch).ravel(), "sum:", np.sum(w * patch))

# %% [markdown]
# Now you: $x[1,2]$. The patch below is still the one of another output. Change it.

# %% with blanks
# stub
patch = o[0:2, 2:4]
# solution
patch = o[1:3, 2:4]

# %%
shape = np.shape(patch)
answer = f"{np.sum(w * patch):g}" if shape == w.shape else f"a patch of shape {shape}"
said = {"3": "right", "2": "not yet: 2 is x[0,2]", "1": "1 is in row 2: the row comes first"}
if np.array_equal(patch, o[1:3, 0:2]):
    said["3"] = "not yet: this is the patch of x[1,0], which happens to be 3 as well"
print(said.get(answer, f"not yet: this gives {answer}"))

# %% [markdown] slideshow={"slide_type": "slide"}
# ## How large is the output?
#
# Rows and columns do not disturb each other. Along each direction the kernel has the places of
# lesson 01, length minus length plus 1. From an input of $H$ rows and $W$ columns come
#
# $$(H - k_1 + 1) \times (W - k_2 + 1) \quad \text{outputs.}$$
#
# Here: $({{ "%d - %d" % (two_d.o.shape[0], two_d.w.shape[0]) }} + 1) \times ({{ "%d - %d" % (two_d.o.shape[1], two_d.w.shape[1]) }} + 1) = {{ "%d" % two_d.x.shape[0] }} \times {{ "%d" % two_d.x.shape[1] }}$.
#
# In this example everything is square. That is risky, because in a square you can mistake rows for
# columns and never notice. So take a picture of {{ tall.o.shape[0] }} rows and {{ tall.o.shape[1] }} columns, and a kernel of {{ tall.w.shape[0] }} rows and {{ tall.w.shape[1] }}
# columns. **How many rows and columns has the output?** Write it down before you run the cell.

# %% not square
LinkedGrids(
    "slide-2d",
    input=tall.o,
    kernel=tall.w,
    position=5,
    title="Five by six, two by three",
)

# %% [markdown]
# <details>
# <summary>The same as numbers</summary>
#
# $${{ matrix(tall.o) }} \otimes {{ matrix(tall.w) }} = {{ matrix(tall.x) }}$$
#
# </details>

# %% [markdown]
# ${{ "%d - %d + 1 = %d" % (tall.o.shape[0], tall.w.shape[0], tall.x.shape[0]) }}$ rows and ${{ "%d - %d + 1 = %d" % (tall.o.shape[1], tall.w.shape[1], tall.x.shape[1]) }}$ columns. The output is square, although nothing else is.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Rows and columns swapped
#
# Suppose that someone reads the kernel along its columns, so that `w[m, n]` becomes `w[n, m]`. Then
# `w.T` slides in place of `w`:

# %% swapped
print("square:", ops.cross_correlate(two_d.o, two_d.w.T).tolist())
print("not square:", ops.cross_correlate(tall.o, tall.w.T).shape)

# %% [markdown]
# In the square example wrong numbers come out, and nothing complains. In the other one, the shape gives
# the mistake away: {{ "%d × %d" % ops.cross_correlate(tall.o, tall.w.T).shape }} for {{ "%d × %d" % tall.x.shape }}. Try your code on shapes that are not square.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your turn
#
# Write the operation for any picture and any kernel. First find the shape of the output. Then go through
# all its places and use their patches. Do not call a library function for it yet.


# %% exercise tags=["writing"]
def cross_correlate_2d(o, w):
    """x[i, j] = sum over m, n of w[m, n] * o[i + m, j + n]."""
    ...
    # solution
    rows, columns = w.shape
    x = np.zeros((o.shape[0] - rows + 1, o.shape[1] - columns + 1))
    for i, j in np.ndindex(x.shape):
        x[i, j] = np.sum(w * o[i : i + rows, j : j + columns])
    return x


# %%
exercises.check("cross_correlate_2d", cross_correlate_2d)

# %% [markdown]
# The check tries a dozen pictures and kernels, and says which mistake a wrong result looks like.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Compute it in another way
#
# There is no gradient to check yet. So compare two ways that have nothing in common but the formula.
# NumPy can list all patches at once, in an array with the axes $i, j, m, n$. `einsum` multiplies each
# by $w$ and adds over $m$ and $n$: it is the formula above, written with its letters.


# %%
def compare(mine, expected):
    if mine is None:
        return "not attempted yet: write cross_correlate_2d above"
    if np.shape(mine) != expected.shape:
        return f"your shape is {np.shape(mine)}, not {expected.shape}"
    return f"largest difference: {np.max(np.abs(mine - expected)):.1e}"


# %% random arrays
random = np.random.default_rng(seed=3)
picture, kernel = random.normal(size=(7, 10)), random.normal(size=(4, 2))
patches = np.lib.stride_tricks.sliding_window_view(picture, kernel.shape)
other_way = np.einsum("ijmn,mn->ij", patches, kernel)
print(compare(cross_correlate_2d(picture, kernel), other_way))

# %% [markdown]
# A difference of about $10^{-15}$ is agreement: the numbers were added in another order, and rounded
# differently.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A kernel looks at a photograph
#
# This is Grace Hopper, who wrote one of the first compilers. To the layer she is {{ data.photograph().shape[0] }} × {{ data.photograph().shape[1] }} numbers: 0 is
# black, 1 is white. And this is a kernel that finds upright edges:

# %%
photo = data.photograph()
upright = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
upright

# %% [markdown] slideshow={"slide_type": "subslide"}
# It adds up the right column of a patch and takes off the left one, the middle row twice. In words it
# asks: *how much brighter is it on the right than on the left?* White means much brighter, black much
# darker, and the grey in between means 0: no difference.
#
# Point at the output. *What it sees* shows the nine numbers under the kernel there.

# %% photograph
eye = LinkedGrids(
    "photograph",
    input=photo,
    kernel=upright,
    selected=["output", 22 * 94 + 67],  # on the edge of the cap
)
eye

# %% [markdown]
# <details>
# <summary>The same as a still picture</summary>
#
# Here only the strength of the answer is shown, not its sign.
#
# ![A portrait of Grace Hopper in grey, and beside it what two 3 by 3 kernels answer: the first is dark along upright edges, such as the sides of the face, the second along level ones, such as the peak of the cap.](../figures/photograph_edges.svg)
#
# </details>

# %% [markdown] slideshow={"slide_type": "subslide"}
# 1. **Predict first:** *level edges* asks how much brighter it is below than above. Will the shoulders
#    be white or black? The line where the cap ends and the forehead begins? Then choose it and look.
# 2. Go back to *upright edges*. Double-click a weight to change it. Give all weights the opposite sign:
#    what happens to black and white, and why?
# 3. Make a kernel of your own that answers to slanted edges.
# 4. Choose *blur*. All its weights are {{ number(1 / 9) }}, one ninth. What question is that?
#
# The weights of the edge kernels add up to 0. So wherever the picture is even, the answer is 0, whether
# the place is dark or bright. The weights of *blur*, *sharpen* and *unchanged* add up to 1, and keep the
# brightness.

# %% [markdown] tags=["notes"]
# Let the class dictate a kernel. Ask each time for the question it asks in words, before the picture
# changes. The shoulders turn black (bright above, dark below), the forehead's upper edge turns white.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### It is your function
#
# The output is smaller than the photograph: {{ "%d × %d" % ops.cross_correlate(data.photograph(), np.ones((3, 3))).shape }}. Nothing happens in this picture that you have not
# written yourself. Your function, with the kernel on the screen:

# %%
print(compare(cross_correlate_2d(eye.input, eye.kernel), eye.output))

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Bias shifts, activation bends
#
# Both are as in 1D. Each output gets the bias, and then goes through the activation on its own:
#
# $$x[i,j] = \sum_m \sum_n w[m,n] \; o[i+m,\, j+n] + b, \qquad \text{next layer's } o[i,j] = f(x[i,j])$$

# %%
x = ops.cross_correlate(o, w)
b = -2
print(x + b)
print(ops.relu(x + b))

# %% [markdown] slideshow={"slide_type": "subslide"}
# Look at the $b$ in the formula: it has no index. **There is one bias for the whole map**, not one for
# each pixel. The bias says how much it takes before the layer answers, and that belongs to the question,
# which is the same everywhere. For the photograph, a bias per pixel would mean {{ 94**2 }} more numbers to
# learn, beside 9 weights. And the same patch could get another answer in another place.
#
# With one bias for all, its lever is what it was in lesson 02: the sum of all deltas.

# %% [markdown] tags=["clicker"]
# A layer turns a picture into one map of 94 × 94 outputs. How many biases does it have? A: {{ 94 * 94 }}
# (one per output). B: 9 (one per weight). C: 1 (right).

# %% a bias for the photograph
edges = ops.cross_correlate(photo, upright)
strong = ops.relu(edges - 1.5)
print(np.count_nonzero(strong), "of", strong.size, "answers are left")

# %% [markdown]
# One bias and ReLU, and only the strongest edges remain: those where it gets brighter to the right.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A look ahead: the error
#
# Lesson 04 goes back through this layer. It starts as lesson 02 did, with targets $t$ and half the sum
# of the squared differences:
#
# $$E = \tfrac12 \sum_i \sum_j (x[i,j] - t[i,j])^2, \qquad \delta[i,j] = x[i,j] - t[i,j]$$

# %%
t = two_d.t
squares = (x - t) ** 2
print("half the sum:", np.sum(squares) / 2)
print("mean:", np.mean(squares))

# %% [markdown] slideshow={"slide_type": "subslide"}
# It is half the **sum**, not the **mean**, though both are often called "squared error". Both are
# smallest for the same outputs. But their levers differ: with the mean, $x[1,0]$ has the lever {{ number(2 * two_d.delta[1, 0] / two_d.x.size) }}
# and not {{ number(two_d.delta[1, 0]) }}. All levers are $2/{{ two_d.x.size }}$ as long: 2 from the square, {{ two_d.x.size }} from the mean. If your gradient is off by
# the same factor everywhere, this is a good place to look.

# %% [markdown] slideshow={"slide_type": "skip"}
# **A good place to pause.** You can compute and write a layer in 2D. What is left is why layers are built
# like this, and what happens when you stack two. When you come back, run the cells above once.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What does a convolution layer save?
#
# Take the {{ "%d × %d" % tall.o.shape }} input and its {{ "%d × %d" % tall.x.shape }} output once more, {{ tall.o.size }} numbers in and {{ tall.x.size }} out. Forget the kernel for
# a moment: how could such a layer be wired? In a **dense** layer every output sees every input. That
# makes {{ tall.x.size }} · {{ tall.o.size }} = {{ tall.x.size * tall.o.size }} **connections**, and each has a weight of its own.
#
# A convolution layer differs in two ways:
#
# - **Locality:** an output sees only the patch under the kernel.
# - **Sharing:** connections that make the same step from output to input, so many rows down and so many
#   columns across, have the same weight. From $x[0,0]$ to $o[0,1]$ it is the same step as from $x[3,2]$ to
#   $o[3,3]$: one column across.
#
# You can have either without the other.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Predict: sharing alone
#
# Start with the dense layer. Now let the connections share their weights, and change nothing else.

# %% predict sharing
Quiz("03_slide_a_kernel_2d", "predict")

# %% [markdown] tags=["clicker"]
# 30 inputs, 16 outputs, dense: 480 connections. Now the weights are shared, nothing else changes. How
# many connections are left? A: 480 (right). B: 96 (locality, which nobody asked for). C: 72 (the
# different weights, not the connections). D: 6 (both savings at once). Most will leave some out: ask them
# which connection they would cut, and why that one.

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Touch it
#
# The large table $W$ has a row for each output and a column for each input. A coloured square is a
# connection. Point at one: all squares with the same weight light up. Point at an output and read what it
# sees; the slanted numbers and letters are the names of the weights, not their values.
#
# Switch between the four kinds of *connections*, and write down both counts for each.

# %% dense local shared or both
LinkedGrids("sharing", input=tall.o, kernel=tall.w, connections="dense")

# %% [markdown]
# <details>
# <summary>The same as a still picture</summary>
#
# ![Four connection matrices from 30 inputs to 16 outputs. Dense: 480 weights. Local but not shared: 96. Shared but not local: 72. Local and shared, a convolution: 6.](../figures/weight_sharing.svg)
#
# </details>

# %%
window = geometry.Window(kernel=(2, 3))
for kind in ("dense", "local", "shared", "both"):
    connections, weights = count_connections(window, (5, 6), kind)
    print(f"{kind:8}{connections:5} connections {weights:5} weights")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What happened
#
# - **Local:** each of the {{ tall.x.size }} outputs sees the {{ tall.w.size }} inputs under the kernel. {{ tall.x.size }} · {{ tall.w.size }} = {{ tall.x.size * tall.w.size }} connections
#   are left, the other squares are empty. Each connection still has a weight of its own.
# - **Shared:** all {{ tall.x.size * tall.o.size }} connections are still there. But there are only {{ tall.o.shape[0] + tall.x.shape[0] - 1 }} different steps down (from {{ number(1 - tall.x.shape[0]) }}
#   to {{ tall.o.shape[0] - 1 }}) and {{ tall.o.shape[1] + tall.x.shape[1] - 1 }} across (from {{ number(1 - tall.x.shape[1]) }} to {{ tall.o.shape[1] - 1 }}), so {{ tall.o.shape[0] + tall.x.shape[0] - 1 }} · {{ tall.o.shape[1] + tall.x.shape[1] - 1 }} = {{ (tall.o.shape[0] + tall.x.shape[0] - 1) * (tall.o.shape[1] + tall.x.shape[1] - 1) }} different weights.
# - **Both:** {{ tall.x.size * tall.w.size }} connections, {{ tall.w.size }} weights: a kernel.
#
# So these are two savings, and they save different things. **Locality** leaves connections out. There
# is less to multiply, and the table is mostly empty: *that* is what **sparse** means. **Sharing** leaves
# no connection out. There is as much to multiply as before, but far less to learn and to store.
#
# "Sharing makes it sparse" mixes the two up. (Lesson 05 reads this table down its columns.)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### For the photograph
#
# The larger the picture, the more there is to save. Which of these numbers does not grow with the
# picture at all?

# %%
window = geometry.Window(kernel=(3, 3))
for kind in ("dense", "local", "shared", "both"):
    connections, weights = count_connections(window, photo.shape, kind)
    print(f"{kind:8}{connections:12,} connections {weights:12,} weights")

# %% [markdown] slideshow={"slide_type": "subslide"}
# Sharing has one more gain. A question that was learnt in one place is asked in all others too. Move the
# picture, and the answer moves along. Cut ten columns off the left, and the same answers come out, ten
# columns further left:

# %%
moved = photo[:, 10:]
print(np.allclose(ops.cross_correlate(moved, upright), edges[:, 10:]))

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What do two layers see?
#
# Locality has a price: with a 2 × 2 kernel, an output sees 2 × 2 inputs and knows nothing of the rest. So
# layers are stacked. The output of the first is the input of the second.
#
# **Think first:** two layers, both with a 2 × 2 kernel. How many inputs does one output of the second
# layer see? Each of its four values sees four inputs. Is that 16?

# %% two layers
LinkedGrids("two-layers", input=np.zeros((4, 4)), kernel=np.ones((2, 2)))

# %% [markdown]
# <details>
# <summary>The same as a still picture</summary>
#
# ![Two stacked 2 by 2 layers on a 4 by 4 input. One output of the second layer uses four values of the first; these use nine inputs, along 1 2 1, 2 4 2, 1 2 1 paths: sixteen in all.](../figures/receptive_field_two_layers.svg)
#
# </details>

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# There are {{ ops.cross_correlate(np.pad(np.ones((2, 2)), 1), np.ones((2, 2))).sum() }} **paths**, four times four. But they end in only {{ ops.cross_correlate(np.pad(np.ones((2, 2)), 1), np.ones((2, 2))).size }} inputs, because the four patches
# overlap. The inputs that an output can see are its **receptive field**: a patch of 3 × 3. A number in
# a cell says how many paths lead there:
#
# $${{ matrix(ops.cross_correlate(np.pad(np.ones((2, 2)), 1), np.ones((2, 2)))) }}$$
#
# The pixel in the middle is in all four patches, a corner in one only. Is it true? Put a 1 on the
# pixel $[1,1]$ and 0 everywhere else, and let all weights be 1. Then each path brings exactly 1:

# %%
spike = np.zeros((4, 4))
spike[1, 1] = 1
ones = np.ones((2, 2))
print(ops.cross_correlate(ops.cross_correlate(spike, ones), ones))

# %% [markdown] slideshow={"slide_type": "subslide"}
# The upper left output gets {{ ops.cross_correlate(np.pad(np.ones((2, 2)), 1), np.ones((2, 2)))[1, 1] }}, by four paths. With other weights every path brings a product of two weights,
# one from each layer, and these add up. You know the rule from lesson 02: multiply along a path, add over
# the paths. Errors will come back along the same paths.
#
# Each further layer with a $k \times k$ kernel lets an output see $k - 1$ more rows and columns. Try
# another kernel size above: two layers of 1 × 1 see a single pixel.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three questions

# %%
Quiz("03_slide_a_kernel_2d", "quiz")

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>As printed in the sources</summary>
#
# Source J writes the sum three times, in growing detail. J1 defines it for a picture $I$ and a kernel
# $K$, J5 adds a bias, and J7 is the layer with all its indices; the small $l$ counts layers:
#
# $${{ cnnlib.equations.get("J7").printed }}$$
#
# Here the bias has the index of a pixel. With one bias for the map, it is
#
# $${{ cnnlib.equations.get("J7").correct }}$$
#
# J8 is the activation. J9 is the error, of outputs $y_p$ and targets $t_p$:
#
# $${{ cnnlib.equations.get("J9").printed }}$$
#
# J announces it as a mean and prints half a sum, the form that you have used. J also says that sharing
# weights makes a network sparse. In your table above it was locality that did.
#
# {{ cnnlib.equations.table(["J1", "J5", "J7", "J8", "J9"]).markdown().strip() }}
#
# </details>

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>In practice</summary>
#
# - PyTorch's `Conv2d(1, 1, kernel_size=(2, 3))` is this layer. Its `weight` has the shape (1, 1, 2, 3): one
#   filter, one channel, then rows and columns. Its `bias` has the shape (1,): one number per filter.
#   Lesson 09 is about filters and channels.
# - `scipy.signal.correlate2d(o, w, mode="valid")` is what you wrote. `convolve2d` is something else:
#   lesson 05.
# - `MSELoss` in PyTorch is the mean, without the half. Say which one you use before you compare levers.
# - NumPy's `[row, column]` is not everybody's order. Many programs for pictures say (width, height) or
#   (x, y): column first. Where the two meet, look twice.
# - The upright and the level edge finder are called *Sobel* kernels. In a network nobody chooses such
#   weights: it finds them itself, and in first layers kernels for edges are often among them.
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Summary
#
# - $x[i,j] = \sum_m \sum_n w[m,n]\, o[i+m,\, j+n] + b$. Row first, then column; the kernel lies as it stands.
# - $H \times W$ inputs and a $k_1 \times k_2$ kernel give $(H - k_1 + 1) \times (W - k_2 + 1)$ outputs.
# - One bias for the map. The activation bends each output by itself.
# - Locality leaves connections out. Sharing makes the weights few. A convolution layer does both.
# - Stacked layers see more: two of 2 × 2 see 3 × 3 inputs, by 16 paths.
#
# **Next:** in [lesson 04](04_collect_weight_gradients.ipynb) the errors come in, and each weight collects
# its lever from all the places where it was used.
