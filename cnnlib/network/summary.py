"""A network as a table: shapes, parameters and how many pixels each output sees."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from math import prod

from cnnlib.geometry import Shape
from cnnlib.network.base import Layer
from cnnlib.network.layers import Dense, Flatten
from cnnlib.network.records import INPUT

HEAD = ("layer", "what it does", "output shape", "parameters", "receptive field")


@dataclass(frozen=True)
class Row:
    """One layer of a summary.

    Attributes
    ----------
    name, words : str
        The layer's name, and what it does.
    shape : tuple of int
        Of its output for one image.
    parameters : int
        How many weights and biases.
    field : tuple of int
        The pixels of the image that one output depends on, per axis, at most the whole image.
    """

    name: str
    words: str
    shape: Shape
    parameters: int
    field: Shape

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        count = f"{self.parameters:,}" if self.parameters else "–"
        return (self.name, self.words, _by(self.shape), count, _by(self.field))


@dataclass(frozen=True)
class Summary:
    """A table that shows itself as text and as HTML.

    Attributes
    ----------
    rows : tuple of Row
        One for the input and one per layer.
    """

    rows: tuple[Row, ...]

    @property
    def parameters(self) -> int:
        """All weights and biases."""
        return sum(row.parameters for row in self.rows)

    def __str__(self) -> str:
        lines = [HEAD, *(row.cells for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        text = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
        return "\n".join([*text, f"{self.parameters:,} parameters"])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{escape(word)}</th>' for word in HEAD)
        body = "".join(
            f'<tr><th scope="row">{escape(row.cells[0])}</th>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in row.cells[1:])
            for row in self.rows
        )
        return (
            f"<table><caption>{self.parameters:,} parameters</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


def summarise(layers: Mapping[str, Layer], shapes: Mapping[str, Shape]) -> Summary:
    """The table of layers whose output shapes are given, the input's first."""
    fields = _fields(layers, shapes)
    rows = [Row(INPUT, "", shapes[INPUT], 0, next(fields))]
    for name, layer in layers.items():
        count = sum(prod(shape) for shape in layer.parameter_shapes().values())
        rows.append(Row(name, layer.describe(), shapes[name], count, next(fields)))
    return Summary(tuple(rows))


def _fields(layers: Mapping[str, Layer], shapes: Mapping[str, Shape]) -> Iterator[Shape]:
    """Receptive fields, layer by layer: each adds its reach, in steps of the ones before it."""
    image = shapes[INPUT][1:]
    field, step = (1,) * len(image), (1,) * len(image)
    yield field
    for layer in layers.values():
        if isinstance(layer, Dense | Flatten):
            field = image if isinstance(layer, Dense) else field
        elif window := layer.window(len(image)):
            reach = zip(field, window.extent, step, image, strict=True)
            field = tuple(min(f + (e - 1) * s, size) for f, e, s, size in reach)
            step = tuple(s * by for s, by in zip(step, window.stride, strict=True))
        yield field


def _by(shape: Shape) -> str:
    return "×".join(map(str, shape)) or "1"
