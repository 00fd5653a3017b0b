"""Words that are hard to read, or that bend the answers.

On what to look for the literature agrees: familiar words, simple sentences, one thing at a time, nothing that leads,
no negations (J. A. Krosnick and S. Presser, *Question and Questionnaire Design*, in *Handbook of Survey Research*, 2nd
edition, 2010; D. A. Dillman, J. D. Smyth and L. M. Christian, *Internet, Phone, Mail, and Mixed-Mode Surveys*, 4th
edition, 2014). A program sees letters and no meaning. So each rule here looks for what is nearly always wrong, and lets
the rest pass: whoever was misled by two remarks reads no third.

The rules are made for English. A pack in another language gets no remark on its words but on their number.
"""

import re
from collections.abc import Iterator, Mapping

from collabcheck.doctor.gaps import quoted
from collabcheck.doctor.reading import grade, hard_words
from collabcheck.doctor.remarks import Kind, Remark
from collabcheck.pack import Pack, placed_questions
from collabcheck.problems import Path
from collabcheck.questions import Choices, Question

HARDEST = 9
"""The reading grade of a text from which it is worth a second look. What we write ourselves is at 8 or below on
average; a text of two sentences goes up by one for a long word or two."""
LONGEST_QUESTION = 25
"""Words of a question; the style guide of GOV.UK asks of every longer sentence whether it can be split."""
LONGEST_CHOICE = 30
"""Words of a choice. It is read beside others, and by then what it says first has to be kept in mind."""


def words(pack: Pack) -> Iterator[Remark]:
    """Yield what is long, hard to read, or asked in a way that bends the answers."""
    english = pack.language.split("-")[0] == "en"
    for path, question in placed_questions(pack):
        yield from _long(path, question)
        if english:
            yield from _hard(path, question.id, question.text, question.hint)
            yield from _jargon(path, question)
            yield from _asked(path, question)
    for name, choices in pack.scales.items():
        yield from _long_choices(("scales", name), choices)
    if english:
        yield from _hard_around(pack)


# Easy to read.


def _long(path: Path, question: Question) -> Iterator[Remark]:
    if (count := len(question.text.split())) > LONGEST_QUESTION:
        message = f"the question “{question.id}” has {count} words, so that its beginning is forgotten at its end"
        yield Remark((*path, "text"), Kind.LONG, message, "Say it in one short sentence; the hint can take the rest.")
    if question.scale is None:
        yield from _long_choices((*path, "choices"), question.choices)


def _long_choices(path: Path, choices: Choices) -> Iterator[Remark]:
    for i, choice in enumerate(choices):
        if (count := len(choice.text.split())) > LONGEST_CHOICE:
            message = f"the answer “{choice.id}” has {count} words, and people compare it with the others"
            advice = "Keep what tells it from the answers beside it."
            yield Remark((*path, i, "text"), Kind.LONG, message, advice)


def _hard_around(pack: Pack) -> Iterator[Remark]:
    for t, trend in enumerate(pack.trends):
        for h, theme in enumerate(trend.themes):
            yield from _hard(("trends", t, "themes", h), theme.id, theme.statement)
        for i, prompt in enumerate(trend.discussion):
            yield from _hard(("trends", t, "discussion", i), prompt.id, prompt.text, prompt.hint)


def _hard(path: Path, name: str, *texts: str) -> Iterator[Remark]:
    """Measure a text with what stands beside it, as people read them together (see `reading`)."""
    text = "\n".join(texts)
    if (found := grade(text)) > HARDEST:
        hard = hard_words(text)
        plainer = f", and plainer words than {quoted(hard)}" if hard else ""
        yield Remark(
            (*path, "statement" if len(texts) == 1 else "text"),
            Kind.HARD_TO_READ,
            f"the words of “{name}” take about {found:.0f} years of school to read, and {HARDEST} is a lot already",
            f"Write shorter sentences{plainer}.",
        )


# Words that not everybody knows.

