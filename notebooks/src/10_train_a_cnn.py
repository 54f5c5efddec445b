# %% [markdown] slideshow={"slide_type": "slide"}
# # 10 · Train a CNN
#
# All parts are there: convolution, ReLU, pool, dense, softmax, and the way back through each of them.
# Now they learn to read handwriting, and you watch.
#
# **You will do:** guess the loss before any training; check every gradient of the network; make it learn
# ten images by heart; train it on {{ count(len(data.digits()[0][1])) }} digits with a live board; draw a digit it misreads; find a bug.
#
# **You will learn:** what to check before you train, what to watch while you train, and the four mistakes that
# cost people the most days.
#
# **You need:** lesson 04 (the step $w - \eta \, \partial E/\partial w$), lesson 06 (δ on its way back), lesson 09 (dense layer,
# softmax, $\delta = p - \text{onehot}$).
#
# **Time:** 70 minutes. A good place to pause is marked, after the board.

# %% [markdown] tags=["notes"]
# The lesson for the hall: train live. Let the class bet on the loss before training and on the test accuracy
# after one epoch. The board runs about ten seconds; have it in Large size, on *Curves*.
# Training needs the notebook; in the deck the board has finished, and goes back along its curves.

# %%
import numpy as np

from cnnlib import data, exercises, network, ops, training
from cnnlib.widgets import Quiz, SketchPad, TrainingBoard

# %% [markdown] slideshow={"slide_type": "subslide"}
# First, two questions: one from lesson 09, one from lesson 07. Answer without looking back.

# %%
Quiz("10_train_a_cnn", "recall")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The data and the network
#
# Real digits, written by 13 people, 8 by 8 pixels each. {{ count(len(data.digits()[0][1])) }} of them are for training. {{ len(data.digits()[1][1]) }} are put
# aside: the **test images**. The network never learns from them. They tell us whether it has learned to
# read, or only to remember.

# %%
(images, labels), test = data.digits()
images.shape, labels.shape, test[0].shape

# %% [markdown] slideshow={"slide_type": "subslide"}
# The network is the chain of lesson 09: convolution, ReLU and pool, twice, then a dense layer to ten
# scores, one for each digit. In the table, look where the weights are: the second convolution has most of them.

# %%
small = network.small_cnn(seed=0)
small.summary()

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Predict: the loss before any training
#
# The weights are small random numbers. The ten scores are all near 0. The loss is $E = -\ln p$ of the right
# digit, the mean over the images. What will it be, about?

# %% predict the loss
Quiz("10_train_a_cnn", "predict")

# %%
loss, delta = ops.softmax_cross_entropy(small.scores(images), labels)
print(f"loss {loss:.3f}, and ln 10 = {np.log(10):.3f}")

# %% [markdown]
# Who knows nothing gives each digit the same chance, $p = 1/10$, and $-\ln(1/10) = \ln 10 \approx {{ number(np.log(10)) }}$.
# This check takes one line, before any training. A loss of 8 at the start says: the first weights are far too
# large. A loss of 0.1 says: the labels have leaked into the input.

# %% [markdown] tags=["clicker"]
# Ten classes, small random weights. The loss before training is about: A: 0 (nothing is wrong yet). B: 0.1
# (one in ten). C: 2.3 (right: ln 10). D: 10 (one for each class).

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Check every gradient
#
# In lessons 02 to 09 you checked one layer at a time. Now the whole network at once: nudge a weight up and
# down, run all layers forward, and compare with what the way back says. Each line is one array of weights; at most 40 weights
# of each are tried.

# %%
errors = network.gradient_errors(small, images[:3], labels[:3], most=40)
for name, error in errors.items():
    print(f"{name:9} {error:.0e}")

# %% [markdown]
# All far below 1e-7: every formula agrees with brute force. If conv1 is wrong and all others are right, the
# bug sits between conv1 and the layer above it. The way back reaches conv1 last.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Ten images by heart
#
# The next check before a long training: can the network learn **ten images by heart**? A network with
# {{ count(sum(w.size for w in cnnlib.network.small_cnn().parameters.values())) }} weights must manage that. If the loss does not go to almost 0, do not train longer. Look for a bug.
#
# Here is the training step. One line is missing: the new weights. Take away the `#` and fill it in;
# `gradients[name]` is $\partial E/\partial w$ for `values`. The rate is {{ number(0.3) }}.

