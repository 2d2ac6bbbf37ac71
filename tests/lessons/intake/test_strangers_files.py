"""Files as communities have them: forums, courses, vaults, Notion and Stack Exchange."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.errors import NotesError
from bot.lessons.ids import title_from
from bot.lessons.intake.collecting import collect
from bot.lessons.intake.conversion import read_source
from bot.lessons.intake.import_report import warnings
from bot.lessons.intake.material import Hints, Pair
from tests.lessons.intake.reading_files import entries, left, pairs, read, read_lessons
from tests.support.importing import import_files


@pytest.mark.parametrize("mark", ["**", "__"])
def test_an_answer_may_stand_right_below_a_question_in_bold_letters(mark):
    """As on many pages of courses: the label is in the bold line, and the answer has none."""
    page = (
        f"# Course\n\n{mark}Q: Must I come?{mark}  \nNo, but you may.\n\n"
        f"{mark}Q: Which book?{mark}\n*Pots*, 2nd edition.\n\n"
        f"{mark}Q: How is it graded?{mark}\n\n| Part | Weight |\n|---|---|\n| Work | 40% |\n"
    )
    found = pairs(page)
    assert found[:2] == [("Must I come?", "No, but you may."), ("Which book?", "*Pots*, 2nd edition.")]
    assert found[2][0] == "How is it graded?"


def test_comments_of_obsidian_are_never_published():
    """On one line, in a line, and over several lines; not in code, and not two percentages."""
    page = (
        "## What is a kiln?\n\nAn oven. %% mine %% Hot.\n\n%%\nsecret\n%%\n\n%% note %%\n\n"
        "`%% a %%` and 5%% of 6%% stay.\n\n```\n%% b %%\n```\n\n## Why?\n\nSo.\n"
    )
    assert pairs(page)[0][1].split("\n\n") == [
        "An oven.  Hot.",
        "`%% a %%` and 5%% of 6%% stay.",
        "```\n%% b %%\n```",
    ]
    assert [text for _, text in left(page)] == ["%% mine %%", "%%\nsecret\n%%", "%% note %%"]


def test_marks_of_a_forum_become_what_discord_has():
    """Discourse's hidden details, spoilers and quotes."""
    page = (
        '## :lock: Why?\n\nSo. [spoiler]Hot[/spoiler]\n\n[details="More"]\nWait.\n[/details]\n\n## How?\n\nThus.\n'
    )
    assert pairs(page)[0][0] == "Why?"
    assert pairs(page)[0][1] == "So. ||Hot||\n\n**More**\nWait."
    quoted = '## Why?\n\nSo.\n\n[quote="ana, post:3, topic:12"]\nIt dried.\n\nToo fast.\n[/quote]\n\nYes.\n'
    assert pairs(quoted) == [("Why?", "So.\n\n> **ana**\n> It dried.\n> \n> Too fast.\n\nYes.")]
    assert left(quoted) == [(5, "post:3, topic:12")]
    unclosed = "## Why?\n\n[quote]\nSo.\n"
    assert pairs(unclosed) == [("Why?", "[quote]\nSo.")]


def test_the_boxes_of_myst_are_boxes_and_no_code():
    """Sphinx's Markdown writes them with a fence. Code of the site that shows how stays code."""
    page = "## Why?\n\n```{note} Hot\nIt is **hot**.\n```\n\n## How?\n\n````md\n```{note}\na\n```\n````\n"
    assert pairs(page) == [
        ("Why?", "> **Note: Hot**\n> It is **hot**."),
        ("How?", "````md\n```{note}\na\n```\n````"),
    ]


