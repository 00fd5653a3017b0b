"""Start the program: `collabcheck …` or `python -m collabcheck …`."""

import gc
import os
import sys

from collabcheck import __version__


def main() -> None:
    """Answer --version at once; leave everything else to the command line."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.exit(_say(f"collabcheck {__version__}\n"))
    gc.set_threshold(100_000)  # next to nothing that is loaded is ever let go: looking through it costs a tenth
    try:
        from collabcheck.cli.main import run

        code = run()
    except KeyboardInterrupt:  # before there was anything to stop
        os.write(2, b"\nStopped.\n")
        os._exit(130)
    sys.exit(code)


def _say(text: str) -> int:
    """Write to standard output; return 1 if it is closed or full."""
    try:
        os.write(1, text.encode())
    except OSError:
        return 1
    return 0


if __name__ == "__main__":
    main()
