"""A published edit as a commit of the lessons' repository: these files, nothing else, never by force.

No program but git itself runs (`bot.lessons.git_programs`), and nothing is signed, pushed or tidied up: the
lessons were checked before. If git cannot commit, the edit stays published.
"""

from __future__ import annotations

import logging
import os
import re
import subprocess
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.language.words import N_, _
from bot.lessons.files import RefusedFileError, real_place
from bot.lessons.git_programs import OFF, off_by_name, without_programs
from bot.lessons.intake.kept_texts import place_of

SECONDS = 10.0
_WAIT_FOR_ITS_LOCKS = 2.0
# Nobody can have an address here: '.invalid' is reserved.
_DOMAIN = "users.noreply.invalid"
# Variables with settings of the operator, which are inherited. GIT_CONFIG is not: it would hide the others. Nor is
# GIT_CONFIG_PARAMETERS: a git that started the bot sets it, and it would override our settings.
_OPERATORS = re.compile(r"GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|(KEY|VALUE)_\d+)", re.ASCII)
NO_REPOSITORY = N_("the lessons folder is not in a Git repository")
_NO_FILE = N_("{file} is not in the lessons folder")
_UNFINISHED = {
    "MERGE_HEAD": N_("a merge is in progress in the Git repository"),
    "CHERRY_PICK_HEAD": N_("a cherry-pick is in progress in the Git repository"),
    "REVERT_HEAD": N_("a revert is in progress in the Git repository"),
    "rebase-merge": N_("a rebase is in progress in the Git repository"),
    "rebase-apply": N_("a rebase is in progress in the Git repository"),
    "sequencer": N_("a cherry-pick or revert is in progress in the Git repository"),
    "BISECT_LOG": N_("a bisect is in progress in the Git repository"),
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Commit:
    """The short hash of a commit; or '' and why nothing was committed. True if there is a commit."""

    id: str = ""
    why: str = ""

    def __bool__(self) -> bool:
        return bool(self.id)


class _NotCommittedError(Exception):
    """Why nothing was committed, as a marked text with its values: English in the log, translated in Discord."""

    def __init__(self, why: str, /, **values: object) -> None:
        super().__init__(why.format(**values))
        self.why = why
        self.values = values


def commit(folder: Path, files: Sequence[str], author: str, message: str) -> Commit:
    """Commit exactly these files of the lessons folder, as `author`; other staged files stay staged.

    It takes ten seconds at most and never raises: the `Commit` and the log say why none was made.
    """
    try:
        made = Commit(_Git(folder).commit(files, author, message))
    except _NotCommittedError as error:
        log.warning("the edit of %s was saved but not committed to Git: %s", ", ".join(files), error)
        return Commit(why=_(error.why, **error.values))
    log.info("%s committed to Git as %s", ", ".join(files), made.id)
    return made


def uncommitted(folder: Path, files: Sequence[str]) -> list[str]:
    """Which of these files differ from the last commit. Leaves out files unknown to git, and all if git fails."""
    try:
        return _Git(folder).uncommitted(files)
    except _NotCommittedError:  # `commit` says why
        return []


def ignored(folder: Path, files: Sequence[str]) -> list[str]:
    """Which of these files `.gitignore` keeps out of the repository; none if git fails."""
    try:
        return _Git(folder).ignored(files)
    except _NotCommittedError:  # `commit` says why
        return []


def unready(folder: Path) -> str:
    """Why no edit of the lessons in this folder could be committed; '' if one could."""
    try:
        _Git(folder).refuse_unready()
    except _NotCommittedError as error:
        return str(error)
    return ""


class _Git:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._until = time.monotonic() + SECONDS
        self._programs_off: dict[str, str] = {}

    def commit(self, files: Sequence[str], author: str, message: str) -> str:
        wanted = self._inside(files)
        self.refuse_unready()
        # A file that was made and deleted between two commits is unknown to git, which would refuse all.
        listed = "".join(self._lines("ls-files", "-z", "--cached", "--others", "--", *wanted)).split("\0")
        paths = ["--", *(file for file in wanted if file in listed)]
        if len(paths) == 1:
            raise _NotCommittedError(N_("there is nothing to commit"))
        looked = ("--porcelain", "--untracked-files=all", "--ignored=matching", "--ignore-submodules=all")
        found = self._lines("status", *looked, *paths)
        if ignored := [line for line in found if line.startswith("!!")]:
            raise _NotCommittedError(N_("Git ignores {file}"), file=ignored[0][3:])
        if not found:
            raise _NotCommittedError(N_("there is nothing to commit"))
        self._refuse_filters(paths[1:])
        new = ["--", *filter(None, "".join(self._lines("ls-files", "-z", "--others", *paths)).split("\0"))]
        if len(new) > 1:
            self._lines("add", "--intent-to-add", *new)
        try:
            options = ("--quiet", "--cleanup=whitespace", "--file=-", "--only")
            self._lines("commit", *options, *paths, typed=_one_line(message, 500) or "Edit lessons", author=author)
        except _NotCommittedError:
            if len(new) > 1:
                self._lines("reset", "--quiet", *new)
            raise
        return self._lines("rev-parse", "--short", "HEAD")[0]

    def uncommitted(self, files: Sequence[str]) -> list[str]:
        paths = self._inside(files)
        self.refuse_unready()
        options = ("--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--name-only", "--relative", "-z")
        found = self._lines("diff", *options, "HEAD", "--", *paths)
        return "".join(found).split("\0")[:-1]

    def ignored(self, files: Sequence[str]) -> list[str]:
        paths = self._inside(files)
        self.refuse_unready()
        found = self._lines("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", *paths)
        return "".join(found).split("\0")[:-1]

    def _inside(self, files: Sequence[str]) -> list[str]:
        for file in files:
            if not file or "\0" in file or Path(file).is_absolute() or ".." in Path(file).parts:
                raise _NotCommittedError(_NO_FILE, file=repr(file))
            try:
                real_place(*place_of(self._folder, file))
            except RefusedFileError as error:
                raise _NotCommittedError(_NO_FILE, file=repr(file)) from error
        if not files:
            raise _NotCommittedError(N_("there is nothing to commit"))
        return list(files)

    def refuse_unready(self) -> None:
        names = "".join(self._lines("config", "--list", "--name-only", "-z")).split("\0")
        self._programs_off = off_by_name(names)
        where = ("--is-inside-work-tree", "--absolute-git-dir", "--show-toplevel")
        found = self._lines("rev-parse", *where, codes=(0, 128))
        if not found or found[0] != "true":
            raise _NotCommittedError(NO_REPOSITORY)
        # A file of another repository would be committed to this one.
        if not (Path(found[2]) / ".git").exists():
            raise _NotCommittedError(N_("the Git repository keeps its files in another folder (core.worktree)"))
        for name, what in _UNFINISHED.items():
            if (Path(found[1]) / name).exists():
                raise _NotCommittedError(what)
        options = ("--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--name-only")
        if self._lines("diff", "--cached", "--diff-filter=U", *options):
            raise _NotCommittedError(N_("the Git repository has merge conflicts"))
        if not self._lines("symbolic-ref", "--quiet", "HEAD", codes=(0, 1)):
            raise _NotCommittedError(N_("the Git repository is not on a branch, so the commit could get lost"))

    def _refuse_filters(self, files: Sequence[str]) -> None:
        """Raise `_NotCommittedError` if a file has a filter, such as Git LFS: its program would not run."""
        found = "".join(self._lines("check-attr", "-z", "filter", "--", *files)).split("\0")
        for file, name in zip(found[0::3], found[2::3], strict=False):
            if name not in ("unspecified", "unset"):
                what = N_("Git would run the filter '{name}' on {file}, but Lessonbot doesn't run filters")
                raise _NotCommittedError(what, name=name, file=file)

    def _lines(self, *words: str, codes: Sequence[int] = (0,), typed: str = "", author: str = "") -> list[str]:
        """The lines that git prints. Raises `_NotCommittedError` with its message for an unexpected exit code."""
        settings = [word for key, value in OFF.items() for word in ("-c", f"{key}={value}")]
        try:
            process = subprocess.Popen(  # noqa: S603  git alone, and every path stands behind '--'
                ["git", *settings, *words],  # noqa: S607  wherever the operator has it
                cwd=self._folder,
                env=without_programs(_environment(author), self._programs_off),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise _NotCommittedError(N_("Git cannot be started: {why}"), why=error.strerror) from error
        with process:
            try:
                out, err = process.communicate(typed.encode(), max(0.0, self._until - time.monotonic()))
            except subprocess.TimeoutExpired:
                _stop(process)
                raise _NotCommittedError(
                    N_("Git took longer than {seconds} seconds"), seconds=f"{SECONDS:.0f}"
                ) from None
        if process.returncode not in codes or b"dubious ownership" in err:
            said = err.decode(errors="replace").strip().splitlines() or [f"exit code {process.returncode}"]
            raise _NotCommittedError(N_("Git reports: {what}"), what=said[0][:200])
        return [line for line in out.decode(errors="replace").split("\n") if line]


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()  # then it removes its locks; if it were killed, it could not
    try:
        process.communicate(timeout=_WAIT_FOR_ITS_LOCKS)
    except subprocess.TimeoutExpired:
        process.kill()


def _environment(author: str) -> dict[str, str]:
    """The bot's environment without variables that point git to another repository. Paths are taken literally."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or _OPERATORS.fullmatch(k)}
    name = _one_line(author, 60)
    name = re.sub(r"[<>]", "", name).strip(" .,:;\"'\\")
    # Git refuses a name without a letter or a digit.
    name = name if any(map(str.isalnum, name)) else "A moderator"
    mail = re.sub(r"[^a-z0-9]+", "-", name.lower().encode("ascii", "ignore").decode()).strip("-") or "moderator"
    return {
        **inherited,
        "LC_ALL": "C.UTF-8",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_AUTHOR_NAME": name,
        "GIT_AUTHOR_EMAIL": f"{mail}@{_DOMAIN}",
        "GIT_COMMITTER_NAME": "Lessonbot",
        "GIT_COMMITTER_EMAIL": f"lessonbot@{_DOMAIN}",
    }


def _one_line(text: str, most: int) -> str:
    """The text on one line, without invisible characters, cut to `most` characters."""
    seen = (
        " " if each.isspace() else each for each in text if each.isspace() or unicodedata.category(each)[0] != "C"
    )
    return " ".join("".join(seen).split())[:most].strip()
