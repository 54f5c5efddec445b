"""Timings beside PyTorch and the peers.

Both get BENCH_THREADS threads (2, unless the variable says otherwise), set before NumPy is loaded.
With one thread the clock is that of the processor, which other programs hardly disturb.
"""

import os

THREADS = int(os.environ.get("BENCH_THREADS", "2"))
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = str(THREADS)