_EVERYBODY_KNOWS = frozenset({
    "BBC", "CEO", "EU", "ID", "II", "III", "IT", "IV", "NHS", "OK", "PC", "PDF", "TV", "UK", "US", "USA",
})  # fmt: skip
"""Abbreviations better known than what they stand for, and numbers in Roman letters."""
_STRESSED = frozenset({
    "ALL", "AND", "ANY", "BOTH", "EACH", "EVERY", "IF", "IN", "MUST", "NEVER", "NO", "NONE", "NOT", "NOW", "ONE",
    "ONLY", "OR", "OUR", "WE", "YES", "YOU", "YOUR",
})  # fmt: skip
"""Words that people put in capitals for their weight."""
_BY_CHANCE = 2
"""Any two words in a row may begin with two given letters."""
_ABBREVIATION = re.compile(r"(?<![\w&-])[A-Z][A-Z&]{1,5}(?=s?(?![\w&-]))")

SECTOR: Mapping[str, str] = {
    "accountable body": "the body that holds the money and answers for it",
    "articles of association": "the rules of your company",
    "back office": "work behind the scenes, such as payroll",
    "beneficiaries": "the people you help",
    "capacity building": "gaining the people and skills you need",
    "co-production": "planning services with those who use them",
    "commissioner": "those who decide which services to buy",
    "commissioning": "choosing and buying services",
    "consortia": "groups that bid as one",
    "consortium": "a group that bids as one",
    "core costs": "what you pay to keep going",
    "designated funds": "money that the board has set aside for a purpose",
    "due diligence": "checks on a partner before you commit",
    "exit strategy": "a plan for the end",
    "free reserves": "money that is promised to nothing",
    "full cost recovery": "a price that covers all your costs",
    "governing document": "the paper that set you up",
    "infrastructure body": "a body that supports voluntary groups",
    "infrastructure organisation": "a body that supports voluntary groups",
    "logic model": "how your work leads to change",
    "match funding": "money from others that a funder asks you to find",
    "memorandum of understanding": "a written note of what you have agreed",
    "outsourcing": "paying others to do it",
    "permanent endowment": "money or land that must be kept",
    "procurement": "how public bodies buy",
    "restricted funds": "money given for one purpose",
    "service level agreement": "a written promise of what you do, how well and when",
    "special purpose vehicle": "a company set up for this alone",
    "stakeholder": "the people whom it concerns",
    "theory of change": "how your work leads to change",
    "third sector": "charities and voluntary groups",
    "unrestricted funds": "money that you may spend on any of your aims",
}
"""Words of funding, contracts and charity law that people in the sector use every day, and that a new trustee or a
volunteer has to ask about; each with plainer ones. Short on purpose: “trustee” and “grant” are known to all."""
_SECTOR = re.compile(rf"\b(?:{'|'.join(SECTOR)})(?=s?\b)")


def _jargon(path: Path, question: Question) -> Iterator[Remark]:
    """Find words that neither `jargon` nor the question's own words explain; one remark for a question."""
    texts = {(*path, "text"): question.text}
    texts |= {(*path, "choices", i, "text"): choice.text for i, choice in enumerate(question.choices)}
    around = "\n".join((question.hint, *texts.values()))
    named: dict[str, Path] = {}
    for place, text in texts.items():
        for word in (*_abbreviations(text), *_SECTOR.findall(text.lower())):
            named.setdefault(word, place)
    found = {word: place for word, place in named.items() if not _explained(word, question, around)}
    if found:
        plainer = [f"“{SECTOR[word]}”" for word in found if word in SECTOR]
        yield Remark(
            next(iter(found.values())),
            Kind.JARGON,
            f"not everybody who is asked “{question.id}” will know {quoted(list(found))}",
            f"Explain it under “jargon”, or use plainer words{f', such as {plainer[0]}' if plainer else ''}.",
        )


def _abbreviations(text: str) -> Iterator[str]:
    if text != text.upper() or len(text.split()) == 1:
        known = _EVERYBODY_KNOWS | _STRESSED
        yield from (word for word in _ABBREVIATION.findall(text) if word not in known)


def _explained(word: str, question: Question, around: str) -> bool:
    if any(word.lower() in term.lower() or term.lower() in word.lower() for term in question.jargon):
        return True
    named = rf"[“\"‘']?\b{re.escape(word)}s?\b[”\"’']?"
    said = rf"\([^()]*{named}[^()]*\)|{named} (?:\(|means?\b|stands? for\b|(?:is|are) (?:an?|the|those)\b)"
    return bool(re.search(said, around, re.IGNORECASE)) or (word.isupper() and _spelt_out(word, around))


