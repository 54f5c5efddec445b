# %% [markdown] slideshow={"slide_type": "slide"}
# # 12 · Check the sources
#
# An equation is printed. Is it right? How would you know, with nobody to ask?
#
# **You will do:** vote on six printed equations, one after the other; check each with a few numbers,
# then let the machine prove or refute it; look up all the others; mend one equation on your own.
#
# **You will learn:** five ways to check a formula, and what each of them cannot see.
#
# **You need:** lessons 02 to 06, and 11 if you can. For the table at the end: all of them.
#
# **Time:** 60 minutes. A good place to pause is marked, after the fourth vote.

# %% [markdown] tags=["notes"]
# The lesson is a discussion. For each equation: read it aloud, let everybody vote, let two who
# disagree argue, and only then run the cell with the numbers. Be fair to the authors, and say so:
# most of what they printed holds, and the rest are slips that everybody in the room makes.

# %%
import numpy as np

from cnnlib import equations, exercises, gradcheck, ops
from cnnlib.examples import one_d, tall, two_d
from cnnlib.widgets import LinkedGrids, Quiz

# %% [markdown] slideshow={"slide_type": "subslide"}
# First, two questions: one from lesson 11, one from lesson 09. Answer without looking back.

# %%
Quiz("12_check_the_sources", "recall")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Two texts
#
# This course grew out of two texts. **S** is an answer on Stack Exchange: one page, one dimension. **J**
# is a long article by Jefkine, in two dimensions, with the questions of its readers below it. Both took
# the trouble to explain, index by index, what many only use. S ends with a request to be corrected. We
# take it as an invitation.
#
# {{ len([r for r in cnnlib.equations.all() if r.id[0] in "SJQP"]) }} statements of the two were checked. {{ verdicts("holds") }} hold as printed, {{ verdicts("holds with a condition") }} hold if you know a condition, {{ verdicts("notation") }} are right
# once you see what is meant. {{ verdicts("corrected") }} give wrong numbers as printed. {{ verdicts("missing") }} is only named.
#
# Their mistakes are good ones to learn from. They are the slips that everybody makes: an index, a limit,
# a flip too many. You have made some of them yourself, in the lessons before.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### How it goes
#
# Six times the same round:
#
# 1. **Read** the equation as it was printed, and **vote**. Say how sure you are.
# 2. **Check** it with numbers that fit in the hand.
# 3. **Look at the proof**: the machine has tried every element with letters, not with numbers. Where the
#    printed form fails, it has searched for the smallest numbers that show it.
#
# Do not vote *wrong* six times: some of them hold. The six are no fair sample, either. They are those that
# make the best discussions, and four of the {{ verdicts("corrected") }} that fail are among them.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Vote 1: the gradient of the weights, in 1D
#
# S writes $y$ for our $o$. It has length $N$; there are $m$ weights. The raised $l$ is the number of the layer,
# counted from the input up.
#
# $${{ cnnlib.equations.get("S3").printed }}$$

# %% vote 1
Quiz("12_check_the_sources", "vote-weights", title="Vote 1")

# %% [markdown] tags=["notes"]
# Those who trip over N − m have a point that belongs elsewhere: as a limit, counted from 0, it is
# right; as a count of terms, which is what S's text says, it is one short. Both show in the card.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Check the letters
#
# The first check needs no numbers. Write down which letters are **free**: those that no sum uses up. Both
# sides must have the same ones, and a sum must not use a letter that is free.
#
# On the left $a$ is free. On the right the sum runs over $a$, and $i$ is left over. So it cannot be meant as
# it stands. Take it at its word all the same, with $i = 0$ and $\partial E/\partial x_i$ as the factor:

# %% check the letters
o, w, delta = one_d.o, one_d.w, one_d.delta
as_printed = [np.sum(delta[0] * o[0:4]) for a in range(3)]  # the sum over a leaves no a
over_i = [np.sum(delta * o[a : a + 4]) for a in range(3)]
print(np.array(as_printed), np.array(over_i), one_d.d_w)

