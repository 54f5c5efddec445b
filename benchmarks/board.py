"""What watching costs: the same run with a TrainingBoard and without, side by side."""

from collections.abc import Iterator

from benchmarks.timing import Duel, duel
from cnnlib import data
from cnnlib.network import small_cnn
from cnnlib.training import evaluate, fit
from cnnlib.widgets import TrainingBoard

EPOCHS = 25
REACH = 1.1


def board_duels(rounds: int) -> Iterator[tuple[str, Duel]]:
    """Against a loop that reads the test images after each epoch, as the board does."""
    (images, labels), test = data.digits()

    def watched() -> None:
        TrainingBoard(small_cnn(), images, labels, test=test, epochs=EPOCHS).run()

    def plain() -> None:
        network = small_cnn()
        for step in fit(network, images, labels, epochs=EPOCHS):
            if step.ends_epoch:
                evaluate(network, *test)

    yield f"small_cnn, {EPOCHS} epochs of digits", duel(watched, plain, rounds)
