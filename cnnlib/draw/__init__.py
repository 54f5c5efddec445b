"""Figures in the widgets' visual language: functions take arrays and an Axes and return artists.

    ax = draw.canvas(height=200)
    o = draw.grid([1, 2, 0], "input", ax=ax, at=(100, 40), lit=[0])
    draw.caption(o, ax=ax, beside=16)

Compute first (`geometry`, `ops`, `examples`), then draw. Importing this package loads Matplotlib.
"""

from cnnlib.draw.canvas import arrow, beam, box, canvas, curve, label, line, title
from cnnlib.draw.captions import badges, caption, joined, name, ruler
from cnnlib.draw.formulas import Part, chip, formula, gather, parts_width, row, sum_parts
from cnnlib.draw.grids import Grid, grid, ring
from cnnlib.draw.matrices import connections, shade_of, tiles
from cnnlib.draw.pictures import picture
from cnnlib.draw.signals import band, trace, trace_points
from cnnlib.draw.style import CELL, GAP, INK, RC, ROLES, Role, factor, mixed, number, text_width

__all__ = [
    "CELL",
    "GAP",
    "INK",
    "RC",
    "ROLES",
    "Grid",
    "Part",
    "Role",
    "arrow",
    "badges",
    "band",
    "beam",
    "box",
    "canvas",
    "caption",
    "chip",
    "connections",
    "curve",
    "factor",
    "formula",
    "gather",
    "grid",
    "joined",
    "label",
    "line",
    "mixed",
    "name",
    "number",
    "parts_width",
    "picture",
    "ring",
    "row",
    "ruler",
    "shade_of",
    "sum_parts",
    "text_width",
    "tiles",
    "title",
    "trace",
    "trace_points",
]
