"""No text can block the bot: every regular expression and every reader takes time proportional to its length."""

from __future__ import annotations

import ast
import contextlib
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

import bot
from bot.curating.diff import difference
from bot.discord_ui.kit.markdown import pages, shorten
from bot.lessons.document import read_document
from bot.lessons.ids import id_for
from bot.lessons.library import Library
from bot.search.words.wording import Aliases, words
from bot.tutor import Tutor
from tests.lessons.intake.reading_files import read_lessons
from tests.support.growth import too_fast

SOURCE = Path(bot.__file__).parent
KNOWLEDGE = SOURCE.parent / "knowledge"
METHODS = frozenset({"match", "fullmatch", "search", "findall", "finditer", "split", "sub", "subn"})
# Parts of hostile texts, beside those that a pattern looks for. The last two are accents that Unicode
# normalization sorts.
SIGNS = ("a", "1", " ", "\n", ".", "-", "\u0301\u0316")


@dataclass(frozen=True)
class Used:
    """A pattern, and a method that is called with it."""

    pattern: re.Pattern[Any]
    method: str

    def __call__(self, text: Any) -> object:
        call: Callable[..., Any] = getattr(self.pattern, self.method)
        if isinstance(self.pattern.pattern, bytes):
            text = text.encode()
        if self.method in {"sub", "subn"}:
            return call(text[:0], text)
        # Matches are not kept, as allocating memory would take time, too.
        return sum(1 for _ in call(text)) if self.method == "finditer" else call(text)


@cache
def modules() -> tuple[ModuleType, ...]:
    """All modules of the package, but for migrations and modules that run when they are imported."""
    names = [each.name for each in pkgutil.walk_packages(bot.__path__, "bot.") if "migrations" not in each.name]
    return tuple(importlib.import_module(name) for name in names if name != "bot.__main__")


def nodes(module: ModuleType) -> Iterator[ast.AST]:
    """All parts of the syntax tree of a module. It is not kept: those of all modules take 200 MB."""
    return ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")))


def named_patterns() -> Iterator[tuple[str, Used]]:
    """The patterns in names of modules and classes, including those in tuples and dicts."""
    for module in modules():
        own = [
            each for each in vars(module).values() if inspect.isclass(each) and each.__module__ == module.__name__
        ]
        owners: list[Any] = [module, *own]
        for owner in owners:
            for name, value in vars(owner).items():
                patterns = list(patterns_in(value))
                if not patterns or name in {each for _, each in names_in(module).imported}:
                    continue  # it is tried where it is defined
                for (n, pattern), method in product(enumerate(patterns), used_by(module, name)):
                    yield f"{owner.__name__}.{name}[{n}].{method}", Used(pattern, method)


def patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, list | tuple):
        yield from chain.from_iterable(map(patterns_in, value))
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(patterns_in, value.values()))


def used_by(module: ModuleType, name: str) -> frozenset[str]:
    """The methods that a module, or the modules that import it from there, call on a pattern with this name."""
    if name in {"__discord_ui_compiled_template__", "pattern"}:
        return frozenset({"fullmatch"})  # a custom_id is matched as a whole
    holders = [each for each in modules() if name in vars(each)]
    others = [each for each in holders if (module.__name__, name) in names_in(each).imported]
    found = {method for one in (module, *others) for named, method in names_in(one).attributes if named == name}
    return METHODS & found or frozenset({"search"})


class Names(NamedTuple):
    """The names that a module imports, each with the module they are from; and names with their attributes."""

    imported: frozenset[tuple[str, str]]
    attributes: frozenset[tuple[str, str]]


@cache
def names_in(module: ModuleType) -> Names:
    imported, attributes = set(), set()
    for node in nodes(module):
        match node:
            case ast.ImportFrom(source, names):
                imported |= {(str(source), each.name) for each in names}
            case ast.Attribute(ast.Name(name), attribute):
                attributes.add((name, attribute))
    return Names(frozenset(imported), frozenset(attributes))


def calls(module: ModuleType) -> Iterator[ast.Call]:
    """All calls of `re` in functions. Patterns in class bodies are named patterns."""
    if "re" not in vars(module):
        return
    for function in nodes(module):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            if getattr(function, "name", "") == "__init_subclass__":
                continue
            for each in ast.walk(function):
                match each:
                    case ast.Call(func=ast.Attribute(ast.Name("re"), method)) if method in METHODS | {"compile"}:
                        yield each