# %% [markdown]
# Every weight would get the same number. With $i$ as the letter of the sum, you get the gradient that you
# know. Here is what the machine says; open what is folded.

# %% proof 1 slideshow={"slide_type": "subslide"}
equations.get("S3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Vote 2: the way back in vectors
#
# The whole way back. The raised $T$ is the transpose.
#
# $${{ cnnlib.equations.get("S6").printed }}$$

# %% vote 2
Quiz("12_check_the_sources", "vote-vectors", title="Vote 2")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Check the shapes
#
# S explains it so: *flipped* weights are a transposed weight matrix. Is a kernel meant, then?
#
# The second check: write the shape below each letter. In the 1D example the kernel has {{ one_d.w.size }} weights, $\delta$
# has {{ one_d.delta.size }} numbers, and {{ one_d.o.size }} levers are to come out.

# %% check the shapes
print(w.T.shape, "times", delta.shape, "should give", o.shape)
matrix = np.array([ops.cross_correlate(unit, w) for unit in np.eye(6)]).T
print(matrix.T.shape, "times", delta.shape, "gives", (matrix.T @ delta).shape)

# %%
print(matrix.T @ delta, one_d.d_o)

# %% [markdown] slideshow={"slide_type": "subslide"}
# A kernel does not fit there. The matrix $T$ of the whole layer does, whose column $p$ is what the layer
# makes of a single 1 at input $p$ (lesson 05). *Its* transpose sends $\delta$ back. The transpose of a
# kernel is another thing: in 1D it changes nothing, and in 2D it swaps rows and columns.
#
# What the check **cannot see**: shapes that happen to fit. With a 2 × 2 kernel and 2 × 2 deltas the product
# exists, and it means nothing. And it does not see the small $l$, which should be $l+1$ at the weights.

# %% proof 2 slideshow={"slide_type": "subslide"}
equations.get("S6")

# %% [markdown] tags=["clicker"]
# Read kindly, what is S6's w? A: the kernel, transposed. B: the matrix of the layer above, transposed
# (right: then only the number of the layer is off). C: the kernel, turned by 180°.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Vote 3: convolution, rewritten
#
# $I$ is a picture, $K$ a kernel. J defines true convolution in (2), as we do, and rewrites it:
#
# $${{ cnnlib.equations.get("J2").printed }} \qquad (2)$$
#
# $${{ cnnlib.equations.get("J3").printed }} \qquad (3)$$
#
# Are the two the same?

# %% vote 3
Quiz("12_check_the_sources", "vote-rewritten", title="Vote 3")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Check the smallest case
#
# The third check: one row, two weights, all zeros but for a single 1 in each. Whatever comes out is easy to
# follow. The kernel is $K = [\,0 \;\; 1\,]$, the picture $I = [\,1 \;\; 0\,]$. In equation 3, $n$ takes the values 0 and 1, so
# the kernel is asked for its places $0$ and $-1$. The only 1 is at place $1$. Nobody asks for it.

# %% check the smallest case
picture, kernel = [1, 0], {0: 0, 1: 1}  # outside its places a kernel is 0


def equation_3(j, places):
    used = [n for n in places if 0 <= j + n < 2]
    return sum(picture[j + n] * kernel.get(-n, 0) for n in used)


# %%
print("true convolution ", np.convolve([1, 0], [0, 1]))
print("as printed       ", [equation_3(j, [0, 1]) for j in range(3)])
print("limits turned too", [equation_3(j, [-1, 0]) for j in range(3)])

# %% [markdown]
# The step itself, $m \to -m$, is right. But whoever renames a letter in a sum has to rename its limits, too:
# they become $-(k-1)$ and $0$.

# %% proof 3 slideshow={"slide_type": "subslide"}
equations.get("J3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Vote 4: the gradient of the weights, in 2D
#
# J writes it as a true convolution $*$, with $\delta$ turned:
#
# $${{ cnnlib.equations.get("J14").printed }}$$

# %% vote 4
Quiz("12_check_the_sources", "vote-turned-delta", title="Vote 4")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Check with lopsided numbers
#
# In lesson 04 you found $o \otimes \delta$, with nothing turned. Do the two agree?
#
# The fourth check: maps that are not square, numbers without symmetry, **every cell compared**. A turn, a
# mirror, a swap of rows and columns: none can hide there. The input is 5 × 6, the kernel 2 × 3.

# %% check with lopsided numbers
print(tall.d_w)
print(ops.convolve(tall.o, ops.rotate_180(tall.delta), mode="valid"))
print(np.array_equal(tall.d_w, ops.convolve(tall.o, ops.rotate_180(tall.delta), mode="valid")))

# %% [markdown] slideshow={"slide_type": "subslide"}
# It holds. $*$ turns what was turned, and two half turns are none. One condition is not printed: only the
# *valid* part is meant, where $\delta$ lies inside $o$.
#
# ![Above, the input cross-correlated with delta as it stands gives the weight gradient. Below, the input convolved with delta turned by 180 degrees gives the same four numbers: true convolution turns it back.](../figures/turned_delta.svg)

# %% proof 4 slideshow={"slide_type": "subslide"}
equations.get("J14")

# %% [markdown] tags=["notes"]
# About half the class votes "wrong" here, because there is a turn in it. Let them feel it: a formula is
# not wrong because it looks unlike ours. The same two turns stand in J6, the forward pass.

# %% [markdown] slideshow={"slide_type": "skip"}
# **A good place to pause.** When you come back, run the cells above once.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Vote 5: the way back, as a sum
#
# The $\delta$ of the layer below, at the pixel $i', j'$:
#
# $${{ cnnlib.equations.get("J20").printed }}$$

# %% vote 5
Quiz("12_check_the_sources", "vote-border", title="Vote 5")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Check the corners
#
# The fourth check again, at the places where formulas break: the corners. The printed sum has a term for
# every weight, so 6 for every pixel here. Point at corners, edges and the middle: how many are there?

# %% check the corners
LinkedGrids("region-q-size", input=tall.o, kernel=tall.w)

# %% [markdown] slideshow={"slide_type": "subslide"}
# At the corner $(0,0)$ the sum asks for $\delta_{-1,-2}$, which does not exist. Say *a $\delta$ outside its map is
# 0*, and the equation holds. On paper that is half a line. A computer does not know it: NumPy takes index
# $-1$ for the last row, and adds products that do not belong there, without a word.
#
# J's region $Q$, which leads to this sum, needs the same half line. It names a rectangle of outputs that has
# to be clipped at the border.

# %% proof 5 slideshow={"slide_type": "subslide"}
equations.get("J20")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Vote 6: the way back, as a convolution
#
# The last equation of J, and the one that most people copy:
#
# $${{ cnnlib.equations.get("J22").printed }}$$

# %% vote 6
Quiz("12_check_the_sources", "vote-way-back", title="Vote 6")

# %% [markdown] tags=["notes"]
# The class knows this one from lesson 06, and will say "turned twice". Ask for the other side: who can
# read it so that it is right? The star in J4 and J5 is a correlation. Then the vote is about what an author
# means, and that is what readers of the article have asked since the first day.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Check the total, then nudge
#
# The fifth check comes in two sizes. **The total:** $o \cdot \partial E/\partial o$ has to be
# $T = \delta \cdot x$, the number of lesson 02 (not the matrix). It takes ten seconds. **Nudging:** move each input up and
# down, and look what $E$ does. It gives every cell, and it knows no formula at all.

# %% check the total
o, w, delta = two_d.o, two_d.w, two_d.delta
turned = ops.rotate_180(w)
readings = {
    "* as J defines it": ops.convolve(delta, turned, mode="full"),
    "* read as ⊗, full": ops.cross_correlate(delta, turned, mode="full"),
}
for name, d_o in readings.items():
    print(name, np.sum(o * d_o), "and T is", two_d.T)


# %% then nudge
def error(o):
    return 0.5 * np.sum((ops.cross_correlate(o, w) - two_d.t) ** 2)


measured = gradcheck.numerical_gradient(error, o)
for name, d_o in readings.items():
    print(name, f"relative error {gradcheck.relative_error(d_o, measured):.0e}")

# %% [markdown] slideshow={"slide_type": "subslide"}
# Under the definition that J gives, the kernel is turned twice. Read as $\otimes$, which is how J uses the
# same star in equations 4 and 5, and in mode *full*, it is right. Both must be guessed. (What about $f'$? It
# is in the equation, and it is in the right place. We left it out here.)
#
# Try a kernel that hides the mistake, in the picture below: [[1 2] [2 1]]. Now every check passes. A check
# is as good as its numbers.

# %% kernels that hide it slideshow={"slide_type": "subslide"}
LinkedGrids("wrong-formula", input=o, kernel=w, delta=delta, below=two_d.x_below, activation="relu")

# %% proof 6 slideshow={"slide_type": "subslide"}
equations.get("J22")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Five checks
#
# | | check | it finds | it cannot see |
# |---|---|---|---|
# | 1 | **letters**: what is free on each side? | wrong sum letters, letters left over | wrong limits, wrong numbers |
# | 2 | **shapes**: write them below each letter | transposes, *valid* for *full* | square arrays |
# | 3 | **smallest case**: a single 1 in each array | where each product goes, limits left behind | what needs two products |
# | 4 | **lopsided numbers**, every cell, corners too | turns, mirrors, swaps, borders | what you compare with may be wrong as well |
# | 5 | **total**, then **nudging** | everything else; nudging needs no formula | kinks of ReLU; a kernel that hides it |
#
# One failed check refutes a formula. No number of passed checks proves it: that takes letters in place of
# numbers. The machine does it for all cells, at a few sizes; the derivations in lessons 02 to 06 do it for
# every size.

# %% [markdown] tags=["clicker"]
# A formula passes the T check on three examples. What do you know? A: it is right. B: it has not failed yet
# (right). C: it is right for square maps. D: nothing at all.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your turn: mend one
#
# Suppose a library takes the name at its word. Its layer computes a **true** convolution, and turns the kernel on the way
# forward:
#
# $$x = (o * w)_\text{valid}$$
#
# For the way back its manual gives the equation that you know:
#
# $$\frac{\partial E}{\partial o} = (\delta * w)_\text{full}$$
#
# Is it right? Check it first, with the numbers of the 2D example. The target is left out here; the numbers
# of $\delta$ will do.

# %% your turn check it
forward = ops.convolve(o, w, mode="valid")
claimed = ops.convolve(delta, w, mode="full")
print("shapes:", claimed.shape, o.shape)
print("total: ", np.sum(o * claimed), "and T is", np.sum(delta * forward))


# %%
def weighted_sum(o):
    return np.sum(delta * ops.convolve(o, w, mode="valid"))  # its gradient is ∂E/∂o


measured = gradcheck.numerical_gradient(weighted_sum, o).round(6)
measured

# %% [markdown] slideshow={"slide_type": "subslide"}
# The shapes fit, the total does not. Find the right form, and write it for any sizes. One way: start from
# the smallest case, and look where the product goes. You may use `ops`, or loops.


# %% exercise tags=["writing"]
def convolution_input_gradient_2d(delta, w):
    """dE/do of a layer that computes x = (o * w) valid."""
    ...
    # solution
    return ops.cross_correlate(delta, w, mode="full")


# %%
exercises.check("convolution_input_gradient_2d", convolution_input_gradient_2d)

# %% [markdown] tags=["notes"]
# The check tells these apart: the manual's form, one axis, transposed, δ turned in place of w,
# overwriting, valid or same in place of full. The answer in one
# sentence, R9 in the table: exactly one of the two passes turns the kernel.

# %% compare with what was measured
mine = convolution_input_gradient_2d(delta, w)
if mine is None:
    print("not attempted yet: write the function above, then run this cell again")
elif np.shape(mine) != o.shape:
    print("your gradient has shape", np.shape(mine), "and o has", o.shape)
else:
    print(f"relative error: {gradcheck.relative_error(mine, measured):.0e}")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What readers asked
#
# Below J's article its readers asked good questions, for years. A few were helped by another reader, most
# got no answer. Here is each in one line. You have met the long answers.
#
# | | question | answer | where |
# |---|---|---|---|
# | R1 | What is the gradient of the bias? | {{ cnnlib.equations.get("R1").why }} | {{ lesson(2) }} |
# | R2 | What if the stride is more than 1? | Zeros between the deltas, then as always; what was never read gets 0. | {{ lesson(8) }} |
# | R3 | And its weights? | {{ cnnlib.equations.get("R3").why }} | {{ lesson(8) }} |
# | R4 | 3 maps in, 6 filters: how does δ get back? | {{ cnnlib.equations.get("R4").why }} | {{ lesson(9) }} |
# | R5 | And the weights there? | {{ cnnlib.equations.get("R5").why }} | {{ lesson(9) }} |

# %% [markdown] slideshow={"slide_type": "subslide"}
# | | question | answer | where |
# |---|---|---|---|
# | R6 | Two convolution layers, with ReLU and pooling between? | {{ cnnlib.equations.get("R6").why }} | {{ lesson(11) }} |
# | R7 | Does pooling multiply by the activation? | {{ cnnlib.equations.get("R7").why }} | {{ lesson(7) }} |
# | R8 | Why does a figure multiply the last δ with the first input? | {{ cnnlib.equations.get("R8").why }} | {{ lesson(4) }} |
# | R9 | If nothing is flipped forward, is there a flip on the way back? | {{ cnnlib.equations.get("R9").why }} | {{ lesson(6) }}, and *Your turn* above |

# %% readers slideshow={"slide_type": "skip"}
equations.table(f"R{n}" for n in range(1, 10))

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Every verdict
#
# For looking things up. ✓ holds · (✓) holds with a condition · ≈ right once you see what is meant · ✗ wrong
# numbers as printed · + the source gives none. Each equation is shown as it holds. For the printed form, the
# proof and the counterexamples of one of them, ask for its card: `equations.get("J21")`.

# %% every verdict slideshow={"slide_type": "skip"}
equations.table(r.id for r in equations.all() if not r.id.startswith("R"))

# %% [markdown] slideshow={"slide_type": "skip"}
# Do you believe the table? You need not: `.prove()` runs the proof of one equation again. Try others;
# `all(record.prove() for record in equations.all())` runs every one, in a few seconds.

# %% prove one slideshow={"slide_type": "skip"}
equations.get("J21").prove()

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three questions

# %%
Quiz("12_check_the_sources", "quiz")

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>In practice</summary>
#
# - Papers have slips, too, and so has code. When a formula and a library disagree, nudge: it takes three lines.
# - Gradient checks belong in the tests of every layer you write, with sizes that are all different: batch
#   2, channels 3, height 5, width 6. Then no two axes can be swapped unseen.
# - Name the operation by what it does. `cross_correlate` needs no footnote; `conv` does.
# - If you find a mistake in a text, tell the author: the place, the smallest example, the right form.
#   It is the kindest thing one can do for a text.
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Summary
#
# - Most of both texts holds. Where it does not, it is a letter, a limit, a border or a flip too many.
# - Letters, shapes, the smallest case, lopsided numbers in every cell, the total and nudging: five checks, from
#   ten seconds to three lines of code.
# - One failure refutes. Passing does not prove.
# - A formula that looks unlike yours may be right: two half turns are none.
# - Exactly one of the two passes turns the kernel.
#
# **From memory:** write down the five checks, and for each one mistake that it cannot see. Compare with the
# table. Do it again tomorrow.
#
# **Next:** {{ lesson(13) }}, if you want to know why deep networks stopped learning, and what helped.
