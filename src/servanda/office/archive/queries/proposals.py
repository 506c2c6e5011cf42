"""What a file seems to be, guessed from its name and its text, each guess with its reason; a person confirms or corrects."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale

from servanda.office.common.sorting import fold
from servanda.treaty import symbols
from servanda.treaty.errors import Remark, sentence
from servanda.treaty.law import Law
from servanda.treaty.record import Meeting, Name
from servanda.treaty.symbols import Symbol

from ..choices import LANGUAGES

FIRST_PAGE = sentence("it stands on the first page")
FILE_NAME = sentence("it is in the file's name")
SYMBOL_SAYS = sentence("the symbol says so")
GIVEN = sentence("it was given at intake")
MOST_PAGES = sentence("{count} of {pages} pages are in this language")
FIRST_LINE = sentence("it is the first line of the text")
WORDS_SAY = sentence("the words “{words}” stand at the beginning")
MEETING_DAYS = sentence("the date falls within the meeting")

Proposal = Mapping[str, tuple[str, Remark]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What is known of a file at intake: its name, the texts of its pages with their languages, and what the person gave."""

    name: str
    pages: Sequence[tuple[str, str]]
    language: str = ""
    meeting: str = ""


# Words at the beginning of a document that tell its kind, the telling ones first.
_KIND_WORDS: tuple[tuple[str, str], ...] = (
    ("list of participants", "list-of-participants"),
    ("liste des participants", "list-of-participants"),
    ("annotated programme of work", "programme-of-work"),
    ("programme of work", "programme-of-work"),
    ("provisional agenda", "provisional-agenda"),
    ("rules of procedure", "rules-of-procedure"),
    ("estimated costs", "estimated-costs"),
    ("work plan", "work-plan"),
    ("annual report", "annual-report"),
    ("progress report", "progress-report"),
    ("right of reply", "right-of-reply"),
    ("draft decision", "draft-decision"),
    ("request for an extension", "extension-request"),
    ("final report", "final-report"),
    ("final document", "final-report"),
    ("action plan", "action-plan"),
    ("note verbale", "note-verbale"),
    ("working paper", "working-paper"),
    ("document de travail", "working-paper"),
    ("documento de trabajo", "working-paper"),
    ("рабочий документ", "working-paper"),
    ("工作文件", "working-paper"),
    ("ورقة عمل", "working-paper"),
    ("non-paper", "non-paper"),
    ("minutes of", "minutes"),
    ("summary of", "summary"),
    ("transparency report", "transparency-report"),
    ("declaration", "declaration"),
    ("statement", "statement"),
    ("déclaration", "statement"),
    ("declaración", "statement"),
    ("заявление", "statement"),
    ("invitation", "invitation"),
)
_TYPES = {"WP": "working-paper", "NP": "non-paper", "DEC": "draft-decision", "SR": "minutes"}
_LANGUAGE_MARK = re.compile(r"[-_. (]([EFSARC]|EN|FR|ES|AR|RU|ZH|CH)\)?(?:\.\w+)?$", re.IGNORECASE)
_MARKS = {"e": "en", "f": "fr", "s": "es", "a": "ar", "r": "ru", "c": "zh", "ch": "zh"}
# Lines above the title that say where and when, not what.
_MASTHEAD = re.compile(
    r"^(?:.{0,30}(?:meeting of (?:the )?states parties|review conference|assemblée des états parties|conférence d.examen"
    r"|reunión de los estados partes|conferencia de examen|совещание государств-участников|обзорная конференция"
    r"|اجتماع الدول الأطراف|الاجتماع .{1,12} للدول الأطراف|المؤتمر الاستعراضي|缔约国会议|审议大会)\W*$|convention on cluster munitions\W*$"
    r"|convention sur les armes à sous-munitions\W*$|original\b|distr\b|item \d|agenda item|point \d|tema \d|пункт \d|\W*united nations\W*$"
    r"|from:|to:|cc:|date:|subject: *$|.{0,40}\d{1,2} ?[-–] ?\d{1,2} .{0,30}(?:19|20)\d\d\W*$|\d{1,2} \S+(?: \S+)? (?:19|20)\d\d\W*$)",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    r"(?:statement|submitted|presented|prepared|intervention) by|(?:déclaration|intervention) (?:de|du|des|d.)|(?:soumis|présentée?)e? par"
    r"|(?:declaración|intervención) (?:de|del)|presentad[oa] por",
    re.IGNORECASE,
)
_BEFORE_A_NAME = re.compile(r"^(?:(?:the|le|la|les|l|el|los|las|his excellency|h e) )+")
_ISO = re.compile(r"\b((?:19|20)\d{2})-(\d{2})-(\d{2})\b")
_HAN_DATE = re.compile(r"((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日")
_IN_NAME = re.compile(
    r"[A-Z]{3,5}[_-](?:MSP|CONF|RC|ISM)[_-]\d{4}(?:[_-][A-Z]{2,4}\.?\d+|[_-]\d+)(?:[_-](?:Rev|Corr|Add|Amend)\.?\d+)*", re.IGNORECASE
)


def propose(taken: Taken, law: Law | None) -> Proposal:
    """A guess and its reason for symbol, language, title, kind, dated, state and meeting; what nothing hints at is left out."""
    first = taken.pages[0][0] if taken.pages else ""
    head = first[:2_500]
    found: dict[str, tuple[str, Remark]] = {}
    symbol = _symbol(taken.name, head)
    if symbol:
        found["symbol"] = symbol
    found["language"] = _language(taken)
    found["title"] = _title(taken.name, head)
    found |= _kind(head, symbols.parse(symbol[0]) if symbol else None)
    found |= _dated(head)
    found |= _state(head, law)
    found |= _meeting(taken, found, law.meetings if law else ())
    return {name: guess for name, guess in found.items() if guess[0]}


