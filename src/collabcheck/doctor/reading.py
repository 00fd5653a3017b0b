"""How hard a text is to read, and which of its words make it so.

The measure is the Flesch–Kincaid grade level: J. P. Kincaid and others, *Derivation of new readability formulas
for Navy enlisted personnel*, Research Branch Report 8-75, 1975. It counts words and syllables and understands
nothing, so it points at texts to look at again; it does not prove a text plain.
"""

import re
from collections.abc import Mapping

_WORD = re.compile(r"[A-Za-zÀ-ÿŴŵŶŷ]+(?:[’'][A-Za-z]+)*|\d+(?:[.,]\d+)*")
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’)\]]*(?=\s|$)|\n+")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|no|p|mr|mrs|ms|dr|st)\.(?=\s+[a-z0-9])", re.IGNORECASE)
_LONGEST_INITIALS = 5
_LONGEST_WORD = 45
"""No English word has more letters; what has is no word, and its endings are not looked into one by one."""
_HARD = 3
"""Words of so many syllables are what makes a text hard, as far as syllables tell."""

_SPECIAL = {
    "area": 3, "areas": 3, "being": 2, "business": 2, "businesses": 3, "client": 2, "clients": 2, "create": 2,
    "created": 3, "different": 3, "doing": 2, "element": 3, "elements": 3, "every": 2, "evidence": 3, "eye": 1,
    "eyes": 1, "hour": 1, "hours": 1, "idea": 3, "ideas": 3, "our": 1, "ours": 1, "people": 2, "peoples": 2,
    "quiet": 2, "reality": 4, "safety": 2, "science": 2, "trial": 2, "trials": 2, "video": 3,
    "whereas": 2,
}  # fmt: skip
"""Words that the rules below get wrong and that a pack is likely to use."""

_COMPOUND = re.compile(
    r"(some|every|there|where|here|safe|home|house|whole|life|time|care|name|fore)"
    r"(after|bodies|body|by|cast|day|fore|guard\w*|hold\w*|how|line|one|scale|sight|table|thing|times?|what|where|with"
    r"|work\w*)"
)
"""Words of two parts; the last e of the first is not heard."""

_OWN_SYLLABLE = re.compile(r"(?:ment|ly|ful|less|ness)s?$")
_SPLIT = re.compile(
    r"(?<![ctgsx])i(?=a)|(?<=[ou])i(?=a)"  # social, but med-i-a
    r"|(?<![ctgsx])i(?=o)|i(?=um)|i(?=e(?:nt|nce|ty|r\b|st\b))"  # nation, but per-i-od; cli-ent, soci-ety, earli-er
    r"|(?<=c)i(?=ate|ation)|(?<=t)i(?=ate|ation)"  # associ-ate, negoti-ate
    r"|e(?=o(?!us))|e(?=a(?:te|tio|ti))|e(?=ing)|ee(?=ing)"  # ge-ography, cre-ative, be-ing
    r"|(?<![gq])u(?=a|o)|u(?=ing|en|ity|e[rs]t\b)"  # annu-al, flu-ent, continu-ity
    r"|o(?=ing|e[rt]|ali)|y(?=ing)"  # go-ing, po-et, co-alition, appl-ying
)
_VOWELS = re.compile(r"[aeiouyàâäáèéêëìíîïòóôöùúûüŵŷ]+")


def grade(text: str) -> float:
    """Return the Flesch–Kincaid grade level: about the years of school that a reader needs; 0.0 for no words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    return 0.39 * len(words) / sentences(text) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def worst(texts: Mapping[str, str], n: int = 10) -> list[tuple[float, str]]:
    """Return the grades and names of the `n` texts that are hardest to read, the hardest first."""
    return sorted(((grade(text), name) for name, text in texts.items()), key=lambda pair: (-pair[0], pair[1]))[:n]


def hard_words(text: str, n: int = 3) -> list[str]:
    """Return the words of three syllables and more, the longest in syllables first, each once, at most `n` of them."""
    words = [word for word in _WORD.findall(text) if not (word[0].isdigit() or word.isupper())]
    found = {word.lower(): syllables(word) for word in words}
    return sorted((word for word, spoken in found.items() if spoken >= _HARD), key=lambda word: -found[word])[:n]


def sentences(text: str) -> int:
    """Count the sentences; a line that ends without a full stop is one too. Never below 1."""
    parts = _SENTENCE_END.split(_ABBREVIATION.sub("", text))
    return max(1, sum(1 for part in parts if _WORD.search(part)))


def syllables(word: str) -> int:
    """Count the syllables of an English word as it is said; figures and initials are read out one by one."""
    if word[0].isdigit() or (word.isupper() and len(word) <= _LONGEST_INITIALS):
        return sum(map(str.isalnum, word))
    return _of_letters(re.sub(r"[’'](?:s|t|re|ve|ll|d|m)?$", "", word.lower()))


def _of_letters(word: str) -> int:
    if word in _SPECIAL:
        return _SPECIAL[word]
    if compound := _COMPOUND.fullmatch(word):
        return sum(map(_of_letters, compound.groups()))
    ending = _OWN_SYLLABLE.search(word) if len(word) <= _LONGEST_WORD else None
    if ending and _VOWELS.search(word[: ending.start()]):
        return _of_letters(word[: ending.start()]) + 1
    return max(1, _groups_of_vowels(word) - _silent_ending(word))


def _groups_of_vowels(word: str) -> int:
    plain = re.sub(r"(?<=[aeiou])y(?=[aeou])|^y", "j", word.replace("qu", "q"))
    spoken = _SPLIT.sub(lambda hit: hit.group() + "-", plain)
    return len(_VOWELS.findall(spoken)) + bool(re.search(r"(?:[st]h?m)s?$", word))


def _silent_ending(word: str) -> bool:
    """Tell whether the last written e is not heard: hope, hopes, hoped; but table, changes, needed."""
    if re.search(r"[^aeiouyrlw]l(?:e|es|ed)$", word):
        return False
    return bool(re.search(r"[^aeiou](?:e|(?<![cgsxz])(?<!sh)(?<!ch)es|(?<![td])ed)$", word))
