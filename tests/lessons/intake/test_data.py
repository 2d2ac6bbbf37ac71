"""Data of bots, websites and spreadsheets becomes entries with phrasings."""

from __future__ import annotations

import json

import pytest

from bot.errors import NotesError
from bot.language.words import in_locale
from bot.lessons.intake.data.sheets import read_sheet
from bot.lessons.intake.material import Hints, Pair
from tests.lessons.intake.reading_files import TWO, entries, left, pairs, read

LONG = "9" * 5_000


@pytest.mark.parametrize(
    ("text", "file"),
    [
        (
            '[{"question": "What is a kiln?", "answer": "An oven."}, {"q": "Can I open it hot?", '
            '"a": "No, wait."}]',
            "a.json",
        ),
        (
            '{"faq": [{"title": "What is a kiln?", "content": "An oven."}, {"prompt": "Can I open '
            'it hot?", "response": "No, wait."}]}',
            "a.json",
        ),
        ('{"What is a kiln?": "An oven.", "Can I open it hot?": "No, wait."}', "a.json"),
        (
            '{"question": "What is a kiln?", "answer": "An oven."}\n{"question": "Can I open it '
            'hot?", "answer": "No, wait."}\n',
            "a.jsonl",
        ),
        (
            '{"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "What is a kiln?", '
            '"acceptedAnswer": '
            '{"@type": "Answer", "text": "An oven."}}, {"@type": "Question", "name": "Can I open it hot?", '
            '"acceptedAnswer": {"@type": "Answer", "text": "<p>No, wait.</p>"}}]}',
            "a.json",
        ),
        (
            "- question: What is a kiln?\n  answer: An oven.\n- frage: Can I open it hot?\n  antwort: No, wait.\n",
            "a.yml",
        ),
        ("What is a kiln?: An oven.\nCan I open it hot?: |\n  No, wait.\n", "a.yaml"),
        (
            "title: Pottery\nsections:\n  - name: Basics\n    items:\n      - q: What is a kiln?\n  "
            "      a: An oven.\n"
            "  - name: Heat\n    items:\n      - q: Can I open it hot?\n        a: No, wait.\n",
            "a.yml",
        ),
    ],
)
def test_records_under_the_usual_names_are_read(text, file):
    """Lists, maps, nested sections, JSON lines and FAQ data for search engines are read."""
    assert pairs(text, file) == TWO


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ('[{"question": "Which Python?", "answer": 3.10}, {"question": "Since when?", "answer": 2020}]', "a.json"),
        ('"Which Python?" = 3.10\n"Since when?" = 2020\n', "a.toml"),
        ("Which Python?: 3.10\nSince when?: 2020\n", "a.yaml"),
    ],
)
def test_a_number_is_read_as_it_is_written(text, file):
    """A version number such as 3.10 is not 3.1."""
    assert pairs(text, file) == [("Which Python?", "3.10"), ("Since when?", "2020")]


def test_a_titled_file_names_its_lesson_and_other_fields_are_named():
    """The title of a file becomes the lesson's, and unknown fields are reported."""
    text = (
        "title: Pottery\nfaqs:\n  - question: What is a kiln?\n    answer: An oven.\n    author: "
        "Bo\n    views: 12\n"
    )
    assert read(text, "a.yml").lessons[0].lesson == "Pottery"
    assert left(text, "a.yml") == [(5, "Bo"), (6, "12")]


@pytest.mark.parametrize(
    ("text", "file"),
    [
        (
            '{"intents": [{"tag": "kiln", "patterns": ["kiln", "What is a kiln?"], "responses": '
            '["An oven.", "Hot."]}]}',
            "i.json",
        ),
        (
            '{"intents": [{"intent": "kiln", "examples": ["kiln", "What is a kiln?"], "response": "An oven."}]}',
            "i.json",
        ),
        (
            "version: '3.1'\nnlu:\n- intent: kiln\n  examples: |\n    - kiln\n    - What is a [kiln](thing)?\n"
            "responses:\n  utter_kiln:\n  - text: An oven.\n",
            "nlu.yml",
        ),
        (
            "nlu:\n- intent: kiln\n  examples:\n  - kiln\n  - What is a kiln?\nrules:\n- rule: a\n  steps:\n"
            "  - intent: kiln\n  - action: utter_oven\nresponses:\n  utter_oven:\n  - text: An oven.\n",
            "nlu.yml",
        ),
    ],
)
def test_what_chatbots_were_trained_with_brings_phrasings(text, file):
    """Training examples in intents and Rasa files become phrasings."""
    [entry] = entries(text, file)
    assert (entry.id, entry.question, entry.phrasings) == ("kiln", "What is a kiln?", ("kiln",))
    assert entry.answer == "An oven."


