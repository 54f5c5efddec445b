"""Make cnnlib/data/files/digits.npz again: the digits of scikit-learn's load_digits, as bytes.

Run it where scikit-learn is installed: `python -m tools.digits`. Nothing else needs it.
"""

from pathlib import Path

import numpy as np

TARGET = Path(__file__).parents[1] / "cnnlib" / "data" / "files" / "digits.npz"


def main() -> None:
    from sklearn.datasets import load_digits

    found = load_digits()
    arrays = {"images": found.images.astype(np.uint8), "labels": found.target.astype(np.uint8)}
    np.savez_compressed(TARGET, **arrays)
    print(f"{TARGET}: {len(found.target)} digits, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