def _spelt_out(initials: str, text: str) -> bool:
    """Say whether words in a row begin with these letters, small words passed over."""
    names = [word for word in re.findall(r"\w+", text) if word.lower() not in {"and", "for", "of", "the"}]
    return len(initials) > _BY_CHANCE and initials in "".join(name[0] for name in names).upper()


# One thing, asked without a push.

_ASIDE = re.compile(r"“[^“”]*”|\([^()]*\)|,? (?:such as|for example|for instance|e\.g\.)[^?.;:]*")
"""What only shows what is meant: quotes, brackets, examples."""

_ASKING = r"(?:how|what|when|where|which|who|whom|why)"
_DO = r"(?:do|does|did|can|could|will|would|should|must|may|might|have|has|had)"
_WE = r"(?:you|we|they|people)"
_WHO = rf"(?:{_WE}|(?:your|the|their) (?!and\b)\w+)"
_NO_VERB = (
    r"(?:an?|and|around|as|both|each|either|faster|go|here|how|in|its|less|more|neither|not|now|on|once|one|or|others?"
    r"|our|out|so|some|such|the|their|then|there|to|try|twice|up|what|when|where|whether|why|with|your)\b"
)
_VERB = rf"(?!{_NO_VERB})\w+(?: (?:about|at|by|down|for|from|in|into|of|off|on|out|over|to|up|with)\b){{0,2}}"
_DONE = r"(?!(?:breed|deed|feed|hundred|need|seed|speed|weed)\b)\w{2,}ed"
_OPPOSITES = (
    r"(?:agree or dis|buy or (?:rent|sell)|gain or lose|grow or shrink|keep or|lead or|own or|rise or fall|share or"
    r"|stay or|win or lose)"
)
_TWO_IN_ONE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # How often do you meet? And with whom?
        r"\?\s+([^?]+\?)",
        # Do you plan and review …?
        rf"\b{_DO} {_WHO} ({_VERB} and {_VERB})",
        # Whom do you learn from or speak up with? But: Do you learn or teach? has two answers, which is one question.
        rf"^{_ASKING}\b[^?]{{0,200}} {_DO} {_WHO} ((?!{_OPPOSITES}){_VERB} or {_VERB})",
        # … and how often do you …?
        rf"\b(and (?:{_ASKING}(?: \w+)? )?(?:{_DO}|is|are) {_WE})\b",
        # How well …, and how soon?
        r"\bhow \w+[^?]{0,200} (and how (?:early|far|good|likely|long|many|much|often|soon|well))\b",
        # … your board and your staff …?
        r"(?<!between )\b(your \w+(?: \w+)? and your \w+)",
        # … agreed and dated?
        rf"\b({_DONE} and {_DONE})\b(?= (?:by|for|in|on|to|with)\b|[?.,;]|$)",
    )
)

_EXPECTED = re.compile(
    r"\b(?:surely|obviously|undoubtedly|no doubt|needless to say|as (?:we all|you|everybody|everyone) knows?)\b"
    r"|(?:^|, |you |we )of course\b|\bof course,"
    r"|\b(?:do|would)(?:n't)? you (?:not )?agree (?:that|with (?:this|these|the (?:following )?statement))\b"
    r"|\b(?:how (?:far|much|strongly)|to what extent) do you (?:dis)?agree\b|\bagree or disagree\b"
    r"|(?:^|[,;.?] )(?:are|do|does|has|have|is|should|would)n't (?:it|that|they|this|we|you|your)\b",
    re.IGNORECASE,
)
"""Words that tell people what to say, and the scale from “agree” to “disagree”, on which many agree with anything."""
_GRANTED = re.compile(
    r"\bhow well (?:do|does|did|have|has|is|are|can)\b|\bhow (?:successful|effective)(?:ly)?\b"
    r"|\bhow (?:much|far|greatly) (?:do|does|did|has|have|is|are)\b[^?]{0,80}"
    r"\b(?:improve|better|benefit|gain|help|strengthen)(?:e?d|s)?\b",
    re.IGNORECASE,
)
_SAYS_OTHERWISE = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|hardly|little|few|cannot|worse|badly|poorly|\w+n't)\b", re.IGNORECASE
)

