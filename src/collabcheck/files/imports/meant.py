"""What people may mean by words that are no answer: the nearest answer, or a reason beside “Does not apply”."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from itertools import accumulate, takewhile
from textwrap import shorten
from typing import Final

from collabcheck.files.imports.divided import Answers, Understood, names_one, understood
from collabcheck.files.imports.names import NOT_US
from collabcheck.files.imports.words import plain, signed
from collabcheck.questions import Question
from collabcheck.written import LONGEST

_ALIKE: Final = 0.6
"""From how alike words are, one may be meant for the other."""

_COMPARED: Final = 200  # characters that are compared; to compare more takes time

_SHORT: Final = 40  # characters of an answer that is one of many to choose from

UNKNOWN: Final = "I do not know"


def nearest(words: str, question: Question) -> str:
    """Return the answer that words may mean: the only one that begins like them, or else the one that is most alike."""
    said = plain(words[:_COMPARED])
    texts = {plain(choice.text): choice.text for choice in question.choices}
    begun = {text: _common(said.split(), key.split()) for key, text in texts.items()}
    most = max(begun.values())
    if most >= min(2, len(said.split())) > 0 and list(begun.values()).count(most) == 1:
        return max(begun, key=begun.__getitem__)
    known = {**{plain(name): name for name in (*question.choice, UNKNOWN)}, **texts}
    near = get_close_matches(said, known, n=1, cutoff=_ALIKE)
    return known[near[0]] if near else ""


def _common(some: Sequence[str], others: Sequence[str]) -> int:
    """Return how many words two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False)))


def one_of(question: Question) -> str:
    """Say which answers there are, long ones in short."""
    texts = (shorten(choice.text, _SHORT, placeholder=" …") for choice in question.choices)
    return f"Use one of: {', '.join(f'“{text}”' for text in (*texts, UNKNOWN))}."


def in_one_way(names: Sequence[str], question: Question, answers: Answers) -> str:
    """Return words for these answers that can be read in no other way, ids if they can; nothing if there are none."""
    words = [_word_for(name, question, answers) for name in names]
    said = "; ".join(words)
    return said if all(words) and understood(said, answers) == Understood(frozenset(names)) else ""


def _word_for(name: str, question: Question, answers: Answers) -> str:
    text = question.choice[name].text if name in question.choice else name
    only = Understood(frozenset({name}))
    return next((word for word in (name, f"{name} {text}", text) if understood(word, answers) == only), "")


# A reason beside “Does not apply”.

_AND_WHY: Final = re.compile(r"([^:–—(]{2,60})([:–—(])")


def reason_in(words: str, answers: Answers) -> str:
    """Return the reason in an answer such as “Does not apply to us: we have no staff”, all of it.

    Nothing if there is none, or if another answer stands among its words where answers are divided.
    """
    hit = _AND_WHY.match(words.strip())
    if not hit or answers.named.get(signed(hit[1])) != frozenset({NOT_US}):
        return ""
    after = words.strip()[hit.start(2) :]
    reason = _unwrapped(after) if hit[2] == "(" else after[1:].strip()
    return "" if len(reason) <= LONGEST and names_one(reason, answers) else reason  # a longer one is refused anyway


def _unwrapped(words: str) -> str:
    """Return words without the brackets around them, if one pair is around all of them."""
    open_after = list(accumulate((sign == "(") - (sign == ")") for sign in words))
    return words[1:-1].strip() if 0 in open_after and open_after.index(0) == len(words) - 1 else words