def test_questions_and_answers_of_botpress_are_read_in_the_language_of_the_answer():
    """What is switched off, or leads elsewhere, has no answer. Other languages are named."""
    others: list[dict[str, object]] = [
        {},
        {"enabled": False, "questions": {"en": ["Which prices?"]}},
        {"action": "redirect", "answers": {"en": []}, "redirectFlow": "main.flow.json"},
        {"answers": ["No."], "questions": ["Can I open it?"]},
    ]
    qnas = [
        {
            "id": f"x{n}_kiln",
            "data": {
                "action": "text",
                "contexts": ["global"],
                "enabled": True,
                "answers": {"de": [], "en": ["An oven, {{event.user}}.", "Hot."]},
                "questions": {"de": ["Was ist ein Ofen?"], "en": ["kiln", "What is a kiln?"]},
                "redirectFlow": "",
                **more,
            },
        }
        for n, more in enumerate(others)
    ]
    text = json.dumps({"qnas": qnas, "contentElements": []})
    assert [(each.question, each.phrasings, each.answer) for each in entries(text, "qna.json")] == [
        ("What is a kiln?", ("kiln",), "An oven, {{event.user}}."),
        ("Can I open it?", (), "No."),
    ]
    named = {each for _, each in left(text, "qna.json")}
    assert {"Was ist ein Ofen?", "Hot.", "Which prices?", "{{event.user}}", "main.flow.json"} <= named


def test_a_response_that_has_no_place_is_named():
    """Further responses are reported, as an entry has one answer."""
    text = (
        '{"intents": [{"tag": "a", "patterns": ["why"], "responses": ["So.", "Thus."]}, {"tag": '
        '"b", "patterns": ["how"]}]}'
    )
    assert {each for _, each in left(text, "i.json")} == {"Thus.", "b", "how"}


@pytest.mark.parametrize(
    "text",
    [
        'question,answer\nWhat is a kiln?,An oven.\nCan I open it hot?,"No, wait."\n',
        "Frage;Antwort\nWhat is a kiln?;An oven.\nCan I open it hot?;No, wait.\n",
        "Front\tBack\nWhat is a kiln?\tAn oven.\nCan I open it hot?\tNo, wait.\n",
        "#separator:tab\n#html:true\nWhat is a kiln?\tAn oven.\nCan I open it hot?\tNo, wait.\n",
        'Answer,Question\nAn oven.,What is a kiln?\n"No, wait.",Can I open it hot?\n',
    ],
)
def test_sheets_are_read_whatever_their_columns_and_commas(text):
    """Spreadsheets with three separators, and exports from Anki, are read."""
    assert pairs(text, "a.csv") == TWO


def test_code_in_answers_does_not_change_what_separates_the_cells():
    """In a sheet with `;`, as German spreadsheets are saved, answers can hold commas and quotation marks."""
    rows = (
        'How do I print two values?;"Use a comma: `print(""a"", ""b"")`"\n'
        'How do I join a list?;"`"", "".join(names)`"\n'
        "Where's the code?;On Tom's page\n"
    )
    expected = [
        ("How do I print two values?", 'Use a comma: `print("a", "b")`'),
        ("How do I join a list?", '`", ".join(names)`'),
        ("Where's the code?", "On Tom's page"),
    ]
    assert pairs(f"Question;Answer\n{rows}", "a.csv") == expected
    # A sheet without a header has as many cells in a row as the columns that are named for it.
    taken = read_sheet(rows, Hints("a", ("question", "answer"))).items
    assert [(each.question.text, each.answer[0].text) for each in taken if isinstance(each, Pair)] == expected


