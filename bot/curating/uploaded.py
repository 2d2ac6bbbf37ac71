"""Plans the import of an upload: lesson files, and lessons made from pages, sheets and data of other bots.

Nothing is written before `PlannedImport.publish`.
"""

from __future__ import annotations

import codecs
import logging
import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from bot.curating.import_again import ImportAgain, compare
from bot.curating.source_changes import BothChanged, Choice
from bot.errors import EditError, NotesError
from bot.language.words import _
from bot.lessons.archive import ImportPlan, compared, new_pictures, plan, write_import
from bot.lessons.file_names import is_lesson, is_picture
from bot.lessons.files import read_file
from bot.lessons.ids import ascii_name, ids_in, words_of
from bot.lessons.intake.formats import instead_of, known_endings, reader_of
from bot.lessons.intake.import_report import unshown_pictures, warnings
from bot.lessons.intake.importing import prepare
from bot.lessons.intake.options import Options, is_web_address
from bot.lessons.lesson import items_of
from bot.lessons.library import Library
from bot.lessons.loading import QUESTIONS
from bot.lessons.nodes import BOM, MAX_BYTES
from bot.lessons.pictures import IMAGES
from bot.lessons.publishing import read_changes
from bot.lessons.unpacking import Upload, read_archive
from bot.lessons.validation import MAX_PICTURE_BYTES, pictures_of

log = logging.getLogger(__name__)

# A lesson file has a `lesson` key that is not indented; other YAML is data to make lessons from.
_TITLE = re.compile(rb"(?m)^[\"']?lesson[\"']?[ ]*:(.*)")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NUMBER = re.compile(r"/[0-9]{1,9}/")


