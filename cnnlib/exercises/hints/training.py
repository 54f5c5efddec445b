"""Softmax, the mean over a batch, and the whole step."""

from cnnlib.exercises.hints.hint import Hint

HINTS: dict[str, Hint] = {
    "sum-for-mean": Hint(
        "A sum where the loss is a mean",
        "Your step grows with the number of images. The loss is the mean over the batch, so its "
        "gradient is too.",
        "Hand in every image twice: the step must stay the same.",
    ),
    "softmax-twice": Hint(
        "The softmax is differentiated twice",
        "You multiply by the derivative of softmax once more. It is already in δ.",
        "Softmax and cross-entropy together leave a very short δ: lesson 09.",
    ),
    "scores-for-probabilities": Hint(
        "Scores where probabilities belong",
        "You compare the scores themselves with the labels. Scores are no probabilities yet.",
        "What has to happen to a row of scores so that it adds up to 1?",
    ),
    "onehot-forgotten": Hint(
        "The label never comes in",
        "Your δ is the same whichever class is right.",
        "In the column of the right class, δ is negative: this score should rise.",
    ),
    "softmax-over-batch": Hint(
        "Softmax along the wrong axis",
        "Your probabilities add up to 1 over the images. They belong to one image each.",
        "One row, one image: each row adds up to 1.",
    ),
    "bias-forgotten": Hint(
        "The bias stays where it was",
        "The weights are stepped, the bias is not.",
        "b has a gradient of its own, and the same rate.",
    ),
}
