"""The widgets' pure modules under Node, against cases that geometry and ops make in this run."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from channel_vectors import channel_vectors
from depth_vectors import depth_vectors
from flow_vectors import flow_vectors
from net_vectors import net_vectors
from pool_vectors import pool_vectors
from redrawn import redrawn
from trace_vectors import trace_vectors

from cnnlib import ops
from cnnlib.geometry import Window
from cnnlib.widgets.counting import KINDS, count_connections, count_paths
from cnnlib.widgets.turning import count_hiding, hides_flip

ROOT = Path(__file__).parent.parent
CASES = [
    (input_shape, kernel_shape, stride, padding, dilation)
    for input_shape, kernel_shape in [
        ((7,), (3,)),
        ((6,), (2,)),
        ((5, 7), (2, 3)),
        ((6, 4), (3, 1)),
    ]
    for stride in (1, 2, 3)
    for padding in (0, 2)
    for dilation in (1, 2)
]


def vector(input_shape, kernel_shape, stride, padding, dilation):
    rng = np.random.default_rng([*input_shape, *kernel_shape, stride, padding, dilation])
    move = {"stride": stride, "padding": padding, "dilation": dilation}
    window = Window(kernel_shape, **move)
    taps = window.taps(input_shape)
    o, w = (rng.integers(-4, 5, shape).astype(float) for shape in (input_shape, kernel_shape))
    delta = rng.integers(-4, 5, window.output_shape(input_shape)).astype(float)
    bias = float(rng.integers(-3, 4))
    stacked = [array[None, None] for array in (delta, o, w)]
    d_o, d_w, _ = ops.conv_backward(*stacked, **move)
    regions = [window.region_q(position, input_shape) for position in np.ndindex(*input_shape)]
    return {
        "input": o.tolist(), "kernel": w.tolist(), "delta": delta.tolist(), "bias": bias,
        "move": move,
        "taps": {name: index.tolist() for name, index in taps._asdict().items()},
        "output": ops.conv(stacked[1], stacked[2], np.array([bias]), **move)[0, 0].tolist(),
        "d_w": d_w[0, 0].tolist(), "d_o": d_o[0, 0].tolist(),
        "region_q": [
            [int(np.ravel_multi_index(q, delta.shape)) for q in region] for region in regions
        ],
        "counts": {kind: count_connections(window, input_shape, kind) for kind in KINDS},
        "paths": paths(window, input_shape),
        **turned(window, o, w, move, bias),
    }  # fmt: skip


def turned(window, o, w, move, bias):
    """The layer's matrix, true convolution, the kernel moved in each way."""
    x = ops.conv(o[None, None], ops.rotate_180(w)[None, None], np.array([bias]), **move)[0, 0]
    matrix = np.zeros((int(np.prod(window.output_shape(o.shape))), o.size))
    taps = window.taps(o.shape)
    np.add.at(matrix, (taps.output, taps.input), w.ravel()[taps.weight])
    moves = {"turn": np.flip(w), "mirror left-right": w[..., ::-1], "mirror up-down": w[::-1]}
    return {
        "toeplitz": matrix.tolist() if o.ndim == 1 else None,
        "convolution": x.tolist(),
        "moved": {turn: kernel.tolist() for turn, kernel in moves.items()},
        "hides": hides_flip(w), "hiding": count_hiding(w.shape),
    }  # fmt: skip


def paths(window, input_shape):
    """From each output behind two layers, in reading order; None where the second does not fit."""
    try:
        outputs = window.output_shape(window.output_shape(input_shape))
    except ValueError:
        return None
    found = [count_paths(window, input_shape, position) for position in np.ndindex(*outputs)]
    return [counts.ravel().tolist() for counts in found]


def test_the_browsers_arithmetic_is_that_of_geometry_and_ops(tmp_path):
    node = shutil.which("node")
    if node is None:
        assert os.environ.get("REQUIRE_BROWSER") != "1", "Node.js is missing"
        pytest.skip("Node.js is missing: the widgets' JavaScript was NOT tested")
    made = {
        "CNNLIB_VECTORS": [vector(*case) for case in CASES],
        "CNNLIB_FLOWS": flow_vectors(),
        "CNNLIB_DEPTHS": depth_vectors(),
        "CNNLIB_NETS": net_vectors(),
        "CNNLIB_POOLS": pool_vectors(),
        "CNNLIB_CHANNELS": channel_vectors(),
        "CNNLIB_REDRAWN": redrawn(),
        "CNNLIB_TRACES": trace_vectors(),
    }
    for name, cases in made.items():
        (tmp_path / name).write_text(json.dumps(cases))
    files = sorted(str(path) for path in (ROOT / "tests" / "js").glob("*.test.mjs"))
    run = subprocess.run(
        [node, "--test", *files],
        env={**os.environ, **{name: str(tmp_path / name) for name in made}},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert "# fail 0" in run.stdout