def test_the_accepted_answer_of_stack_exchange_is_the_answer():
    """Else the one with most votes; the question's own text is no answer."""
    items = [
        {"title": "How hot?", "body": "<p>I ask.</p>", "answers": [
            {"score": 9, "body": "<p>Very.</p>"}, {"is_accepted": True, "body": "<p>1000 degrees.</p>"}]},
        {"title": "How long?", "body": "<p>I ask.</p>", "answers": [
            {"score": -1, "body": "<p>No.</p>"}, {"score": 3, "body": "<p>A day.</p>"}]},
    ]  # fmt: skip
    text = json.dumps({"items": items})
    assert pairs(text, "se.json") == [("How hot?", "1000 degrees."), ("How long?", "A day.")]
    assert {"<p>I ask.</p>", "<p>Very.</p>", "<p>No.</p>"} <= {text for _, text in left(text, "se.json")}


@pytest.mark.parametrize("signs", [{"is_answered": False, "answer_count": 0}, {"answer": None}, {"answers": []}])
def test_a_question_of_a_forum_that_nobody_answered_is_no_entry(signs):
    """Whoever asked it would be its answer. It is named, so that a moderator can answer it."""
    items = [
        {"title": "How hot?", "body": "<p>I ask.</p>", "answers": [{"is_accepted": True, "body": "Very."}]},
        {"title": "Which wheel?", "body": "<p>I need one.</p>", **signs},
    ]
    text = json.dumps({"items": items})
    assert pairs(text, "se.json") == [("How hot?", "Very.")]
    assert {"Which wheel?", "<p>I need one.</p>"} <= {text for _, text in left(text, "se.json")}


@pytest.mark.parametrize(
    "signs", [{"answer": None, "tags": []}, {"answers": []}, {"comments": [{"body": "Me too."}]}]
)
def test_a_question_that_nobody_answered_gives_no_lesson_its_title(signs):
    """Nor a section of the lesson: members would read it above the answers to other questions."""
    asked = {"title": "Which wheel?", "body": "<p>I need one.</p>", **signs}
    text = json.dumps([asked, {"title": "How hot?", "body": "<p>I ask.</p>", "answer": {"body": "Very."}}])
    found = read(text, "discussions.json")
    assert [(each.lesson, len(each.entries)) for each in found.lessons] == [("Discussions", 1)]
    assert ("Which wheel?", "a topic without an accepted answer") in {(e.text, e.why) for e in found.unplaced}


@pytest.mark.parametrize("in_comments", [False, True])
def test_the_chosen_answer_of_a_github_discussion_is_the_answer(in_comments):
    """Whether the query asked for it, or for all comments. A comment that was not chosen is no answer."""

    def discussion(title: str, answer: str | None) -> dict[str, object]:
        chosen = None if answer is None else {"body": answer, "author": {"login": "tom"}}
        comments = [
            {"body": "Me too.", "isAnswer": False},
            {"body": answer or "Hm.", "isAnswer": answer is not None},
        ]
        said = {"comments": {"totalCount": 2, "nodes": comments}} if in_comments else {"answer": chosen}
        return {"number": 7, "title": title, "body": "I looked.", "author": {"login": "mia"}, **said}

    nodes = [discussion("How hot?", "Very."), discussion("Which wheel?", None)]
    text = json.dumps({"data": {"repository": {"discussions": {"nodes": nodes}}}})
    assert pairs(text, "discussions.json") == [("How hot?", "Very.")]


def topic(title: str, *posts: dict[str, object], **more: object) -> dict[str, object]:
    """A topic as Discourse gives it at `/t/57.json`."""
    person = {"name": "Mia Kay", "username": "mia", "avatar_template": "/a.png", "accepted_answer": False}
    stream = {
        "posts": [{**person, "post_number": n, **post} for n, post in enumerate(posts, 1)],
        "stream": [80, 81],
    }
    others = [{"title": "Which glaze?", "posters": [{"description": "Original Poster", "user": person}]}]
    return {
        "post_stream": stream,
        "suggested_topics": others,
        "title": title,
        "details": {"created_by": person},
        **more,
    }