def test_a_sheet_brings_phrasings_breaks_and_its_other_columns():
    """`<br>` is a line break, `;` separates phrasings, and unknown columns are reported."""
    text = "category,question,answer,aliases,author\nHeat,Why?,a<br>b,how come;what for,Bo\n"
    [entry] = entries(text, "a.csv")
    assert (entry.question, entry.answer, entry.phrasings) == ("Heat: Why?", "a\nb", ("how come", "what for"))
    assert left(text, "a.csv") == [(2, "Bo")]


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("question,a,b,c,answer\nWhat is hot?,Ice,A kiln,Snow,B\nWhat is red?,Ice,Clay,Snow,Clay\n", "a.csv"),
        (
            '[{"question": "What is hot?", "options": ["Ice", "A kiln"], "answer": 1}, '
            '{"question": "What is red?", "options": ["Ice", "Clay"], "answer": "Clay"}]',
            "a.json",
        ),
        (
            "- question: What is hot?\n  a: Ice\n  b: A kiln\n  correct_answer: b\n"
            "- question: What is red?\n  a: Ice\n  b: Clay\n  correct_answer: Clay\n",
            "a.yml",
        ),
    ],
)
def test_records_of_multiple_choice_are_named_and_answers_in_words_are_taken(text, file):
    """A letter or a number says nothing without its choices; nor is the first choice the answer."""
    assert pairs(text, file) == [("What is red?", "Clay")]
    assert {"What is hot?", "A kiln", "Ice"} <= {each for _, each in left(text, file)}


def test_one_letter_can_be_an_answer():
    """The answer "C" is not taken for the letter of a choice: it is the name of a language."""
    assert pairs("question,answer\nWhat is CPython written in?,C\n", "a.csv") == [
        ("What is CPython written in?", "C")
    ]


def test_a_cell_of_several_lines_keeps_them_and_german_columns_are_known():
    """Cells keep their line breaks, and German column names are known."""
    text = 'Frage,Antwort,Alternativen\nWann?,"Freitag.\nUm acht.",bis wann|Deadline\n'
    [entry] = entries(text, "a.csv")
    assert (entry.answer, entry.phrasings) == ("Freitag.\nUm acht.", ("bis wann", "Deadline"))


@pytest.mark.parametrize(
    "heads",
    [
        "Timestamp,Email Address,Name,What is your question?,Our answer",
        "Zeitstempel;E-Mail-Adresse;Name;Deine Frage;Unsere Antwort",
        "Marca temporal;Correo;Name;\u00bfCu\u00e1l es tu pregunta?;Respuesta del equipo",
        "Nr;Fragetyp;Name;H\u00e4ufige Frage;Kurzantwort",
        "Question ID,Answered by,Name,Question,Answer",
        "Question type\tDescription\tTitle\tYour question\tReply",
    ],
)
def test_the_columns_of_a_form_are_found_by_a_word_in_their_name(heads):
    """A name beside a question is that of whoever asked: no member reads it as a question."""
    separator = next(each for each in "\t;," if each in heads)
    rows = [["1", "mia@e.org", "Mia", "What is a kiln?", "An oven."], ["2", "x", "Bo", "Can I open it hot?", "No"]]
    text = "\n".join([heads, *(separator.join(row) for row in rows)])
    assert pairs(f"{text}\n", "form.csv") == [TWO[0], ("Can I open it hot?", "No")]
    assert {"Mia", "Bo"} <= {each for _, each in left(f"{text}\n", "form.csv")}


@pytest.mark.parametrize(
    "heads",
    [
        "Who asked the question,Our answer,Your question",
        "Question owner,Our answer,Question for us",
        "Question category,Short answer,Your question",
        "Answer language,Description,Question",
        "Has answer,Content,Question",
        "Related questions,Definition,Term",
        "Last reply,Text,Title",
        "Replies,Content,Title",
        "Quelle der Antwort,Deine Antwort,Deine Frage",
        "Origen de la pregunta,Respuesta corta,Tu pregunta",
    ],
)
def test_a_column_that_is_only_about_the_question_or_the_answer_is_neither(heads):
    """Nobody's name, and no category, becomes a question because of a word in the name of its column."""
    rows = 'Mia,An oven.,What is a kiln?\nMia,"No, wait.",Can I open it hot?\n'
    assert pairs(f"{heads}\n{rows}", "form.csv") == TWO


