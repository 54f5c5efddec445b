"""Sums of products, gradients and levers."""

from cnnlib.exercises.hints.hint import Hint

PRODUCTS = "Every number of this lesson is a sum of products δ[i] · w[a] · o[p] with p = i + a."

HINTS: dict[str, Hint] = {
    # Sums
    "mean-for-sum": Hint(
        "A mean instead of a sum",
        "Your numbers are divided by a count. Nothing is averaged here: the paths add up.",
        "Several paths from one number to E: the chain rule adds them.",
    ),
    "mean-for-max": Hint(
        "A mean instead of the largest",
        "You take the mean of each window. Max pooling keeps its largest number.",
        "One number wins and goes through unchanged; the others do not count.",
    ),
    "not-summed": Hint(
        "The products are not added yet",
        "You return the single products. Those that belong together still have to be added.",
        "Which index is left in the name of the result? Sum over every other one.",
    ),
    "wrong-index-summed": Hint(
        "Summed over the wrong index",
        "You add up the products of one output. Group them by the thing you want the gradient of.",
        "The index in the name of the gradient stays fixed; the sum runs over the other ones.",
    ),
    "window-not-moved": Hint(
        "The window stands still",
        "Every product reads the input at the same place. The index of the output is missing.",
        "Output i uses weight a on input p = i + a: both i and a are in it.",
    ),
    "window-hops": Hint(
        "The window moves too far",
        "Your window moves by its own width. Here it moves by one cell at a time.",
        "Windows overlap: an input is used by several outputs.",
    ),
    "overlap-overwritten": Hint(
        "Overwritten instead of added",
        "Where two products meet in one cell, you keep the last one only.",
        "A plain = throws away what was there. So does d[index] += … in NumPy when an index is "
        "repeated: it adds once (np.add.at adds every time).",
    ),
    "batch-not-summed": Hint(
        "The batch is not added up",
        "All images use the same weights, so the gradients of all of them add up. Yours holds one "
        "image, or one gradient per image.",
        "The result has no axis N: sum over it.",
    ),
    "batch-summed": Hint(
        "The images are mixed",
        "Each image has its own input, so it has its own gradient. Yours mixes the images.",
        "N is in the shape of the result: nothing is added over it.",
    ),
    "filters-not-summed": Hint(
        "One filter only",
        "An input channel feeds every filter, so something comes back from each of them. You keep "
        "one.",
        "Forward the sum runs over the channels. Which sum runs backward?",
    ),
    "channels-swapped": Hint(
        "Channels and filters are swapped",
        "The two first axes have changed places. D counts filters (out), C channels (in).",
        "w[d, c] joins input channel c with filter d. Follow one such pair by hand.",
    ),
    "one-kernel-for-all": Hint(
        "One kernel for all channels",
        "Each pair of a channel and a filter has its own little kernel. You use one for several.",
        "With C channels and D filters there are C · D little convolutions.",
    ),
    # What a gradient is
    "contribution-for-gradient": Hint(
        "A contribution, not a gradient",
        "You multiplied by the very thing you want the gradient of. A gradient is a lever: how "
        "much E changes per nudge. It can be large where the thing itself is 0.",
        PRODUCTS + " Cross out the one you differentiate by; what is left is multiplied.",
    ),
    "delta-forgotten": Hint(
        "δ is missing",
        "You add up how much x changes, but not how much E changes with x.",
        "The chain rule has two factors for every path. " + PRODUCTS,
    ),
    "derivative-missing": Hint(
        "f′ is missing",
        "You have ∂E/∂o. The δ of this layer is ∂E/∂x, on the other side of f.",
        "o = f(x): one more factor in the chain, cell by cell.",
    ),
    "derivative-at-output": Hint(
        "f′ at the wrong place",
        "You take f′ at o = f(x). It has to be taken at x. With ReLU you would not notice.",
        "f′ asks how steep f is where it was entered, not at the height it reached.",
    ),
    "derivative-twice": Hint(
        "f′ is there twice",
        "The factor f′ has come in two times.",
        "Between o and x there is one f, so one factor f′.",
    ),
    "derivative-of-layer-above": Hint(
        "f′ in the wrong layer",
        "You multiply before you go back through the kernel, so f′ meets δ of the layer above.",
        "First back through the kernel to o, then through f to x.",
    ),
    "relu-by-delta-sign": Hint(
        "The mask looks at δ",
        "You cut where the error signal is negative. f′ depends on x alone.",
        "A negative δ is a message like any other. Which x let it through?",
    ),
    "relu-assumed": Hint(
        "Every f is taken for ReLU",
        "You use x > 0 as the mask. That is ReLU's f′; here f_prime is given.",
        "Call f_prime with an array and look at what comes back.",
    ),
    "wrong-sign": Hint(
        "The sign is the other way round",
        "Every number has the right size and the wrong sign.",
        "δ is x − t: positive where the output is too high. Going down means minus the gradient.",
    ),
    "update-for-gradient": Hint(
        "An update, not a gradient",
        "Your numbers are the gradient times a small factor. The gradient comes first; the step "
        "with its rate is another line.",
        "No rate stands in the arguments, so none can be in the result.",
    ),
    "updated-too-early": Hint(
        "The weights were changed too early",
        "The error has to travel back through the weights that were used on the way forward.",
        "First all gradients, then the step.",
    ),
    "constant-factor": Hint(
        "Off by one factor",
        "All your numbers are too large or too small by the same factor.",
        "Is there a 2, a ½ or a count in your code that has no place in the sum?",
    ),
    "step-for-weights": Hint(
        "The step, not the weights",
        "You return how far to go. Asked for is where you are after the step.",
        "Start from w.",
    ),
    "rate-forgotten": Hint(
        "The rate is missing",
        "You go the whole length of the gradient. The rate says how much of it.",
        "Try rate = 0: then nothing may change.",
    ),
    "bias-as-count": Hint(
        "A count instead of a gradient",
        "You count the outputs. Each of them has its own lever on E: its δ.",
        "Nudge b by 0.01: every x goes up by 0.01. How much does E change through each of them?",
    ),
    "bias-not-summed": Hint(
        "One bias, many outputs",
        "You return more than one number. There is one bias for the whole map.",
        "b reaches E through every output. What happens to several paths?",
    ),
}