def test_the_accepted_answer_of_a_topic_of_discourse_is_the_answer(tmp_path):
    """Nobody's name is in the lesson, not even one that the answer mentions. A folder of topics is one lesson."""
    mention = '<a class="mention" href="/u/mia">@mia</a>'
    hot = topic(
        "How hot?", {"cooked": "<p>I ask.</p>"}, {"cooked": f"<p>Very. {mention}</p>", "accepted_answer": True}
    )
    wet = topic("How wet?", {"cooked": "<p>?</p>"}, {"cooked": "<p>Dry.</p>"}, accepted_answer={"post_number": 2})
    none = topic("Which wheel?", {"cooked": "<p>I need one.</p>"}, {"cooked": "<p>Mine.</p>"})
    for name, data in (("1", hot), ("2", wet), ("3", none), ("4", [hot | {"title": "So hot?"}, none])):
        (tmp_path / f"{name}.json").write_text(json.dumps(data))
    imported = import_files([tmp_path], Path("-"), tmp_path / "lessons")
    entries_of = [[(each.question, each.answer) for each in made.lesson.entries] for made in imported.made]
    assert sorted(entries_of) == [[("How hot?", "Very."), ("How wet?", "Dry.")], [("So hot?", "Very.")]]
    assert all("Mia" not in made.text and "mia" not in made.text for made in imported.made)
    [(_, why)] = imported.refused
    assert "It has topics of a forum, none with an accepted answer." in why
    lost = {(each.text, each.why) for lost in imported.lost for each in lost.unplaced}
    assert ("<p>I ask.</p>", "a post of a forum that is not the accepted answer") in lost
    assert ("Which wheel?", "a topic without an accepted answer") in lost


def test_a_topic_of_discourse_shows_no_member_and_nothing_hidden():
    """In the middle of a sentence, something is missing then: the report says so."""
    mention = '<a class="mention" href="/u/mia">@mia</a>'
    post = {"post_number": 2, "cooked": f"<p>{mention}, ask {mention} first.</p>", "accepted_answer": True}
    topic = {"title": "How hot?", "visible": True, "post_stream": {"posts": [post]}}
    assert pairs(json.dumps(topic), "57.json") == [("How hot?", "ask @\u2026 first.")]
    assert any("a member was mentioned here" in each.why for each in read(json.dumps(topic), "57.json").unplaced)
    with pytest.raises(NotesError, match=r"nothing to import.*not published"):
        read(json.dumps({**topic, "visible": False}), "57.json")


@pytest.mark.parametrize(
    "intent",
    [
        {"id": "x1", "name": "hours", "userSays": [
            {"id": "u1", "data": [{"text": "when do you "}, {"text": "open", "meta": "@sys"}]},
            {"data": [{"text": "hours"}]}],
         "responses": [{"messages": [{"type": "0", "speech": ["At 9."], "lang": "en"}]}]},
        {"intents": [{"displayName": "hours", "priority": 5, "messages": [{"text": {"text": ["At 9."]}}],
                      "trainingPhrases": [{"parts": [{"text": "when do you "}, {"text": "open"}]},
                                          {"parts": [{"text": "hours"}]}]},
                     {"displayName": "Fallback", "messages": [{"text": {"text": ["Sorry?"]}}]}]},
    ],
)  # fmt: skip
def test_intents_of_dialogflow_bring_their_phrasings(intent):
    """Both as it exports them and as its programming interface gives them."""
    text = json.dumps(intent)
    (entry,) = entries(text, "bot.json")
    assert (entry.question, entry.phrasings, entry.answer) == ("when do you open", ("hours",), "At 9.")
    said = {each for _, each in left(text, "bot.json")}
    assert said in ({"x1", "u1", "@sys", "0", "en"}, {"5", "Fallback", "Sorry?"})


