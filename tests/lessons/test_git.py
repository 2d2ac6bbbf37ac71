"""A published edit is one commit, and never surprises the owner of the repository."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import time
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.lessons import git as git_module
from bot.lessons.git import commit
from bot.settings import load_settings
from tests.support.git import edit, git, knowledge, last, repository

__all__ = ["knowledge", "repository"]


def in_commit(folder: Path) -> list[str]:
    return git(folder, "show", "--format=", "--name-only", "HEAD").splitlines()


def test_an_edit_is_a_commit_of_the_moderator(knowledge):
    """`git log` shows the moderator and the reason."""
    edit(knowledge, "a.yaml")
    made = commit(knowledge, ["a.yaml"], "Ada Lovelace", "Say what a venv is for")
    assert made
    assert made.id == last(knowledge, "%h")
    assert made.why == ""
    assert last(knowledge) == "Ada Lovelace <ada-lovelace@users.noreply.invalid>|Lessonbot|Say what a venv is for"
    assert git(knowledge, "status", "--porcelain") == ""


def test_new_files_are_committed_too(knowledge):
    """An added lesson, and a picture."""
    edit(knowledge, "neu é.yaml", "images/a.png", "a.yaml")
    assert commit(knowledge, ["neu é.yaml", "images/a.png", "a.yaml"], "Ada", "Why")
    assert git(knowledge, "status", "--porcelain") == ""


def test_a_file_that_went_is_committed_and_one_that_git_never_saw_is_passed_over(knowledge):
    """An undone import deletes its files, whether or not git knew them."""
    edit(knowledge, "a.yaml")
    (knowledge / "b.yaml").unlink()
    assert commit(knowledge, ["a.yaml", "b.yaml", "new.yaml"], "Mia", "Undo")
    assert in_commit(knowledge) == ["knowledge/a.yaml", "knowledge/b.yaml"]
    assert commit(knowledge, ["new.yaml"], "Mia", "Undo").why == "there is nothing to commit"


def test_what_the_owner_has_staged_or_changed_is_left_alone(repository, knowledge):
    """Their work is not in the moderator's commit, and stays as it was."""
    (repository / "other.txt").write_text("staged\n")
    edit(knowledge, "b.yaml", "untracked.yaml", "a.yaml")
    git(repository, "add", "other.txt", "knowledge/b.yaml")
    before = git(repository, "status", "--porcelain", "other.txt", "knowledge/b.yaml", "knowledge/untracked.yaml")
    assert commit(knowledge, ["a.yaml"], "Ada", "Why")
    assert in_commit(repository) == ["knowledge/a.yaml"]
    assert git(repository, "status", "--porcelain") == before


def test_nothing_changed_is_no_commit(knowledge):
    """There are no empty commits."""
    before = last(knowledge, "%H")
    for files in (["a.yaml"], ["gone.yaml"], []):
        made = commit(knowledge, files, "Ada", "Why")
        assert (bool(made), made.why) == (False, "there is nothing to commit")
    assert last(knowledge, "%H") == before


def test_a_folder_without_git_is_told(tmp_path):
    """The edit stays published, and the log says why there is no commit."""
    edit(tmp_path, "a.yaml")
    assert commit(tmp_path, ["a.yaml"], "Ada", "Why").why == ("the lessons folder is not in a Git repository")


def test_a_computer_without_git_is_told(knowledge, monkeypatch):
    """The Docker image has no git."""
    monkeypatch.setenv("PATH", str(knowledge))
    assert commit(knowledge, ["a.yaml"], "Ada", "Why").why == "Git cannot be started: No such file or directory"


def test_the_first_commit_of_a_repository_can_be_an_edit(tmp_path):
    """After `git init`, the bot can commit."""
    git(tmp_path, "init", "-q")
    edit(tmp_path, "a.yaml")
    assert commit(tmp_path, ["a.yaml"], "Ada", "Why")
    assert in_commit(tmp_path) == ["a.yaml"]


def _diverge(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "theirs")
    (root / "other.txt").write_text("theirs\n")
    git(root, "commit", "-q", "-a", "-m", "theirs")
    git(root, "checkout", "-q", "-")
    (root / "other.txt").write_text("ours\n")
    git(root, "commit", "-q", "-a", "-m", "ours")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["merge", "theirs"], "a merge is in progress"),
        (["rebase", "theirs"], "a rebase is in progress"),
        (["cherry-pick", "theirs"], "a cherry-pick is in progress"),
        (["merge", "--no-commit", "--no-ff", "-s", "ours", "theirs"], "a merge is in progress"),
    ],
)
def test_nothing_is_committed_into_a_merge_or_a_rebase(repository, knowledge, words, why):
    """Its owner is working on it."""
    _diverge(repository)
    who = ["-c", "user.name=Owner", "-c", "user.email=o@example.org"]
    subprocess.run(["git", *who, *words], cwd=repository, capture_output=True, check=False)
    edit(knowledge, "a.yaml")
    before = last(repository, "%H"), git(repository, "status", "--porcelain")
    made = commit(knowledge, ["a.yaml"], "Ada", "Why")
    assert (bool(made), made.why) == (False, f"{why} in the Git repository")
    assert (last(repository, "%H"), git(repository, "status", "--porcelain")) == before


