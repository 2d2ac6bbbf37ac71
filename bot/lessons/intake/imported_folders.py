"""Finds the files of earlier imports that are missing in a folder that is imported again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.lessons.intake.collecting import SourceFile
from bot.lessons.intake.last_import import SourceNames, source_name


@dataclass(frozen=True)
class ImportedFolders:
    """The folders of an import: the names of those in the project, and of all files and folders in them."""

    in_project: frozenset[str]
    inside: frozenset[str]

    def missing(self, known: Collection[str], again: Mapping[str, str]) -> list[str]:
        """Those of the `known` sources of earlier imports that were in these folders, and are not there any more.

        `again` are sources of this import, each with its name among the known ones. The name of a source outside
        the project does not tell where it was: it counts if one that is there was beside it, or around it. Files
        of any folder can have names without one: they count if most of those that are known are there.
        """
        there = [name for source, name in again.items() if source in self.inside]
        beside = _around(each for each in there if self.in_project.isdisjoint(_around([each])))
        if 2 * len(_bare(there)) <= len(_bare(known)):
            beside.discard(".")
        folders = self.in_project | beside
        left = set(known).difference(again.values())
        inside = SourceNames(self.inside)
        return sorted(each for each in left if folders & _around([each]) and not inside.same_as(each))


def folders_of(paths: Sequence[Path], found: Iterable[SourceFile], home: Path | None) -> ImportedFolders:
    """The folders among these paths, in which these files were found. `home` is the folder of the project."""
    folders = [each for each in paths if each.is_dir()]
    in_project = {source_name(each, Path(), home) for each in folders}
    files = {source_name(each.file, each.below, home) for each in found if each.is_below}
    # A folder of pages with a question each is a source, too.
    inside = files | _around(files) | {each.name for each in folders}
    return ImportedFolders(frozenset(in_project - {"."}), frozenset(inside - {"."}))


def _around(sources: Iterable[str]) -> set[str]:
    """The folders that contain these sources; the top one, `.`, only if it does so directly."""
    found: set[str] = set()
    for each in sources:
        folder, *others = map(str, PurePosixPath(each).parents)
        found |= {folder, *others[:-1]}
    return found


def _bare(names: Iterable[str]) -> list[str]:
    return [each for each in names if "/" not in each]