def test_a_folder_of_a_wiki_has_pages_that_are_no_questions(tmp_path):
    """Its start page and its sidebar are lists of links; the names of Notion's pages end in an id."""
    for name in ("Home", "_Sidebar", "_Footer", "What is a kiln"):
        (tmp_path / f"{name}.md").write_text("# Page\n\nAn oven.\n", encoding="utf-8")
    assert [each.file.stem for each in collect([tmp_path])[0] if each.is_single] == ["What is a kiln"]
    id_ = "1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d"
    assert title_from(f"Club rules {id_}") == "Club rules"
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / f"Club {id_}.md").write_text("## Why?\n\nSo.\n\n## How?\n\nThus.\n", encoding="utf-8")
    made = import_files([folder], tmp_path / "lessons", tmp_path / "lessons").made
    assert [(each.lesson.lesson, each.file.name if each.file else "") for each in made] == [("Club", "club.yaml")]


def test_a_zip_is_named_as_one(tmp_path):
    """The command line says what to do; in Discord, a zip is taken as it is."""
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04")
    with pytest.raises(NotesError, match="is a zip file: unpack it, and import the folder"):
        import_files([tmp_path / "a.zip"], tmp_path, tmp_path)


def test_ids_of_blocks_and_lines_of_tags_of_obsidian_are_not_published():
    """A link to a block leads to the entry that it is in. Code, powers and channels in a sentence stay."""
    page = (
        "#faq #club/pots\n\n## What is a kiln?\n\nAn oven. ^37066d\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "^a-table\n\n#clay, #2-heat\n\n```\n#note\nx ^abcdef\n```\n\n"
        "## How hot? ^heat\n\nAs [[#^37066d|an oven]], [[#What is a kiln?]] and [this](#^a-table); 10 ^12\n\n"
        "Ask in #help\n\n## Why?\n\nSee [[#^heat]], [[Pots#^123abc]], [[#^gone]].\n**Tags:** #more\n"
    )
    kiln, hot, why = entries(page)
    assert kiln.answer.startswith("An oven.\n\n```\na")
    assert kiln.answer.endswith("```\n\n```\n#note\nx ^abcdef\n```")
    assert (hot.question, hot.related, why.related) == ("How hot?", (kiln.id,), (hot.id,))
    assert hot.answer == "As an oven, What is a kiln? and this; 10 ^12\n\nAsk in #help"
    assert why.answer == "See How hot?, Pots, gone."
    said = {text for _, text in left(page)}
    assert {"#faq #club/pots", "#clay, #2-heat", "**Tags:** #more", "^37066d", "^a-table", "^heat"} <= said
    assert {"[[#^37066d|an oven]]", "[[Pots#^123abc]]", "[[#^gone]]"} <= said


@pytest.mark.parametrize(
    "sheet",
    [
        "Question,Answer 1,Answer 2,Answer 3,Answer 4,Time limit,Correct answer(s)\n"
        'How hot?,20,1000,5,9,30,2\nWhich glaze?,Ash,Mud,Tin,Sand,20,"1,3"\n',
        # Kahoot's own template has rows above, and heads that explain themselves.
        "Quiz template,,,\n,,,\n,Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75,"
        "Time limit (sec) \u2013 5 or 10 secs,Correct answer(s) - choose at least one\n1,How hot?,20,1000,30,2\n",
        "Question Text\tQuestion Type\tOption 1\tOption 2\tTime in seconds\nHow hot?\tMultiple\t20\t1000\t30\n",
    ],
)
def test_a_sheet_of_a_quiz_is_named_as_multiple_choice(sheet):
    """Its author reads what was seen, and not that the sheet has no header."""
    with pytest.raises(NotesError, match=r"It has the columns .*'Question.*1.*': multiple choice outside of a sc"):
        read_lessons(sheet, "quiz.csv", has_picture=lambda path: False)


def test_the_answer_in_words_of_a_quiz_is_taken():
    """The other choices are named, so that nobody looks for them."""
    sheet = "Question,Answer 1,Answer 2,Correct answer\nHow hot?,Very,1000 degrees,1000 degrees\nWhy?,A,B,2\n"
    assert pairs(sheet, "quiz.csv") == [("How hot?", "1000 degrees")]
    assert left(sheet, "quiz.csv") == [(2, "Very"), (3, "Why?"), (3, "A"), (3, "B"), (3, "2")]