def inline_patterns() -> Iterator[tuple[str, Used | None]]:
    """The patterns in functions; None for a pattern that is composed at run time."""
    for module in modules():
        for call in calls(module):
            assert isinstance(call.func, ast.Attribute)
            flags = [
                each for each in ast.walk(call) if ast.unparse(each).startswith("re.") and each is not call.func
            ]
            constants = [each for each in flags if isinstance(each, ast.Attribute) and each.attr.isupper()]
            try:
                pattern = evaluated(call.args[0], module)
                flag = re.RegexFlag(sum(evaluated(each, module) for each in constants))
                used: Used | None = Used(re.compile(pattern, flag), call.func.attr.replace("compile", "search"))
            except NameError:
                used = Used(re.compile("literal"), "search") if is_literal(call.args[0]) else None
            yield f"{module.__name__}:{call.lineno}.{call.func.attr}", used


def evaluated(node: ast.expr, module: ModuleType) -> Any:
    return eval(compile(ast.Expression(node), "<pattern>", "eval"), dict(vars(module)))


def is_literal(node: ast.expr) -> bool:
    """Whether a pattern matches only a literal text."""
    if isinstance(node, ast.BinOp):
        return is_literal(node.left) and is_literal(node.right)
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value)) == node.value
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "re.escape"


PATTERNS: dict[str, Used | None] = {**dict(named_patterns()), **dict(inline_patterns())}


def repeats(used: Used | None) -> bool:
    """Whether a pattern may repeat anything: others look at a few characters from each place on."""
    if used is None:  # it cannot be read here
        return True
    pattern = used.pattern.pattern
    text = pattern.decode() if isinstance(pattern, bytes) else pattern
    without_classes = re.sub(r"\\.|\[\^?\]?(?:\\.|[^]\\])*\]", " ", text, flags=re.DOTALL)
    return re.search("[*+{]", without_classes) is not None


def hostile(pattern: str) -> Iterator[tuple[str, str]]:
    """Pairs of a beginning and a repeated part, for texts that the pattern nearly matches but never completes."""
    literal = re.sub(r"\\[a-zA-Z]|\\u[0-9a-f]{4}|\{[\d,]+\}|\(\?P<\w+>|\(\?[:=!<>imsx-]+", " ", pattern)
    letters = sorted(set(re.findall(r"[a-zA-Z]{2,}", literal)), key=len)[:14]
    own = sorted(set(re.findall(r"[^\w\s()|?]", pattern)) | set(re.findall(r"\\([^\w\s])", pattern)))
    signs = list(dict.fromkeys([*own, *SIGNS]))
    units = [*signs, *letters, *(f"{each} " for each in letters), *map("".join, product(signs, repeat=2))]
    yield from product([""], units)
    begins = [*own[:8], *map("".join, product(own[:4], repeat=2)), *letters[:4]]
    yield from product(begins, signs)


@pytest.mark.parametrize("name", sorted(name for name, used in PATTERNS.items() if repeats(used)))
def test_a_pattern_takes_time_in_proportion_to_its_text(name: str):
    """A word of 4,000 dots once took 98 ms in one pattern; typing it blocked the bot for 15 seconds."""
    used = PATTERNS[name]
    assert used, "a pattern that is put together in a function cannot be tried here: name it in its module"
    pattern = used.pattern.pattern
    texts = hostile(pattern.decode() if isinstance(pattern, bytes) else pattern)
    wrong = next((found for before, unit in texts if (found := too_fast(used, before, unit, "\0"))), "")
    assert not wrong, f"{used.pattern.pattern}\n{wrong}"


def test_patterns_are_found_wherever_they_stand():
    """Patterns of all kinds are found, as otherwise the test above would test nothing."""
    names = set(PATTERNS)
    for part in (
        "bot.search.words.wording._CODE",
        "Share.__discord_ui",
        "bot.lessons.abbreviations._LONGS",
        "bot.lessons.ids:",
    ):
        assert any(name.startswith(part) for name in names), part
    assert PATTERNS["bot.search.words.wording._CODE[0].search"]


@pytest.mark.parametrize("pattern", ["a+", "[+*]b{2,}", r"\[a*", "[]*]*"])
def test_a_pattern_that_repeats_something_is_tried(pattern: str):
    assert repeats(Used(re.compile(pattern), "search"))


def test_a_pattern_that_repeats_nothing_is_not():
    assert not repeats(Used(re.compile(r"[]*+{]\+\*(?:a|b)?"), "search"))


# Functions that read texts without patterns, too


@cache
def readers() -> dict[str, Callable[[str], object]]:
    """All functions with a single text as parameter, and a list of others and of methods."""
    found: dict[str, Callable[[str], object]] = {}
    for module in modules():
        if module.__name__.split(".")[1] not in READ_TEXTS:
            continue
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__ and takes_a_text(function):
                found[f"{module.__name__}.{name}"] = function
    return {name: each for name, each in (found | BY_HAND).items() if name not in OTHERS}


