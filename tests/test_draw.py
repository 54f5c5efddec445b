import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from cnnlib import draw
from cnnlib.examples import one_d, two_d


@pytest.fixture
def ax():
    return draw.canvas(height=300)


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_a_canvas_counts_pixels_from_the_top_left(ax):
    width, height = (72 * inches for inches in ax.figure.get_size_inches())
    np.testing.assert_allclose((width, height), (760, 300))
    np.testing.assert_allclose(ax.transData.transform((0, 0)), (0, 300))
    np.testing.assert_allclose(ax.transData.transform((760, 300)), (760, 0), atol=1e-9)


def test_a_grid_shows_every_number_of_the_array_in_its_cell(ax):
    drawn = draw.grid(two_d.o, "input", ax=ax, at=(50, 40))
    assert set(drawn.cells) == set(np.ndindex(4, 4)) == set(drawn.numbers)
    for index, text in drawn.numbers.items():
        assert text.get_text() == draw.number(two_d.o[index])
        assert text.get_position()[0] == drawn.centre(index)[0]
    assert drawn.corner((2, 1)) == (50 + 52, 40 + 2 * 52)


def test_a_row_has_one_axis_and_a_true_minus(ax):
    drawn = draw.grid(one_d.w, "kernel", ax=ax, at=(0, 0))
    assert [drawn.numbers[(i,)].get_text() for i in range(3)] == ["2", "−1", "1"]
    assert drawn.width == 3 * draw.CELL + 2 * draw.GAP


def test_lit_cells_come_forward_and_the_others_stay(ax):
    drawn = draw.grid([1, 2, 3], "input", ax=ax, at=(0, 0), lit=[1])
    fills = [np.array(drawn.cells[(i,)].get_facecolor()[:3]) for i in range(3)]
    assert fills[1].sum() < fills[0].sum() == fills[2].sum()
    np.testing.assert_allclose(drawn.cells[(1,)].get_edgecolor()[:3], to_rgb("#56B4E9"))
    fonts = [Path(drawn.numbers[(i,)].get_fontproperties().get_file()).stem for i in range(3)]
    assert fonts == ["DejaVuSans", "DejaVuSans-Bold", "DejaVuSans"]


@pytest.mark.parametrize(
    ("role", "marks"), [("input", 0), ("kernel", 0), ("output", 2), ("delta", 2), ("gradient", 2)]
)
def test_roles_have_a_mark_besides_their_colour(ax, role, marks):
    assert len(draw.grid([5, -7], role, ax=ax, at=(0, 0)).marks) == marks


def test_kernels_are_round_and_zeros_put_in_are_dashed(ax):
    kernel = draw.grid([5], "kernel", ax=ax, at=(0, 0)).cells[(0,)]
    assert kernel.get_boxstyle().rounding_size == pytest.approx(0.3 * draw.CELL)
    delta = draw.grid([0, 5], "delta", ax=ax, at=(0, 0), zeros=[True, False])
    assert [delta.cells[(i,)].get_linestyle() == "solid" for i in range(2)] == [False, True]
    assert len(delta.marks) == 1


@pytest.mark.parametrize(
    ("value", "text"), [(-1.5, "−1.5"), (2.0, "2"), (-0.001, "0"), (1 / 3, "0.33"), (100, "100")]
)
def test_numbers_read_as_in_the_widgets(value, text):
    assert draw.number(value) == text


def test_a_masked_number_is_a_question_mark(ax):
    drawn = draw.grid([1, np.nan], "output", ax=ax, at=(0, 0))
    assert drawn.numbers[(1,)].get_text() == "?"


def test_a_formula_writes_the_sum_with_its_numbers(ax):
    terms = [[(2, "kernel"), (-1, "input")], [(-1, "kernel"), (3, "input")]]
    draw.row(draw.sum_parts("$x_3$", "output", terms, -5), (0, 0), ax=ax)
    assert "".join(texts(ax)) == "$x_3$=2·(−1)+(−1)·3=−5"
    # head, four factors and the result are underlined
    assert len(ax.lines) == 6


def test_a_sum_that_does_not_add_up_is_refused():
    with pytest.raises(ValueError, match="add up to 12, not to 11"):
        draw.sum_parts("$x_0$", "output", [[(3, "kernel"), (4, "input")]], 11)


def test_parts_stand_side_by_side_without_overlap(ax):
    parts = draw.sum_parts("$x_3$", "output", [[(12, "kernel"), (-10, "input")]], -120)
    drawn = [artist for artist in draw.row(parts, (10, 20), ax=ax) if hasattr(artist, "get_text")]
    edges = [(t.get_position()[0], draw.text_width(t.get_text(), t.get_fontsize())) for t in drawn]
    assert all(x + wide <= after for (x, wide), (after, _) in pairwise(edges))
    assert edges[-1][0] - 10 < draw.parts_width(parts)


def test_a_signal_keeps_its_extremes_inside_the_frame():
    points = draw.trace_points([0, 3, -1], at=(100, 50), width=200, height=80)
    assert points[:, 0].tolist() == [108, 200, 292]
    assert points[1, 1] == 58
    assert points[2, 1] == 122


def test_a_constant_signal_runs_through_the_middle():
    assert draw.trace_points([2, 2], at=(0, 0), width=100, height=40)[:, 1].tolist() == [20, 20]


def test_connections_show_each_joined_pair_once(ax):
    which = np.array([[0, 1, -1], [-1, 0, 1]])
    patches = draw.connections(which, ax=ax, at=(0, 0), cell=(10, 10))
    assert len(patches) == 2
    assert sum(len(patch.get_path().vertices) for patch in patches) == 5 * 4
    assert len({patch.get_facecolor() for patch in patches}) == 2


def test_an_unknown_role_is_refused(ax):
    with pytest.raises(ValueError, match="input, kernel, output, delta, gradient, padding"):
        draw.grid([1], "weights", ax=ax, at=(0, 0))


@pytest.mark.parametrize(
    ("values", "error", "says"),
    [
        ([[1, 2], [3]], TypeError, r"values is \[\[1, 2\], \[3\]\]; real numbers"),
        ("abc", TypeError, "real numbers are expected"),
        (None, ValueError, r"values has shape \(\)"),
        ([], ValueError, r"values has shape \(0,\)"),
        (np.ones((2, 2, 2)), ValueError, r"values has shape \(2, 2, 2\)"),
    ],
)
def test_what_cannot_be_drawn_is_named(ax, values, error, says):
    with pytest.raises(error, match=says):
        draw.grid(values, "input", ax=ax, at=(0, 0))
    with pytest.raises(error, match=says):
        draw.picture(values, ax=ax, at=(0, 0), side=50)
    with pytest.raises(error, match=says):
        draw.trace(values, "input", ax=ax, at=(0, 0), width=50, height=50)


def test_a_blank_picture_is_drawn_and_nan_is_refused(ax):
    drawn = draw.picture(np.full((2, 3), 0.4), ax=ax, at=(0, 0), side=50)
    assert (drawn.get_array() == 0).all()
    with pytest.raises(ValueError, match="NaN or infinity"):
        draw.picture([[0, np.nan]], ax=ax, at=(0, 0), side=50)
    with pytest.raises(ValueError, match="role is 'inputs'"):
        draw.trace([1, 2], "inputs", ax=ax, at=(0, 0), width=50, height=50)


def test_importing_the_package_does_not_load_matplotlib():
    code = "import sys, cnnlib; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