def test_placeholders_in_the_responses_of_a_chatbot_are_named_with_their_lines():
    """They stay in the answer, as nobody knows what the chatbot said there. Code is no placeholder."""
    rasa = (
        "nlu:\n- intent: hello\n  examples: |\n    - how are you?\nresponses:\n  utter_hello:\n  - text: |\n"
        "      Hello {name}!\n      Your {pot_size} is fired. Type `{x}`, {} or {1}.\n"
    )
    assert pairs(rasa, "nlu.yml")[0][1] == "Hello {name}!\nYour {pot_size} is fired. Type `{x}`, {} or {1}."
    assert left(rasa, "nlu.yml") == [(8, "{name}"), (9, "{pot_size}")]
    intents = {"intents": [{"tag": "t", "patterns": ["How hot?"], "responses": ["Wait.\nAsk {{user}}."]}]}
    assert left(json.dumps(intents), "intents.json") == [(1, "{{user}}")]
    dialogflow = {
        "name": "t",
        "userSays": ["How hot?"],
        "responses": ["$pot.original costs $5, #order.name-, not #help."],
    }
    assert left(json.dumps(dialogflow), "t.json") == [(1, "$pot.original"), (1, "#order.name")]


def test_the_two_files_of_an_intent_of_dialogflow_are_read_together(tmp_path):
    """In a folder, they become one lesson of all intents; phrases in the language of the answer come first."""
    message = {"type": "0", "lang": "en", "speech": ["At 9."]}
    phrases = [{"id": "u1", "data": [{"text": "when do you "}, {"text": "open", "meta": "@sys"}], "count": 7}]
    files = {
        "agent.json": {"language": "en"},
        "intents/hours.json": {"name": "hours", "responses": [{"messages": [message]}]},
        "intents/hours_usersays_de.json": [{"data": [{"text": "Zeiten"}]}],
        "intents/hours_usersays_en.json": phrases,
        "intents/heat.json": {"name": "heat", "responses": [{"messages": [{"speech": "Very."}]}]},
        "intents/heat_usersays_en.json": [{"data": [{"text": "how hot"}]}],
    }
    (tmp_path / "bot" / "intents").mkdir(parents=True)
    for name, data in files.items():
        (tmp_path / "bot" / name).write_text(json.dumps(data))
    imported = import_files([tmp_path / "bot"], Path("-"), tmp_path / "lessons")
    [made] = imported.made
    assert [(each.id, each.question, each.phrasings, each.answer) for each in made.lesson.entries] == [
        ("heat", "how hot", (), "Very."),
        ("hours", "when do you open", ("Zeiten",), "At 9."),
    ]
    lost = {lost.file.name: [each.text for each in lost.unplaced] for lost in imported.lost}
    assert lost["hours_usersays_en.json"] == ["u1", "@sys", "7"]
    assert [file.name for file, _ in imported.refused] == ["agent.json"]
    # Uploaded one by one, each file is in a folder of its own.
    apart = [tmp_path / "1" / "hours.json", tmp_path / "2" / "hours_usersays_en.json"]
    for file in apart:
        file.parent.mkdir()
        file.write_bytes((tmp_path / "bot" / "intents" / file.name).read_bytes())
    [made] = import_files(apart, Path("-"), tmp_path / "lessons").made
    assert made.lesson.entries[0].question == "when do you open"


