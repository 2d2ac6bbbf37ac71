"""A repository of lessons cannot make the bot run a program, whatever its settings say.

Each test has a program that leaves a file behind when it runs.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from bot.lessons.git import commit, uncommitted
from tests.support.git import edit, git, knowledge, last, repository

__all__ = ["knowledge", "repository"]


@pytest.fixture
def program(tmp_path):
    """A program that passes on what it is given, as a filter would."""
    path = tmp_path / "program"
    path.write_text(f"#!/bin/sh\ntouch {path.with_name('ran')}\ncat\n")
    path.chmod(0o755)
    return path


def has_run(program: Path) -> bool:
    return program.with_name("ran").exists()


def publish(knowledge: Path) -> bool:
    """All that a publish asks of git: about a new file and an old one, where other files look changed to it."""
    for name in ("a.yaml", "b.yaml", "../other.txt"):
        os.utime(knowledge / name, (time.time() + 5, time.time() + 5))
    uncommitted(knowledge, ["a.yaml", "new.yaml"])
    edit(knowledge, "a.yaml", "new.yaml")
    return bool(commit(knowledge, ["a.yaml", "new.yaml"], "Ada", "Why"))


PROGRAMS = (
    "core.fsmonitor core.editor core.pager core.sshCommand core.askPass core.gitProxy gpg.program gpg.ssh.program "
    "credential.helper diff.external diff.x.command diff.x.textconv merge.x.driver filter.x.clean filter.x.smudge "
    "filter.x.process filter.a=b.clean alias.commit alias.status pager.status sequence.editor "
    "interactive.diffFilter uploadpack.packObjectsHook trailer.x.command hook.x.command man.x.cmd browser.x.cmd "
    "difftool.x.cmd"
).split()


@pytest.mark.parametrize("key", PROGRAMS)
def test_no_setting_runs_a_program(repository, knowledge, program, key):
    """Neither for the files of the edit nor for other files of the repository."""
    (repository / ".gitattributes").write_text(
        "*.txt filter=x diff=x merge=x\n*.yaml diff=x merge=x\nb.yaml filter=a=b\n"
    )
    for name, value in {
        key: str(program),
        "commit.gpgSign": "true",
        "commit.verbose": "true",
        "hook.x.event": "pre-commit",
        "filter.x.required": str(key.startswith("filter.x.")).lower(),
        "trailer.x.key": "x",
        "rerere.enabled": "true",
        "core.fsmonitorHookVersion": "1",
    }.items():
        git(repository, "config", name, value)
    assert publish(knowledge)
    assert not has_run(program)
    assert last(repository, "%s") == "Why"


@pytest.mark.parametrize("where", ["include.path", "includeIf.onbranch:**.path", "worktree"])
def test_settings_in_another_file_run_no_program_either(repository, knowledge, program, where):
    """Included settings count like the repository's own."""
    (repository / ".gitattributes").write_text("*.txt filter=x\n")
    more = repository / ".git" / ("config.worktree" if where == "worktree" else "more")
    more.write_text(f'[core]\n\tfsmonitor = "{program}"\n[filter "x"]\n\tclean = "{program}"\n\trequired = true\n')
    git(repository, "config", *(["extensions.worktreeConfig", "true"] if where == "worktree" else [where, "more"]))
    assert publish(knowledge)
    assert not has_run(program)


def test_a_program_of_this_kind_would_run_without_care(repository, knowledge, program):
    """This shows that the tests above test something."""
    (repository / ".gitattributes").write_text("*.txt filter=x\n")
    git(repository, "config", "filter.x.clean", str(program))
    os.utime(repository / "other.txt", (time.time() + 5, time.time() + 5))
    git(repository, "status")
    assert has_run(program)


@pytest.mark.parametrize("where", [".gitattributes", ".git/info/attributes", "core.attributesFile"])
@pytest.mark.parametrize("is_known", [True, False], ids=["a program", "nothing"])
def test_a_lesson_with_a_filter_is_not_committed(repository, knowledge, program, where, is_known):
    """Without the program of the filter, such as Git LFS, wrong content would be committed."""
    path = repository / ("attributes" if where == "core.attributesFile" else where)
    path.parent.mkdir(exist_ok=True)
    path.write_text("*.yaml filter=x\n")
    if where == "core.attributesFile":
        git(repository, "config", where, str(path))
    if is_known:
        git(repository, "config", "filter.x.clean", str(program))
    before = last(repository, "%H")
    edit(knowledge, "a.yaml")
    made = commit(knowledge, ["a.yaml"], "Ada", "Why")
    assert (bool(made), made.why) == (
        False,
        "Git would run the filter 'x' on a.yaml, but Lessonbot doesn't run filters",
    )
    assert last(repository, "%H") == before
    assert not has_run(program)
    assert git(repository, "diff", "--cached", "--name-only") == ""


