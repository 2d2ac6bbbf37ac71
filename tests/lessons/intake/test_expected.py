"""A collection of small inputs with their expected results."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.lessons.library import Library
from tests.lessons.intake.reading_files import entries, left, pairs, read
from tests.support.importing import import_files

FOLDER = Path(__file__).parents[4] / "shared/intake"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the collected inputs are not part of the repository")


@pytest.mark.parametrize(
    ("file", "count"),
    [
        ("01-question-headings.md", 2),
        ("02-heading-then-Answer.md", 2),
        ("03-Q-dot-A-dot.md", 2),
        ("04-details-summary.md", 2),
        ("05-bold-questions.md", 2),
        ("07-table.md", 2),
        ("08-german-labels.md", 2),
        ("09-nested-list-answers.md", 2),
        ("11-heading-is-the-topic.md", 2),
        ("12-title-is-contents.md", 2),
        ("13-unclosed-fence.md", 1),
        ("14-rules-inside-answer.md", 1),
        ("16-not-shown-by-discord.md", 1),
        ("17-inline-comment.md", 1),
        ("18-two-questions-one-answer.md", 1),
        ("20-decorated-question.md", 3),
        ("28-tag-front-matter.md", 1),
        ("30-faq.csv", 2),
        ("32-faq.yml", 1),
        ("33-faq.json", 1),
        ("34-intents.json", 1),
        ("36-faq.rst", 2),
    ],
)
def test_each_input_gives_its_entries(file, count):
    """Each input gives all of its entries."""
    text = (FOLDER / file).read_text(encoding="utf-8")
    found = entries(text, file)
    assert len(found) == count
    assert not any("<summary" in entry.answer or "<!--" in entry.answer for entry in found)


def test_what_discord_does_not_show_is_converted_or_named():
    """Markup that Discord does not show is converted, or reported."""
    text = (FOLDER / "16-not-shown-by-discord.md").read_text(encoding="utf-8")
    [(_, answer)] = pairs(text)
    for shown in ("**this**", "`Ctrl`+`C`", "H\u2082O", "22    ssh", "\u2610 learn it", "> **Tip**", "> **Note**"):
        assert shown in answer
    named = " ".join(each for _, each in left(text))
    for each in ("../guide/ports.md", "#what", "[[Wiki Link]]", "{{<", "{% hint %}", "mermaid", "<img"):
        assert each in named
    assert read(text).lessons[0].lesson == "Sockets"


def test_what_each_of_these_inputs_is_about_comes_out_right():
    """The feature that each input tests, such as its topic, title, fence, comment or id, is right."""

    def of(name: str) -> str:
        return (FOLDER / name).read_text(encoding="utf-8")

    questions = [each.question.casefold() for each in entries(of("11-heading-is-the-topic.md"))]
    assert [each.split(":")[0] for each in questions] == ["division", "remainder"]
    assert read(of("12-title-is-contents.md")).lessons[0].lesson == "Pip questions"
    assert any(
        "is never closed; it contains 2 questions" in each.why
        for each in read(of("13-unclosed-fence.md")).unplaced
    )
    assert any("<!--" in text for _, text in left(of("17-inline-comment.md")))
    assert [len(each.phrasings) for each in entries(of("18-two-questions-one-answer.md"))] == [1]
    assert "what-is-a-port" in [each.id for each in entries(of("20-decorated-question.md"))]
    assert entries(of("28-tag-front-matter.md"), "28-tag-front-matter.md")[0].phrasings
    assert entries(of("34-intents.json"), "34-intents.json")[0].phrasings


def test_a_second_import_leaves_both_lessons_served(tmp_path):
    """Two imports with the same question are both served."""
    for name in ("git.md", "linux.md"):
        import_files([FOLDER / "40-second-import" / name], None, tmp_path / "knowledge")
    library = Library.open(tmp_path / "knowledge")
    assert not library.problems
    assert len(library.lessons.documents) == 2
