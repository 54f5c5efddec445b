r"""The derivations, line by line: each line is equal to the one before, and each has its numbers.

A line that begins with ``=`` goes on from the line above; any other is a statement of its own.
"""

from functools import cache

from cnnlib.equations import derivations_1d, derivations_2d, derivations_strided
from cnnlib.equations.plan import Line, Plan

__all__ = ["Line", "Plan", "plans"]


@cache
def plans() -> dict[str, Plan]:
    """Each derivation under the id of every equation that it passes through."""
    sources = (*derivations_1d.PLANS[:2], *derivations_2d.PLANS, *derivations_1d.PLANS[2:])
    made = (*sources, *derivations_strided.PLANS)
    return {id: plan for plan in made for id in plan.ids}
