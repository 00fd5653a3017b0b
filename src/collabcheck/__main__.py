"""Start the program: `collabcheck …` or `python -m collabcheck …`."""

import gc
import os
import sys
from contextlib import suppress

from collabcheck import __version__


def main() -> None:
    """Answer --version at once; leave everything else to the command line."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        with suppress(OSError):  # it is closed or full, which the command line says
            os.write(1, f"collabcheck {__version__}\n".encode())
            sys.exit()
    gc.set_threshold(100_000)  # next to nothing that is loaded is ever let go: looking through it costs a tenth
    import signal

    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, stop)  # what it raises is lost in weakref callbacks, of which imports are full
    from collabcheck.cli.main import run

    try:
        signal.signal(signal.SIGINT, before)
        code = run()
    except KeyboardInterrupt:
        stop()
    else:
        sys.exit(code)


def stop(*_: object) -> None:
    """End at once, before there is anything to stop."""
    with suppress(OSError):
        os.write(2, b"\nStopped.\n")
    os._exit(130)


if __name__ == "__main__":
    main()
