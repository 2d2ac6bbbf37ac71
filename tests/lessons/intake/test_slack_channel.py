"""A workspace that Slack exported: what admins answered in threads, or members marked, becomes entries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.errors import NotesError
from tests.lessons.intake.reading_files import pairs
from tests.support.importing import import_files
from tests.support.slack_exports import marked, posted, save_workspace


def imported_from(folder: Path, *messages: dict[str, Any]) -> tuple[list[tuple[str, str]], set[str]]:
    """The entries from one channel, and the texts that were left out."""
    workspace = save_workspace(folder / "workspace", {"help-pots": {"2026-03-01": list(messages)}})
    imported = import_files([workspace], Path("-"), folder / "lessons")
    entries = [(each.question, each.answer) for made in imported.made for each in made.lesson.entries]
    return entries, {each.text for lost in imported.lost for each in lost.unplaced}


def test_the_reply_of_an_admin_in_a_thread_is_the_answer(tmp_path):
    """Not that of another member or a bot, nor what the admin asks back: these are named."""
    found, named = imported_from(
        tmp_path,
        posted("mia", "How hot is the kiln?", 1, thread=1),
        posted("bo", "no idea", 2, thread=1),
        posted("helper", "Have you read the guide?", 3, thread=1),
        posted("tom", "Which one?", 4, thread=1),
        posted("tom", "Up to 1240.", 5, thread=1),
        posted("mia", "thanks!", 6, thread=1),
        posted("bo", "Where do I pay?", 7),
        posted("tom", "Nice weather", 8),
        posted("bo", "<@U3> has joined the channel", 9, subtype="channel_join"),
    )
    assert found == [("How hot is the kiln?", "Up to 1240.")]
    assert named == {
        "no idea", "Have you read the guide?", "Which one?", "thanks!", "Where do I pay?", "Nice weather",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mark", "people", "is_taken"),
    [
        ("white_check_mark", ("mia",), True),
        ("heavy_check_mark", ("bo", "tom"), True),
        ("white_check_mark", ("bo",), False),
        ("+1", ("mia",), False),
    ],
)
def test_a_reply_that_the_asker_or_an_admin_marked_is_the_answer(mark, people, is_taken, tmp_path):
    """With a check mark. Whoever only likes a reply, or replied to themselves, says nothing."""
    told = posted("bo", "Up to 1240.", 3, thread=1, reactions=marked(mark, *people))
    workspace = save_workspace(
        tmp_path / "w",
        {
            "pots": {
                "2026-03-01": [
                    posted("mia", "How hot is the kiln?", 1, thread=1),
                    posted("bo", "Try it.", 2, thread=1),
                    told,
                    posted("mia", "It was hot.", 4, thread=1, reactions=marked("white_check_mark", "mia")),
                ]
            }
        },
    )
    if is_taken:
        imported = import_files([workspace], Path("-"), tmp_path / "lessons")
        (made,) = imported.made
        assert [(each.question, each.answer) for each in made.lesson.entries] == [
            ("How hot is the kiln?", "Up to 1240.")
        ]
    else:
        with pytest.raises(NotesError, match=r"messages of a Slack channel, but no question .* admin"):
            import_files([workspace], Path("-"), tmp_path / "lessons")


def test_a_thread_goes_on_on_another_day_and_each_channel_is_a_lesson(tmp_path):
    """A second import updates the lesson of the channel, whatever days it has by then."""
    first = posted("mia", "How hot is the kiln?", 1, thread=1)
    channels = {
        "help-pots": {"2026-03-01": [first], "2026-03-02": [posted("tom", "Up to 1240.", 90, thread=1)]},
        "general": {"2026-03-01": [posted("bo", "Hello", 5)]},
        "clay": {"2026-03-05": [posted("bo", "Which clay?", 7, thread=7), posted("tom", "Red.", 8, thread=7)]},
    }
    workspace = save_workspace(tmp_path / "w", channels)
    imported = import_files([workspace], tmp_path / "lessons", tmp_path / "lessons")
    made = {each.lesson.lesson: [entry.answer for entry in each.lesson.entries] for each in imported.made}
    assert made == {"Help pots": ["Up to 1240."], "Clay": ["Red."]}
    assert sorted(each.lesson.source or "" for each in imported.made) == ["w/clay", "w/help-pots"]
    why = {file.relative_to(workspace).as_posix(): said for file, said in imported.refused}
    assert "but no question" in why["general/2026-03-01.json"]
    assert "a list that Slack exports" in why["channels.json"]
    assert not why.keys() & {"users.json", "help-pots/2026-03-02.json"}


def test_direct_messages_are_not_read(tmp_path):
    """An export of the whole workspace holds them as it holds channels."""
    told = {"2026-03-01": [posted("mia", "How hot?", 1, thread=1), posted("tom", "Very.", 2, thread=1)]}
    workspace = save_workspace(
        tmp_path / "w",
        {"pots": told, "D77": told, "mpdm-mia--tom-1": told},
        dms=[{"id": "D77", "members": ["U1", "U2"]}],
        mpims=[{"id": "G5", "name": "mpdm-mia--tom-1", "members": ["U1", "U2"]}],
    )
    imported = import_files([workspace], Path("-"), tmp_path / "lessons")
    assert [each.lesson.lesson for each in imported.made] == ["Pots"]
    private = {file.parent.name for file, why in imported.refused if "direct messages" in why}
    assert private == {"D77", "mpdm-mia--tom-1"}


def test_direct_messages_are_not_read_without_the_list_of_them(tmp_path):
    """Their folders have names of their own."""
    told = {"2026-03-01": [posted("mia", "How hot?", 1, thread=1), posted("tom", "Very.", 2, thread=1)]}
    workspace = save_workspace(tmp_path / "w", {"dogs": told, "D0ABCDEF12": told, "mpdm-mia--tom-1": told})
    imported = import_files([workspace], Path("-"), tmp_path / "lessons")
    assert [each.lesson.lesson for each in imported.made] == ["Dogs"]


def test_a_private_channel_is_read_only_alone(tmp_path):
    """What moderators tell each other is not for members; a channel that is chosen on purpose is read."""
    told = {"2026-03-01": [posted("mia", "How hot?", 1, thread=1), posted("bo", "Very.", 2, thread=1)]}
    told["2026-03-01"][1] |= {
        "reactions": [{"name": "white_check_mark", "users": [told["2026-03-01"][0]["user"]]}]
    }
    workspace = save_workspace(tmp_path / "w", {"pots": told, "mods": told})
    (workspace / "groups.json").write_text('[{"id": "G1", "name": "mods"}]', encoding="utf-8")
    imported = import_files([workspace], Path("-"), tmp_path / "lessons")
    assert [each.lesson.lesson for each in imported.made] == ["Pots"]
    assert {file.parent.name for file, why in imported.refused if "a private channel" in why} == {"mods"}
    alone = import_files([workspace / "mods"], Path("-"), tmp_path / "others")
    assert [each.lesson.lesson for each in alone.made] == ["Mods"]


def test_marks_of_slack_become_those_of_discord(tmp_path):
    """Members' names stay out, and code stays as it is."""
    text = (
        "<@U1> *Wait* for _a day_, ~not two~. See <https://pots.example/a_b|the guide> or <https://pots.example>, "
        "ask in <#C1|general> or <@U3|bo>, &amp; write <mailto:club@pots.example|club@pots.example>:\n"
        "\u2022 one\n\u25e6 2 * 3 * 4\n```x = *y* &lt; 3```\nand `a *b* c`"
    )
    found, named = imported_from(
        tmp_path,
        posted("mia", "<!here> hi <@U2>, when can I *open* it?", 1, thread=1),
        posted("tom", text, 2, thread=1, files=[{"name": "plan.pdf", "url_private": "https://files.slack.com/p"}]),
    )
    assert found == [
        (
            "when can I open it?",
            "**Wait** for _a day_, ~~not two~~. See [the guide](https://pots.example/a_b) or "
            "<https://pots.example>, ask in #general or @\u2026, & write club@pots.example:\n"
            "- one\n- 2 * 3 * 4\n\n```\nx = *y* < 3\n```\n\nand `a *b* c`",
        )
    ]
    assert "plan.pdf" in named


