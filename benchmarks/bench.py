"""Side by side with PyTorch and the peers; writes RESULTS.md. `make bench ARGS="--rounds 15"`.

On a machine that is busy with other things, `BENCH_THREADS=1 make bench` measures processor time.
"""

import argparse
import os
import platform
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import scipy
import torch

from benchmarks import THREADS, lenet
from benchmarks.board import REACH, board_duels
from benchmarks.peers import LAYERS, Case, Layer, pools
from benchmarks.timing import Duel, calls_for, duel, extra_memory, seconds
from cnnlib import ops

RESULTS = Path(__file__).parent / "RESULTS.md"
TOLERANCE = 2e-5  # of the largest number: float32 sums of up to 30,000 products


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only", default="", help="layers with this in their name; writes nothing")
    options = parser.parse_args()
    torch.set_num_threads(THREADS)
    sections = [conv_table(options.rounds, options.only)]
    if not options.only:
        rounds = options.rounds
        sections += [pool_table(rounds), step_table(rounds), plain_table(rounds)]
        sections += [board_table(rounds), growth_table(), memory_table()]
        RESULTS.write_text("\n".join([heading(rounds), *sections]), encoding="utf-8")
        print(f"written: {RESULTS}")


def heading(rounds: int) -> str:
    versions = f"NumPy {np.__version__}, SciPy {scipy.__version__}, PyTorch {torch.__version__}"
    clock = "processor time" if THREADS == 1 else "wall time"
    return (
        "# Measured side by side\n\n"
        f"{processor()}, {os.cpu_count()} cores, {platform.system()}; "
        f"Python {platform.python_version()}, {versions}; "
        f"{THREADS} thread(s) each, {clock}, float32.\n\n"
        "Written by `make bench`. Ours and the peer take turns in one process, each after a pause "
        f"and a warm-up call; the ratio is ours / peer, the median of {rounds} rounds, with the "
        "middle half of the rounds beside it. Below 1 we are faster. Ours are the public functions "
        "with all their checks.\n"
    )


def conv_table(rounds: int, only: str) -> str:
    rows = []
    for layer in (layer for layer in LAYERS if only in layer.name):
        for reading, found in conv_duels(layer, rounds):
            reach = dict(zip(("forward", "all three"), layer.reach, strict=True)).get(reading)
            rows.append([layer.name, reading, *figures(found), f"≤ {reach}" if reach else ""])
            print(*rows[-1], sep=" | ", flush=True)
    head = ["layer", "reading", "cnnlib", "PyTorch", "ratio", "middle half", "aim"]
    return table("Convolution and PyTorch", head, rows)


def conv_duels(layer: Layer, rounds: int) -> Iterator[tuple[str, Duel]]:
    case = Case(layer)
    ours, theirs = case.ours(), case.pytorch()
    for reading, work in ours.items():
        check(f"{layer.name}, {reading}", work(), theirs[reading]())
        yield reading, duel(work, theirs[reading], rounds)


def pool_table(rounds: int) -> str:
    rows = []
    for name, ours, theirs in pools():
        check(name, ours(), theirs())
        rows.append([name, *figures(duel(ours, theirs, rounds)), "≤ 1.5"])
        print(*rows[-1], sep=" | ", flush=True)
    head = ["pool 2×2 on 128×6×28×28", "cnnlib", "PyTorch", "ratio", "middle half", "aim"]
    return table("Pools and PyTorch", head, rows)


def step_table(rounds: int) -> str:
    rows = []
    for name, found in lenet.step_duels(rounds):
        reach = lenet.REACH.get(name)
        rows.append([name, *figures(found), f"≤ {reach}" if reach else ""])
        print(*rows[-1], sep=" | ", flush=True)
    head = ["a step beside", "cnnlib", "peer", "ratio", "middle half", "aim"]
    return table("LeNet-5: one training step, batch 128", head, rows)