def takes_a_text(function: Callable[..., object]) -> bool:
    needed = [
        each
        for each in inspect.signature(function).parameters.values()
        if each.default is each.empty
        and each.kind is not each.VAR_POSITIONAL
        and each.kind is not each.VAR_KEYWORD
    ]
    return len(needed) == 1 and needed[0].annotation in {"str", str} and not inspect.iscoroutinefunction(function)


READ_TEXTS = {
    "asking",
    "curating",
    "dialogue",
    "discord_ui",
    "language",
    "lessons",
    "search",
    "terminal_ui",
    "walking",
}
# Functions whose parameter is not a text of other people.
OTHERS = {
    "bot.discord_ui.redaction.log_to": "a level, and it would change how the tests log",
    "bot.language.words.set_locale": "a language",
    "bot.language.words.in_locale": "a language",
    "bot.lessons.intake.last_import._endings": "the name of a source, which has at most 200 letters",
    "bot.lessons.intake.restructured.reader._converted": "a text that is not too dense, as its caller checks",
    "bot.search.spelling._deletes": "a word of at most 30 letters",
    "bot.search.spelling.one_edit_from": "as above",
    "bot.terminal_ui.replies.verdict_line": "a verdict",
}


@cache
def tutor() -> Tutor:
    return Tutor(Library.open(KNOWLEDGE))


def of_lesson(text: str) -> object:
    indented = "\n".join(f"      {line}" for line in text.splitlines())
    lesson = f"lesson: X\nentries:\n  - id: x\n    question: X\n    answer: |\n{indented}\n"
    return read_document("x.yaml", lesson.encode(errors="replace"))


BY_HAND: dict[str, Callable[[str], object]] = {
    "words": lambda text: words(text, len(text)),
    "Aliases": lambda text: Aliases({"virtual environment": ["a a a", "venv"]}).replace(words(text, len(text))),
    "shorten": lambda text: shorten(text, 100),
    "pages": lambda text: pages(text, 100),
    "answer": lambda text: tutor().answer(text),
    "answer again": lambda text: tutor().answer(text, "what-is-a-virtual-environment"),
    "complete": lambda text: tutor().complete(text),
    "find": lambda text: tutor().find(text),
    "find_scenario": lambda text: tutor().find_scenario(text),
    "rank": lambda text: tutor().snapshot.index.rank(text),  # noqa: PLW0108 -- as above
    "difference": lambda text: difference({"x.yaml": (text, text + "x")}).yaml(),
    "a lesson file": lambda text: read_document("x.yaml", text.encode(errors="replace")),
    "an answer in a lesson file": of_lesson,
    "an id": lambda text: id_for(text, ()),
    "a quiz": lambda text: read_lessons(f"Why?{{{text}", "quiz.gift", has_picture=lambda name: True),
    "a message of Slack": lambda text: read_lessons(
        json.dumps([{"ts": "1", "thread_ts": "0", "text": text}]), "a.json", has_picture=lambda name: True
    ),
    "notes": lambda text: read_lessons(text, "notes.md", has_picture=lambda name: True),
}
# Parts of texts that members, authors and attackers can write.
UNITS = (
    *"a1.#*_~`|>-+=:;,!?\"'\\/[](){}<@&%$ \n\t",
    *("\u0301\u0316", "é", "日", "？", "🐍", "🐍`", "🐍'-", "\u200b", "ﷺ", "İ"),
    *(
        "<@",
        "<@1",
        "<@1>",
        "<:a",
        "</a:",
        "```",
        "```\n",
        "``",
        "`a",
        "[a](",
        "](",
        "[]",
        "![",
        "![a](b)",
        "||",
        "**",
    ),
    *("a ", "ab ", "a.b", "a'", "a-", "1.", "- ", "\n\n", "\n ", "\n- ", "\n# ", "# ", "> ", "a: ", "a:\n", "? "),
    *("http://", "://", "www.", "a@b.", "Q: ", "Q1. ", "Answer: ", "what ", "how to ", "venv ", "\\'", '"token":'),
)


@pytest.mark.parametrize("name", sorted(readers()))
def test_a_reader_takes_time_in_proportion_to_its_text(name: str):
    """No text of members, moderators or authors takes long to read."""
    read = readers()[name]

    def calmly(text: str) -> None:
        # Refusing a text must be fast, too.
        with contextlib.suppress(Exception):
            said = read(text)
            if inspect.isgenerator(said):
                list(said)

    begins = ("", "`", "Q: a\n")
    wrong = [found for before, unit in product(begins, UNITS) if (found := too_fast(calmly, before, unit, "!"))]
    assert not wrong, "\n".join(wrong[:5])
