"""LinkedGrids: grids of numbers joined by taps, the engine behind every linear lesson."""

import math
from importlib import import_module
from typing import Any, ClassVar, Self

import anywidget
import numpy as np
import traitlets as t
from numpy.typing import NDArray

from cnnlib import ops
from cnnlib.geometry import Position, Window
from cnnlib.widgets.configurations import (
    BUNDLES,
    CONFIGURATIONS,
    CONTROLS,
    GRIDS,
    LINEAR,
    SUMS,
    bundle_of,
    listed,
)
from cnnlib.widgets.counting import KINDS, Counts, check_size, count_connections, count_paths
from cnnlib.widgets.deltas import refitted
from cnnlib.widgets.pictures import Input
from cnnlib.widgets.traits import STATIC, Array, Floats, OptionalArray, single

GEOMETRY = ("input", "kernel", "stride", "padding", "dilation")


class LinkedGrids(anywidget.AnyWidget):
    """Grids of numbers joined by taps: point at a cell and its partners light up.

    Everything a person does happens in the browser; edits, settings and the selection come back
    when the kernel is free, so ``w.kernel`` is the array on the screen.

    Parameters
    ----------
    config : str
        Which picture: one of ``CONFIGURATIONS`` ("slide-1d", "slide-2d", ...).
    input, kernel : array_like
        Both with one axis or both with two.
    delta : array_like, optional
        Gradient at the output, shape of the output; gradients are shown only where it is given.
    bias : float
        Added to every output.
    stride, padding, dilation : int
        The same on every axis; in cells.
    grids : sequence of str, optional
        Which grids to show, in order; the last one is stepped through.
    masked : str
        A result grid whose cells the reader predicts before they are revealed ("" for none).
    by : str
        What a step is: a whole "cell" of the result, or one "product" on its way into it.
    grouping, leave_out
        In "readings": how the products are grouped, and whether a group leaves out its own factor.
    connections : str
        In "sharing": "dense", "local", "shared" or "both".
    title, lecture, notation, controls, editable
        Heading; large type; letters "course", "S" or "PyTorch"; which controls and which grids can
        be used.

    Attributes
    ----------
    position : int
        The step the picture stands at; in the reading order of the last grid, from 0.
    selected : list
        ``[grid, flat index]`` of the selected cell, or empty; `selection` reads it.
    revealed, guesses : list
        Flat indices of the masked cells that are shown; the predictions so far, each a dict.
    seed : int
        For the numbers of the next "random".

    Raises
    ------
    TraitError
        A value does not fit: the message says what was given, what is expected, and the remedy.

    Examples
    --------
    >>> w = LinkedGrids("slide-1d", input=[1, 2, 0, -1, 3, 1], kernel=[2, -1, 1])
    >>> w.output
    array([ 0.,  3.,  4., -4.])
    """

    bundle = "LinkedGrids"
    needs: ClassVar[tuple[str, ...]] = ("input", "kernel")
    unmasked: ClassVar[str] = ""  # the remedy, where no cells can be predicted
    _esm = STATIC / "linked_grids.js"
    _css = STATIC / "linked_grids.css"

    config = t.Enum(tuple(CONFIGURATIONS), "slide-1d").tag(sync=True)
    title = t.Unicode("").tag(sync=True)
    input = Input()
    kernel = Array()
    delta = OptionalArray()
    bias = t.Float(0.0).tag(sync=True)
    stride = t.Int(1, min=1).tag(sync=True)
    padding = t.Int(0, min=0).tag(sync=True)
    dilation = t.Int(1, min=1).tag(sync=True)
    grids = t.List(t.Enum(GRIDS), minlen=1).tag(sync=True)
    controls = t.List(t.Enum(CONTROLS)).tag(sync=True)
    editable = t.List(t.Enum(("input", "kernel", "delta"))).tag(sync=True)
    masked = t.Enum(("", *GRIDS), "").tag(sync=True)
    position = t.Int(0, min=0).tag(sync=True)
    selected: t.List[Any] = t.List().tag(sync=True)
    revealed = t.List(t.Int(min=0)).tag(sync=True)
    guesses = t.List(t.Dict()).tag(sync=True)
    lecture = t.Bool(False).tag(sync=True)
    notation = t.Enum(("course", "S", "PyTorch"), "course").tag(sync=True)
    seed = t.Int(0, min=0).tag(sync=True)
    grouping = t.Enum(("output", "weight", "input"), "output").tag(sync=True)
    leave_out = t.Bool(False).tag(sync=True)
    by = t.Enum(("cell", "product"), "cell").tag(sync=True)
    connections = t.Enum(KINDS, "both").tag(sync=True)

    def __new__(cls, config: str = "slide-1d", **traits: Any) -> Self:
        """Some configurations are drawn by another bundle, which has a class of its own."""
        drawn_by: Any = cls
        if cls is LinkedGrids and (name := bundle_of(config)) in BUNDLES:
            drawn_by = getattr(import_module(f"cnnlib.widgets.{BUNDLES[name][0]}"), name)
        made: Self = super().__new__(drawn_by, config, **traits)
        return made

    def __init__(self, config: str = "slide-1d", **traits: Any) -> None:
        preset = CONFIGURATIONS.get(config)
        if preset is None:
            known = ", ".join(CONFIGURATIONS)
            raise t.TraitError(f"config is {config!r}; one of these is expected: {known}")
        unknown = set(traits) - set(self.trait_names())
        if unknown:
            raise t.TraitError(f"unknown settings {sorted(unknown)}: see help(LinkedGrids)")
        if any(traits.get(name) is None for name in self.needs):
            needs = " and ".join(f"{name}=..." for name in self.needs)
            raise t.TraitError(f"LinkedGrids needs {needs}: pass arrays")
        super().__init__(config=config, **listed({**preset._asdict(), **traits}))

    @property
    def window(self) -> Window:
        """The geometry on the screen."""
        return Window(self.kernel.shape, self.stride, self.padding, self.dilation)

    @property
    def output(self) -> Floats:
        """The output x = o ⊗ w + b (J7, S1), computed by ``ops``."""
        o, w = self._stacked()
        return single(ops.conv(o, w, np.array([self.bias]), **self._moves()))

    @property
    def weight_gradient(self) -> Floats | None:
        """∂E/∂w (J13, S3), shape of the kernel; None without deltas."""
        if self.delta is None:
            return None
        o, w = self._stacked()
        return single(ops.conv_backward(self.delta[None, None], o, w, **self._moves())[1])

    @property
    def input_gradient(self) -> Floats | None:
        """∂E/∂o (J17, S5), shape of the input; None without deltas."""
        if self.delta is None:
            return None
        o, w = self._stacked()
        return single(ops.conv_backward(self.delta[None, None], o, w, **self._moves())[0])

    @property
    def selection(self) -> tuple[str, Position] | None:
        """The cell that is selected on the screen: its grid and position."""
        if not self.selected:
            return None
        grid, flat = self.selected
        return grid, tuple(int(i) for i in np.unravel_index(flat, self._shape(grid)))

    @property
    def counts(self) -> Counts:
        """How many connections and how many different weights `connections` makes."""
        return count_connections(self.window, self.input.shape, self.connections)

    @property
    def region_sizes(self) -> NDArray[np.intp]:
        """|Q|: how many outputs use each input; shape of the input."""
        used = self.window.taps(self.input.shape).input
        return np.bincount(used, minlength=self.input.size).reshape(self.input.shape)

    def path_counts(self, position: Position) -> NDArray[np.intp]:
        """Paths from each input through two layers to an output.

        Parameters
        ----------
        position : tuple of int
            The output of the second layer.

        Returns
        -------
        ndarray of int, shape of the input

        Raises
        ------
        TypeError, ValueError
            The position is not one on that output, or the kernel does not fit a second time.
        """
        return count_paths(self.window, self.input.shape, position)

    def _shape(self, grid: str) -> tuple[int, ...]:
        shapes = {"kernel": self.kernel.shape, "weight-gradient": self.kernel.shape}
        one = self.window.output_shape(self.input.shape)
        if grid == "connections":
            return math.prod(one), self.input.size
        if grid == "output" and self.config == "two-layers":
            return self.window.output_shape(one)
        return one if grid in ("output", "delta", "hidden") else shapes.get(grid, self.input.shape)

    def _outputs(self) -> tuple[int, ...]:
        """Shape of the output; which of several wrong settings is told first is left to chance."""
        try:
            return self.window.output_shape(self.input.shape)
        except ValueError as error:
            raise t.TraitError(str(error)) from None

    def _moves(self) -> dict[str, int]:
        return {"stride": self.stride, "padding": self.padding, "dilation": self.dilation}

    def _stacked(self) -> tuple[Floats, Floats]:
        return self.input[None, None], self.kernel[None, None]

    @t.validate(*GEOMETRY)
    def _fits(self, proposal: Any) -> Any:
        proposed = {name: getattr(self, name) for name in GEOMETRY}
        proposed[proposal.trait.name] = proposal.value
        input_, kernel, *moves = (proposed[name] for name in GEOMETRY)
        if input_.ndim != kernel.ndim:
            raise t.TraitError(
                f"input has {input_.ndim} axes and kernel {kernel.ndim}; "
                "the same number is expected: pass both in 1D or both in 2D"
            )
        try:
            check_size(self.config, input_.shape, Window(kernel.shape, *moves))
        except (TypeError, ValueError) as error:
            raise t.TraitError(str(error)) from None
        return proposal.value

    @t.validate("config")
    def _same_bundle(self, proposal: Any) -> Any:
        if bundle_of(proposal.value) != self.bundle:
            raise t.TraitError(
                f"config {proposal.value!r} is drawn by another module than the one on the screen: "
                f"make a new widget, LinkedGrids({proposal.value!r}, ...)"
            )
        return proposal.value

    @t.validate("grids")
    def _drawn_here(self, proposal: Any) -> Any:
        own = CONFIGURATIONS[self.config].grids
        free = self.config in LINEAR
        fits = set(proposal.value) <= set(SUMS) if free else set(proposal.value) == set(own)
        if not fits or len(set(proposal.value)) < len(proposal.value):
            raise t.TraitError(
                f"grids is {proposal.value!r}; {self.config!r} draws {', '.join(own)}: "
                + (f"choose from {', '.join(SUMS)}, each once" if free else "leave grids out")
            )
        return proposal.value

    @t.validate("delta")
    def _matches(self, proposal: Any) -> Any:
        delta = proposal.value
        expected = self._outputs()
        if delta is not None and delta.shape != expected:
            raise t.TraitError(
                f"delta has shape {delta.shape}; the output has {expected}: "
                "pass one number for each output"
            )
        return delta

    @t.validate("masked")
    def _can_be_predicted(self, proposal: Any) -> Any:
        if proposal.value and self.unmasked:
            raise t.TraitError(
                f"masked is {proposal.value!r}; {self.config!r} asks for no predictions: "
                f"{self.unmasked}"
            )
        return proposal.value

    @t.validate("selected")
    def _on_a_grid(self, proposal: Any) -> Any:
        match proposal.value:
            case []:
                return []
            case [str(grid), int(flat)] if grid in GRIDS and 0 <= flat < np.prod(self._shape(grid)):
                return [grid, flat]
        raise t.TraitError(
            f"selected is {proposal.value!r}; [] or [grid, flat index on that grid] is expected"
        )

    @t.observe(*GEOMETRY)
    def _refit_delta(self, _: Any) -> None:
        """Deltas keep their place in reading order when the output's shape changes."""
        expected = self.window.output_shape(self.input.shape)
        if self.delta is not None and self.delta.shape != expected:
            self.delta = refitted(self.delta, expected)
