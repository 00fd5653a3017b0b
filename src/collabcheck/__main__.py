"""Start the program: `collabcheck …` or `python -m collabcheck …`."""

import sys

from collabcheck import __version__


def main() -> None:
    """Answer --version at once; leave everything else to the command line."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"collabcheck {__version__}\n")
        return
    from collabcheck.cli.main import run

    sys.exit(run())


if __name__ == "__main__":
    main()
