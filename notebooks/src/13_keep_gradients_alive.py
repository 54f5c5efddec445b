# %% [markdown] slideshow={"slide_type": "slide"}
# # 13 · Keep gradients alive
#
# You know how $\delta$ goes back through one layer. What is left of it after ten layers? After thirty?
# This lesson is optional. It explains why deep networks could not be trained for a long time, and which
# two simple choices changed that.
#
# **You will do:** send $\delta$ down a chain of layers by hand and in code; watch it fade and explode;
# choose weights that keep it alive; see a network learn that did not learn before.
#
# **You will learn:** why sigmoids stop gradients, what He's and Xavier's weights are for, and when a
# ReLU unit dies.
#
# **You need:** lesson 02 (delta, lever), lesson 06 ($f'$ at $x$ of the layer below), lesson 10 (training).
#
# **Time:** 50 minutes. A good place to pause is marked, about half-way.

# %% [markdown] tags=["notes"]
# Two surprises carry the lesson: ten sigmoid layers leave less than a millionth, and weights four times
# as large make it worse, not better. Let the class commit before each of them.

# %%
import numpy as np

from cnnlib import data, exercises, gradcheck, ops
from cnnlib.network import Dense, Flatten, Network, ReLU, Sigmoid, Tanh
from cnnlib.training import evaluate, fit
from cnnlib.widgets import DepthPlot, Quiz

# %% [markdown] slideshow={"slide_type": "subslide"}
# First, two questions: one from lesson 12, one from lesson 10. Answer without looking back.

# %%
Quiz("13_keep_gradients_alive", "recall")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A chain of ten
#
# Take the smallest deep network there is: ten layers with **one unit** each. Every layer multiplies by its
# weight and bends with the sigmoid:
#
# $$x^l = w^l \, o^{l-1} \qquad o^l = f(x^l) \qquad l = 1, \dots, 10$$
#
# All weights are 1. At the top, $\partial E/\partial o^{10}$ comes in. How much of it reaches $x^1$, at
# the bottom?

# %% predict the rest
Quiz("13_keep_gradients_alive", "predict")

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Look
#
# Each bar is the size of $\delta$ at one layer. Each line further down is 1000 times smaller. Point at a layer:
# what did its weight do to $\delta$, and what did its $f'$ do? The dotted marks are ¼ for each layer passed.

# %% a chain of ten
DepthPlot(title="Ten sigmoid layers, w = 1", controls=["depth", "size"])

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>No live picture here?</summary>
#
# This page only shows files. Open the lesson in JupyterLab or on the course's site; there it looks like this:
#
# ![Ten bars, one for each layer, on a scale of powers of ten. From the right, where the gradient comes in, to the left, next to the input, each bar reaches further down. Under each stand its two factors, the weight and the slope.](../figures/screenshot_depth_plot.png)
#
# </details>

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# On its way down, $\delta$ meets two factors at every layer: the weight, and the slope $f'$.
#
# $$\delta^{\,l} = w^{l+1} \, \delta^{\,l+1} \, f'(x^l)$$
#
# This is lesson 06 with one unit: back through $w$, then through $f$. The weights are 1 here, so only
# the slopes count. And the slope of the sigmoid is at most ¼, at $x = 0$. Ten of them give at most
#
# $$\left(\tfrac14\right)^{10} \approx {{ number(1e6 * 0.25**10) }} \text{ millionths}$$
#
# In truth it is less, since $x$ is not 0: about one part in {{ number(1e-6 / cnnlib.widgets.DepthPlot().measured.size[0], 1) }} million. The first layer learns nothing
# that you could see. Factors below 1 are not subtracted. They are **multiplied**.

# %% [markdown] tags=["clicker"]
# Ten sigmoid layers, all weights 1. What part of the gradient reaches the first layer? A: all of it, w is 1
# (f′ forgotten). B: about a quarter (f′ once). C: about 1/40 (added, not multiplied). D: less than a
# millionth (right).

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Three layers by hand
#
# Three layers, every $x$ is 0, so every slope is ¼. $\partial E/\partial o^3 = 64$. The weights are
# $w = [5 \; 2 \; 3]$, the first layer first. Begin at the top:
#
# - $\delta^3 = 64 \cdot \tfrac14 = 16$
# - $\delta^2$: through $w^3 = 3$, then through $f'$: $\; 16 \cdot 3 \cdot \tfrac14 = 12$
# - $\delta^1$: yours. Which weight does it take?

# %% the last one
# stub
delta_1 = ...
# solution
delta_1 = 12 * 2 / 4

