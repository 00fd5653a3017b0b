"""Made-up answer sheets by the million, the same ones every time.

python benchmarks/generate.py SHEETS FILE.jsonl      a sheet a line
python benchmarks/generate.py SHEETS DIR [--yaml]    a sheet a file

Most organisations are small, and the larger are a little readier. Each has a readiness of its own, and leans to one
side or the other in every factor; some factors and some questions are harder than others, for everybody. An answer
follows from all of these and from chance. Some do not know, some leave out, some say why it does not apply, some add
notes. Questions are asked as in an interview. Of the sheets in one file, one in 500 is bad in one of six ways.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

from collabcheck.answers import Chose
from collabcheck.files.packs import load_pack
from collabcheck.files.sheets import sheet_text
from collabcheck.fitting import SheetFile, fit
from collabcheck.interview import route
from collabcheck.pack import Pack
from collabcheck.questions import DONT_KNOW, Question

SEED = 2026
BAD = 500
"""One sheet in so many is bad."""
PER_FOLDER = 10_000
SIZES = (40, 32, 20, 6, 1.5, 0.5)
"""How many of a hundred have which income, from the lowest."""
NOTES = (
    "As agreed at the meeting in March.",
    "See the minutes; the chair’s copy is the one that was signed.",
    "We talked about this for an hour and still see it differently.",
)

Sheet = dict[str, Any]
"""What stands in a sheet, as data."""


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
        path = inside / f"{number:07}.{'yaml' if yaml else 'json'}"
        path.write_text(in_yaml(pack, sheet) if yaml else in_json(sheet), encoding="utf-8")


def in_json(sheet: Sheet) -> str:
    """Return a sheet as the program writes it."""
    return json.dumps(sheet, ensure_ascii=False, indent=2) + "\n"


def in_yaml(pack: Pack, sheet: Sheet) -> str:
    """Return the same in YAML."""
    return sheet_text(pack, fit(pack, SheetFile.model_validate(sheet)), json=False)


def lines(sheets: int) -> Iterator[str]:
    """Yield sheets in JSON; one in 500 is bad."""
    chance = Random(SEED + 1)
    for sheet in made_up(load_pack(), sheets):
        text = json.dumps(sheet, ensure_ascii=False)
        yield chance.choice(WAYS_TO_BE_BAD)(text) if chance.randrange(BAD) == 0 else text


WAYS_TO_BE_BAD: tuple[Callable[[str], str], ...] = (
    lambda text: text[: len(text) // 2],
    lambda text: text.replace('"answers": {', '"answers": {"no-such-question": "yes", ', 1),
    lambda text: text.replace('"pack": "', '"pack": "another-', 1),
    lambda text: text.replace('"date": "2026-', '"date": "soon-', 1),
    lambda text: text.replace('"answers": {', '"answers": {"income": "no-such-level", ', 1),
    lambda text: text.replace('"organisation": ', '"organisation": "twice", "organisation": ', 1),
)


def made_up(pack: Pack, sheets: int) -> Iterator[Sheet]:
    """Yield sheets."""
    chance = Random(SEED)
    asked = {question.id: question.fingerprint for question in pack.questions}
    ease = {name: Random(f"{SEED} {name}").gauss(0, 0.1) for name in (*pack.question, *pack.factor)}
    for number in range(sheets):
        answers = dict(answered(pack, ease, chance))
        yield {
            "pack": pack.pack,
            "pack_version": pack.version,
            "organisation": f"{'Tŷ Cymuned' if number % 20 == 0 else 'Organisation'} {number:07}",
            "date": f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            "answers": answers,
            "asked": {name: asked[name] for name in answers},
        }


def answered(pack: Pack, ease: Mapping[str, float], chance: Random) -> Iterator[tuple[str, Any]]:
    """Yield the answers of one organisation to the questions that it is asked, as they stand in a sheet.

    `ease` says by how much a question or a factor is easier than others, in parts of the whole scale.
    """
    (size,) = chance.choices(range(len(SIZES)), SIZES)
    about = {question.id: said(question, context(question, size, chance), chance) for question in pack.context}
    replies = {name: Chose(tuple(given) if isinstance(given, list) else (given,)) for name, given in about.items()}
    ready = 0.4 + 0.04 * size + chance.gauss(0, 0.16)
    leaning = {factor.id: ready + ease[factor.id] + chance.gauss(0, 0.12) for factor in pack.factors}
    for question in route(pack, replies):
        if not question.informs:
            yield question.id, about[question.id]
        elif (given := answer(question, ease[question.id], leaning, chance)) is not None:
            yield question.id, given


def context(question: Question, size: int, chance: Random) -> float:
    """Return where on the scale an answer is about an organisation of this size: income says it, staff follows."""
    match question.id:
        case "income":
            return size / (len(SIZES) - 1)
        case "staff":
            return (size + chance.gauss(0, 0.6)) / 3
        case _:
            return chance.random()


def answer(question: Question, ease: float, leaning: Mapping[str, float], chance: Random) -> Any:
    """Return the answer to a question that counts, or nothing."""
    how = chance.random()
    if how < 0.02:
        return None
    if how < 0.07:
        return DONT_KNOW
    if how < 0.08:
        return {"not_applicable": "It does not concern us."}
    means = [leaning[link.factor] for link in question.informs]
    given = said(question, sum(means) / len(means) + ease + chance.gauss(0, 0.2), chance)
    return {"choice": given, "note": chance.choice(NOTES)} if how > 0.98 else given


def said(question: Question, at: float, chance: Random) -> str | list[str]:
    """Return the choice at this part of the scale; where several may be given, sometimes more than one."""
    ids = [choice.id for choice in question.choices]
    one = ids[min(max(round(at * (len(ids) - 1)), 0), len(ids) - 1)]
    if not question.several or question.choice[one].alone:
        return one
    beside = [name for name in ids if name == one or (not question.choice[name].alone and chance.random() < 0.2)]
    return beside if len(beside) > 1 else one


if __name__ == "__main__":
    main()
