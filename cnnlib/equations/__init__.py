"""Every equation of both sources: as printed, as it holds, proved or refuted by machine.

`all()` gives the records, `get("J22")` one of them, `derivation("J16")` the lines that lead to it
and `table()` the verdicts. An equation is stored as LaTeX: that text is what the proofs evaluate.
"""

from collections.abc import Iterable
from functools import cache

from cnnlib.equations.records import Equation
from cnnlib.equations.steps import Derivation
from cnnlib.equations.table import Table

__all__ = ["Derivation", "Equation", "Table", "all", "derivation", "get", "table"]


@cache
def _registry() -> dict[str, Equation]:
    from cnnlib.equations import (
        pooling,
        readers,
        source_j,
        source_j_back,
        source_j_weights,
        source_s,
    )

    parts = (source_s, source_j, source_j_weights, source_j_back, pooling, readers)
    return {record.id: record for part in parts for record in part.EQUATIONS}


def all() -> list[Equation]:
    """Every record: S1-S8, J1-J22 with region Q, P1-P3, and R1-R9 for what readers asked.

    Returns
    -------
    list of Equation
        In the order of the sources.
    """
    return list(_registry().values())


def get(id: str) -> Equation:
    """One record.

    Parameters
    ----------
    id : str
        For example ``"J22"``.

    Returns
    -------
    Equation

    Raises
    ------
    KeyError
        There is no such equation.
    """
    records = _registry()
    if id not in list(records):
        raise KeyError(
            f"{id!r} is given; one of {', '.join(records)} is expected: pass an id of these"
        )
    return records[id]


def derivation(id: str) -> Derivation:
    """The derivation that an equation belongs to; J10 to J14 are one, J16 to J22 another.

    Parameters
    ----------
    id : str
        ``"S3"``, ``"S5"``, ``"J10"`` ... ``"J14"``, ``"J16"`` ... ``"J22"``, ``"P1"`` ... ``"P3"``,
        ``"R2"``.

    Returns
    -------
    Derivation

    Raises
    ------
    KeyError
        There is no derivation of this equation.
    """
    from cnnlib.equations.derivations import plans

    if id not in list(plans()):
        known = ", ".join(plans())
        raise KeyError(f"{id!r} is given; one of {known} is expected: pass an id of these")
    return Derivation(plans()[id])


def table(ids: Iterable[str] | None = None) -> Table:
    """Equation, verdict and one line why, for some equations or all of them.

    Parameters
    ----------
    ids : str or iterable of str, optional
        Which equations; all unless given.

    Returns
    -------
    Table

    Raises
    ------
    KeyError
        There is no such equation.
    """
    ids = [ids] if isinstance(ids, str) else ids
    return Table(all() if ids is None else [get(id) for id in ids])
