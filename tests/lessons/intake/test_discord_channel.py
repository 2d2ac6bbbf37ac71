"""A channel of Discord that was saved as JSON: what moderators replied there becomes entries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.errors import NotesError
from tests.lessons.intake.reading_files import entries, left, pairs, read
from tests.support.discord_exports import exported, said
from tests.support.importing import import_files
from tests.support.pictures import png


def answers(*messages: object, **more: str) -> list[tuple[str, str]]:
    return pairs(exported(*messages, **more), "club-faq.json")  # type: ignore[arg-type]


def test_a_question_and_the_reply_of_a_moderator_become_an_entry():
    """Not what nobody replied to, nor what a bot, another member or whoever asked replied: these are named."""
    text = exported(
        said("mia", "How hot is the kiln?"),
        said("bo", "no idea", to=0),
        said("dyno", "Type !help", to=0),
        said("tom", "Up to **1240**.\n- cone 6\n\n```\nx = 1\n```", to=0),
        said("tom", "And wait.", to=0),
        said("mia", "thanks!", to=3),
        said("bo", "Where do I pay?"),
        said("mia", "Where do I pay?", to=6),
        said("bo", "Nice pots"),
        said("tom", "Indeed", to=8),
        said("bo", "Joined the server.", type="GuildMemberJoin"),
    )
    assert pairs(text, "a.json") == [("How hot is the kiln?", "Up to **1240**.\n- cone 6\n\n```\nx = 1\n```")]
    assert read(text, "a.json").lessons[0].lesson == "Club FAQ"
    named = [
        "And wait.",
        "no idea",
        "Type !help",
        "thanks!",
        "Where do I pay?",
        "Where do I pay?",
        "Nice pots",
        "Indeed",
    ]
    assert sorted(each for _, each in left(text, "a.json")) == sorted(named)


def test_a_moderator_who_asks_back_first_has_not_answered_yet():
    """The next reply is the answer. What was asked back is named."""
    text = exported(
        said("mia", "How hot is the kiln?"), said("tom", "Which one?", to=0), said("tom", "Up to 1240.", to=0)
    )
    assert pairs(text, "a.json") == [("How hot is the kiln?", "Up to 1240.")]
    assert [each for _, each in left(text, "a.json")] == ["Which one?"]


def test_names_avatars_and_mentions_of_members_stay_out():
    """In the middle of a sentence, something is missing then: the report says so."""
    text = exported(
        said("mia", "hi @Tom (Mod), can I bring clay?", mentions=("tom",)),
        said("tom", "@Mia Kay, yes, ask <@801> or @Bo first. cc @Mia Kay", to=0, mentions=("mia", "bo")),
    )
    (entry,) = entries(text, "a.json")
    assert (entry.question, entry.answer) == ("can I bring clay?", "yes, ask @\u2026 or @\u2026 first. cc @\u2026")
    why = "a member was mentioned here: write who is meant, or leave it out"
    assert [each.text for each in read(text, "a.json").unplaced if each.why == why] == [
        "yes, ask @\u2026 or @\u2026 first. cc @"
    ]


def test_the_question_of_a_long_message_is_its_sentence_that_asks():
    """The other words of it are named."""
    story = "I fired my first pots last week with all my friends, and some came out with cracks at the foot. "
    found = exported(
        said("mia", f"Hello there!\n{story}Why do pots crack at the foot? Thanks."), said("tom", "Dry.", to=0)
    )
    assert pairs(found, "a.json") == [("Why do pots crack at the foot?", "Dry.")]
    assert [each for _, each in left(found, "a.json")] == [
        f"Hello there!\n{story}Why do pots crack at the foot? Thanks."
    ]


def test_where_nobody_has_the_role_of_a_moderator_all_replies_count():
    """An export has no roles if the program could not see them."""
    assert answers(said("mia", "Why?"), said("bo", "So.", to=0), said("mia", "Ok.", to=1)) == [("Why?", "So.")]


@pytest.mark.parametrize(
    "role",
    [
        "Moderador", "Moderaci\u00f3n", "Equipo", "Lehrkraft", "Teaching Assistant", "staff_online", "Docente",
        "Team", "The Team", "Support", "\U0001f6e0 Tech Support", "Support-Team", "Course Team", "Kursteam",
        "Team Pots", "Pots Team", "Equipo docente", "Equipo de soporte", "Server Owner", "Co-Owner", "Team Lead",
        "Red Team Moderator", "Admin \u2022 Team Blue",
    ],
)  # fmt: skip
def test_moderators_are_known_by_the_name_of_their_role(role):
    """In English, German and Spanish. Where they are known, what a member replies is no answer."""
    text = exported(said("mia", "Why?"), said("bo", "Because.", to=0), said("tom", "So.", to=0))
    assert pairs(text.replace('"Moderators"', json.dumps(role)), "a.json") == [("Why?", "So.")]


@pytest.mark.parametrize(
    "role",
    [
        "Team Red", "Blue Team", "Team 7", "Team Liquid", "Equipo Rojo", "Team Rot", "Steam", "Dog Owner",
        "Support Main", "Supporter", "I support Ukraine", "Tutorials", "Mod Ping", "Ex-Moderator",
        "Former Staff", "Mentor wanted", "Mod Applicants", "Sucht Tutor", "Needs Support", "Team Green Glaze",
        "Leadership", "Needs help from a teacher", "Teamspeak", "No Mod",
    ],
)  # fmt: skip
def test_a_role_of_a_house_a_game_or_a_wish_is_no_moderators(role):
    """There, whoever has such a role is a member as others are."""
    text = exported(said("mia", "Why?"), said("bo", "Because.", to=0), said("tom", "So.", to=0))
    assert pairs(text.replace('"Level 5"', json.dumps(role)), "a.json") == [("Why?", "So.")]


def test_a_support_beside_other_positions_of_a_game_is_no_moderator():
    """Where others are tanks and healers, it is how somebody plays."""
    text = exported(said("mia", "Why?"), said("bo", "Because.", to=0), said("tom", "So.", to=0))
    told = text.replace('"Level 5"', '"Support"')
    assert pairs(told, "a.json") == [("Why?", "Because.")]
    plays = told.replace('"name": "Support",', '"name": "Support", "was": 1},\n{"id": "9", "name": "Healer",')
    assert pairs(plays, "a.json") == [("Why?", "So.")]


@pytest.mark.parametrize(
    ("who", "more"),
    [
        ("tom", {"content": "**How hot is it?**\nVery.\n\n**How wet?**\nDry."}),
        ("tom", {"content": "Q: How hot is it?\nA: Very.\nQ: How wet?\nA: Dry."}),
        ("dyno", {"content": "", "embeds": [{"title": "How hot is it?", "description": "Very.", "fields": [
            {"name": "How wet?", "value": "Dry.", "isInline": False}]}]}),
    ],
)  # fmt: skip
def test_questions_with_answers_that_a_moderator_or_a_bot_posted_are_entries(who, more):
    """As in a channel of rules and answers. What a member posts so is no answer."""
    post = said(who, "") | more
    assert answers(said("mia", "Hi"), said("tom", "Hello"), post) == [
        ("How hot is it?", "Very."),
        ("How wet?", "Dry."),
    ]
    with pytest.raises(NotesError, match="nothing to import"):
        answers(said("tom", "Hello"), said("mia", "") | more)


def test_a_thread_asks_what_its_name_says():
    """Its answer is the reply of a moderator, or else the first thing that one says and does not ask."""
    told = [said("mia", "What can I do?"), said("bo", "Same."), said("tom", "Which clay?"), said("tom", "Dry it.")]
    thread = {"name": "My pot cracked", "kind": "GuildPublicThread"}
    assert answers(*told, **thread) == [("My pot cracked", "Dry it.")]
    assert answers(*told, said("tom", "Wait.", to=0), **thread) == [("My pot cracked", "Wait.")]
    assert entries(exported(*told, **thread), "a.json")[0].phrasings == ("What can I do?",)
    assert read(exported(*told, **thread), "a.json").lessons[0].lesson == "Help forum"
    assert answers(
        said("tom", "Up to 1240."), said("mia", "Thanks"), name="How hot?", kind="GuildPublicThread"
    ) == [("How hot?", "Up to 1240.")]
    with pytest.raises(NotesError, match="nothing to import"):
        answers(said("tom", "Say hello."), said("mia", "Hi"), name="Weekly chat", kind="GuildPublicThread")
    with pytest.raises(NotesError, match="It has messages of a channel, but no question"):
        answers(said("mia", "Help"), said("mia", "Please"), **thread)


def test_a_folder_of_threads_is_one_lesson_with_the_pictures_of_its_answers(tmp_path: Path):
    """Where the program saved the files, too, they are found; the report names all others."""
    notes = tmp_path / "help"
    (notes / "1.json_Files").mkdir(parents=True)
    (notes / "1.json_Files" / "pot-A1.png").write_bytes(png())
    files = [{"url": url} for url in ("1.json_Files/pot-A1.png", "1.json_Files/list-B2.pdf")]
    first = exported(
        said("mia", "?"), said("tom", "See:", to=0, attachments=files), name="How?", kind="GuildPublicThread"
    )
    there = [{"url": "https://cdn.discordapp.com/attachments/1/2/pot.png?ex=1"}]
    second = exported(
        said("mia", "?"), said("tom", "So.", to=0, attachments=there), name="Why?", kind="GuildPublicThread"
    )
    (notes / "1.json").write_text(first, encoding="utf-8")
    (notes / "2.json").write_text(second, encoding="utf-8")
    imported = import_files([notes], tmp_path / "lessons", tmp_path / "lessons")
    (made,) = imported.made
    assert [(each.question, each.answer, bool(each.image)) for each in made.lesson.entries] == [
        ("How?", "See:", True),
        ("Why?", "So.", False),
    ]
    named = {each.text for lost in imported.lost for each in lost.unplaced}
    assert {"1.json_Files/list-B2.pdf", there[0]["url"]} <= named


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (exported(said("mia", "Why?"), said("tom", "So.", to=0))[:-400], "is not valid JSON"),
        (
            exported(said("mia", "Why?"), said("tom", "So.", to=0)).replace("null", f"{'[' * 5000}{']' * 5000}"),
            "too deep",
        ),
        ('{"guild": 1, "channel": [], "exportedAt": "", "messages": 5}', "nothing to import"),
        (
            '{"guild": 1, "channel": {}, "exportedAt": "", "messages": [5, {"type": "Default", "author": []}]}',
            "nothing to",
        ),
    ],
)
def test_a_broken_export_is_refused_with_a_reason(text, why):
    """Cut off, nested a thousand times, or with other things where messages should be."""
    with pytest.raises(NotesError, match=why):
        read(text, "a.json")


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("AuthorID,Author,Date,Content,Attachments,Reactions\n1,mia,2026,Why?,,\n2,tom,2026,So.,,\n", "a.csv"),
        ('[{"type": "message", "user": "U1", "text": "Why?", "ts": "1"}, {"user": "U2", "text": "X", "ts": "2"}]',
         "a.json"),
        ('{"name": "Pots", "messages": [{"id": 1, "date": "d", "from": "Mia", "text": "Why?"}, '
         '{"id": 2, "date": "d", "from": "Tom", "text": ["So.", {"type": "bold", "text": "x"}]}]}', "a.json"),
    ],
    ids=["a table", "Slack", "Telegram"],
)  # fmt: skip
def test_other_chats_are_refused_with_a_better_way(text, file):
    """Nobody looks for columns or keys in them."""
    with pytest.raises(NotesError, match=r"is a chat, .* DiscordChatExporter saves as JSON can be imported"):
        read(text, file)
