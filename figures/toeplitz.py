"""The layer as a matrix, and its transpose

The 1D layer is x = T o; backward, T is transposed, and ∂E/∂o = Tᵀ δ (S6).
"""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw
from cnnlib.examples import one_d
from cnnlib.geometry import Window

ALT = (
    "Left, forward: a matrix T of 4 rows and 6 columns times the input gives the output; each row "
    "is the kernel 2, −1, 1, one step further right. Right, backward: T transposed times delta "
    "gives the input gradient; read along its row 3 the kernel is 1, −1, 2."
)
CELL = 34
PITCH = CELL + draw.GAP
ROW, COLUMN = 1, 3


def toeplitz() -> np.ndarray:
    """T, from the taps: T[i, p] is the weight that output i uses on input p."""
    taps = Window(one_d.w.shape).taps(one_d.o.shape)
    matrix = np.zeros((one_d.x.size, one_d.o.size))
    matrix[taps.output, taps.input] = one_d.w[taps.weight]
    return matrix


def figure() -> Figure:
    """X = T o beside ∂E/∂o = Tᵀ δ; one row of each lit."""
    ax = draw.canvas(height=340)
    matrix = toeplitz()
    product(ax, matrix, ROW, {"input": one_d.o, "output": one_d.x}, left=24)
    product(ax, matrix.T, COLUMN, {"delta": one_d.delta, "gradient": one_d.d_o}, left=432)
    head(ax, "$T$", 24, 4)
    head(ax, r"$T\,^\mathsf{T}$", 432, 6)
    forward = "row 1 of T reads the kernel as it stands"
    backward = "row 3, a column of T, reads it turned"
    for x, words in ((24, forward), (432, backward)):
        draw.label(words, (x, 318), ax=ax)
    return ax.figure


def head(ax, symbol: str, x: float, rows: int) -> None:
    """The matrix's name above it."""
    draw.label(symbol, (x + 2, top_of(rows) - 22), ax=ax, size=22).set_color(draw.INK)


def top_of(rows: int) -> float:
    """Everything is centred on one line."""
    return 180 - rows * PITCH / 2


def product(ax, matrix, row: int, vectors: dict, *, left: float) -> None:
    """Matrix times column = column, with one row of it lit."""
    rows, columns = matrix.shape
    square(ax, matrix, row, (left, top_of(rows)))
    used = [(int(p), 0) for p in np.flatnonzero(matrix[row])]
    x = left + columns * PITCH + 20
    (role, values), (end_role, end_values) = vectors.items()
    vector = stand(ax, values, role, (x, top_of(columns)), lit=used)
    x += PITCH + 34
    draw.label("=", (x - 20, 178), ax=ax, size=20, align="center").set_color(draw.INK)
    answer = stand(ax, end_values, end_role, (x, top_of(rows)), lit=[(row, 0)])
    draw.ring(answer, (row, 0), ax=ax)
    symbol = r"$\partial E/\partial o$" if end_role == "gradient" else None
    draw.caption(vector, ax=ax, words="", above=22)
    draw.caption(answer, ax=ax, symbol=symbol, words="", above=22)


def stand(ax, values, role: str, at, lit) -> draw.Grid:
    """A column of numbers."""
    return draw.grid(np.reshape(values, (-1, 1)), role, ax=ax, at=at, cell=CELL, lit=lit)


def square(ax, matrix: np.ndarray, row: int, at) -> None:
    """Weights as kernel cells, pale zeros elsewhere, one row in a frame."""
    columns = matrix.shape[1]
    frame = draw.box((at[0] - 4, at[1] + row * PITCH - 2), columns * PITCH + 4, PITCH, ax=ax)
    frame.set(
        facecolor=draw.mixed(draw.ROLES["kernel"].colour, 0.12), edgecolor=draw.INK, linewidth=1.5
    )
    for i, p in np.ndindex(matrix.shape):
        place = (at[0] + p * PITCH, at[1] + i * PITCH)
        if matrix[i, p]:
            lit = [0] if i == row else []
            draw.grid([matrix[i, p]], "kernel", ax=ax, at=place, cell=CELL, lit=lit)
        else:
            middle = (place[0] + CELL / 2, place[1] + CELL / 2)
            draw.label("0", middle, ax=ax, size=13, align="center").set_color(
                draw.mixed(draw.INK, 0.5)
            )