def test_a_daily_note_is_no_entry_unless_it_asks_something(tmp_path):
    """A name that is a date or a number asks nothing. A question in a heading or in the front matter does."""
    pages = {
        "2026-11-24": "Fired the kiln.\n",
        "November 24th, 2026": "# Tuesday\n\nFired the kiln.\n",
        "2026_11_25": "- Fired the kiln.\n",
        "20261126T0930 Thursday": "# 2026-11-26\n\nFired the kiln.\n",
        "12": "Fired the kiln.\n",
        "2026-11-27": "# What is a kiln?\n\nAn oven.\n",
        "2026-11-28": "---\ntitle: Opening hours\n---\nAt 9.\n",
        "2026-11-29": "---\nquestion: When to fire\n---\nToday.\n",
        "3d printing": "# 2026-11-30\n\nIn clay.\n",
    }
    for name, text in pages.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    imported = import_files([tmp_path], Path("-"), tmp_path / "lessons")
    asked = {entry.question for made in imported.made for entry in made.lesson.entries}
    assert asked == {"What is a kiln?", "Opening hours", "When to fire", "3d printing"}
    assert len(imported.refused) == 5
    assert all("It has a date or a number for its name" in why for _, why in imported.refused)


def test_a_folder_of_daily_notes_is_refused_in_one_line(tmp_path: Path):
    """Beside other pages, and alone: nobody reads the same reason three hundred times."""
    for day in range(10, 30):
        (tmp_path / f"2026-11-{day}.md").write_text("Fired the kiln.\n", encoding="utf-8")
    with pytest.raises(NotesError) as alone:
        import_files([tmp_path], Path("-"), tmp_path / "lessons")
    (tmp_path / "FAQ.md").write_text("# What is a kiln?\n\nAn oven.\n", encoding="utf-8")
    (line,) = warnings(import_files([tmp_path], Path("-"), tmp_path / "lessons"))
    assert line == str(alone.value)
    assert line.startswith("20 files (")
    assert "2026-11-14.md and 15 more): There is nothing to import" in line


@pytest.mark.parametrize(
    ("chat", "ending"),
    [
        ("Mia \u2014 Yesterday at 14:02\nhow do i join?\nTom\n \u2014 Heute um 9:05 Uhr\nPress it\n", "txt"),
        (
            "Mia\n \u2014 \n3/11/2024 2:02 PM\n\nHow?\n\nTom\n\u2014 \n3/11/2024 2:03 PM\n\nSo.\n\nWhy?\n\nNo.\n",
            "md",
        ),
        ("[14:02] mia: how do i join?\n[14:03] tom: press it\n", "txt"),
        ("[11/3/2024 2:02 PM] mia\nhow?\n\n[11/3/2024 2:03 PM] tom\nso\n", "txt"),
        ("03/11/2024, 14:02 - Mia: how?\n03/11/2024, 14:03 - Tom: so\n", "txt"),
        ("<div class=chatlog><div class=chatlog__message-group><span>Mia</span><p>How?</div></div>", "html"),
    ],
    ids=["copied", "apart", "logged", "exported", "whatsapp", "as a page"],
)
def test_a_chat_is_refused_with_a_better_way(chat, ending):
    """Its answers would have names and times of others in them, or belong to another question."""
    with pytest.raises(NotesError, match=r"is a chat, .* Save as entry"):
        read_lessons(chat, f"help.{ending}", has_picture=lambda path: False)


def test_times_are_no_chat():
    """Opening hours stand in answers, and a log of a chat can be below a heading that asks."""
    page = "When do you meet?\n\nMon \u2014 10:00\nTue \u2014 11:00\n\nWhere?\n\nIn room 2.\n"
    assert pairs(page, "club.txt")[0] == ("When do you meet?", "Mon \u2014 10:00\nTue \u2014 11:00")
    log = "## How does it look?\n\n[14:02] mia: hi\n[14:03] bot: hello\n"
    assert pairs(log) == [("How does it look?", "[14:02] mia: hi\n[14:03] bot: hello")]


