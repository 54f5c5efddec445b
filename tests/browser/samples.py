"""One widget of every kind and configuration, with everything that it may want."""

from functools import partial

from cnnlib import data
from cnnlib.examples import one_d, stacked, two_d
from cnnlib.network import small_cnn
from cnnlib.widgets import (
    DepthPlot,
    Levers,
    LinkedGrids,
    NetworkTrace,
    Progress,
    Quiz,
    SketchPad,
    TrainingBoard,
)
from cnnlib.widgets.configurations import CONFIGURATIONS


def linked(config):
    """LinkedGrids of a configuration, with everything that it may want."""
    if config == "pool":
        return LinkedGrids(config, input=two_d.o, size=2, stride=1, delta=two_d.delta)
    if config == "channels":
        return LinkedGrids(config, input=stacked.o, kernel=stacked.w, delta=stacked.delta)
    one = one_d if config in ("slide-1d", "readings", "toeplitz") else two_d
    given = {"input": one.o, "kernel": one.w, "delta": one.delta, "below": one.x_below}
    known = LinkedGrids(config, input=one.o, kernel=one.w, delta=one.delta).trait_names()
    return LinkedGrids(config, **{k: v for k, v in given.items() if k in known})


def finished_board():
    (images, labels), test = data.digits()
    board = TrainingBoard(small_cnn(), images[:64], labels[:64], test=test, epochs=2)
    board.run()
    return board


SAMPLES = {
    "DepthPlot": DepthPlot,
    "Levers": Levers,
    "NetworkTrace": lambda: NetworkTrace(small_cnn(), *(part[:3] for part in data.digits()[1])),
    "Progress": Progress,
    "Quiz": lambda: Quiz("02_send_errors_back_1d", "quiz"),
    "SketchPad": lambda: SketchPad(small_cnn()),
    "TrainingBoard": finished_board,
    **{config: partial(linked, config) for config in CONFIGURATIONS},
}
