"""Made-up answer sheets by the million, the same ones every time.

python benchmarks/generate.py SHEETS FILE.jsonl      a sheet a line
python benchmarks/generate.py SHEETS DIR [--yaml]    a sheet a file

Each organisation has a general readiness and one of its own for every factor; an answer follows from these and from
chance. Some do not know, some leave out, some say why it does not apply, some add notes. Questions are asked as in an
interview. Of the sheets in one file, one in 500 is bad in one of six ways.
"""

import argparse
import json
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from collabcheck.answers import AnswerSheet, Chose, DontKnow, NotApplicable, Reply
from collabcheck.files.packs import load_pack
from collabcheck.files.sheets import sheet_text
from collabcheck.interview import route
from collabcheck.pack import Pack, Question

SEED = 2026
BAD = 500
"""One sheet in so many is bad."""
PER_FOLDER = 10_000

Sheet = dict[str, Any]


def main() -> None:
    """Write as many sheets as are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sheets", type=int)
    parser.add_argument("to", type=Path)
    parser.add_argument("--yaml", action="store_true", help="write YAML instead of JSON")
    given = parser.parse_args()
    if given.to.suffix == ".jsonl":
        write_lines(given.sheets, given.to)
    else:
        write_files(given.sheets, given.to, yaml=given.yaml)


def write_lines(sheets: int, file: Path) -> None:
    """Write a sheet a line."""
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in lines(sheets))


def write_files(sheets: int, folder: Path, *, yaml: bool = False) -> None:
    """Write a sheet a file, ten thousand to a folder."""
    pack = load_pack()
    for number, sheet in enumerate(made_up(pack, sheets)):
        inside = folder / f"{number // PER_FOLDER:04}"
        inside.mkdir(parents=True, exist_ok=True)
        suffix = "yaml" if yaml else "json"
        (inside / f"{number:07}.{suffix}").write_text(sheet_text(pack, sheet, json=not yaml), encoding="utf-8")


def lines(sheets: int) -> Iterator[str]:
    """Yield sheets in JSON; one in 500 is bad."""
    pack, chance = load_pack(), random.Random(SEED + 1)
    for sheet in made_up(pack, sheets):
        text = json.dumps(json.loads(sheet_text(pack, sheet, json=True)), ensure_ascii=False)
        yield chance.choice(WAYS_TO_BE_BAD)(text) if chance.randrange(BAD) == 0 else text


WAYS_TO_BE_BAD: tuple[Callable[[str], str], ...] = (
    lambda text: text[: len(text) // 2],
    lambda text: text.replace('"answers": {', '"answers": {"no-such-question": "yes", ', 1),
    lambda text: text.replace('"pack": "', '"pack": "another-', 1),
    lambda text: text.replace('"date": "2026-', '"date": "soon-', 1),
    lambda text: text.replace('"answers": {', '"answers": {"income": "no-such-level", ', 1),
    lambda text: text.replace('"organisation": ', '"organisation": "twice", "organisation": ', 1),
)


def made_up(pack: Pack, sheets: int) -> Iterator[AnswerSheet]:
    """Yield sheets."""
    chance = random.Random(SEED)
    asked = {question.id: question.fingerprint for question in pack.questions}
    for number in range(sheets):
        replies = answers(pack, chance)
        yield AnswerSheet(
            pack.pack,
            pack.version,
            f"Organisation {number:07}",
            f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            replies=replies,
            asked={name: asked[name] for name in replies},
        )


def answers(pack: Pack, chance: random.Random) -> Mapping[str, Reply]:
    """Return the replies of one organisation to the questions that it is asked."""
    ready = chance.gauss(0.5, 0.18)
    leaning = {factor.id: ready + chance.gauss(0, 0.15) for factor in pack.factors}
    given = [(question.id, answer(question, leaning, chance)) for question in pack.questions]
    replies = {name: reply for name, reply in given if reply}
    asked = {question.id for question in route(pack, replies)}
    return {name: reply for name, reply in replies.items() if name in asked}


def answer(question: Question, leaning: Mapping[str, float], chance: random.Random) -> Reply | None:
    """Return the reply to one question, or nothing."""
    how = chance.random()
    if how < 0.02:
        return None
    if how < 0.08:
        return DontKnow()
    if how < 0.10 and question.informs:
        return NotApplicable("It does not concern us.")
    note = "As agreed at the meeting in March." if how > 0.97 else ""
    if question.several:
        picked = tuple(choice.id for choice in question.choices if not choice.alone and chance.random() < 0.35)
        return Chose(picked or (question.choices[0].id,), note)
    means = [leaning[link.factor] for link in question.informs] or [chance.random()]
    levels = len(question.choices)
    at = round((sum(means) / len(means) + chance.gauss(0, 0.2)) * (levels - 1))
    return Chose((question.choices[min(max(at, 0), levels - 1)].id,), note)


if __name__ == "__main__":
    main()