# %% ten images tags=["writing"]
ten, their_labels = images[:10], labels[:10]
learner = network.small_cnn(seed=0)
losses = []
for _ in range(60):
    trace = learner.forward(ten)
    loss, dloss = ops.softmax_cross_entropy(trace.scores, their_labels)
    gradients = learner.backward(trace, dloss)
    losses.append(loss)
    # stub
    stepped = dict(learner.parameters)
    # stepped = {name: ... for name, values in learner.parameters.items()}
    learner.parameters = stepped
    # solution
    stepped = {name: values - 0.3 * gradients[name] for name, values in learner.parameters.items()}
    learner.parameters = stepped

# %%
print("loss, every tenth step:", np.round(losses[::10], 3))
print("by heart" if losses[-1] < 0.1 else "not yet: the loss should end below 0.1")

# %% [markdown] slideshow={"slide_type": "subslide"}
# Forward, loss, backward, step: that is all of training. `training.fit` does the same with batches of 64
# images in a new order in each **epoch** (one pass through all images), and with momentum: each step
# also goes on a little in the direction of the one before.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your turn: the whole step, from the inside
#
# Above, `forward` and `backward` did the work. Now without them, for one dense layer with softmax: images
# in `o`, one row each, their class numbers in `labels`. Return the new `w` and `b`.
#
# Scores $s = o\,W^\mathsf{T} + b$; probabilities $p$; $\delta = (p - \text{onehot})/N$ for a batch of $N$ images; then
# the two gradients, then the step. NumPy is allowed, `cnnlib` is not.


# %% exercise the step tags=["writing"]
def training_step(o, labels, w, b, rate):
    """The weights and the bias after one step of gradient descent."""
    ...
    # solution
    scores = o @ w.T + b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    delta = powers / powers.sum(axis=1, keepdims=True)
    delta[np.arange(len(o)), labels] -= 1
    delta = delta / len(o)
    return w - rate * delta.T @ o, b - rate * delta.sum(axis=0)


# %%
exercises.check("training_step", training_step)

# %% [markdown] tags=["notes"]
# The check tells these apart: sum for mean, softmax differentiated twice, scores for probabilities, onehot
# forgotten, softmax over the batch, first image only, bias forgotten, uphill, no rate, the step instead of
# the weights.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Train it, live
#
# Before you start it, write down three guesses: the share of test digits it will read right after **one**
# epoch; after all {{ number(25) }}; and which layer's gradient will be the smallest.
#
# Then press **Start**. Pause whenever you like, and look: the step that is being computed is finished, then it
# waits. (If you have run all cells, it is running already. *Start again* begins anew.)

# %% train it live slideshow={"slide_type": "subslide"}
small = network.small_cnn(seed=0)  # as new, also when this cell is run again
board = TrainingBoard(small, images, labels, test=test, epochs=25, title="Digits")
board

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>No live picture here?</summary>
#
# This page only shows files. Open the lesson in JupyterLab or on the course's site; there it looks like this:
#
# ![The board when training has ended. Three charts over the epochs: the loss falls, the accuracy rises, the lengths of three gradients shrink. Below them, ten digits to choose from, the kernels, their gradients and feature maps, and a table of which digit was read as which.](../figures/screenshot_training_board.png)
#
# </details>

# %% [markdown]
# The next cell waits until the training has ended; it starts it if you have not. The board stays usable meanwhile.

# %% wait for it
found = await board.train()
found

# %% [markdown] tags=["notes"]
# Stop at epoch 1 and at epoch 5: where is the test curve? Move the mouse along the loss curve: kernels and maps
# follow. Ask which layer's gradient is smallest before you say a word about the third chart.

# %% [markdown] slideshow={"slide_type": "slide"}
# ### What happened
#
# Move the mouse along the loss curve. The board goes back to that moment; choose a digit, and see how its
# probabilities grow.
#
# - The loss begins at $\ln 10$ and falls fast. After **one** epoch the network reads more than half of the test
#   digits, at the end about {{ number(98) }} in 100. Compare with your guesses:

