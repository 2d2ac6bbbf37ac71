"""What a check found: errors and advice, each with its place and, where one is known, a fix."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from difflib import get_close_matches
from typing import Literal

from bot.errors import Problem


@dataclass(frozen=True)
class Finding:
    """A problem, how bad it is, and what to do; `fix` is empty where only the author can know."""

    file: str
    line: int
    kind: Literal["error", "advice"]
    where: str
    what: str
    fix: str = ""

    def __str__(self) -> str:
        told = f"{self.kind}: {Problem(self.file, self.line, self.where, self.what)}"
        is_told = not self.fix or self.fix in self.what or "did you mean" in self.what
        return told if is_told else f"{told}\n  fix: {self.fix}"

    def as_json(self) -> dict[str, object]:
        """Without `fix` where there is none."""
        return {key: value for key, value in asdict(self).items() if key != "fix" or value}


def findings(
    problems: Sequence[Problem], kind: Literal["error", "advice"], ids: Collection[str], today: date
) -> list[Finding]:
    """The problems with their fixes; `ids` are those of the library's entries."""
    return [
        Finding(each.file, each.line, kind, each.where, each.what, fix_of(each, ids, today)) for each in problems
    ]


def fix_of(problem: Problem, ids: Collection[str], today: date) -> str:
    """What would put this problem right, if that can be told."""
    if found := re.match(r"no entry has the id '(.+)'", problem.what):
        close = get_close_matches(found[1], ids, n=1, cutoff=0.6)
        return f"write '{close[0]}'" if close else "take it out, or write the entry"
    if found := re.match(r"has ([\d,]+) characters.*; at most ([\d,]+) fit", problem.what):
        more = int(found[1].replace(",", "")) - int(found[2].replace(",", ""))
        return f"take {more:,} characters out"
    for pattern, fix in _FIXES:
        if found := pattern.search(problem.what):
            key = re.sub(r"\[\d+\]$", "", problem.where.rpartition(".")[2])
            return (
                found.expand(fix).format(key=key, today=today) if "{" not in found.group() else found.expand(fix)
            )
    return ""


# Found by the words of a problem: the terminal, where fixes are told, speaks English.
_WORDS = (
    (r"is not a known key; did you mean '(\w+)'", r"write '\1'"),
    (r"^is missing$", r"add '{key}: …'"),
    (r"^must not be empty$", r"write something behind '{key}:'"),
    (r"' is taken by (.+)$", r"choose another id than \1 has"),
    (r"is there twice; the first is on line (\d+)", r"take it out here or on line \1"),
    (r"^'.+' is there already$", "take it out"),
    (r"^has the same title as (\S+);", r"give it or \1 another title"),
    (r"^another option has the same text$", "write another text, or take it out"),
    (r"^two solutions have the id", "choose another id"),
    (r"^a link may lead to", r"link to a web page, or put the address into `code`"),
    (r"^has no phrasings", r"add 'phrasings:' and below it a line '- …' for each"),
    (r"^has no 'alt'", r"add 'alt: …' beside the file"),
    (r"cut off or damaged$", r"save the picture again, or take it from where it came"),
    (r"^has no 'verdict'", r"add 'verdict: works', 'tedious' or 'fails'"),
    (r"^has no '(\w+)'", r"add '\1: …'"),
    (r"^is asked (?:twice|almost the same): (\S+)", r"take it out here or at \1, or make one entry of the two"),
    (r"^was reviewed on ", r"read it, mend what is no longer true, and write 'reviewed: {today}'"),
    (r"^holds characters that nobody sees", r"type the text again, without copying it"),
    (r"^shows the address (.+) and leads to", r"let the text say what is there, not an address"),
    (r"^holds a button for the command", r"write the command as `code`"),
    (r"make it an alias: \{(.+)\}", r"add to 'aliases:'  \1"),
    # Much of what is said of YAML says what to type already.
    (r"; ((?:put|save|check|take|type|divide|use|choose|write) .+)$", r"\1"),
)
_FIXES = tuple((re.compile(pattern), fix) for pattern, fix in _WORDS)