@pytest.mark.parametrize(
    "times",
    [
        "03.11.2024 14:00\n10.11.2024 14:00",
        "Talk \u2014 03/11/2024 14:00\nParty \u2014 10/11/2024 20:00",
        "[00:00] Intro\n[01:30] Loops: all of them",
        "So:\n\n```\n[14:02] mia: hi\n[14:03] tom: hello\n```",
    ],
    ids=["dates", "events", "chapters", "log"],
)
def test_times_in_an_answer_make_no_chat_of_a_page(times):
    """A chat begins with who wrote when. Here something is asked above, or the page is called so."""
    assert pairs(f"When is it?\n\n{times}\n\nWhere?\n\nIn room 2.\n", "club.txt")[0] == ("When is it?", times)
    assert pairs(f"# Plan\n\n{times}\n\n## Why?\n\nSo.\n") == [("Why?", "So.")]
    page = read_source(f"# Plan\n\n{times}\n", "plan.md", Hints(is_single=True))
    assert [each.question.text for each in page.items if isinstance(each, Pair)] == ["Plan"]


def test_a_bold_line_in_an_answer_stays_there_if_it_asks_nothing():
    """Warnings and steps are parts of the answer, also with their text right below."""
    for said in (
        "Please read this first",
        "Step 2: run the file",
        "Achtung: den Link nie teilen",
        "It is for adults.",
    ):
        page = f"# FAQ\n\n**How do I join?**\nPress it.\n\n**{said}**\nYes.\n\n**Where?**\nHere.\n"
        assert pairs(page) == [("How do I join?", f"Press it.\n\n**{said}**\nYes."), ("Where?", "Here.")]


def test_a_bold_line_without_a_question_mark_is_a_question_where_most_ask():
    """Also with its answer right below. One of few words is a title in the answer."""
    page = (
        "# FAQ\n\n**How do I join?**\nPress it.\n\n**Can I change my name**\nYes.\nIn settings.\n\n"
        "**Where are the rules?**\nIn #rules.\n\n**On mobile**\nSwipe.\n"
    )
    assert pairs(page) == [
        ("How do I join?", "Press it."),
        ("Can I change my name", "Yes.\nIn settings."),
        ("Where are the rules?", "In #rules.\n\n**On mobile**\nSwipe."),
    ]


def test_attributes_of_paragraphs_are_left_out():
    """Of Jekyll and MkDocs. Code keeps them."""
    page = "## Why?\n{: .fs-6 #why }\n\nSo.\n{ .annotate }\n\n```\n{: .note }\n```\n"
    assert pairs(page) == [("Why?", "So.\n\n```\n{: .note }\n```")]
    assert [text for __, text in left(page)] == ["{: .fs-6 #why }", "{ .annotate }"]


def test_what_only_looks_like_attributes_stays():
    """Formats of Python, and code that is indented."""
    page = "## Which format?\n\n{:.2f}\n\nor\n\n{:x}\n\nor\n\n    {.b}\n"
    assert pairs(page) == [("Which format?", "{:.2f}\n\nor\n\n{:x}\n\nor\n\n```\n{.b}\n```")]


def test_tags_of_obsidian_behind_a_question_are_left_out():
    """They are no words of the question. A name with such a sign stays."""
    page = "## Is it free? #money #club/all\n\nYes.\n\n## Why C#?\n\nSo.\n"
    assert pairs(page) == [("Is it free?", "Yes."), ("Why C#?", "So.")]
    assert (1, "#money #club/all") in left(page)


def test_a_text_of_tabs_is_a_table():
    """What Quizlet copies has a line for each card, and no header: `--columns` says what it is."""
    cards = "nucleus\tholds the DNA\nWhat is osmosis?\tmovement of water\n"
    with pytest.raises(NotesError, match="--columns question,answer"):
        pairs(cards, "cards.txt")
    assert pairs(f"Term\tDefinition\n{cards}", "cards.txt")[1] == ("What is osmosis?", "movement of water")
    assert pairs("What\tis it?\n\nAn oven.\n\nWhy?\n\nSo.\n", "kilns.txt")[1] == ("Why?", "So.")