@pytest.mark.parametrize(
    ("text", "file", "why"),
    [
        ("Name,Email,Description\nMia,mia@e.org,Fires\nBo,bo@e.org,Glazes\n", "a.csv", "no header that names"),
        ("Timestamp,Name,What did you like?,Which answer of ours helped you?\n1,Mia,A,B\n", "a.csv", "no header"),
        ('[{"name": "Mia", "email": "m@e.org", "text": "Fires"}, {"name": "Bo", "email": "b@e.org", "text": "x"}]',
         "a.json", "nothing to import"),
    ],
)  # fmt: skip
def test_a_list_of_persons_is_no_lesson(text, file, why):
    """Nobody is a question."""
    with pytest.raises(NotesError, match=why):
        read(text, file)


def test_a_tag_with_its_author_and_time_is_an_entry():
    """In data, only a mail address makes a name that of a person."""
    tags = '[{"name": "kiln", "content": "Hot.", "username": "tom", "timestamp": "2026"}]'
    assert pairs(tags, "tags.json") == [("kiln", "Hot.")]


def test_a_question_called_name_is_an_entry_beside_a_mail_address():
    """A question is nobody's name, and an empty field for an address is none."""
    asked = '[{"name": "What is a kiln?", "text": "An oven.", "email": "us@e.org"}, '
    other = '{"name": "Clay", "text": "Earth.", "email": null}]'
    assert pairs(asked + other, "faq.json") == [("What is a kiln?", "An oven."), ("Clay", "Earth.")]


def test_a_mail_address_costs_no_entry():
    """An entry with an email address is imported. The reason for a refusal is a sentence."""
    assert pairs("## How do I cancel?\n\nWrite to <us@e.org>.\n", "a.md") == [
        ("How do I cancel?", "Write to us@e.org.")
    ]


def test_a_sheet_without_a_header_asks_what_its_columns_are():
    """For a sheet without a header, the error asks for `--columns`."""
    text = "An oven.,What is a kiln?\n"
    with pytest.raises(
        NotesError, match=r"first row is 'An oven\.' \| 'What is a kiln\?'.*--columns question,answer"
    ):
        read(text, "a.csv")
    [pair] = read_sheet(text, Hints("a", ("answer", "question"))).items
    assert isinstance(pair, Pair)
    assert pair.question.text == "What is a kiln?"


@pytest.mark.parametrize(
    ("text", "file", "why"),
    [
        ('{"a": 1', "a.json", "line 1, column 8: is not valid JSON"),
        ('{"a": 1}\n{"a": }', "a.json", "line 2: is not valid JSON"),
        ("a = 1\nb = \n", "a.toml", "line 2: is not valid TOML"),
        ("a = 1\nb = [1,\n", "a.toml", "line 2: is not valid TOML"),
        ("a: [", "a.yml", "line 1"),
        ("lesson: A\nentries: []\n", "a.yaml", "is a lesson already"),
        ('{"name": "x", "version": "1"}', "package.json", "It has the keys name, version, none of which"),
        *((f"{'[' * n}1{']' * n}", "a.json", "is nested too deep") for n in (150, 450, 5_000, 100_000)),
        *((f"""{'{"a":' * n}1{"}" * n}""", "a.json", "is nested too deep") for n in (150, 350, 450, 5_000)),
        (f"a.b.c = {'{a.b.c = ' * 200}1{'}' * 200}\n", "a.toml", "is nested too deep"),
        *((f"a = {number}\n", "a.toml", "has a number with too many digits") for number in (LONG, f"0x{LONG}")),
        ("", "a.csv", "contains no rows"),
        ("x", "a.pdf", "no files that end in '.pdf' are read"),
    ],
)
def test_what_holds_no_questions_is_refused_with_what_was_seen(text, file, why):
    """The error for a file without questions says what it contains."""
    with pytest.raises(NotesError, match=why):
        read(text, file)