# %%
if delta_1 is ...:
    print("not attempted yet: put a number in place of the dots")
elif delta_1 == 6:
    print("Right: through w² = 2, then a quarter. w¹ = 5 lies further down still.")
else:
    print("Not yet. From layer 2 to layer 1 you pass the weight that made x².")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Larger weights?
#
# Each layer loses a factor ¼ at best. So make every weight 4: $4 \cdot \tfrac14 = 1$. Does $\delta$ stay
# alive now?

# %% predict larger weights
Quiz("13_keep_gradients_alive", "predict-larger")

# %% try larger weights slideshow={"slide_type": "subslide"}
DepthPlot(
    title="Move the weights: can they save it?", controls=["activation", "gain", "depth", "size"]
)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# With $w = 4$ only one part in {{ number(1e-9 / cnnlib.widgets.DepthPlot(gain=4.0).measured.size[0], 0) }} billion is left, far less than with $w = 1$. The weights act on the way
# *forward*, too: they make $x$ larger, and far from 0 the sigmoid is flat. Point at a layer: its weight gives a
# factor 4, its slope takes away much more. You cannot choose the two factors one by one.
#
# Now set the weights back to 1 and try the other functions. tanh has the slope 1 at 0:
# {{ number(cnnlib.widgets.DepthPlot(activation="tanh").measured.size[0]) }} is left after ten layers. ReLU has the slope 1 for every positive $x$: all of it arrives.

# %% [markdown] tags=["notes"]
# Move the slider slowly from 1 to 4 and let someone read out the two factors of a layer. The best weight
# for the sigmoid lies between 1 and 2, and it is not good enough either.

# %% [markdown] slideshow={"slide_type": "skip"}
# **A good place to pause.** When you come back, run the cells above once.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Many units, random weights
#
# A real layer has many units, and its first weights are random. Then a unit's lever is a **sum**: over
# all units above, weight times $\delta$. Suppose there are $n$ of them, and the weights have mean 0 and
# standard deviation $s$. Random signs partly cancel. What is left?
#
# The lever is $\partial E/\partial o = \sum_k w_k \, \delta_k$. Squared, and on average over the weights, it is
# $n \, s^2$ times the mean of $\delta^2$. Every product has on average the square $s^2 \delta^2$, and there
# are $n$ of them. Mixed products $w_j w_k \delta_j \delta_k$ are as often positive as negative, and cancel.
# Let the machine try it:

# %% the sum of many
rng = np.random.default_rng(0)
n, s = 50, 0.3
above = rng.normal(size=(1000, n))  # deltas of 1000 images
w = rng.normal(0, s, (n, n))
print(f"mean square: {np.mean((above @ w) ** 2):.2f}, and n s²: {n * s**2:.2f}")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### The right size
#
# We want this factor, times what $f'$ does, to be 1. Then $\delta$ neither fades nor explodes.
#
# - **tanh** near 0 has the slope 1. So $n s^2 = 1$, and $s = \sqrt{1/n}$. This is **Xavier's** choice. (His
#   full form is $\sqrt{2/(n_\text{in} + n_\text{out})}$, a compromise between the way forward and the way back.)
# - **ReLU** lets about half of the units through, with slope 1, and stops the rest. Half of the squares
#   are lost: $\tfrac12 n s^2 = 1$. Which $s$ does that give? This is **He's** choice.
#
# Write it for a layer of 64 units:

# %% the right size
n = 64
# stub
s = 1.0
# solution
s = np.sqrt(2 / n)

# %%
above = rng.normal(size=(1000, n))
w = rng.normal(0, s, (n, n))
below = (above @ w) * (rng.normal(size=above.shape) > 0)  # ReLU's mask
ratio = np.mean(below**2) / np.mean(above**2)
print(f"one layer multiplies δ² by {ratio:.2f}:", "that lives" if 0.8 < ratio < 1.2 else "not yet")

# %% [markdown] slideshow={"slide_type": "slide"}
# ### Thirty layers
#
# 32 units per layer now, random weights. Change $f$, the weights, the depth. Before each one: what do you
# expect?
#
# 1. *sigmoid*, *Xavier*, then *He*: do good weights save the sigmoid?
# 2. *ReLU* with *He*, 30 layers. Then *Xavier*: a factor $\sqrt{1/2}$ per layer seems harmless.
# 3. *ReLU*, *He*, all weights × 2. What does $\delta$ do now?
# 4. *tanh* with *Xavier*, then all weights × 3. Look at the two factors of a layer.
#
# With ReLU some bars are striped: there some units have $f' = 0$ for every input. The picture calls them
# *dead*. How that happens is told in *Units that die*.

