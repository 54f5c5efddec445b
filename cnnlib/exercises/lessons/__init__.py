"""The exercises, grouped by lesson; their order is the course's."""

from cnnlib.exercises.lessons import (
    chain,
    channels,
    delta,
    depth,
    errors_1d,
    flip,
    pooling,
    region,
    routing,
    sliding,
    sources,
    step,
    stride,
    training,
    weights_2d,
)
from cnnlib.exercises.task import Exercise

EXERCISES: dict[str, Exercise] = {
    exercise.name: exercise
    for module in (
        sliding,
        errors_1d,
        step,
        weights_2d,
        flip,
        region,
        delta,
        pooling,
        routing,
        stride,
        channels,
        training,
        chain,
        sources,
        depth,
    )
    for exercise in module.EXERCISES
}