@dataclass(frozen=True)
class PlannedImport:
    """What an upload would change; `report` has lines about what does not fit into a lesson.

    `both` are the texts that were changed here and in the source since its last import. `taken_for` names each
    uploaded lesson that changes one of another name, and that one.
    """

    plan: ImportPlan
    report: tuple[str, ...] = ()
    both: tuple[BothChanged, ...] = ()
    taken_for: tuple[tuple[str, str], ...] = ()
    _again: ImportAgain | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the lessons have all of it already."""
        return self.plan.is_empty and not self.both

    def publish(self, library: Library) -> None:
        """Write all of it or nothing. Raises `ConflictError` if a lesson changed since, or another `EditError`."""
        write_import(library, self.plan)
        if self._again:
            try:
                self._again.keep(library.folder)
            except OSError as error:  # the lessons are written; the next import of the source has to ask more
                log.warning("what was imported cannot be kept for the next import: %s", error)


def plan_import(
    library: Library,
    uploads: Sequence[tuple[str, bytes]],
    options: Options | None = None,
    take: Container[int] = (),
) -> PlannedImport:
    """What these files, by their names, would change.

    If a text was changed here and in its source, ours is kept, except for the numbers in `take` of
    `PlannedImport.both`, counted from 0.
    Raises `LessonError` or `EditError`.
    """
    options = options or Options()
    if options.base_url and not is_web_address(options.base_url):
        raise EditError(
            _("`base_url` must be a web address, such as {example}", example="https://example.org/docs/")
        )
    read = [(name, _in_the_library(read_archive(name, content), library)) for name, content in uploads]
    if not any(found.is_usable for __, found in read):
        raise _nothing_in(read)
    alone = _pictures_alone(read)
    lessons = {_beside_lessons(name): picture for name, picture in alone.items()}
    notes: list[tuple[str, Upload]] = []
    ignored: list[str] = []
    taken_for: list[tuple[str, str]] = []
    for name, found in read:
        own = [file for file, inside in found.files.items() if is_lesson(file) and _has_title(inside)]
        for file in own:
            known = _known_as(file, found.files[file], library)
            if known in lessons:
                raise EditError(_("the upload contains '{file}' twice", file=known))
            lessons[known] = found.files[file]
            if PurePosixPath(known).name != file and "/" not in file:
                taken_for.append((file, known))
        others = {
            file: inside
            for file, inside in found.files.items()
            if file not in own and PurePosixPath(file).name != QUESTIONS
        }
        lessons |= {file: inside for file, inside in others.items() if is_picture(file) and file not in alone}
        questions = (each for each in found.files.items() if PurePosixPath(each[0]).name == QUESTIONS)
        ignored += [*found.ignored, *(file for file, inside in questions if not _is_there(library, file, inside))]
        if not all(map(is_picture, others)):
            notes.append((name, Upload({**others, **alone} if name in others else others)))
    planned = plan(library, lessons)
    try:
        made = _made(library, notes, options, take, planned) if notes else PlannedImport(planned)
    except NotesError as error:
        if not planned.lessons:
            raise EditError(str(error)) from error
        made = PlannedImport(planned, tuple(str(error).splitlines()))
    unread = [_("not read: {files}", files=", ".join(ignored))] if ignored else []
    uploaded = {_beside_lessons(name): name for name in alone}
    unshown = unshown_pictures([Path(uploaded.get(each, each)) for each in made.plan.ignored])
    return replace(made, report=(*made.report, *unread, *unshown), taken_for=tuple(taken_for))


def _pictures_alone(read: Sequence[tuple[str, Upload]]) -> dict[str, bytes]:
    """The pictures that were uploaded by themselves: each can belong to any of the other files."""
    alone: dict[str, bytes] = {}
    for name, found in read:
        if [*found.files] == [name] and is_picture(name):
            if name in alone:
                raise EditError(_("the upload contains '{file}' twice", file=name))
            alone[name] = found.files[name]
    return alone


def _nothing_in(read: Sequence[tuple[str, Upload]]) -> EditError:
    """What to do where no file of these uploads can be used."""
    others = [name for name, found in read if found.ignored == (name,) and not reader_of(PurePosixPath(name))]
    why = [
        _("{file}: this kind of file can't be read. {instead}", file=name, instead=instead_of(PurePosixPath(name)))
        for name in others
    ]
    nothing = _(
        "the upload contains no lesson files (.yaml), nor pages that lessons can be made of; these are read: "
        "{known}",
        known=known_endings(),
    )
    return EditError("\n".join(why) or nothing)


def _beside_lessons(picture: str) -> str:
    """The path of a picture that was uploaded by itself, as lessons have it."""
    return f"{IMAGES}/{picture}"


def _in_the_library(upload: Upload, library: Library) -> Upload:
    """The files by their paths in the lessons folder: a zip of a repository has folders around it."""
    known = library.lessons.by_file.keys()
    around = [above.as_posix() for file in upload.files for above in PurePosixPath(file).parents if above.name]
    fits = Counter(above for above in around if any(f"{above}/{file}" in upload.files for file in known))
    at_the_top = known & upload.files.keys()
    named = [each for each in around if PurePosixPath(each).name == library.folder.resolve().name]
    if at_the_top:
        above = ""
    else:
        above = next(iter([*(each for each, __ in fits.most_common(1)), *named]), "") or _common(upload)
    if not above:
        return upload
    inside = {
        file.removeprefix(f"{above}/"): content
        for file, content in upload.files.items()
        if file.startswith(f"{above}/")
    }
    outside = [file for file in upload.files if not file.startswith(f"{above}/")]
    return Upload(inside, (*upload.ignored, *outside))


def _common(upload: Upload) -> str:
    """The one folder that contains everything, such as `community-main`; else ''."""
    tops = {file.partition("/")[0] for file in upload.files}
    is_one = len(tops) == 1 and all("/" in file for file in upload.files)
    return tops.pop() if is_one and tops != {"images"} else ""


def _has_title(content: bytes) -> bool:
    """Whether this YAML is a lesson file. Windows' Notepad puts a byte order mark before the first line.

    In UTF-16, the check of the lesson says in what it has to be saved.
    """
    return content.startswith(_UTF_16) or _TITLE.search(content.removeprefix(BOM)) is not None


def _title_in(content: bytes) -> str:
    """The title in a lesson file, also if it has errors; '' if there is none in plain text on its line."""
    found = _TITLE.search(content.removeprefix(BOM))
    return found[1].decode(errors="replace").strip().strip("\"'") if found else ""


def _is_there(library: Library, file: str, content: bytes) -> bool:
    """Whether the lessons folder has exactly this file."""
    try:
        return read_file(library.folder, file, MAX_BYTES) == content
    except OSError:
        return False


def _known_as(file: str, content: bytes, library: Library) -> str:
    """The path for a lesson that was uploaded alone: that of one with entries in common and this name or title.

    A browser saves the second download as `git (1).yaml`, which Discord calls `git_1.yaml`.
    """
    if "/" in file:
        return file
    ids = ids_in(content)
    alike = [each for each in library.lessons.documents if ids & items_of(each.lesson).keys()]
    names = {each.file: PurePosixPath(each.file).name for each in alike}
    same = [each for each, name in names.items() if name == file]
    same = same or [each for each, name in names.items() if ascii_name(file) in _arriving_as(name)]
    title = _title_in(content)
    same = same or [each.file for each in alike if each.lesson.lesson == title]
    return same[0] if len(same) == 1 else file


def _arriving_as(name: str) -> set[str]:
    """What Discord makes of a name: it replaces some letters, or leaves them out."""
    return {ascii_name(name), ascii_name(name.encode("ascii", "ignore").decode())}


def _made(
    library: Library,
    notes: Sequence[tuple[str, Upload]],
    options: Options,
    take: Container[int],
    beside: ImportPlan,
) -> PlannedImport:
    """What the lessons made from these files would change. Raises `NotesError` if no lesson can be made."""
    with TemporaryDirectory() as temporary:
        top = Path(temporary).resolve()
        written = [_written(top / str(n), name, upload) for n, (name, upload) in enumerate(notes)]
        try:
            paths = [path for page, shown in written for path in (page, *shown.values())]
            prepared = prepare(paths, None, library.folder, options, uploaded=True)
        except NotesError as error:
            raise NotesError(_as_uploaded(str(error), top)) from error
        again = compare(prepared, library.lessons, library.folder, beside.changes)
        choices: dict[tuple[str, str], Choice] = {
            (each.id, each.field): "source" if n in take else "here" for n, each in enumerate(again.both)
        }
        changes = {**beside.changes, **again.changes(choices)}
        pictures = {
            to.relative_to(library.folder).as_posix(): read_file(folder, file, MAX_PICTURE_BYTES)
            for (folder, file), to in prepared.copies.items()
        }
        unshown = {each for each in prepared.imported.not_read if is_picture(each.name)}
        # A picture that is in no page may be in a lesson file of the upload, and the other way round.
        in_pages = {file for __, shown in written for file, path in shown.items() if path not in unshown}
        others = tuple(each for each in prepared.imported.not_read if each not in unshown)
        imported = replace(prepared.imported, not_read=others)
        report = tuple(_as_uploaded(line, top) for line in warnings(imported, again.missing))
        report += tuple(f"{each.source.name}: {line}" for each in again.sources for line in each.not_made)
    new = read_changes(changes)
    documents = [each for each in new.values() if each]
    drawn, __ = new_pictures(library.folder, pictures, documents)
    drawn |= beside.pictures
    coming = {
        each.file for document in documents for __, each in pictures_of(document.lesson) if each.file in drawn
    }
    after = library.after(new, coming)
    before = library.lessons.by_file
    found = tuple(compared(before.get(file), document) for file, document in new.items() if document)
    ignored = tuple(each for each in beside.ignored if each not in in_pages)
    return PlannedImport(
        ImportPlan(found, changes, after, drawn, ignored), report, tuple(again.both), _again=again
    )


def _as_uploaded(text: str, folder: Path) -> str:
    """A message about files of this folder, by the names that they were uploaded under."""
    begin, *rest = text.split(str(folder))
    # Each file stands in a folder of its own, which has a number.
    named = (_NUMBER.sub("", each, 1) if _NUMBER.match(each) else f"{folder}{each}" for each in rest)
    text = "".join([begin, *named])
    return text.replace("--columns ", "`columns`: ").replace("--base-url", "`base_url`")


def _written(folder: Path, name: str, upload: Upload) -> tuple[Path, dict[str, Path]]:
    """Write an upload to the folder: a file and the pictures beside it, or a zip as a folder of its name.

    Returns the path, and those of the pictures by the paths that `plan` knows them by.
    """
    is_file = name in upload.files
    inside = folder if is_file else folder / ("-".join(words_of(PurePosixPath(name).stem)) or "questions")
    for file, content in upload.files.items():
        (inside / file).parent.mkdir(parents=True, exist_ok=True)
        (inside / file).write_bytes(content)
    pictures = [file for file in upload.files if is_picture(file)]
    return inside / name if is_file else inside, {
        _beside_lessons(file) if is_file else file: inside / file for file in pictures
    }
