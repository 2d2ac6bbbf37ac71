"""Imports files and folders of notes as lesson files, with their pictures."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, urljoin

from bot.errors import LessonError, NotesError
from bot.language.words import _
from bot.lessons.atomic_writing import create_file
from bot.lessons.document import read_document
from bot.lessons.file_names import is_file_name
from bot.lessons.files import read_file, read_named
from bot.lessons.ids import file_name, ids_in, page_name, title_from
from bot.lessons.intake.collecting import SourceFile, collect
from bot.lessons.intake.conversion import read_source
from bot.lessons.intake.data.chatbots import rasa_project
from bot.lessons.intake.data.dialogflow import dialogflow_intents
from bot.lessons.intake.decoding import MAX_SOURCE_BYTES, decode_source
from bot.lessons.intake.faq_titles import told_apart
from bot.lessons.intake.formats import not_read_ending, reader_of
from bot.lessons.intake.imported_folders import ImportedFolders, folders_of
from bot.lessons.intake.last_import import free_source_name, last_imports, source_name, to_keep
from bot.lessons.intake.material import Hints, Source, Unplaced
from bot.lessons.intake.notion import properties_of, tables_of_pages, why_not_read, without_rows_of_pages
from bot.lessons.intake.options import Options
from bot.lessons.intake.picture_finding import picture_finder, pictures_by_name
from bot.lessons.intake.picture_names import PictureNames, with_pictures
from bot.lessons.intake.refused_files import not_read_lines, refusal_lines
from bot.lessons.intake.repository import page_address
from bot.lessons.intake.slack_channel import slack_channels
from bot.lessons.intake.writing import Written, write_lessons
from bot.lessons.lesson import Lesson, items_of
from bot.lessons.loading import QUESTIONS, lesson_files
from bot.lessons.nodes import MAX_BYTES
from bot.lessons.validation import MAX_PICTURE_BYTES
from bot.lessons.yaml_text import to_yaml
from bot.progress import in_steps


@dataclass(frozen=True)
class Lost:
    """The parts of a file that no lesson could use."""

    file: Path
    unplaced: tuple[Unplaced, ...]


@dataclass(frozen=True)
class Made:
    """A lesson that an import made, as the source has it. `file` is None if it is only printed.

    `text` is what is written there: another lesson can have the same title (see `told_apart`).
    """

    lesson: Lesson
    text: str
    file: Path | None


@dataclass(frozen=True)
class Imported:
    """What an import made, and what it could not use.

    `refused` are files without a lesson, each with the reason, `not_read` the files that no reader knows, and
    `pictures` the number of pictures.
    """

    made: tuple[Made, ...]
    lost: tuple[Lost, ...]
    refused: tuple[tuple[Path, str], ...]
    not_read: tuple[Path, ...]
    pictures: int = 0


@dataclass
class _ReadFile:
    """A file that was read, and the lessons in it."""

    found: SourceFile
    written: Written
    is_single: bool

    @property
    def file(self) -> Path:
        return self.found.file


@dataclass(frozen=True)
class Prepared:
    """An import before anything is written; `imported` is what `write` will make.

    `copies` are the paths of the new pictures, by their folder and their path in the source. `folder` is where
    the lessons are written, None if they are only printed. `is_file`: the target is a file that the user named.
    `keeps`: the imported lessons are also stored in `.imported/`, for the next import. `home` is the folder of the
    lessons that these will be with, in its `subfolders` or only in the folder itself. `in_project` are the sources
    whose names are their paths in the project, so that nothing else has the same name. `folders` are those among
    the imported files.
    """

    imported: Imported
    copies: Mapping[tuple[Path, str], Path]
    folder: Path | None
    target: Path
    is_file: bool
    keeps: bool
    home: Path
    subfolders: bool
    in_project: frozenset[str]
    folders: ImportedFolders


def prepare(
    paths: Sequence[Path],
    to: Path | None,
    lessons_dir: Path,
    options: Options | None = None,
    *,
    uploaded: bool = False,
) -> Prepared:
    """Read these files and folders, and make lessons of them. Nothing is written yet.

    `to` is the file to write or, for several lessons, the folder; by default `lessons_dir`; with `-` nothing is
    written. New entries get ids that no other entry in the folder has, nor one that was imported there and later
    removed. Lessons from `uploaded` files do not name the folders that these are in.

    Raises `NotesError` if none of the files has a lesson.
    """
    options = options or Options()
    target = _target(to, lessons_dir)
    is_file = to is not None and target.suffix != "" and not target.is_dir()
    folder = target.parent if is_file else target
    is_inside = to == Path("-") or lessons_dir.resolve() in (folder.resolve(), *folder.resolve().parents)
    beside = lessons_dir if is_inside else folder
    # A file of its own can be anywhere, such as in somebody's home: the folders there are no lessons.
    subfolders = is_inside or not is_file
    taken = _ids_in(beside, subfolders=subfolders)
    found, not_read = collect(paths)
    read_files: list[_ReadFile] = []
    refused: list[tuple[Path, str]] = []
    texts: dict[Path, str] = {}
    said: dict[Path, list[Unplaced]] = {}
    for each in in_steps(found, "Opening files"):
        try:
            texts[each.file], said[each.file] = _decoded(each.file)
        except NotesError as error:
            refused.append((each.file, str(error)))
    names = PictureNames(beside)
    pictures = pictures_by_name(not_read)
    projects, not_alone = _projects(texts)
    refused += not_alone.items()
    others = {file for files in projects.values() for file in files} | not_alone.keys()
    tables = tables_of_pages(texts)
    refused_tables = why_not_read(tables, texts)
    refused += refused_tables.items()
    others |= refused_tables.keys()
    texts |= without_rows_of_pages(tables, texts, refused_tables)
    for each in in_steps(found, "Importing", lambda each: f"Importing {each.file}"):
        if each.file not in texts or each.file in others:
            continue
        rest = {str(file): texts[file] for file in projects.get(each.file, ())}
        try:
            properties = properties_of(tables, texts, each.file.parent)
            hints = Hints(
                columns=options.columns,
                is_single=each.is_single,
                beside=rest,
                properties=properties,
                folder=each.file.resolve().parent.name,
            )
            source = read_source(texts[each.file], each.file.name, hints)
            written = _written(each, source, taken, options.base_url, pictures)
            read_files.append(_illustrated(written, said[each.file], names))
        except NotesError as error:
            refused.append((each.file, str(error)))
    if not read_files:
        why = [*refusal_lines(refused), *not_read_lines(not_read)]
        raise NotesError("\n".join(why) or _("there is no file here that can be read"))
    home = None if uploaded else lessons_dir.resolve().parent
    named = _named(_lessons(read_files, home), to, target, is_file=is_file)
    made = tuple(_made(named))
    pictured = {(read.found.top / path).resolve() for read in read_files for path in read.written.pictures}
    not_read = [each for each in not_read if each.resolve() not in pictured]
    lost = tuple(each for read in read_files for each in _lost(read))
    imported = Imported(made, lost, tuple(refused), tuple(not_read), len(pictured))
    return Prepared(
        imported,
        names.copies,
        folder=None if to == Path("-") else folder,
        target=target,
        is_file=is_file,
        keeps=beside.resolve() == lessons_dir.resolve(),
        home=beside,
        subfolders=subfolders,
        in_project=frozenset(_in_project(read_files, home)),
        folders=folders_of(paths, found, home),
    )


def write(prepared: Prepared) -> None:
    """Write the lessons as new files, with their pictures.

    Raises `NotesError` if a file would be overwritten or cannot be written; nothing is written then.
    """
    if prepared.folder is None:
        return
    texts = {each.file: each.text for each in prepared.imported.made if each.file}
    for file, text in in_steps(texts.items(), "Checking lessons"):
        try:
            read_document(file.name, text.encode())
        except LessonError as error:
            raise NotesError(f"the lesson would not be read: {error}") from error
    if prepared.keeps:
        lessons = [each.lesson for each in prepared.imported.made]
        texts |= to_keep(prepared.home, lessons, last_imports(prepared.home))
    with said_in_words(prepared.target), made_or_gone() as made:
        copy_pictures(prepared.copies, made)
        for file, text in texts.items():
            copy_new(file, text.encode(), made)


@contextlib.contextmanager
def said_in_words(target: Path) -> Iterator[None]:
    """Turn errors of the file system in the block into `NotesError`."""
    try:
        yield
    except FileExistsError as error:
        raise NotesError(
            f"{error.filename} already exists; choose another name with --to, or delete it first"
        ) from error
    except OSError as error:
        raise NotesError(f"{target} cannot be written: {error.strerror}; nothing was written") from error


@contextlib.contextmanager
def made_or_gone() -> Iterator[list[Path]]:
    """A list to which the block adds each file and folder that it makes. If it fails, all of them are deleted."""
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path in reversed(made):
            with contextlib.suppress(OSError):  # such as a folder into which somebody put a file meanwhile
                path.rmdir() if path.is_dir() else path.unlink()
        raise


def copy_new(file: Path, content: bytes, made: list[Path]) -> None:
    """Write a new file, and make its folder if need be; both are added to `made`. Raises `OSError`."""
    make_folder(file.parent, made)
    create_file(file, content)
    made.append(file)


def copy_pictures(copies: Mapping[tuple[Path, str], Path], made: list[Path]) -> None:
    """Copy the pictures of an import; new files are added to `made`. Raises `OSError`."""
    for (folder, picture), copy in in_steps(copies.items(), "Copying pictures"):
        content = read_file(folder, picture, MAX_PICTURE_BYTES)
        # Two lessons can show the same picture.
        if not (_size(copy) == len(content) and read_named(copy, len(content)) == content):
            copy_new(copy, content, made)


def _target(to: Path | None, lessons_dir: Path) -> Path:
    if to is None or to == Path("-"):
        return to or lessons_dir
    if to.is_dir() or to.suffix == "":
        return to
    if to.name == QUESTIONS:
        raise NotesError(f"{to} is for questions on the lessons; name another file with --to")
    if to.suffix not in (".yaml", ".yml"):
        raise NotesError(f"{to} would not be read: a lesson is a .yaml file; name one with --to")
    if not is_file_name(to.name):
        raise NotesError(f"{to.name} is no name for a lesson; use letters, digits and hyphens")
    return to


def _ids_in(folder: Path, *, subfolders: bool) -> set[str]:
    """The ids of lessons in the folder and of last imports, including those in files with errors."""
    taken = {id_ for lesson in last_imports(folder).values() for id_ in items_of(lesson)}
    for file in lesson_files(folder, subfolders=subfolders):
        with contextlib.suppress(OSError):
            taken |= ids_in(read_named(file, MAX_BYTES))
    return taken


def _decoded(file: Path) -> tuple[str, list[Unplaced]]:
    if file.suffix.lower() == ".zip":
        raise NotesError(_("is a zip file: unpack it, and import the folder"))
    if reader_of(file) is None:  # such as a PDF, which would only be no text
        raise NotesError(not_read_ending(file))
    try:
        content = read_named(file, MAX_SOURCE_BYTES)
    except OSError as error:
        raise NotesError(_("cannot be read: {why}", why=error.strerror)) from error
    return decode_source(content)


def _projects(texts: Mapping[Path, str]) -> tuple[dict[Path, list[Path]], dict[Path, str]]:
    """The files to read together, by the first of them; and why some beside them are not read."""
    projects = dialogflow_intents(texts)
    if rasa := rasa_project(texts):
        projects[rasa[0]] = rasa[1]
    channels, not_read = slack_channels(texts)
    return projects | channels, not_read


def _written(
    found: SourceFile, source: Source, taken: set[str], base_url: str, pictures: Mapping[str, list[Path]]
) -> _ReadFile:
    address = urljoin(base_url, quote(found.below.as_posix())) if base_url and found.is_below else base_url
    written = write_lessons(
        source,
        title_from(found.file.stem),
        find_picture=picture_finder(found, pictures),
        taken=taken,
        base_url=address or page_address(found.file),
    )
    for lesson in written.lessons:
        taken.update(entry.id for entry in lesson.entries)
        taken.update(scenario.id for scenario in lesson.scenarios)
    is_single = source.is_single and found.is_below
    return _ReadFile(found, written, is_single)


def _illustrated(read: _ReadFile, said: list[Unplaced], names: PictureNames) -> _ReadFile:
    """The file with the names that its pictures get, and what was said about it when it was opened.

    Raises `NotesError` if a picture can no longer be read.
    """
    try:
        files = names.place(read.found.top, read.written.pictures)
    except OSError as error:
        raise NotesError(_("cannot be read: {why}", why=error.strerror)) from error
    lessons = tuple(with_pictures(each, files) for each in read.written.lessons)
    unplaced = sorted([*said, *read.written.unplaced], key=lambda each: each.line)
    return replace(read, written=replace(read.written, lessons=lessons, unplaced=tuple(unplaced)))


def _lessons(read_files: list[_ReadFile], home: Path | None) -> list[tuple[Lesson, str]]:
    """The lessons with names for their files. Pages with one question become one lesson for each folder."""
    lessons: list[tuple[Lesson, str]] = []
    pages: dict[Path, list[_ReadFile]] = {}
    taken: set[str] = set()

    def name_for(place: Path, below: Path) -> str:
        taken.add(name := free_source_name(source_name(place, below, home), taken))
        return name

    for read in read_files:
        if read.is_single:
            pages.setdefault(read.file.parent, []).append(read)
            continue
        source = name_for(read.file, read.found.below)
        several = len(read.written.lessons) > 1
        lessons += [
            (_from(source, each), f"{read.file.stem} {each.lesson}" if several else page_name(read.file.stem))
            for each in read.written.lessons
        ]
    for folder, singles in pages.items():
        name = folder.resolve().name
        entries = tuple(entry for read in singles for each in read.written.lessons for entry in each.entries)
        below = singles[0].found.below.parent
        source = name_for(folder, below if below.name else Path(name or "questions"))
        lessons.append(
            (_from(source, Lesson(lesson=title_from(name) or "Questions", entries=entries)), page_name(name))
        )
    return lessons


def _in_project(read_files: list[_ReadFile], home: Path | None) -> Iterator[str]:
    for read in read_files:
        place = read.file.parent if read.is_single else read.file
        if home and place.resolve().is_relative_to(home):
            yield source_name(place, read.found.below, home)


def _lost(read: _ReadFile) -> Iterator[Lost]:
    """The unused parts of a file, and of those that were read together with it, by file."""
    files = dict.fromkeys(each.file for each in read.written.unplaced)
    for file in files:
        unplaced = tuple(each for each in read.written.unplaced if each.file == file)
        yield Lost(Path(file) if file else read.file, unplaced)


def _from(source: str, lesson: Lesson) -> Lesson:
    return lesson.model_copy(update={"source": source})


def _named(
    lessons: list[tuple[Lesson, str]], to: Path | None, target: Path, *, is_file: bool
) -> list[tuple[Lesson, Path | None]]:
    if to == Path("-"):
        return [(lesson, None) for lesson, __ in lessons]
    if is_file:
        if len(lessons) > 1:
            raise NotesError(f"{len(lessons)} lessons do not fit into one file; name a folder with --to")
        return [(lessons[0][0], target)]
    taken = {Path(QUESTIONS).stem}
    named: list[tuple[Lesson, Path | None]] = []
    for lesson, stem in lessons:
        name = file_name(stem, taken)
        taken.add(name)
        named.append((lesson, target / f"{name}.yaml"))
    return named


def _made(named: Sequence[tuple[Lesson, Path | None]]) -> Iterator[Made]:
    shown = told_apart([lesson for lesson, __ in named])
    for (lesson, file), own in in_steps(list(zip(named, shown, strict=True)), "Making lessons"):
        yield Made(lesson, to_yaml(own), file)


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def make_folder(folder: Path, made: list[Path]) -> None:
    """Make the folder and its missing parents; new ones are added to `made`. Raises `OSError`."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir()
        made.append(each)