@pytest.mark.parametrize(
    ("text", "file", "why"),
    [
        ('{"a": }', "a.json", "Zeile 1, Spalte 7: ist kein gültiges JSON"),
        ("a = \n", "a.toml", "Zeile 1: ist kein gültiges TOML"),
    ],
)
def test_what_is_wrong_with_data_is_said_without_pythons_english(text, file, why):
    """Moderators read it in their own language to the end."""
    with in_locale("de"), pytest.raises(NotesError) as refused:
        read(text, file)
    assert str(refused.value) == why


RST = (
    "Pottery\n=======\n\nWhat is a kiln?\n---------------\n\nAn oven. See ``fire()``::\n\n    "
    "fire()\n\n.. note:: Hot.\n\n"
    "Can I open it hot?\n------------------\n\nNo; see :ref:`heat` and `there <https://e.org>`_.\n"
)


def test_restructured_text_is_read():
    """Sections with questions, code, notes and links are read."""
    found = pairs(RST, "faq.rst")
    assert found[0] == ("What is a kiln?", "An oven. See `fire()`:\n\n```\nfire()\n```\n\n> **Note**\n> Hot.")
    assert found[1] == ("Can I open it hot?", "No; see heat and [there](https://e.org).")
    assert [each for _, each in left(RST, "faq.rst")] == [":ref:`heat`"]


@pytest.mark.parametrize(
    "text",
    [
        "Pottery\n=======\n\nWhat is a kiln?\n    An oven.\n\nCan I open it hot?\n    No, wait.\n",
        "Pottery\n=======\n\n**Q: What is a kiln?**\n\nA: An oven.\n\n**Q: Can I open it hot?**\n\nA: No, wait.\n",
        "=======\nPottery\n=======\n\n1. What is a kiln?\n\n   An oven.\n\n2. Can I open it "
        "hot?\n\n   No, wait.\n",
        "Pottery\n=======\n\n.. dropdown:: What is a kiln?\n\n   An oven.\n\n.. dropdown:: Can I "
        "open it hot?\n\n   No, wait.\n",
        "Pottery\n=======\n\n.. list-table::\n   :header-rows: 1\n\n   * - Question\n     - "
        "Answer\n   * - What is a kiln?\n     - An oven.\n"
        "   * - Can I open it hot?\n     - No, wait.\n",
    ],
)
def test_restructured_text_has_other_shapes(text):
    """Definitions, labels, lists, dropdowns and tables are read."""
    assert pairs(text, "faq.rst") == TWO


def test_comments_of_yaml_are_reported_and_those_that_cut_a_text():
    """Nothing of a file is lost in silence: neither a comment, nor what follows ` #` in a text without quotes."""
    text = """\
# Questions of the club
- question: What is C #1?
  answer: |
    # a heading of the answer
    So #2.
  # about the next
- question: "Is # a sign?"  # yes
  answer: 'It is
    # one'
- {question: What is a kiln?, answer: An oven #3
  }
"""
    made = read(text, "faq.yaml")
    assert [(each.line, each.text) for each in made.unplaced] == [
        (1, "# Questions of the club"),
        (2, "#1?"),
        (6, "# about the next"),
        (7, "# yes"),
        (10, "#3"),
    ]
    assert [each.line for each in made.unplaced if "put the text in quotes" in each.why] == [2, 10]


@pytest.mark.parametrize("key", ["title", "name", "category"])
@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("- {K: Clay, items: [{q: What is a kiln?, a: Hot.}]}\n- {K: Glaze, items: [{q: Why?, a: So.}]}\n",
         "a-faq.yml"),
        ('[{"K": "Clay", "items": [{"q": "What is a kiln?", "a": "Hot."}]}, '
         '{"K": "Glaze", "items": [{"q": "Why?", "a": "So."}]}]', "a-faq.json"),
    ],
)  # fmt: skip
def test_one_of_several_sections_is_not_the_title(key, text, file):
    """The lesson is called like its file, and each section is the topic of its questions."""
    [lesson] = read(text.replace("K", key), file).lessons
    assert lesson.lesson == "A FAQ"
    assert [each.question for each in lesson.entries] == ["What is a kiln?", "Glaze: Why?"]