# %% thirty layers
DepthPlot(activation="relu", initialisation="he", depth=12, title="What is left of δ?")

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### What happened
#
# 1. No. About 1 and a little more through the weights, at most ¼ through the slopes: it fades.
# 2. With He about {{ number(cnnlib.widgets.DepthPlot(activation="relu", initialisation="he", depth=30).measured.size[0], 1) }} is left after 30 layers. With Xavier one part in {{ number(1e-3 / cnnlib.widgets.DepthPlot(activation="relu", initialisation="xavier", depth=30).measured.size[0], 0) }} thousand. A small factor, thirty times.
# 3. It **explodes**: each layer doubles it. A step of training would throw the weights far away.
# 4. The larger $x$ sits where tanh is flat, so larger weights come with smaller slopes: three times as
#    much through $w$, less than half through $f'$. $\delta$ still grows, but much more slowly.
#
# He and Xavier are the size at which a layer hands on about as much as it got. They are the defaults
# of today's libraries.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Units that die
#
# ReLU has a price. Where $x < 0$ its slope is 0, and no $\delta$ passes. That is fine as long as some *other*
# image brings a positive $x$. But if $x$ is negative for **every** image, the unit gets no gradient at
# all. It cannot come back: it is **dead**. How does a unit die? One step that is too large will do.

# %% one step
o, t = np.array([1.0, 2.0, 3.0]), np.array([0.0, 1.0, 1.0])  # three inputs, three targets


def step(w, b, rate):
    x = w * o + b
    delta = (ops.relu(x) - t) * (x > 0)
    return w - rate * np.sum(delta * o), b - rate * np.sum(delta)


# %% two rates
for rate in (0.05, 0.5):
    w, b = 1.0, 0.0
    for _ in range(3):
        w, b = step(w, b, rate)
        print(f"rate {rate}: w = {w:5.2f}, b = {b:5.2f}, x =", (w * o + b).round(2))

# %% [markdown] slideshow={"slide_type": "subslide"}
# With the small rate the unit learns. With the large one the first step overshoots: all three $x$ are
# negative, $\delta$ is 0, and nothing moves any more. The targets are still wrong, and the unit cannot hear it.
#
# Below, all biases are −0.2, and 16 inputs are sent through. Striped bars are layers with units that are dead
# for all of them. Move the bias to −0.3: what is left at the bottom? Then try *leaky ReLU*, which keeps a
# tenth of a negative $x$: its slope is never 0.

# %% dead units
DepthPlot(
    activation="relu",
    initialisation="he",
    bias=-0.2,
    title="A negative bias",
    controls=["activation", "bias", "depth", "random", "size"],
)

# %% [markdown] tags=["clicker"]
# A ReLU unit has x < 0 for every training image. What does the next step do to it? A: the error is large, so
# it is pulled back (δ taken for E). B: only its bias moves. C: nothing (right: f′ = 0, every gradient is
# 0). D: its weights shrink to 0.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your turn
#
# Write the way down the chain: $\delta$ of every layer, for any number of layers with one unit each. `x` and
# `w` hold one number per layer, the first layer first; `d_o` is $\partial E/\partial o$ of the **last** layer;
# `f_prime` is a function of $x$. Return as many deltas as there are layers, the first layer first.


# %% exercise tags=["writing"]
def chain_deltas(x, w, d_o, f_prime):
    """Delta of every layer of a chain, from the top down."""
    ...
    # solution
    delta = np.zeros(len(x))
    for layer in reversed(range(len(x))):
        delta[layer] = d_o * f_prime(x[layer])
        d_o = w[layer] * delta[layer]  # for the layer below
    return delta


# %%
exercises.check("chain_deltas", chain_deltas)

# %% [markdown] tags=["notes"]
# The check tells these apart: f′ missing (also at the top only), f′ twice, at o, of the layer above; the
# weight of the layer itself in place of the one above; every layer for itself; the list the wrong way
# round.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### Measured by brute force
#
# Add a little to $x$ of each layer, run the rest of the chain, look at $E$. Here $E$ is the last $o$
# itself, so $\partial E/\partial o = 1$ at the top.

# %% the chain
ws = np.array([0.5, 2.0, -1.5, 1.0])


def forward(nudge):
    """x of every layer, each moved by its nudge, and the last o."""
    xs, o = [], 1.0
    for weight, extra in zip(ws, nudge, strict=True):
        xs.append(weight * o + extra)
        o = ops.sigmoid(xs[-1])
    return np.array(xs), o


