"""Kill interviews at random moments, and see that no confirmed answer is lost: python3 tools/kills.py --kills 1000.

It stops with an error at the first that is. The moments come from the seed; what is going on then, from the machine.
"""

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from interviews import Kills


def main() -> None:
    """Kill as often as the command line says, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000, help="how often; 1000 if not said")
    parser.add_argument("--seed", type=int, default=2026, help="where chance begins")
    wanted = parser.parse_args()
    begun = time.monotonic()
    with TemporaryDirectory() as folder:
        kills = Kills(Path(folder), random.Random(wanted.seed))  # noqa: S311  for moments, not for secrets
        try:
            kills.run(wanted.kills)
        finally:
            say(kills.figures, time.monotonic() - begun, wanted.seed)
    sys.stdout.write("Nothing was lost.\n")


def say(figures: Counter[str], seconds: float, seed: int) -> None:
    """Print what happened."""
    sys.stdout.write(f"seed {seed}, {seconds:.0f} seconds\n")
    sys.stdout.writelines(f"{number:8,}  {what}\n" for what, number in sorted(figures.items()))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