def test_a_single_day_is_read_by_its_marks_alone(tmp_path):
    """Without `users.json`, nobody is known to be an admin. A day without threads is a chat."""
    day = tmp_path / "help" / "2026-03-01.json"
    day.parent.mkdir()
    asked = posted("mia", "How hot?", 1, thread=1)
    told = posted("tom", "Very.", 2, thread=1)
    day.write_text(json.dumps([asked, told | {"reactions": marked("white_check_mark", "mia")}]), encoding="utf-8")
    (made,) = import_files([day], Path("-"), tmp_path / "lessons").made
    assert (made.lesson.lesson, made.lesson.entries[0].answer) == ("Help", "Very.")
    with pytest.raises(NotesError, match="no question there"):
        pairs(json.dumps([asked, told]), "2026-03-01.json")
    with pytest.raises(NotesError, match="is a chat"):
        pairs(json.dumps([posted("mia", "How hot?", 1), posted("tom", "Very.", 2)]), "2026-03-01.json")


def test_a_broken_day_is_named(tmp_path):
    """With its file."""
    days = {"2026-03-01": [posted("mia", "How hot?", 1, thread=1)], "2026-03-02": []}
    workspace = save_workspace(tmp_path / "w", {"pots": days})
    (workspace / "pots" / "2026-03-02.json").write_text("[{", encoding="utf-8")
    with pytest.raises(NotesError, match=r"2026-03-02\.json: is not valid JSON"):
        import_files([workspace], Path("-"), tmp_path / "lessons")
