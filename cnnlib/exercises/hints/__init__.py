"""What to tell a student about each misconception: a title, a hint, a second one when asked."""

from cnnlib.exercises.hints import behaviour, places, routes, sums, training
from cnnlib.exercises.hints.hint import Hint

__all__ = ["HINTS", "Hint"]

HINTS: dict[str, Hint] = places.HINTS | sums.HINTS | routes.HINTS | training.HINTS | behaviour.HINTS
