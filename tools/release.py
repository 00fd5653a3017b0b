"""Build the wheel, and beside it the list of all that it runs on: an SBOM, CycloneDX in JSON.

    python3 tools/release.py dist

The versions in the list are those of the environment that this runs in, which are the ones that were tested. The same
files give the same bytes, wherever and whenever they are built.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
NAME = "collabcheck"
OPTIONAL = "word"
"""The extra that people may leave out; all of it is listed, as optional."""


def main(folder: str = "dist") -> int:
    """Build both into a folder, and name them."""
    wheel = build(ROOT, Path(folder))
    listed = wheel.with_name(f"{NAME}-{distribution(NAME).version}.cdx.json")
    listed.write_text(json.dumps(sbom(wheel), indent=2) + "\n", encoding="utf-8", newline="\n")
    sys.stdout.write(f"{wheel}\n{listed}\n")
    return 0


def build(source: Path, folder: Path) -> Path:
    """Build the wheel of a checkout into a folder, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, env=settings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603  our own
    return max(folder.glob(f"{NAME}-*.whl"), key=lambda path: path.stat().st_mtime)


def sbom(wheel: Path) -> dict[str, Any]:
    """Return what a wheel runs on, each part with its version, licence and what it needs itself."""
    needed, ours = everything(), distribution(NAME)
    required = set(everything(extra=""))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": NAME,
                "name": NAME,
                "version": ours.version,
                "purl": f"pkg:pypi/{NAME}@{ours.version}",
                "hashes": [{"alg": "SHA-256", "content": sha256(wheel.read_bytes()).hexdigest()}],
                **_licences(ours),
            }
        },
        "components": [
            {
                "type": "library",
                "bom-ref": name,
                "name": name,
                "version": one.version,
                "purl": f"pkg:pypi/{name}@{one.version}",
                "scope": "required" if name in required else "optional",
                **_licences(one),
            }
            for name, one in needed.items()
        ],
        "dependencies": [
            {"ref": NAME, "dependsOn": sorted({*_needs(ours, ""), *_needs(ours, OPTIONAL)})},
            *({"ref": name, "dependsOn": sorted(_needs(one, ""))} for name, one in needed.items()),
        ],
    }


def everything(extra: str = OPTIONAL) -> dict[str, Distribution]:
    """Return all that the program runs on, by name, in the order of the names; with the extra, that too."""
    found: dict[str, Distribution] = {}
    waiting = [*_needs(distribution(NAME), ""), *_needs(distribution(NAME), extra)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = distribution(name)
            waiting += _needs(found[name], "")
    return dict(sorted(found.items()))


def _needs(one: Distribution, extra: str) -> Iterator[str]:
    """Yield the names of what a distribution needs here, or needs besides with an extra."""
    for line in one.requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield canonicalize_name(requirement.name)


def _licences(one: Distribution) -> dict[str, Any]:
    """Return the licence as the distribution states it; nothing if it does not say."""
    said = one.metadata.json  # each field once, by its name
    if expression := said.get("license_expression"):
        return {"licenses": [{"expression": expression}]}
    names = [line.rpartition(" :: ")[2] for line in said.get("classifier", ()) if line.startswith("License")]
    names = names or [line for line in [str(said.get("license", ""))] if line and "\n" not in line]
    return {"licenses": [{"license": {"name": name}} for name in names]} if names else {}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