_NOT = re.compile(
    r"\b(?:not(?!-| only\b| just\b)|never|cannot|\w+n't|no(?! (?:more|less|later|fewer)\b)|none|nobody|nothing|neither"
    r"|without|unless|unable|unlikely|unwilling|unaware)\b(?!-)",
    re.IGNORECASE,
)
_OR_NOT = re.compile(r"\b(?:or|if) not\b", re.IGNORECASE)
_IS = rf"(?:{_DO}|is|are|was|were)"
_WHAT_IS_NOT = re.compile(
    # Do you not …? Why can't they …? Who does not …? But: a need that you cannot meet; what others do not do.
    rf"\b{_IS} {_WHO} (?:not(?! only\b| just\b)|never)\b|\b(?:{_IS}n't|won't|can't) {_WHO}\b"
    r"|^(?:who|what|which|how many)(?: (?!(?:you|we|they|your|the)\b)\w+){0,3}"
    rf" (?:{_IS}(?: not|n't)|won't|can't|cannot|never)\b"
    r"|(?<!agree or )\bdisagree\b",
    re.IGNORECASE,
)


def _asked(path: Path, question: Question) -> Iterator[Remark]:
    """Look at what a question asks. A question that leads is told that alone: to put it right is to write it anew."""
    text = question.text.replace("’", "'")
    here = (*path, "text")
    if leading := _leading(text, question):
        yield Remark(here, Kind.LEADING, *leading)
    else:
        yield from (Remark(here, Kind.TWO_IN_ONE, *told) for told in _two_in_one(text))
        yield from (Remark(here, Kind.NEGATIVE, *told) for told in _negative(text))
    if question.informs and _yes_or_no(question):
        yield Remark(
            (*path, "choices"),
            Kind.YES_OR_NO,
            f"“{question.id}” can only be answered with yes or no, so whoever is half-way there has no answer",
            "Say what one would see at each of about four levels.",
        )


def _leading(text: str, question: Question) -> tuple[str, str] | None:
    """Find words that tell which answer is expected, or take for granted what the lowest answer would have to deny."""
    if found := _EXPECTED.search(text):
        message = f"“{found[0][:60]}” tells people which answer is expected of them"
        return message, "Ask what is the case, and let each answer be as good to give as the others."
    otherwise = any(_SAYS_OTHERWISE.search(choice.text.replace("’", "'")) for choice in question.choices)
    if not otherwise and (found := _GRANTED.search(text)):
        message = f"“{found[0][:60]}” takes for granted that it is so, and no answer says that it is not"
        return message, "Ask openly, or begin with an answer for those to whom it does not happen at all."
    return None


def _two_in_one(text: str) -> Iterator[tuple[str, str]]:
    """Find two questions in one: two verbs, “how … and how …”, “your … and your …”, “agreed and dated”.

    It cannot see two nouns that share a word, as in “your staff and volunteers”: most of such pairs are one thing.
    """
    plain = _ASIDE.sub("", text)
    if found := next((hit[1] for pattern in _TWO_IN_ONE if (hit := pattern.search(plain))), ""):
        message = f"it asks two things at once (“{found[:60]}”), and an answer may fit one and not the other"
        yield message, "Ask about one of them, or make two questions of it."


def _negative(text: str) -> Iterator[tuple[str, str]]:
    """Find questions that ask what is not so.

    They measure who reads with care rather than what they ask: E. van Sonderen and others, PLOS ONE 8(7), 2013, e68967.
    A “not” that describes something, as in “a need that you cannot meet”, is none of them.
    """
    for sentence in re.split(r"[.?!;]\s+", _OR_NOT.sub("", _ASIDE.sub("", text)).strip()):
        found = _NOT.findall(sentence)
        advice = "Ask what is so: turn the question round, and the order of its levels with it."
        if len(found) > 1:
            yield f"two negations (“{found[0]}” and “{found[1]}”) have to be read twice", advice
        elif _WHAT_IS_NOT.search(sentence):
            yield "it asks what is not so, and whoever reads in a hurry answers the opposite", advice


def _yes_or_no(question: Question) -> bool:
    firsts = {(re.findall(r"\w+", choice.text) or [""])[0].lower() for choice in question.choices}
    return len(question.choices) == len(firsts) and firsts == {"yes", "no"}
