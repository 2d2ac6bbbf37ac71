"""Aliases are proposed if they would help members, and only then."""

from __future__ import annotations

import pytest

from bot.lessons.abbreviations import abbreviations
from bot.lessons.aliases import alias_proposals
from bot.lessons.document import read_document

SMALL = {"what", "is", "a", "the", "do", "i", "how", "it", "please", "when", "my", "to", "can", "get", "of", "in"}


def proposed(*texts: str) -> list[str]:
    documents = [read_document(f"{name}.yaml", text.encode()) for name, text in zip("abc", texts, strict=False)]
    return [str(hint) for hint in alias_proposals(documents, lambda word: word not in SMALL)]


def lesson(*entries: str, more: str = "") -> str:
    """Entries as `id | question | phrasing, phrasing | answer`."""
    text = f"lesson: L\n{more}entries:\n"
    for entry in entries:
        id_, question, phrasings, answer = (part.strip() for part in entry.split("|"))
        text += f"- id: {id_}\n  question: {question}\n  phrasings: [{phrasings}]\n  answer: {answer}\n"
    return text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("with continuous integration (CI), tests", ("CI", "continuous integration")),
        ("with CI (continuous integration) tests", ("CI", "continuous integration")),
        ("an IDE (integrated development environment, such as X)", ("IDE", "integrated development environment")),
        ("**continuous integration** (`CI`)", ("CI", "continuous integration")),
        ("a command-line interface (CLI)", ("CLI", "command-line interface")),
        ("the Python Package Index (PyPI)", ("PyPI", "Python Package Index")),
        ("the Internet of Things (IoT)", ("IoT", "Internet of Things")),
        ("continuous\nintegration (CI)", ("CI", "continuous integration")),
        ("virtual machines (VMs)", ("VM", "virtual machine")),
    ],
)
def test_an_abbreviation_is_found_however_it_is_spelt_out(text, found):
    """Before or inside the brackets, with Markdown, and across a line break."""
    assert list(abbreviations(text)) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "continuous delivery (CI)",
        "see below (too)",
        "run it (on CI)",
        "[CI](continuous integration)",
        "```\ncontinuous integration (CI)\n```",
        "CI (which is continuous integration)",
        "(CI)",
        "integration (CI)",
        "(" * 5000 + "CI (" * 2000,
    ],
)
def test_other_brackets_are_left_alone(text):
    """Initials have to match; code, links and remarks in brackets are no abbreviations."""
    assert list(abbreviations(text)) == []


CI = "ci | What does a pipeline do? | {} | Continuous integration (CI) runs the tests."


class TestAbbreviations:
    @pytest.mark.parametrize(
        "phrasing", ["my ci is red", "continuous integration fails", "two CIs", "what is CI?"]
    )
    def test_one_that_members_use_is_proposed_at_its_line(self, phrasing):
        """Members who ask with one form find texts with the other."""
        assert proposed(lesson(CI.format(phrasing))) == [
            (
                "a.yaml:6: entries[0].answer: members ask about 'CI', but it is written out here as 'Continuous "
                "integration'; so that both are found, add an alias to the lesson file: "
                "{continuous integration: [CI]}"
            )
        ]

    def test_once_for_all_lessons(self):
        """One alias counts for the whole library."""
        again = lesson("two | Two? | second | CI (continuous integration) is good.")
        assert len(proposed(lesson(CI.format("my ci is red")), again)) == 1

    def test_one_that_nobody_asks_for_is_not(self):
        """An abbreviation that no question or phrasing uses needs no alias."""
        assert proposed(lesson(CI.format("my citizens wait"))) == []

    @pytest.mark.parametrize("alias", ["continuous integration: [CI]", "ci: [build server]", "pipeline: [ci]"])
    def test_one_that_is_an_alias_is_not(self, alias):
        """Neither an existing alias nor one that contradicts it is proposed."""
        assert proposed(lesson(CI.format("my ci is red"), more=f"aliases: {{{alias}}}\n")) == []

    def test_one_that_is_an_everyday_word_is_not(self):
        """As an alias, IT would turn every "it" into information technology."""
        assert proposed(lesson("it | What? | is it good | Information technology (IT) is good.")) == []


COVID = (
    "a | How does COVID spread? | how do i get coronavirus | By air.",
    "b | Can COVID be cured? | cure for coronavirus | It depends.",
    "c | When is a COVID test due? | coronavirus test please | Tomorrow.",
)


class TestWordsOfMembersOnly:
    def test_a_word_for_what_three_questions_call_otherwise_is_proposed(self):
        """If entries say COVID and members say coronavirus, an alias is proposed."""
        assert proposed(lesson(*COVID)) == [
            (
                "a.yaml:5: entries[0].phrasings[0]: phrasings say 'coronavirus', but the questions say 'covid'; "
                "if both mean the same, add an alias to the lesson file"
            )
        ]

    def test_over_several_lessons(self):
        """An alias is proposed even if its three entries are in different lessons."""
        assert len(proposed(lesson(*COVID[:2]), lesson(COVID[2]))) == 1

    @pytest.mark.parametrize(
        "entries",
        [
            COVID[:2],
            [*COVID, "d | What is it? | what | The coronavirus."],
            [*COVID, "d | What is a coronavirus? | what | It."],
            [*COVID, "d | What? | is coronavirus covid | It."],
        ],
        ids=["in two entries only", "an answer has it", "a question has it", "it stands beside the other"],
    )
    def test_other_words_are_not(self, entries):
        """No advice is better than wrong advice."""
        assert proposed(lesson(*entries)) == []

    def test_what_is_an_alias_is_not(self):
        """Existing aliases are not proposed again."""
        assert proposed(lesson(*COVID, more="aliases: {covid: [coronavirus]}\n")) == []

    def test_a_quoted_error_message_is_not(self):
        """Its words are in many phrasings, but they are no synonyms of words in the lessons."""
        said = "is not recognized as an internal command"
        entries = [f"{x} | Where is {x}? | {x} {said} | Here." for x in ("python", "pip", "source")]
        assert proposed(lesson(*entries)) == []

    def test_small_words_are_not(self):
        """Words such as "please" are in every phrasing."""
        entries = [f"{x} | A covid {x}? | please {x} | Here." for x in ("test", "cure", "mask")]
        assert proposed(lesson(*entries)) == []