def test_a_submodule_runs_nothing(repository, knowledge, program, tmp_path):
    """A submodule has its own settings."""
    git(tmp_path, "init", "-q", "inner")
    (tmp_path / "inner" / "a.txt").write_text("a")
    git(tmp_path / "inner", "add", ".")
    git(tmp_path / "inner", "commit", "-q", "-m", "first")
    git(repository, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(tmp_path / "inner"), "sub")
    git(repository, "commit", "-q", "-m", "a submodule")
    git(repository / "sub", "config", "core.fsmonitor", str(program))
    git(repository, "config", "submodule.recurse", "true")
    git(repository, "config", "submodule.sub.ignore", "none")
    (repository / "sub" / "a.txt").write_text("b")
    assert publish(knowledge)
    assert not has_run(program)


@pytest.mark.parametrize("key", ["remote.origin.uploadpack", "core.sshCommand", "remote.origin.vcs"])
def test_what_a_partial_clone_lacks_is_not_fetched(repository, knowledge, program, key):
    """For a fetch, git would start any program that the settings name."""
    (repository / "lost.txt").write_text("lost\n")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "lost")
    for file in ("lost.txt", "knowledge/b.yaml"):
        blob = git(repository, "rev-parse", f"HEAD:{file}")
        (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink(missing_ok=True)
    tree = git(repository, "rev-parse", "HEAD:knowledge")
    (repository / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    url = "ssh://example.invalid/x" if key == "core.sshCommand" else str(repository)
    for name, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.url": url,
        "remote.origin.promisor": "true",
        key: "ext" if key.endswith("vcs") else str(program),
    }.items():
        git(repository, "config", name, value)
    publish(knowledge)
    assert not has_run(program)


def test_files_that_look_like_a_repository_are_none(repository, knowledge, program):
    """They can come with any pull, and their settings would count for their folder."""
    (knowledge / "objects").mkdir()
    (knowledge / "refs" / "heads").mkdir(parents=True)
    (knowledge / "HEAD").write_text("ref: refs/heads/main\n")
    (knowledge / "config").write_text(
        f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = {program}\n"
    )
    edit(knowledge, "a.yaml")
    made = commit(knowledge, ["a.yaml"], "Ada", "Why")
    assert (bool(made), made.why) == (False, "the lessons folder is not in a Git repository")
    assert not has_run(program)


def test_a_repository_whose_files_are_elsewhere_is_refused(repository, knowledge, tmp_path):
    """It could commit files of another folder."""
    git(repository, "config", "core.worktree", str(tmp_path))
    edit(knowledge, "a.yaml")
    assert commit(knowledge, ["a.yaml"], "Ada", "Why").why == (
        "the Git repository keeps its files in another folder (core.worktree)"
    )


def test_a_file_that_leads_out_of_the_folder_is_not_committed(repository, knowledge):
    """For example, a picture in a linked folder."""
    (repository / "out").mkdir()
    (repository / "out" / "a.png").write_text("x")
    (knowledge / "images").symlink_to("../out")
    made = commit(knowledge, ["images/a.png"], "Ada", "Why")
    assert made.why == "'images/a.png' is not in the lessons folder"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GIT_EXTERNAL_DIFF", "{program}"),
        ("GIT_EDITOR", "{program}"),
        ("GIT_PAGER", "{program}"),
        ("GIT_SSH_COMMAND", "{program}"),
        ("GIT_CONFIG", "{folder}/nothing"),
        ("GIT_CONFIG_PARAMETERS", "'core.fsmonitor'='{program}'"),
    ],
)
def test_the_environment_of_another_git_runs_no_program(knowledge, program, monkeypatch, name, value):
    """A bot that was started by an alias or a hook has such an environment."""
    (knowledge / "../.gitattributes").write_text("*.txt filter=x\n")
    git(knowledge, "config", "filter.x.clean", str(program))
    monkeypatch.setenv(name, value.format(program=program, folder=knowledge))
    assert publish(knowledge)
    assert not has_run(program)


def test_settings_that_an_operator_gives_in_the_environment_count(repository, knowledge, program, monkeypatch):
    """Containers declare safe repositories in this way; the bot's own settings come after them."""
    (repository / ".gitattributes").write_text("*.txt filter=x\n")
    settings = {"i18n.commitEncoding": "ISO-8859-1", "filter.x.clean": str(program)}
    monkeypatch.setenv("GIT_CONFIG_COUNT", str(len(settings)))
    for n, (key, value) in enumerate(settings.items()):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{n}", key)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{n}", value)
    assert publish(knowledge)
    assert not has_run(program)
    assert "encoding ISO-8859-1" in git(repository, "cat-file", "commit", "HEAD")
