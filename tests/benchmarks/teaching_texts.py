"""The texts that the table of word pieces is learned from, read from unpacked packages of Debian 12.

NOTICE.md beside the table names their licences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from bs4 import BeautifulSoup

from tests.benchmarks.made_questions import made_questions

# The most texts of each kind, as MiniLM takes most of the time.
EXAMPLES, GLOSSES, PYTHON, SENTENCES, QUESTIONS = 50_000, 70_000, 20_000, 9_000, 200_000
WORDNET = "usr/share/wordnet"
# The pages in HTML of which sentences are taken, at most `SENTENCES` of each line.
PAGES = (
    "apache2-doc/manual/en/**/*.html",
    "nodejs/api/*.html",
    "postgresql-doc-15/html/*.html",
    "python-django-doc/html/**/*.html",
    "python-pandas-doc/html/user_guide/*.html",
    "rust-doc/html/book/*.html",
    "rust-doc/html/cargo/**/*.html",
    "sqlite3/*.html",
)


def teaching_texts(folder: Path, random: Random) -> list[str]:
    """The distinct texts to learn from, in random order. Each package is unpacked in the `folder`."""
    documentation = folder / "usr/share/doc"
    glosses, examples = _wordnet(folder / WORDNET, random)
    sentences = set(_sentences_of_python(documentation / "python3.11/html/_sources"))
    kinds = [(examples, EXAMPLES), (glosses, GLOSSES), (sentences, PYTHON)]
    kinds += [(set(_sentences_of_pages(sorted(documentation.glob(each)))), SENTENCES) for each in PAGES]
    if empty := [number for number, (kind, _) in enumerate(kinds) if not kind]:
        raise SystemExit(f"{folder} lacks a package: there are no texts of the kinds {empty}, see PAGES")
    kinds.append((made_questions(folder / WORDNET, QUESTIONS, random), QUESTIONS))
    texts = {text: None for kind, most in kinds for text in random.sample(sorted(kind), min(most, len(kind)))}
    shuffled = list(texts)
    random.shuffle(shuffled)
    return shuffled


def _wordnet(folder: Path, random: Random) -> tuple[set[str], set[str]]:
    """WordNet's glosses, half of them after their words, and examples; no names of people or places."""
    glosses, examples = set(), set()
    for file in sorted(folder.glob("data.*")):
        for line in file.read_text(encoding="latin1").splitlines():
            if line.startswith("  "):
                continue  # the licence
            head, _, gloss = line.partition(" | ")
            fields = head.split()
            words = [fields[4 + 2 * n].split("(")[0].replace("_", " ") for n in range(int(fields[3], 16))]
            examples.update(re.findall(r'"([^"]{12,140})"', gloss))
            meaning = gloss.split(";")[0].strip()
            if 12 < len(meaning) < 120 and all(word.islower() for word in words):
                glosses.add(f"{', '.join(words[:3])}: {meaning}" if random.random() < 0.5 else meaning)
    return glosses, examples


def _sentences_of_python(folder: Path) -> Iterator[str]:
    """Sentences of reStructuredText, without markup, tables and code."""
    for file in sorted(folder.rglob("*.txt")):
        for paragraph in re.split(r"\n\s*\n", file.read_text(encoding="utf-8")):
            if not paragraph.lstrip().startswith(("..", ">>>")):
                plain = re.sub(r":[\w:]+:`[~!]?([^`<]*?)(?:\s*<[^`]*>)?`", r"\1", paragraph)
                yield from _sentences(plain.replace("`", ""))


def _sentences_of_pages(files: Iterable[Path]) -> Iterator[str]:
    """Sentences of the paragraphs and points of these pages in HTML."""
    for file in files:
        page = BeautifulSoup(file.read_text(encoding="utf-8", errors="replace"), "html.parser")
        for part in page.find_all(["p", "dd", "li"]):
            if part.find(["p", "li"]) is None:
                yield from _sentences(part.get_text())


def _sentences(paragraph: str) -> Iterator[str]:
    """The sentences of a paragraph that are neither short nor long, and hardly hold anything but letters."""
    for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z])", " ".join(paragraph.split())):
        letters = sum(char.isalpha() or char == " " for char in sentence)
        if 25 < len(sentence) < 140 and re.match("[A-Z]", sentence) and letters > 0.9 * len(sentence):
            yield sentence
