"""Shortens a pasted traceback or error to the member's own words and the exception, without the frames."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.search.words.small_words import SMALL_WORDS

# Discord allows 4,000 characters, and 6,000 in a command. A terminal has no limit.
LONGEST = 8000
# From so many characters on, an error in several lines counts as pasted, even without frames.
_LONG = 250
# Texts in quotes or backticks, and names of exceptions without them.
_QUOTES = re.compile(
    r"(?<!`)`{1,3}(?!`)([^`\n]{1,80})`{1,3}|(?<!\w)(?:\"([^\"\n]{1,80})\"|“([^”\n]{1,80})”|„([^“”\n]{1,80})[“”]|'([^'\n]{1,60})'|‘([^’\n]{1,60})’)(?!\w)"
    r"|\b([A-Z]\w{2,60}(?:Error|Exception|Warning))\b"
)
_NAMED = re.compile(r"(?<=\bnamed )\w[\w.]{0,60}")  # "No module named requests"
_SIGNS = ("`", '"', "'", "“", "„", "‘", "Error", "Exception", "Warning")
# The apostrophe of "don't" quotes nothing.
_MAY_BE_QUOTED = re.compile(r"`|[\"'“„‘](?<!\w.)|[a-z](?:Error|Exception|Warning)\b")

_TRACEBACK = re.compile(r"Traceback \(most recent call last\):?")
# An exception with its message. If line breaks were lost, it goes to the end of the text.
_EXCEPTION = re.compile(
    r"(?<![\w.])(?:[a-zA-Z_][\w.]{0,100})?(?:Error|Exception|Warning|Exit|Interrupt|Iteration|Fault|NotFound)\b(?::[^\n]{0,500})?"
)
_FRAME = re.compile(
    r"""\s*(?:
        File\ "[^"\n]*",\ line\ \d+.*         # Python
        | at\s\s?\S[^(:\n]{0,300}[(:].*\d.*    # JavaScript, Java, C#
        | (?:At\ line|In\ Zeile|En\ línea):\s?\d+\ (?:char|Zeichen|Carácter):\s?\d+.*  # PowerShell
        | \+\s.*                              # PowerShell's source line, category and id
        | [~^]+(?:\s+[~^]+)*\s*               # what points into a line
        | (?:from\ )?\S+:\d+:in\ .*           # Ruby
        | \d+:\s+(?:0x)?[0-9a-f]+\s-\s.*      # Rust
        | goroutine\ \d+.*
        | \.\.\.\ \d+\ more\s*
        | (?:During\ handling\ of|The\ above\ exception\ was)\ .*
    )""",
    re.VERBOSE,
)
_SAYS_WRONG = re.compile(
    r"(?i)\b(?:error|exception|fatal|failed|warning|denied|not found|cannot|can't|could not|no such|unable to"
    r"|no module named"
    r"|refused|invalid|not recognized|is disabled"
    r"|fehler|verweigert|nicht gefunden|kann nicht|konnte nicht|ungültig|wurde nicht als|fehlgeschlagen"
    r"|denegado|no se encuentra|no se encontró|no se puede|no se pudo|no se reconoce|inválido)\b"
    r"|\w(?:Error|Exception)\b"
)
# What members write before an error that they quote in a sentence: "and now it says: …".
_REPORTS = re.compile(
    r"(?i)\b(?:says?|said|saying|prints?|printed|shows?|showed|gives?|gave|gets?|got|getting|throws?|threw|sees?"
    r"|seeing|sagt|sagte|kommt|kam|steht|zeigt|meldet|bekomme|bekam|dice|dijo|sale|aparece|muestra)\b"
    r"(?: me\b| mir\b)?:?\s+"
)
# The first words of what they add behind it.
_GOES_ON = re.compile(
    r"(?i)[,;]? (?:(?:and|but|so|when|while|if|because|even though|although) (?:i|i'm|im|my|now|it|we|he|she)"
    r"|what|how|why|pls|plz|please|help|any|und (?:ich|jetzt|nun|es)|aber|wenn ich|was|wie|warum"
    r"|y (?:yo|ahora|no)|pero|cuando|que hago|como)\b.*| ?(?:\?\?|\.\.\.|:\().*"
)
# The program that a shell does not find or know.
_PROGRAM = re.compile(
    r"(?i)(?<![\w.+-])(?:"
    r"(\w[\w.+-]{0,39}): (?:\w{1,20} )?not found\b(?!:)"
    r"|(\w[\w.+-]{0,39}) command not found\b(?!:)"
    r"|command not found: (\w[\w.+-]{0,39})"
    r"|(\w[\w.+-]{0,39})['\"’”»]? (?:is|was) not (?:recognized|recognised)\b"
    r"|(\w[\w.+-]{0,39})['\"’”»]? wurde nicht als\b"
    r"|(\w[\w.+-]{0,39})['\"’”»]? no se reconoce\b)"
)
# An error begins with its kind, and a colon behind it.
_KIND_OF_ERROR = re.compile(r"\b(?:[A-Z]\w+(?:Error|Exception|Warning)|(?i:error|fatal|fehler)):")
# "I get an error" only tells of one.
_TELLS_OF = re.compile(r"(?i)(?:an?|the|some|this|that|ein|einen|einer|un|una|este)\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
Quotes = Sequence[tuple[str, ...]]

_FENCE = re.compile(r"^[ \t]*```\w*[ \t]*$|```", re.MULTILINE)


def without_frames(text: str) -> str:
    """The text, shortened if a traceback or an error was pasted into it."""
    text = text[:LONGEST]
    if _TRACEBACK.search(text):
        return _of_traceback(text)
    if text.count("\n") < 2 or not _SAYS_WRONG.search(text):
        return text
    lines = [line for line in _FENCE.sub("", text).splitlines() if line.strip()]
    kept = [line for line in lines if not _FRAME.fullmatch(line)]
    # A short text without frames is a member's own, with an error in it.
    if kept == lines and len(text) < _LONG:
        return text
    wrong = [line for line in kept if _SAYS_WRONG.search(line)]
    own = [line for line in kept if line not in wrong and _is_prose(line)]
    return "\n".join([*own, *(wrong or kept)[-1:]])


def reports_error(text: str) -> bool:
    """Whether a text has the words of an error message."""
    return bool(_SAYS_WRONG.search(text[:LONGEST]))


def error_in(text: str) -> str:
    """The error that was pasted into a text, without the story around it; '' if there is none.

    "I ran it and now it says: No module named 'flask'. Any ideas?" -> "No module named 'flask'."
    """
    text = without_frames(text)
    told = [each for each in _SENTENCE.split(text) if _SAYS_WRONG.search(each)]
    if not told:
        return ""
    error = told[-1]
    kind = _KIND_OF_ERROR.search(error)
    reports = [each for each in _REPORTS.finditer(error) if _SAYS_WRONG.search(error, each.end())]
    if not kind and not reports:
        return ""
    begin = kind.start() if kind else reports[-1].end()
    error = _GOES_ON.sub("", " ".join(error[begin:].split())).strip()
    return error if _SAYS_WRONG.search(error) and not _TELLS_OF.match(error) else ""


def quoted_words(quotes: Quotes) -> str:
    """What is quoted in a text, one after the other: it tells one error from another."""
    return " ".join("".join(groups) for groups in quotes)


def exceptions_in(quotes: Quotes) -> list[str]:
    """The names of the exceptions in a text, in lower case."""
    return [groups[-1].lower() for groups in quotes if groups[-1]]


def without_names(error: str) -> str:
    """An error without the names in it; '' if it has none, or no exception says which error it is.

    "KeyError: 'total'" -> "KeyError: ".
    """
    if not exceptions_in(quotes_in(error)):
        return ""
    rest = _NAMED.sub("", _QUOTES.sub(lambda found: found[found.re.groups] or "", error))
    return rest if rest != error else ""


def programs_in(text: str) -> list[str]:
    """The programs that errors in a text name as missing, in lower case and without a version.

    "cmake: command not found" -> "cmake"; "python3.11: command not found" -> "python".
    """
    said = text[:LONGEST].lower()
    # Looking for a few words is quicker than any pattern, and most texts have none.
    if "not found" not in said and "not recogni" not in said and "nicht als" not in said and "no se r" not in said:
        return []
    found = ("".join(filter(None, groups)) for groups in _PROGRAM.findall(said))
    # "It is not recognized" names none.
    return [each.rstrip("0123456789.") or each for each in found if each not in SMALL_WORDS]


def quotes_in(text: str) -> Quotes:
    """What is quoted in a text, with an empty text for each kind of quotes that it is not in."""
    text = text[:LONGEST]
    # Looking for a few signs is quicker than any pattern, and most texts have none.
    for sign in _SIGNS:
        if sign in text:
            return _QUOTES.findall(text) if _MAY_BE_QUOTED.search(text) else ()
    return ()


def _of_traceback(text: str) -> str:
    text = _FENCE.sub("", text)
    first = _TRACEBACK.search(text)
    last = list(_TRACEBACK.finditer(text))[-1]
    assert first
    before, after = text[: first.start()], text[last.end() :]
    return "\n".join(filter(None, [before.strip(), *_exception_of(after)]))


def _exception_of(after: str) -> Iterator[str]:
    """The exception in the text after a traceback's head, and the text that a member wrote below it."""
    lines = after.splitlines()
    # Frames and their source are indented; the exception is the first line that is not.
    at = next((n for n, line in enumerate(lines) if line.strip() and not line[0].isspace()), None)
    if at is not None and len(lines) > 1:
        yield lines[at].strip()
        yield from (line.strip() for line in lines[at + 1 :] if not _FRAME.fullmatch(line) and line.strip())
        return
    # There are no line breaks, as in an option of a command.
    found = list(_EXCEPTION.finditer(after))
    if found:
        yield found[-1].group()
    else:
        yield " ".join(after.split()[-12:])


def _is_prose(line: str) -> bool:
    """Whether a person wrote this line: it is words, and no prompt, path or table."""
    bare = line.strip()
    return (
        len(bare.split()) > 2 and bare[:1].isalpha() and not re.search(r"[|>$%#]\s|\s{3,}|::|[\\/]\w+[\\/]", bare)
    )