# %%
for epoch in (0, 1, 5, 25):
    told = board.history[min(epoch, len(board.history) - 1)]
    print(f"epoch {told.epoch:2}: test loss {told.test_loss:.3f}, right {told.test_accuracy:.1%}")

# %% [markdown] slideshow={"slide_type": "subslide"}
# - Towards the end the training loss is nearly 0, and the test loss stays above it. From there on the
#   network learns its training images by heart. More epochs would hardly help.
# - **Which layer's gradient is smallest?** conv1's, the one that lies deepest. Its δ has come through the dense
#   layer, two pools, two ReLUs and conv2. Masks and routes let only some of it through. But small is not gone: conv1 learns
#   all the same. Lesson 13 makes networks in which it does not.
# - In the confusion matrix a row says what a digit *is*, a column what it was *read as*. Look at the
#   worst mistakes. Would you have read them?

# %% [markdown] tags=["clicker"]
# Which layer has the smallest gradient while this network trains? A: conv1 (right: farthest from the loss).
# B: conv2. C: dense. D: all the same, the loss is one number.

# %% [markdown] slideshow={"slide_type": "skip"}
# **A good place to pause.** When you come back, run the cells above once.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Draw a digit
#
# The network has seen 13 people's handwriting. Yours was not among them. Draw a digit. Then draw one that it
# **misreads**, and change as little as you can until it changes its mind.

# %% draw a digit slideshow={"slide_type": "subslide"}
SketchPad(small)

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>No live picture here?</summary>
#
# This page only shows files. Open the lesson in JupyterLab or on the course's site; there it looks like this:
#
# ![A drawn 7 on the left, then the eight by eight pixels that the network sees, the gradient at each of these pixels, and a bar for the probability of each digit. It reads 7.](../figures/screenshot_sketch_pad.png)
#
# </details>

# %% [markdown]
# The picture of $\partial E/\partial o$ is the lever of every pixel: region $Q$ of lesson 06, through all layers, down to
# the image. Where it is far from 0, a little ink, or a little less, moves the loss. Try it there.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Four ways to lose a day
#
# None of them raises an error. Say for each what you expect, then run it.
#
# **1. The learning rate.** Two epochs each, with a rate that is too small, one that fits, and one that is too large.


# %% the learning rate
def trained(rate, labels=labels, epochs=2):
    fresh = network.small_cnn(seed=0)
    for _ in training.fit(fresh, images, labels, epochs=epochs, rate=rate):
        pass
    return training.evaluate(fresh, *test)


for rate in (0.0005, 0.05, 0.5):
    print(f"rate {rate}: {trained(rate)}")

# %% [markdown]
# Too small: it goes the right way, but hardly moves. Too large: it jumps past every valley. The loss ends at about
# $\ln 10$ again: the ReLUs are dead, and the network guesses. The curve tells you which it is: slow and falling, or
# jumping and flat.

# %% [markdown] slideshow={"slide_type": "subslide"}
# **2. Labels shuffled apart.** Somebody shuffles the labels, but not the images. Shapes fit, nothing complains.

# %% labels shuffled apart
shuffled = np.random.default_rng(0).permutation(labels)
trained(0.05, labels=shuffled)

# %% [markdown]
# The loss stays at about $\ln 10$: there is nothing to learn. That looks like a bug in the way back. But the
# gradient check is fine. **Look at the data**: show a few images with their labels.

# %% [markdown] slideshow={"slide_type": "subslide"}
# **3. Test images in training.** Somebody trains with everything there is, then tests with a part of it. What will the test say?

# %% test images in training
everything = [np.concatenate(pair) for pair in zip((images, labels), test, strict=True)]
cheat = network.small_cnn(seed=0)
for _ in training.fit(cheat, *everything, epochs=8):
    pass
training.evaluate(cheat, *test)

# %% [markdown]
# Better than the honest number, after fewer epochs. It is the one mistake that makes the result *better*, so
# nobody looks for it. It measures memory, not reading.

# %% [markdown] slideshow={"slide_type": "subslide"}
# **4. The sign.** $w + \eta\,\partial E/\partial w$ in place of minus. Five steps on the ten images:

