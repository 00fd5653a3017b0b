"""What there is to say to an author: a pack can be used as it is, but something in it is not as they mean it."""

from dataclasses import dataclass
from enum import StrEnum

from collabcheck.problems import Path, Place


class Kind(StrEnum):
    """The kind of a remark. Kinds are stable; `docs/packs.md` explains each."""

    # What no answers can bring about
    NEVER_ASKED = "never-asked"
    UNREACHABLE_BAND = "unreachable-band"
    NEVER_RAISED = "never-raised"
    NO_EFFECT = "no-effect"
    NEVER_APPLIES = "never-applies"
    ALWAYS_APPLIES = "always-applies"
    NOT_PROVED = "not-proved"
    # What is not there
    UNUSED = "unused"
    NO_STEP = "no-step"
    NO_GUIDANCE = "no-guidance"
    ONE_QUESTION = "one-question"
    NO_SOURCE = "no-source"
    # Words
    HARD_TO_READ = "hard-to-read"
    LONG = "long"
    JARGON = "jargon"
    NEGATIVE = "negative"
    TWO_IN_ONE = "two-in-one"
    LEADING = "leading"
    YES_OR_NO = "yes-or-no"
    # Guidance
    NOT_SECURE = "not-secure"
    COPY = "copy"
    OLD = "old"
    NOT_CHECKED = "not-checked"
    NO_SUCCESSOR = "no-successor"
    NATION_LEFT_OUT = "nation-left-out"
    # Traps of YAML
    CUT_OFF = "cut-off"
    CURLY_QUOTES = "curly-quotes"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: where in the pack, what it is, and what to do."""

    path: Path
    kind: Kind
    message: str
    advice: str


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """What an author is told, an error or a remark, at its place. Sorts by place."""

    place: Place
    code: str
    """The code of the problem, or the kind of the remark."""
    message: str
    advice: str
    because: str = ""
    """Why the author leaves it as it is; empty for all that is to be looked at."""