def test_the_title_above_the_sections_is_the_title():
    """A file with a title of its own keeps it, also if only one section is below it."""
    text = "title: Pots\nsections:\n- title: Clay\n  items: [{q: What is a kiln?, a: Hot.}]\n"
    more = "- title: Glaze\n  items: [{q: Why glaze?, a: So.}]\n"
    assert [read(each, "faq.yml").lessons[0].lesson for each in (text, text + more)] == ["Pots", "Pots"]
    assert read("- title: Pots\n  items: [{q: Why?, a: So.}]\n", "faq.yml").lessons[0].lesson == "Pots"


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("conversations:\n- - What is a kiln?\n  - An oven.\n- - It is hot\n  - Wait.\n"
         "- - What is a kiln?\n  - Hot.\n- - Bye\n", "ai.yml"),
        ('{"ai": [["What is a kiln?", "An oven."], ["It is hot", "Wait."], ["What is a kiln?", "Hot."], ["Bye"]]}',
         "ai.json"),
        ("- [What is a kiln?, An oven., Hot.]\n- [It is hot, Wait.]\n- [It is hot, Wait.]\n- [Bye]\n", "ai.yml"),
    ],
)  # fmt: skip
def test_the_first_two_texts_of_a_conversation_are_a_question_and_its_answer(text, file):
    """As ChatterBot has them; other replies to the same question, and what gets none, are named."""
    assert pairs(text, file) == [("What is a kiln?", "An oven."), ("It is hot", "Wait.")]
    assert {each for __, each in left(text, file)} - {"ai"} == {"Hot.", "Bye"}


@pytest.mark.parametrize("text", ["- [a b, c]\n- [d e, f]\n", "- [1.0, 2.0]\n- [3.0, 4.0]\n"])
def test_lists_of_lists_that_ask_nothing_are_no_conversations(text):
    """Tables and coordinates have this form, too."""
    with pytest.raises(NotesError, match="nothing to import"):
        read(text, "data.yml")


def test_lists_of_questions_that_mean_the_same_are_no_conversations():
    """Their second text is no reply. They stand beside a FAQ, and are named."""
    same = '[["How do I join?", "How can I enter?", "joining"], ["reset", "restart"]]'
    text = f'{{"faq": [{{"question": "What is a kiln?", "answer": "An oven."}}], "synonyms": {same}}}'
    assert pairs(text, "faq.json") == [("What is a kiln?", "An oven.")]
    named = {each for __, each in left(text, "faq.json")}
    assert named - {"faq", "synonyms"} == {"How do I join?", "How can I enter?", "joining", "reset", "restart"}


def test_a_list_that_names_the_columns_is_no_conversation():
    text = '[["Question", "Answer"], ["What is a kiln?", "An oven."], ["Can I open it hot?", "No, wait."]]'
    assert pairs(text, "rows.json") == TWO