def board_table(rounds: int) -> str:
    """What it costs to watch."""
    rows = [[name, *figures(found), f"≤ {REACH}"] for name, found in board_duels(rounds)]
    print(*rows[-1], sep=" | ", flush=True)
    head = ["a run", "with the board", "without", "ratio", "middle half", "aim"]
    return table("Watching it train: TrainingBoard", head, rows)


def plain_table(rounds: int) -> str:
    rows = []
    for layer in LAYERS:
        case = Case(layer)
        ours = case.ours()["forward"]
        for name, peer in case.plain().items():
            check(f"{layer.name}, {name}", ours(), peer())
            rows.append([layer.name, name, *figures(duel(ours, peer, max(3, rounds // 3)))])
            print(*rows[-1], sep=" | ", flush=True)
    head = ["layer", "forward in plain NumPy or SciPy", "cnnlib", "peer", "ratio", "middle half"]
    return table("Plain NumPy and SciPy", head, rows)


def growth_table() -> str:
    """Cost per image as the batch and the maps grow."""
    rows = []
    for images, side in [(1, 28), (8, 28), (64, 28), (512, 28), (64, 7), (64, 14), (64, 56)]:
        layer = Layer("", (images, 6, side, side), (16, 6, 5, 5), {"padding": 2})
        works = Case(layer).ours()
        each = [
            min(seconds(works[name], calls_for(works[name])) for _ in range(3)) / images
            for name in ("forward", "all three")
        ]
        pixels = [1e9 * value / side**2 for value in each]
        row = [f"{images}", f"{side}×{side}", *(f"{1e6 * value:.1f} µs" for value in each)]
        rows.append([*row, *(f"{value:.0f} ns" for value in pixels)])
    head = ["images", "pixels", "forward per image", "all three per image"]
    head += ["forward per pixel", "all three per pixel"]
    return table("How the cost grows: 6→16 maps, k5 p2", head, rows)


def memory_table() -> str:
    rows = []
    for images in (8, 64, 512):
        layer = Layer("", (images, 6, 28, 28), (16, 6, 5, 5), {"padding": 2})
        works, row = Case(layer).ours(), [f"{images}"]
        case = Case(layer)
        forward = extra_memory(works["forward"], case.delta.nbytes)
        results = case.o.nbytes + case.w.nbytes + case.b.nbytes
        backward = extra_memory(
            lambda c=case: ops.conv_backward(c.delta, c.o, c.w, padding=2), results
        )
        megabytes = [case.o.nbytes + case.delta.nbytes, forward, backward]
        rows.append(row + [f"{value / 2**20:.1f} MiB" for value in megabytes])
    head = ["images", "o and x themselves", "conv: extra at the peak", "conv_backward: extra"]
    return table("Memory beyond arguments and results: 6→16×28×28, k5 p2", head, rows)


def check(name: str, ours: object, theirs: object) -> None:
    """Both computed the same numbers."""
    pairs = zip(arrays(ours), arrays(theirs), strict=True)
    for a, b in pairs:
        if a.shape != b.shape or np.abs(a - b).max() > TOLERANCE * np.abs(b).max():
            raise SystemExit(f"{name}: results differ")


def arrays(result: object) -> list[np.ndarray]:
    """One array or several, ours or PyTorch's, in the order forward, input, weight, bias."""
    several = result if isinstance(result, tuple) else (result,)
    return [a.detach().numpy() if isinstance(a, torch.Tensor) else np.asarray(a) for a in several]


def figures(found: Duel) -> list[str]:
    low, high = found.spread
    times = [milliseconds(min(values)) for values in (found.ours, found.peers)]
    return [*times, f"{found.ratio:.2f}", f"{low:.2f}-{high:.2f}"]


def milliseconds(value: float) -> str:
    return f"{1e6 * value:.1f} µs" if value < 1e-3 else f"{1e3 * value:.2f} ms"


def table(title: str, head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join([f"## {title}\n", *(f"| {' | '.join(line)} |" for line in lines), ""])


def processor() -> str:
    """The processor's name where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
