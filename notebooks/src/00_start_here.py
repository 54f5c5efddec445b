# %% [markdown] slideshow={"slide_type": "slide"}
# # Start here
#
# A network looks at a handwritten digit and reads it wrongly. All it gets told is one number: the
# error $E$, how wrong it was. But what it reads depends on thousands of numbers inside it, its
# **weights**. Which of them should move, which way, and how far?
#
# From one number, every weight has to get a **lever** of its own. That is what this course is
# about. You will follow the numbers, forward and back, until nothing about it is a secret.
#
# **You will do:** check that everything works, turn three weights by hand, answer ten questions.
#
# **You will learn:** what a lever is, and how to work with these lessons.
#
# **You need:** Python as far as NumPy arrays; what a derivative is. Nothing about networks.
#
# **Time:** 25 minutes, about half of it for the ten questions.

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

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A live picture
#
# Run the next cell, then point at any number. The numbers that belong to it light up, and the line
# below says how they are put together. Press ▶ under the picture. Double-click a number in one of
# the upper two rows, type another, press Enter. There is nothing to understand yet: lesson 01 begins
# here.

# %% first live picture
from cnnlib.widgets import Levers, LinkedGrids, Progress, Quiz

LinkedGrids("slide-1d", input=[3, 1, 0, 2, -1], kernel=[1, -2], title="Point at a number")

# %% [markdown]
# No picture? Wait a few seconds and run the cell again. Still none: in the menu, choose
# *Kernel → Restart Kernel and Run All Cells*, then reload the page in the browser.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## One minute: three weights, one error
#
# A network is a chain of **layers**. A layer takes numbers in and gives numbers out, and its weights
# decide which. Here is a small layer with three weights. It gives four numbers, and four others are
# wanted. $E$ says how far off it is: {{ one_d.E }} to begin with, 0 would be perfect.
#
# 1. **By hand.** Move the weights and watch $E$. How low can you get? Stop after half a minute.
# 2. **With levers.** Press *Reset*, then *Show the levers*. Each weight says which way it wants to
#    go, and how much it matters. Press *Turn all of them a little* a few times.

# %% levers
Levers()

# %% [markdown] tags=["notes"]
# Let one student call out moves for half a minute and write down the lowest E. Then show the levers
# and turn six times: E is below 0.2. Ask: where did the machine get the levers from? It did not try.
# Nobody gets to 0, whatever they do: three weights cannot make four numbers right. {{ number(one_d.error_at(np.linalg.lstsq(np.lib.stride_tricks.sliding_window_view(one_d.o, 3), one_d.t, rcond=None)[0])) }} is the end.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What a lever says
#
# A lever is how fast $E$ changes when you move that one weight and leave the others alone. For $w[1]$
# it is {{ one_d.d_w[1] }} at the start: raise $w[1]$ by 0.01, and $E$ rises by about {{ 0.01 * one_d.d_w[1] }}. For $w[0]$ it is {{ one_d.d_w[0] }}:
# raise $w[0]$ by 0.01, and $E$ *falls* by about {{ -0.01 * one_d.d_w[0] }}.
#
# The usual name for a lever is **gradient**, written $\partial E/\partial w[1]$: a derivative, with the
# other weights held still. It is not blame, and not a share of the error. It is what a small nudge
# would do.
#
# With three weights you can find the levers by trying each. With a million weights, that would take a
# million runs of the network for one small step. Yet there is a way to get all of them at once, for
# about the price of three runs: **backpropagation**. In a convolutional network it is one sum, read
# in three ways. You will know all three by heart.

# %% [markdown] tags=["clicker"]
# E is {{ one_d.E }} and the lever of w[1] is {{ one_d.d_w[1] }}. Raise w[1] by 0.01. What is E then, about? A: {{ one_d.E + 0.01 * one_d.d_w[1] }} (right).
# B: {{ one_d.E - 0.01 * one_d.d_w[1] }} (sign). C: {{ one_d.E + one_d.d_w[1] }} (the lever added whole). D: {{ one_d.E + 0.01 }} (as far as the weight moved).

# %% [markdown] slideshow={"slide_type": "slide"}
# ## How to work
#
# Each lesson goes round the same four steps.
#
# 1. **Predict.** You are asked a question. Answer it before you go on, and say how sure you are.
#    A wrong prediction is worth more than none: you will remember what surprised you.
# 2. **Touch.** Point at the cells of the grids, change numbers, play and step back. See whether
#    you were right.
# 3. **Derive.** Read the equation for what you have seen. Each line follows from the one before,
#    and says why.
# 4. **Check.** Write the few lines of code yourself. A check tells you which mistake it looks like,
#    not only that there is one. Then compare with a gradient measured by brute force.
#
# Nothing you do can break anything. *Kernel → Restart Kernel and Clear Outputs of All Cells* starts a
# lesson afresh. The code you wrote stays, and so do your answers.
#
# Coming back another day, you find the pictures as you saved them, but Python has forgotten everything. Choose
# *Run → Run All Cells* before you write on.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## One set of letters
#
# | letter | what it is |
# |---|---|
# | $o$ | the numbers that come into a layer |
# | $w$, $b$ | its weights and its bias: what is learnt |
# | $x$ | what the layer computes: $x = o \otimes w + b$ (lesson 01 says what $\otimes$ does) |
# | $f$ | the function that bends it; $f(x)$ is the next layer's $o$ |
# | $E$ | the error: one number for how wrong the network is |
# | $\delta$ | the gradient at $x$: how much $E$ changes when that $x$ is nudged |
#
# You need not learn them now. They come one at a time.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Ten ideas, before you begin
#
# These are the ten ideas of the course. You have not been taught them yet, so *I do not know yet*
# is a good answer. There are no marks. After lesson 11 you get the same ten again and see what you
# have gained. This browser remembers your answers. Nobody collects them.

# %% ten ideas before
Quiz("inventory", "before")

# %% [markdown] tags=["notes"]
# Leave twelve minutes for this, in silence. The result page names no right answer, on purpose: the
# second round, in lesson 11, does. Question 3 is about the lever that they have met a moment ago:
# expect most of the class to have it. It is the other nine that count as a measure.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The lessons
#
# They build on each other, so take them in order.
#
# {{ cnnlib.lessons.markdown_table("") }}
#
# *Sources:* S and J are the two texts that the course works through, equation by equation. Lesson
# 12 says which of their equations hold.

# %% [markdown] slideshow={"slide_type": "subslide"}
# How far have you come? Run this cell whenever you come back.

# %% progress
Progress()

# %% [markdown]
# **Next:** [lesson 01, slide a kernel along a signal](01_slide_a_kernel_1d.ipynb).
