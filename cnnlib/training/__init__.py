"""Training: small steps down the gradient, one batch at a time, as a generator that can be paused.

for step in fit(network, images, labels, epochs=25):
print(step.epoch, step.loss, step.accuracy)
"""

from cnnlib.training.evaluation import Evaluation, evaluate
from cnnlib.training.fitting import fit
from cnnlib.training.optimiser import momentum_step
from cnnlib.training.state import Settings, State, Step

__all__ = ["Evaluation", "Settings", "State", "Step", "evaluate", "fit", "momentum_step"]
