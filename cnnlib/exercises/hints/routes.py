"""Region Q, pooling and stride."""

from cnnlib.exercises.hints.hint import Hint

HINTS: dict[str, Hint] = {
    # Region Q
    "receptive-field-for-region": Hint(
        "Looking in the wrong direction",
        "You list what an output sees. Asked for are the outputs that see this input.",
        "An input is used by outputs at its own place and before it, not after it.",
    ),
    "centred-window": Hint(
        "The region is not centred",
        "Your region lies round the position. A kernel starts at its output and reaches forward.",
        "Output i covers the inputs from i to i + k − 1. For which i does that reach the position?",
    ),
    # Pooling and stride
    "window-index-for-map-index": Hint(
        "An index inside the window",
        "Your winner counts inside its window. It has to count through the whole map, or the way "
        "back is lost.",
        "In a map with W columns, the cell (row, column) is number row · W + column.",
    ),
    "winner-as-value": Hint(
        "The value, not the place",
        "Your winner holds the largest number itself. Asked for is where it stands.",
        "np.argmax tells places, np.max values.",
    ),
    "winner-as-pair": Hint(
        "One number per winner",
        "Your winner is a pair (row, column). Make it one flat index.",
        "np.ravel_multi_index does it, or row · W + column.",
    ),
    "written-into-a-copy": Hint(
        "Nothing was written",
        "All your numbers are 0. If you do add something, then into a copy of the array.",
        "flatten() and astype() make a copy; ravel() is a view of an array just made.",
    ),
    "wrong-row-length": Hint(
        "The wrong row length",
        "A flat index counts along the rows of the whole input. You count with another row length.",
        "How many columns does the input have? That many cells are passed per row.",
    ),
    "tie-to-both": Hint(
        "A tie has one winner",
        "Where two numbers are equally large, both win in your code. The rule here: the first in "
        "reading order wins.",
        "One window, one winner: then one lever goes back, not two.",
    ),
    "tie-to-last": Hint(
        "A tie goes to the first",
        "Where two numbers are equally large, the last one wins in your code. The rule here: the "
        "first in reading order.",
        "Look at your comparison: what does it do when both sides are equal?",
    ),
    "max-started-at-zero": Hint(
        "The largest starts at 0",
        "You begin with 0 as the largest so far. In a window of negative numbers nothing beats it.",
        "Begin with a number from the window.",
    ),
    "share-forgotten": Hint(
        "The share is missing",
        "Average pooling divides by the number of cells in the window. Going back, the same factor "
        "comes in again.",
        "Nudge one of the cells by 1: how much does the mean of its window change?",
    ),
    "routed-to-one": Hint(
        "One cell gets it all",
        "You give everything to one cell of each window. In a mean every cell has its part.",
        "Only a max has a winner.",
    ),
    "spread-to-all": Hint(
        "Everybody gets some",
        "You spread the gradient over the whole window. A max lets one number through, so the "
        "gradient goes back to that one.",
        "winner tells you where.",
    ),
    "activation-multiplied": Hint(
        "The activation came in as a factor",
        "You multiply by the number that the pool let through. A pool passes its winner on as it "
        "is: the factor of the route is 1.",
        "Nudge a winner by 0.01: by how much does the output of its window change?",
    ),
    "stride-ignored": Hint(
        "The stride is missing",
        "You place the outputs side by side. With a stride, output i starts at input stride · i.",
        "Only the taps change: p = stride · i + a. Everything else stays.",
    ),
    "deltas-repeated": Hint(
        "Repeated instead of zeros between",
        "You repeat each δ to fill the gaps. Between two outputs there is none, so there is a 0.",
        "How many outputs are there? That many δ may appear, each once.",
    ),
    # A chain of layers
    "weight-of-own-layer": Hint(
        "The weight of the wrong layer",
        "Coming down to a layer you multiply by that layer's own weight. It lies further down, "
        "between this layer and the one below.",
        "δ of the layer above has met one weight on its way here: the one its x was made with.",
    ),
    "order-reversed": Hint(
        "The wrong way round",
        "Your numbers are right, and begin with the last layer. Asked for is the first layer "
        "first.",
        "You compute them from the top down; turn the list before you return it.",
    ),
    "factors-not-multiplied-up": Hint(
        "Every layer for itself",
        "You give each layer its own two factors only. What comes down has been through all "
        "layers above.",
        "δ of a layer begins with δ of the layer above, not with d_o.",
    ),
    "weight-forgotten": Hint(
        "The weights are missing",
        "You multiply the slopes only. Between two layers there is a weight as well.",
        "x of the layer above is w times o: a nudge of o arrives there times w.",
    ),
}