def _symbol(name: str, head: str) -> tuple[str, Remark] | None:
    for text in symbols.find(head):
        return symbols.parse(text).canonical, Remark(FIRST_PAGE)
    for text in symbols.find(name.replace("_", "/")):
        return symbols.parse(text).canonical, Remark(FILE_NAME)
    inside = _IN_NAME.search(name)
    if inside:
        read = symbols.parse(re.sub("[_-]", "/", inside[0]))
        return (read.canonical, Remark(FILE_NAME)) if not read.malformed else None
    return None


def _language(taken: Taken) -> tuple[str, Remark]:
    if taken.language:
        return taken.language, Remark(GIVEN)
    counts = Counter(language for _, language in taken.pages if language)
    if counts:
        language, count = counts.most_common(1)[0]
        return language, Remark(MOST_PAGES, {"count": count, "pages": len(taken.pages)})
    mark = _LANGUAGE_MARK.search(taken.name)
    code = mark[1].lower() if mark else ""
    return _MARKS.get(code, code if code in LANGUAGES else ""), Remark(FILE_NAME)


def _title(name: str, head: str) -> tuple[str, Remark]:
    for line in head.split("\n"):
        text = " ".join(line.split())
        if sum(char.isalpha() for char in text) >= 8 and not any(symbols.find(text)) and not _MASTHEAD.search(text):
            return text.removeprefix("Subject: ")[:300], Remark(FIRST_LINE)
    stem = name.rpartition("/")[2].rpartition(".")[0] or name
    return " ".join(re.sub("[_]+", " ", stem).split())[:300], Remark(FILE_NAME)


def _kind(head: str, symbol: Symbol | None) -> dict[str, tuple[str, Remark]]:
    if symbol and symbol.type in _TYPES:
        return {"kind": (_TYPES[symbol.type], Remark(SYMBOL_SAYS))}
    lower = head[:800].casefold()
    for words, kind in _KIND_WORDS:
        if words in lower:
            return {"kind": (kind, Remark(WORDS_SAY, {"words": words}))}
    return {}


@cache
def _months() -> tuple[re.Pattern[str], Mapping[str, int]]:
    """A pattern for “9 November 2010” in the languages that write so, and the number of each month's name."""
    names: dict[str, int] = {}
    for language in ("en", "fr", "es", "ru", "ar"):
        for context in ("format", "stand-alone"):
            names |= {name.casefold(): number for number, name in Locale(language).months[context]["wide"].items()}
    either = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(
        rf"(?<![-–\d])(?<![-–] )\b(\d{{1,2}})(?:er|º)?\s+(?:de\s+)?({either})\s+(?:de\s+)?((?:19|20)\d{{2}})\b", re.IGNORECASE
    ), names


def _dated(head: str) -> dict[str, tuple[str, Remark]]:
    pattern, names = _months()
    written, iso, han = pattern.search(head), _ISO.search(head), _HAN_DATE.search(head)
    if written:
        year, month, day = written[3], names[written[2].casefold()], int(written[1])
    elif iso or han:
        year, month, day = (iso or han)[1], int((iso or han)[2]), int((iso or han)[3])
    else:
        return {}
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return {}
    return {"dated": (f"{year}-{month:02}-{day:02}", Remark(FIRST_PAGE))}


def _state(head: str, law: Law | None) -> dict[str, tuple[str, Remark]]:
    """The State that a statement or a paper says it is by."""
    by = _SPEAKER.search(head)
    if by is None or law is None:
        return {}
    said = _BEFORE_A_NAME.sub("", f"{fold(head[by.end() : by.end() + 120])} ")
    for name, iso3 in _folded_names(law.names):
        if said.startswith(name):
            return {"state": (iso3, Remark(WORDS_SAY, {"words": by[0]}))}
    return {}


@lru_cache(maxsize=2)
def _folded_names(names: tuple[Name, ...]) -> list[tuple[str, str]]:
    """The names of States, folded, each with a space behind it, the longest first."""
    return sorted(((f"{fold(name.name)} ", name.iso3) for name in names if name.name), key=lambda pair: -len(pair[0]))


def _meeting(taken: Taken, found: Mapping[str, tuple[str, Remark]], meetings: Sequence[Meeting]) -> dict[str, tuple[str, Remark]]:
    if taken.meeting:
        return {"meeting": (taken.meeting, Remark(GIVEN))}
    symbol = symbols.parse(found["symbol"][0]) if "symbol" in found else None
    if symbol and symbol.year and symbol.meeting:
        kinds = {"MSP": "msp", "CONF": "rc", "RC": "rc", "ISM": "intersessional"}
        held = [meeting for meeting in meetings if meeting.opens and meeting.opens.first.year == symbol.year]
        same = [meeting for meeting in held if meeting.kind == kinds.get(symbol.meeting.split(".")[0])]
        if len(same) == 1:
            return {"meeting": (same[0].id, Remark(SYMBOL_SAYS))}
    if "dated" in found:
        day = found["dated"][0]
        held = [meeting for meeting in meetings if meeting.opens]
        during = [one for one in held if str(one.opens.first) <= day <= str((one.closes or one.opens).last)]
        if len(during) == 1:
            return {"meeting": (during[0].id, Remark(MEETING_DAYS))}
    return {}