# %% measured
measured = gradcheck.numerical_gradient(lambda nudge: forward(nudge)[1], np.zeros(4))
mine = chain_deltas(forward(np.zeros(4))[0], ws, 1.0, lambda x: ops.sigmoid(x) * ops.sigmoid(-x))
if mine is None:
    print("not attempted yet: write chain_deltas above, then run this cell again")
elif np.shape(mine) != measured.shape:
    print("your deltas have shape", np.shape(mine), "and there are", len(measured), "layers")
else:
    print(f"relative error: {gradcheck.relative_error(mine, measured):.0e}")

# %% [markdown]
# A relative error of 1e-7 or less is agreement.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Does it matter?
#
# A network of eight dense layers, for the digits of lesson 10. Same data, same seed. Only $f$ and the
# size of the first weights differ.

# %% eight layers
(images, labels), (test_images, test_labels) = data.digits()


def deep(f, initialisation):
    hidden = [layer for _ in range(6) for layer in (Dense(32, 32), f)]
    layers = [Flatten(), Dense(64, 32), f, *hidden, Dense(32, 10)]
    return Network(layers, input_shape=(1, 8, 8), initialisation=initialisation, seed=1)


kinds = {"sigmoid": (Sigmoid(), "xavier"), "tanh": (Tanh(), "xavier"), "ReLU": (ReLU(), "he")}
networks = {name: deep(*kind) for name, kind in kinds.items()}

# %% [markdown] slideshow={"slide_type": "subslide"}
# First the gradients, before any training. How large is the gradient of the first layer's weights, against
# that of the last one's?

# %% first and last
for name, network in networks.items():
    trace = network.forward(images[:64])
    _, dloss = ops.softmax_cross_entropy(trace.scores, labels[:64])
    norms = network.backward(trace, dloss).norms()
    print(f"{name:8} first layer {norms['dense1']:.5f}   last layer {norms['dense8']:.5f}")

# %% [markdown]
# Then five epochs each. A network that guesses has 10 % right.

# %% train them
for name, network in networks.items():
    for _ in fit(network, images, labels, epochs=5):
        pass
    share = evaluate(network, test_images, test_labels).accuracy
    print(f"{name:8} {100 * share:.0f} % of the test digits right")

# %% [markdown] slideshow={"slide_type": "subslide"}
# The sigmoid network has all its weights, the right equations and the same data. It still guesses: its
# first layers are not told anything. The other two learn at once.
#
# Try it: ReLU with `"xavier"`; four layers instead of eight; more epochs for the sigmoid. (Change
# the numbers above and run the cells again.)

# %% [markdown] tags=["notes"]
# If someone asks which of the two is better: after five epochs tanh is ahead here, and with other seeds
# or more epochs ReLU may be. The point is the gap to the sigmoid.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three questions

# %%
Quiz("13_keep_gradients_alive", "quiz")

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>In practice</summary>
#
# - **Small CNNs** like the one of lesson 10 have few layers. There ReLU and He's weights are all you need.
# - **Skip connections** add a layer's input to its output, $o + f(x)$. Then $\delta$ has a second path, with
#   the factor 1: paths add up, as in lesson 02. This is how networks of a hundred layers are trained.
# - **Normalisation** brings $x$ of every layer back to mean 0 and size 1, image after image or batch after
#   batch. The size of the weights then matters less.
# - **Clipping** cuts a gradient that has become too long before the step is taken. It helps against
#   explosion, not against fading.
# - The **last** layer may have a sigmoid or softmax. Together with cross-entropy its slope cancels:
#   $\delta = p - \text{onehot}$ (lesson 09).
# - The first weights must not all be equal: equal units would get equal gradients, and stay equal.
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Summary
#
# - On its way down $\delta$ meets two factors at each layer, $w$ and $f'$. Over many layers they multiply:
#   below 1 it fades, above 1 it explodes.
# - The slope of the sigmoid is at most ¼. Ten layers leave less than a millionth. Larger weights do not
#   help: they push $x$ to where the sigmoid is flat.
# - With $n$ random weights a layer multiplies $\delta^2$ by $n s^2$, and by what $f'$ lets through. For ReLU
#   $s = \sqrt{2/n}$ (He), for tanh $s = \sqrt{1/n}$ (Xavier).
# - ReLU's slope is 1 or 0. Alive, it hands on everything. A unit whose $x$ is negative for every image is
#   dead.
#
# **From memory:** write the line for $\delta^{\,l}$ of a chain, and say why weights of 4 do not rescue the
# sigmoid.
#
# **Next:** this was the last lesson. Go back to one you found hard, answer its questions again, and see how
# far you have come.