# %% the sign tags=["writing"]
uphill, climbed = network.small_cnn(seed=0), []
for _ in range(5):
    trace = uphill.forward(ten)
    loss, dloss = ops.softmax_cross_entropy(trace.scores, their_labels)
    gradients = uphill.backward(trace, dloss)
    uphill.parameters = {n: w + 0.1 * gradients[n] for n, w in uphill.parameters.items()}
    climbed.append(loss)
print(np.round(climbed, 2))

# %% [markdown]
# It starts at $\ln 10$ and rises: this one is easy to see. **A loss that rises from the first step is a sign. A loss that
# falls and then jumps is the rate. A loss that stays is the data, or a gradient that is 0.**

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Find the bug
#
# Here is a way back for one convolution, ReLU, one dense layer and softmax. It runs, and the shapes
# fit. One line is wrong. The small check below says which of the two gradients is. Mend the line.


# %% find the bug tags=["writing"]
def two_layers_backward(o, w, v, label):
    """dE/dw of the convolution and dE/dv of the dense layer, for one image."""
    x = ops.cross_correlate(o, w)
    h = ops.relu(x)
    delta = ops.softmax((v @ h.ravel())[None])[0]
    delta[label] -= 1
    d_v = np.outer(delta, h.ravel())
    d_h = (v.T @ delta).reshape(h.shape)
    # stub
    d_x = ops.relu_backward(d_h, d_h)
    d_w = ops.cross_correlate(o, d_x)
    return d_w, d_v
    # solution
    d_x = ops.relu_backward(d_h, x)
    d_w = ops.cross_correlate(o, d_x)
    return d_w, d_v


# %% [markdown]
# A network of the same layers, with the same weights, has a way back that is checked. Compare:

# %% compare tags=["writing"]
layers = [network.Conv(1, 1, (3, 2)), network.ReLU(), network.Flatten(), network.Dense(42, 10)]
checked = network.Network(layers, seed=3, dtype=float)
w, v = checked.parameters["conv1.w"][0, 0], checked.parameters["dense1.w"]
trace = checked.forward(images[:1].astype(float))
gradients = checked.backward(trace, ops.softmax_cross_entropy(trace.scores, labels[:1])[1])
d_w, d_v = two_layers_backward(images[0, 0].astype(float), w, v, labels[0])
print("dE/dv right:", np.allclose(d_v, gradients["dense1.w"]))
print("dE/dw right:", np.allclose(d_w, gradients["conv1.w"][0, 0]))

# %%
exercises.check("two_layers_backward", two_layers_backward)

# %% [markdown] tags=["notes"]
# The bug: the ReLU masks by the sign of the lever, d_h, where it should look at x. dE/dv is right, so δ and
# h are. Only two lines come after. Let a student say why a map where x and the lever have the same sign
# everywhere would hide it.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three questions

# %%
Quiz("10_train_a_cnn", "quiz")

# %% [markdown] slideshow={"slide_type": "skip"}
# <details>
# <summary>In practice</summary>
#
# - The same loop in PyTorch: `scores = model(x)`, `loss = F.cross_entropy(scores, y)`,
#   `loss.backward()`, `optimizer.step()`, and `optimizer.zero_grad()`, which people forget: PyTorch *adds*
#   gradients to those of the step before.
# - Usually the data are split in three. One part is for choosing the rate and the number of epochs
#   (validation), and the test is looked at once, at the end. Whoever chooses with the test set learns from it too.
# - One run is one throw of the dice. Try `network.small_cnn(seed=1)`: the accuracy differs in the last digit.
#
# </details>

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Summary
#
# - Before training: the loss is $\ln(\text{classes})$; every gradient agrees with brute force; ten images can be learned by
#   heart.
# - A step: forward, loss, backward, $w \leftarrow w - \eta\,\partial E/\partial w$. First all gradients, then the step.
# - While it trains: loss and accuracy on training **and** test images, and the length of each layer's gradient.
# - Rate too small: slow. Too large: it jumps, then guesses. Labels shuffled apart: it stays at $\ln 10$. Test images in
#   training: too good.
#
# **From memory:** write the four lines of a training step, and the three checks before it. Compare with the first two points. Do
# it again tomorrow.
#
# **Next:** the network misreads some digits. Lesson 11 follows one number through all its layers, forward and back.
