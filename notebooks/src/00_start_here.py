# %% [markdown] slideshow={"slide_type": "slide"}
# # Start here
#
# A network looks at a handwritten digit and reads it wrongly. All it gets told is one number,
# the error $E$. From that one number every weight in the network must learn which way to move.
# How? That is what this course is about: you will follow the numbers, forward and back, until
# nothing about it is a secret.
#
# **You will do:** check that everything works, touch a first live picture, see what comes.
#
# **You need:** Python as far as NumPy arrays; what a derivative is.
#
# **Time:** 5 minutes.

# %% [markdown] tags=["notes"]
# Say that E is a single number. Ask the class how many weights a network has, then how one number
# can tell each of them what to do. Collect guesses, answer none.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ## Does everything work?
#
# Click into the cell below and press Shift and Enter together. That runs the cell and moves on to
# the next. You run every cell of this course that way.

# %%
from cnnlib import environment

print(environment.report())

# %% [markdown]
# If a line says that something is missing, it also says what to do.
#
# Now a live picture. Run the next cell, then point at any number. The numbers that belong to it
# light up, and the line below says how it was made. Press ▶. Change a number. There is nothing to
# understand yet: lesson 01 begins here.

# %% first live picture
from cnnlib.widgets import LinkedGrids

LinkedGrids("slide-1d", input=[1, 2, 0, -1, 3, 1], kernel=[2, -1, 1], title="Point at a number")

# %% [markdown]
# No picture? Wait a few seconds and run the cell again. Still none: in the menu, choose
# *Kernel → Restart Kernel and Run All Cells*, then reload the page in the browser.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## How to work
#
# Each lesson goes round the same four steps.
#
# 1. **Predict.** You are asked a question. Answer it before you go on, and say how sure you are.
#    A wrong prediction is worth more than none: you will remember what surprised you.
# 2. **Touch.** Point at the cells of the grids, change numbers, play and step back. See whether
#    you were right.
# 3. **Derive.** Read the equation for what you just saw. Each line follows from the one before,
#    and says why.
# 4. **Check.** Write the few lines of code yourself. A check tells you what is wrong, not just
#    that something is. Then compare with a gradient measured by brute force.
#
# Nothing you do can break anything. *Kernel → Restart Kernel and Clear Outputs of All Cells* takes
# you back to the start.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## One set of letters
#
# | letter | what it is |
# |---|---|
# | $o$ | the numbers that come into a layer |
# | $w$, $b$ | its weights and its bias: what is learnt |
# | $x$ | what the layer computes: $x = o \otimes w + b$ |
# | $f$ | the function that bends it; $f(x)$ is the next layer's $o$ |
# | $E$ | the error: one number for how wrong the network is |
# | $\delta$ | the gradient at $x$: how much $E$ changes when that $x$ is nudged |
#
# You need not learn them now. They come one at a time.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The lessons
#
# They build on each other, so take them in order. Each one says how long it takes.
#
# | | lesson | what you will be able to say |
# |---|---|---|
# | 01 | [Slide a kernel, 1D](01_slide_a_kernel_1d.ipynb) | what a convolution layer computes, number by number |
# | 02 | Send errors back, 1D | how the error reaches weights, bias and inputs |
# | 03 | Slide a kernel, 2D | why a kernel needs so few weights |
# | 04 | Collect weight gradients | which products add up to one weight's gradient |
# | 05 | Flip the kernel | when a kernel is turned, and when not |
# | 06 | Follow the delta | where the flip in the backward pass comes from |
# | 07 | Pool and route | what pooling does to the errors |
# | 08 | Stride, pad, dilate | why only the list of products changes |
# | 09 | Stack channels | how many maps become many others, and back |
# | 10 | Train a CNN | how a network learns to read digits |
# | 11 | Trace one number | the way from one pixel to the error |
# | 12 | Check the sources | which printed equations are right |
# | 13 | Keep gradients alive | why deep networks stop learning |

# %% [markdown]
# **Next:** [lesson 01, slide a kernel along a signal](01_slide_a_kernel_1d.ipynb).
