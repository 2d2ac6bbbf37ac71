"""Switches off every setting of a repository that makes git start a program.

A repository's own settings are written by whoever may write into its folder, which need not be the operator.
Not here, as a commit never reads it: aliases (none is named like a command of git's own), `core.sshCommand` and
credential helpers (nothing is fetched or pushed), `include.path` (what it includes is listed like the rest).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

OFF = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "commit.gpgSign": "false",
    "commit.verbose": "false",  # it would draw a diff
    "diff.ignoreSubmodules": "all",  # to look into one, git starts another git, with the submodule's settings
    "status.submoduleSummary": "false",
    "submodule.recurse": "false",
    "rerere.enabled": "false",  # it starts merge drivers
    "gc.auto": "0",
    "maintenance.auto": "false",
    # Files that make the lessons folder look like a repository, settings included, can come with any pull.
    "safe.bareRepository": "explicit",
}
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "GIT_EDITOR": ":",
    "GIT_PAGER": "cat",
    # A partial clone fetches what it lacks, by whatever program the settings name.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}


def off_by_name(names: Iterable[str]) -> dict[str, str]:
    """Settings that switch off all filters and hooks, which have names of their own; `names` are all settings."""
    off: dict[str, str] = {}
    for each in names:
        section, __, rest = each.partition(".")
        name = rest.rpartition(".")[0]
        if section == "filter" and name:
            off |= {f"filter.{name}.{part}": "" for part in ("clean", "smudge", "process")}
            off[f"filter.{name}.required"] = "false"
        elif section == "hook" and name:  # hooks in settings, since git 2.54
            off[f"hook.{name}.enabled"] = "false"
    return off


def without_programs(environment: Mapping[str, str], off: Mapping[str, str]) -> dict[str, str]:
    """This environment with the settings `off` after its own: git uses the last value."""
    # Not as `-c`, where a name that holds a '=' would be another setting.
    begin = int(environment.get("GIT_CONFIG_COUNT") or 0)
    added = {"GIT_CONFIG_COUNT": str(begin + len(off))}
    for n, (key, value) in enumerate(off.items(), begin):
        added |= {f"GIT_CONFIG_KEY_{n}": key, f"GIT_CONFIG_VALUE_{n}": value}
    return {**environment, **_ENVIRONMENT, **added}
