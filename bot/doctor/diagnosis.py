"""What was found about one thing."""

from __future__ import annotations

from dataclasses import dataclass

from bot.language.characters import one_line


@dataclass(frozen=True)
class Diagnosis:
    """One line of the report. Without a `fix`, all is well; if it does not `matter`, the bot still works."""

    what: str
    said: str
    fix: str = ""
    matters: bool = True

    @property
    def is_problem(self) -> bool:
        return bool(self.fix) and self.matters

    def __str__(self) -> str:
        state = "OK" if not self.fix else "PROBLEM" if self.matters else "ADVICE"
        fix = f". To fix it: {self.fix}" if self.fix else ""
        return one_line(f"{state:<8} {self.what}: {self.said}{fix}")