@pytest.mark.parametrize(
    "text",
    [
        "Q:\tWhy?\nA:\tSo.\nQ:\tWhere?\nA:\tHere.\n",
        "Frage:\tWhy?\nAntwort:\tSo.\nFrage:\tWhere?\nAntwort:\tHere.\n",
        "1.\tWhy?\n\tSo.\n2.\tWhere?\n\tHere.\n",
        "# Why?\t\nSo.\t\n# Where?\t\nHere.\t\n",
    ],
    ids=["labels", "German labels", "numbers", "behind"],
)
def test_notes_with_a_tab_in_each_line_are_no_table(text):
    """Tabs stand behind labels and numbers, too."""
    assert pairs(text, "faq.txt") == [("Why?", "So."), ("Where?", "Here.")]


def test_sounds_of_anki_are_left_out():
    """Discord would show them as text."""
    cards = "#separator:tab\n#html:true\nthe dog\tel perro[sound:perro.mp3]\nthe cat\tel gato\n"
    assert pairs(cards, "cards.txt") == [("the dog", "el perro"), ("the cat", "el gato")]
    assert (3, "[sound:perro.mp3]") in left(cards, "cards.txt")


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("faq.pdf", "Copy its text to a .txt file."),
        ("faq.docx", "Save it as a web page (.html) or as text (.txt)."),
        ("faq.XLSX", "Save the sheet as .csv."),
        ("cards.apkg", "In Anki, export the notes as plain text (.txt)."),
        (
            "Posts.xml",
            "Else copy questions and answers to a sheet with the columns question and answer, and save that",
        ),
        ("quiz.mbz", "In Moodle, export the questions in GIFT format."),
        ("faq.rar", "Unpack it, and import its files."),
        ("faq.tex", "Save it as .md, .txt or .html."),
    ],
)
def test_a_file_of_another_program_is_named_by_its_ending(name, instead, tmp_path):
    """The error says which files are read and what to do with this one, and not only that a PDF is no text."""
    (tmp_path / name).write_bytes(bytes(range(256)))
    with pytest.raises(NotesError) as refused:
        import_files([tmp_path / name], None, tmp_path / "lessons")
    assert f"no files that end in '{Path(name).suffix}' are read; these are: .csv" in str(refused.value)
    assert instead in str(refused.value)


@pytest.mark.parametrize(
    "data",
    [
        [{"local_id": 1, "trigger": "!kiln", "trigger_type": "Command",
          "responses": ["Hot, {{ .User.Mention }}.", "Very."]}],
        {"commands": [{"command": "!kiln", "response": ["Hot, {{ .User.Mention }}.", "Very."], "enabled": True},
                      {"command": "!old", "response": "Gone.", "enabled": False}]},
        {"7": {"GUILD": {"4": {"commands": {"kiln": {"author": {"id": 8, "name": "Tom"}, "command": "kiln",
          "cooldowns": {}, "response": ["Hot, {{ .User.Mention }}.", "Very."]}}}}}},
    ],
    ids=["triggers", "commands", "Red"],
)  # fmt: skip
def test_the_commands_of_a_bot_are_entries_with_one_reply(data):
    """A bot sends any one of its replies: members do not read all of them as one answer. The others are named."""
    text = json.dumps(data)
    (entry,) = entries(text, "commands.json")
    assert (entry.question, entry.answer) == ("kiln", "Hot, {{ .User.Mention }}.")
    assert {"Very.", "{{ .User.Mention }}"} <= {text for _, text in left(text, "commands.json")}


def test_a_question_beside_a_command_keeps_its_signs_and_all_of_its_answer():
    """A list of questions can name a command, and a tag can be called like a file."""
    data = [
        {"question": ".NET or Java, how do I start?", "answer": ["Open it.", "Type run."], "command": "run"},
        {"name": ".gitignore", "content": "A list of files.", "uses": 3},
        {"trigger": ".kiln", "response": "Hot."},
        {"patterns": ["what is clay"], "responses": ["Earth.", "Mud."], "uses": 3},
    ]
    assert pairs(json.dumps(data), "commands.json") == [
        (".NET or Java, how do I start?", "Open it.\n\nType run."),
        (".gitignore", "A list of files."),
        ("kiln", "Hot."),
        ("what is clay", "Earth."),
    ]