def test_a_file_without_questions_is_not_said_to_have_an_unused_heading():
    """That is true of each heading there, and no reason."""
    with pytest.raises(NotesError) as refused:
        read("people:\n- Ada\n- Grace\n", "club.yml")
    assert "heading that was not used" not in str(refused.value)
    assert "Line 2: the field 'people', which lessons do not have." in str(refused.value)


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ('question,keyword,answer\nHow do I reset?,"reset, all of it, from the factory",Hold it.\n', "a.csv"),
        ('[{"question": "How do I reset?", "keywords": ["reset", "all of it", "from the factory"], '
         '"answer": "Hold it."}]', "a.json"),
        ("- question: How do I reset?\n  keywords: reset, all of it, from the factory\n  answer: Hold it.\n",
         "a.yml"),
        ('[{"question": "How do I reset?", "also": "reset\\nall of it\\nfrom the factory", "answer": "So."}]',
         "a.json"),
        ("question;phrasings;answer\nHow do I reset?;reset|all of it|from the factory;Hold it.\n", "a.csv"),
    ],
)  # fmt: skip
def test_several_phrasings_or_keywords_in_one_text_are_told_apart(text, file):
    """A sheet has them in one cell, and commas part keywords."""
    [entry] = entries(text, file)
    assert (entry.question, entry.phrasings) == ("How do I reset?", ("reset", "all of it", "from the factory"))
    assert not left(text, file)


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ('question,keywords,answer\nHow do I reset?,"Wifi, reset",Hold it.\n'
         'How do I add a wifi?,wifi; add,Press.\nHow do I pair?,"pair, how do I reset?",Press twice.\n', "a.csv"),
        ('[{"question": "How do I reset?", "keywords": ["Wifi", "reset"], "answer": "Hold it."},\n'
         '{"question": "How do I add a wifi?", "keywords": "wifi, add", "answer": "Press."},\n'
         '{"question": "How do I pair?", "keywords": ["pair", "how do I reset?"], "answer": "Press twice."}]',
         "a.json"),
    ],
)  # fmt: skip
def test_only_the_keywords_of_one_entry_are_phrasings(text, file):
    """One that several have finds none of them: members who type only that word would no longer get anything."""
    assert [each.phrasings for each in entries(text, file)] == [("reset",), ("add",), ("pair",)]
    assert [text for __, text in left(text, file)] == ["Wifi", "wifi", "how do I reset?"]


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ('question,phrasings,answer\nHow do I undo?,"{phrasing}",Ctrl+Z.\n', "a.csv"),
        ('[{{"question": "How do I undo?", "aliases": "{phrasing}", "answer": "Ctrl+Z."}}]', "a.json"),
        ('- question: How do I undo?\n  synonyms: "{phrasing}"\n  answer: Ctrl+Z.\n', "a.yml"),
    ],
)
@pytest.mark.parametrize("phrasing", ["Where, and how, is it undone?", "no, undo that", "no, no, no"])
def test_a_comma_in_a_phrasing_is_a_part_of_it(text, file, phrasing):
    """Members who only say "no" do not mean it."""
    assert entries(text.format(phrasing=phrasing), file)[0].phrasings == (phrasing,)


@pytest.mark.parametrize("phrasing", ["what does ; mean", "what does a | b do"])
def test_signs_in_a_phrasing_of_a_record_are_parts_of_it(phrasing):
    """In lessons on code, they mean something; several phrasings are a list, or lines."""
    text = f'[{{"question": "How do I use signs?", "alternatives": "{phrasing}", "answer": "So."}}]'
    assert entries(text, "a.json")[0].phrasings == (phrasing,)


def test_keywords_of_a_page_are_no_question():
    """Where nothing asks, they only describe."""
    with pytest.raises(NotesError, match="nothing to import"):
        read('{"keywords": ["kiln"], "description": "All on kilns."}', "page.json")


def test_only_another_topic_tells_a_question_from_the_same_one():
    """A question that is asked twice in one topic does not get it in front."""
    text = "group,question,answer\nnew,How much?,A.\nold,Where do I enrol?,Here.\nold,Where do I enrol?,There.\n"
    assert [each.question for each in entries(text, "a.csv")] == ["How much?", *["Where do I enrol?"] * 2]
    found = [each.question for each in entries(f"{text}new,Where do I enrol?,In.\n", "a.csv")]
    assert found == [*["old: Where do I enrol?"] * 2, "How much?", "new: Where do I enrol?"]


def test_an_end_of_a_line_that_a_program_wrote_in_signs_is_one():
    """As QnA Maker does. In code with a line of its own, it stays."""
    assert pairs("Question\tAnswer\nHow hot?\tVery.\\n\\nReally.\n", "qna.tsv") == [
        ("How hot?", "Very.\n\nReally.")
    ]
    assert pairs("Question\tAnswer\nHow?\tType `\\n`.\n", "qna.tsv") == [("How?", "Type `\\n`.")]


def test_the_columns_that_anki_names_are_named_in_the_report():
    """Not the first note."""
    cards = "#separator:tab\n#columns:Front\tBack\tTags\nHow hot?\tVery.\theat\n"
    (tags,) = [each.why for each in read(cards, "a.txt").unplaced if each.text == "heat"]
    assert "'Tags'" in tags
