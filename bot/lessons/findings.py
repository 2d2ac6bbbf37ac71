"""What a check found: errors and advice, each with its place and, where one is known, a fix."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from bot.errors import Problem


@dataclass(frozen=True)
class Finding:
    """A problem and how bad it is; `fix` is empty where only the author can know."""

    file: str
    line: int
    kind: Literal["error", "advice"]
    where: str
    what: str
    fix: str = ""

    @classmethod
    def of(cls, problem: Problem, kind: Literal["error", "advice"]) -> Finding:
        return cls(problem.file, problem.line, kind, problem.where, problem.what, problem.fix)

    def __str__(self) -> str:
        told = f"{self.kind}: {Problem(self.file, self.line, self.where, self.what)}"
        # A fix is a verb and its object. Where the problem names the object already, the fix adds nothing.
        is_told = self.fix.partition(" ")[2] in self.what
        return told if not self.fix or is_told else f"{told}\n  fix: {self.fix}"

    def as_json(self) -> dict[str, object]:
        """Without `fix` where there is none."""
        return {key: value for key, value in asdict(self).items() if key != "fix" or value}