def test_nothing_is_committed_beside_a_conflict(repository, knowledge):
    """Such as one that `git stash pop` left, in any file of the repository."""
    (repository / "other.txt").write_text("mine\n")
    git(repository, "stash")
    (repository / "other.txt").write_text("theirs\n")
    git(repository, "commit", "-q", "-a", "-m", "theirs")
    subprocess.run(["git", "stash", "pop"], cwd=repository, capture_output=True, check=False)
    edit(knowledge, "a.yaml")
    assert commit(knowledge, ["a.yaml"], "Ada", "Why").why == "the Git repository has merge conflicts"


def test_a_commit_that_would_get_lost_is_not_made(repository, knowledge):
    """Without a branch, the next checkout would lose it."""
    git(repository, "checkout", "-q", "--detach")
    edit(knowledge, "a.yaml")
    assert "is not on a branch" in commit(knowledge, ["a.yaml"], "Ada", "Why").why


def test_an_ignored_file_is_not_forced_in(repository, knowledge):
    """`.gitignore` is respected."""
    (repository / ".gitignore").write_text("c.yaml\n")
    edit(knowledge, "c.yaml")
    assert commit(knowledge, ["c.yaml"], "Ada", "Why").why == "Git ignores knowledge/c.yaml"


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg", "prepare-commit-msg", "post-commit"])
def test_hooks_do_not_run(repository, knowledge, name):
    """A hook may ask a question, hang, push, or change the file."""
    hook = repository / ".git" / "hooks" / name
    hook.write_text("#!/bin/sh\ntouch hooked\nexit 1\n")
    hook.chmod(0o755)
    edit(knowledge, "a.yaml")
    assert commit(knowledge, ["a.yaml"], "Ada", "Why")
    assert not list(repository.rglob("hooked"))


def test_the_owners_settings_do_not_ask_for_a_signature_or_an_editor(repository, knowledge):
    """Nobody could answer."""
    for key, value in {
        "commit.gpgSign": "true",
        "gpg.program": "/bin/false",
        "core.editor": "/bin/false",
        "commit.cleanup": "strip",
        "user.useConfigOnly": "true",
        "status.showUntrackedFiles": "no",
    }.items():
        git(repository, "config", key, value)
    edit(knowledge, "a.yaml", "c.yaml")
    assert commit(knowledge, ["a.yaml", "c.yaml"], "Ada", "# not a comment")
    assert last(knowledge, "%B") == "# not a comment"


@pytest.mark.parametrize(
    ("author", "name", "mail"),
    [
        ("--amend", "--amend", "amend"),
        (
            "Eve\nauthor Mallory <m@x.org> 0 +0000",
            "Eve author Mallory m@x.org 0 +0000",
            "eve-author-mallory-m-x-org-0-0000",
        ),
        ("Eve <ceo@example.org>", "Eve ceo@example.org", "eve-ceo-example-org"),
        ("\0\r\n", "A moderator", "a-moderator"),
        ("<>.,;", "A moderator", "a-moderator"),
        ("", "A moderator", "a-moderator"),
        ("日本", "日本", "moderator"),
        ("\u202eevE", "evE", "eve"),
        ("\ud800x", "x", "x"),
        ("e" * 500, "e" * 60, "e" * 60),
    ],
)
def test_a_name_stays_a_name(knowledge, author, name, mail):
    """A moderator's name never becomes an option, a header or somebody else's address."""
    edit(knowledge, "a.yaml")
    assert commit(knowledge, ["a.yaml"], author, "Why")
    assert last(knowledge, "%an|%ae") == f"{name}|{mail}@users.noreply.invalid"
    raw = git(knowledge, "cat-file", "commit", "HEAD").partition("\n\n")[0]
    assert [line.split()[0] for line in raw.splitlines()] == ["tree", "parent", "author", "committer"]


@pytest.mark.parametrize(
    ("message", "written"),
    [
        ("--amend", "--amend"),
        ("-F /etc/passwd", "-F /etc/passwd"),
        ("Why\n\nSigned-off-by: The CEO <ceo@example.org>", "Why Signed-off-by: The CEO <ceo@example.org>"),
        ("a\0b\x1b[31m\r\nc", "ab[31m c"),
        ("", "Edit lessons"),
        (" \n ", "Edit lessons"),
        ("\ud800é 😀", "é 😀"),
        ("x" * 9999, "x" * 500),
    ],
)
def test_a_message_stays_a_message(knowledge, message, written):
    """It is one line of text, whatever reason the moderator typed."""
    edit(knowledge, "a.yaml")
    before = git(knowledge, "rev-list", "--count", "HEAD")
    assert commit(knowledge, ["a.yaml"], "Ada", message)
    assert last(knowledge, "%B") == written
    assert git(knowledge, "rev-list", "--count", "HEAD") != before


@pytest.mark.parametrize("file", ["../other.txt", "/etc/passwd", "a\0.yaml", ""])
def test_a_file_outside_the_lessons_is_refused(repository, knowledge, file):
    """Whatever path is passed."""
    (repository / "other.txt").write_text("new\n")
    assert "is not in the lessons folder" in commit(knowledge, [file], "Ada", "Why").why


@pytest.mark.parametrize("file", ["*", ":(top)other.txt", ":/", "-A", "--all", "."])
def test_a_file_name_is_no_pattern_and_no_option(repository, knowledge, file):
    """It only means the file of exactly this name."""
    (repository / "other.txt").write_text("new\n")
    before = last(repository, "%H")
    made = commit(knowledge, [file], "Ada", "Why")
    assert (bool(made), last(repository, "%H")) == (False, before)


def test_settings_of_whoever_started_the_bot_do_not_lead_git_elsewhere(knowledge, tmp_path, monkeypatch):
    """A hook of another repository may have started the bot."""
    git(tmp_path, "init", "-q", "elsewhere")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere" / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "elsewhere" / "index"))
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z")
    edit(knowledge, "a.yaml")
    assert commit(knowledge, ["a.yaml"], "Ada", "Why")
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_AUTHOR_DATE"):
        monkeypatch.delenv(name)
    assert last(knowledge, "%ad|%s").endswith("|Why")
    assert not last(knowledge, "%ad").endswith("2001 +0000")


def test_another_git_at_work_is_waited_for_by_nobody(repository, knowledge):
    """Its lock is respected, and new files are not left half added."""
    lock = repository / ".git" / "index.lock"
    edit(knowledge, "a.yaml")
    lock.touch()
    made = commit(knowledge, ["a.yaml"], "Ada", "Why")
    assert "Git reports: fatal: Unable to create" in made.why
    assert lock.exists()
    lock.unlink()
    assert commit(knowledge, ["a.yaml"], "Ada", "Why")


def test_a_commit_that_fails_leaves_the_index_as_it_was(repository, knowledge):
    """A new file is untracked again."""
    objects = repository / ".git" / "refs" / "heads"
    (objects / f"{git(repository, 'branch', '--show-current')}.lock").touch()
    edit(knowledge, "c.yaml")
    assert "Git reports: " in commit(knowledge, ["c.yaml"], "Ada", "Why").why
    assert git(repository, "status", "--porcelain") == "?? knowledge/c.yaml"


def test_a_git_that_hangs_is_ended_and_takes_its_locks_along(repository, knowledge, monkeypatch, tmp_path):
    """Nobody waits for more than ten seconds, and the next commit works."""
    monkeypatch.setattr(git_module, "SECONDS", 1.5)
    real = shutil.which("git")
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text(
        f"""#!/bin/sh
case " $* " in *" commit "*) ;; *) exec {real} "$@" ;; esac
touch {repository}/.git/index.lock
trap 'rm {repository}/.git/index.lock; kill $!; exit 1' TERM
sleep 30 & wait
"""
    )
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}:{os.environ['PATH']}")
    edit(knowledge, "a.yaml")
    begin = time.monotonic()
    made = commit(knowledge, ["a.yaml"], "Ada", "Why")
    assert made.why == "Git took longer than 2 seconds"
    assert time.monotonic() - begin < 20, "it waited until Git ended"
    assert not (repository / ".git" / "index.lock").exists()
    slow.unlink()
    assert commit(knowledge, ["a.yaml"], "Ada", "Why")


def test_nothing_is_committed_unless_the_operator_says_so(tmp_path):
    """LESSONS_GIT is off by default, and has two valid values."""
    assert load_settings({}, tmp_path / ".env").lessons_git == "off"
    assert load_settings({"LESSONS_GIT": "Commit"}, tmp_path / ".env").lessons_git == "commit"
    with pytest.raises(SettingsError, match="LESSONS_GIT must be 'off' or 'commit'; it is 'push'"):
        load_settings({"LESSONS_GIT": "push"}, tmp_path / ".env")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_somebody_elses_repository_is_told_in_gits_own_words(repository, knowledge):
    """Git's message tells the operator of a container what to set."""
    edit(knowledge, "a.yaml")
    for path in (repository, repository / ".git"):
        os.chown(path, 12345, 12345)
    assert stat.S_ISDIR(repository.stat().st_mode)
    assert "dubious ownership" in commit(knowledge, ["a.yaml"], "Ada", "Why").why
