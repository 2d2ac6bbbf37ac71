"""The impact that a review shows is what happens after publishing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.curating.impact import NOTHING_ELSE, Detail, ReplyCache, impact
from bot.dialogue.reply import Answer, Reply, Suggestions
from bot.dialogue.snapshot import Snapshot
from bot.discord_ui.curating.draft_cards import bullets
from bot.lessons.document import read_document
from bot.lessons.lesson import Entry, Lesson
from bot.lessons.library import Lessons, Library
from bot.lessons.yaml_text import to_yaml
from bot.tutor import Tutor
from tests.support.examples import examples
from tests.support.moderators import MIA, SERVER


def lessons_of(*entries: Entry) -> Lessons:
    return Lessons((read_document("a.yaml", to_yaml(Lesson(lesson="A", entries=entries)).encode()),))


def entry(id_: str, question: str, *phrasings: str, answer: str = "") -> Entry:
    return Entry(id=id_, question=question, phrasings=phrasings, answer=answer or f"About {id_}.")


WINDOWS = entry("windows", "How do I activate it on Windows?", "activate windows")
LINUX = entry("linux", "How do I activate it on Linux?", "activate linux")
CAKE = entry("cake", "How is a cake baked?", "bake cake")
BEFORE = lessons_of(WINDOWS, LINUX, CAKE)


def told(reply: Reply) -> tuple[str, frozenset[str]]:
    if isinstance(reply, Answer):
        return "answer", frozenset({reply.id})
    if isinstance(reply, Suggestions):
        return "suggestions", frozenset(each.id for each in reply.questions)
    return "unknown", frozenset()


async def test_exactly_the_replies_that_change_are_named(lessons, memory):
    """On the lessons that ship, compared with a second bot that was started with the published file."""
    from bot.curating.curating import Curating

    library = Library.open(lessons)
    tutor = Tutor(library)
    curator = Curating(tutor, library, memory)
    await curator.reconcile()
    real = [
        "deactivate",
        "how do i leave this mess",
        "how do i bake bread",
        "hello",
        "delete the venv",
        "poetry or uv",
    ]
    entries = library.lessons.entries.values()
    asked = list(dict.fromkeys([t for e in entries for t in (e.question, *e.phrasings)] + real))
    before = {question: told(tutor.answer(question)) for question in asked}
    fields = {"phrasings": "how do i leave this mess\nwhat is uv", "answer": "Leave it."}
    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id="deactivate-a-venv", fields=fields)
    found = (await curator.review(draft.id, real)).impact
    assert found
    await curator.publish(draft.id, author=MIA, author_name="Mia")
    fresh = Tutor(Library.open(lessons))
    after = {question: told(fresh.answer(question)) for question in asked}
    changed = {question for question in asked if before[question] != after[question]}
    assert {each.question for each in found.shifts} == changed
    assert "how do i leave this mess" in changed
    for each in found.shifts:
        assert (each.before.kind, each.before.ids) == before[each.question]
        assert (each.after.kind, each.after.ids) == after[each.question]


def test_an_edit_that_touches_nothing_else_says_so():
    """Moderators read that no reply changes."""
    after = lessons_of(WINDOWS, LINUX, entry("cake", "How is a cake baked?", "bake cake", "cake recipe"))
    found = impact(ReplyCache(Snapshot.of(BEFORE)), after)
    assert found.words() == (NOTHING_ELSE,)
    assert found.replayed == 6


def test_a_phrasing_taken_from_another_entry_is_the_gravest():
    """It is listed first, so that its author does not learn it from a member."""
    thief = entry("cake", "How do I activate it on Linux?", "bake cake")
    found = impact(ReplyCache(Snapshot.of(BEFORE)), lessons_of(WINDOWS, entry("linux", "Linux?", "x y z"), thief))
    assert found.taken == ()
    moved = next(each for each in found.shifts if each.question == "How do I activate it on Linux?")
    assert (moved.before.ids, moved.after.ids) == (frozenset({"linux"}), frozenset({"cake"}))
    shell = entry("windows", "How do I run the script of my shell in that system?", "activate windows")
    double = entry("cake", "Activate Windows", "activating windows", answer="activate windows")
    found = impact(ReplyCache(Snapshot.of(lessons_of(shell, LINUX, CAKE))), lessons_of(shell, LINUX, double))
    assert [each.question for each in found.taken] == ["activate windows"]
    assert found.shifts[0] == found.taken[0]
    assert found.taken[0].after.ids == {"cake"}


def test_a_new_tie_is_named_with_both():
    """Members would get suggestions instead of an answer, so both entries are named."""
    windows = entry("windows", "How do I start it on Windows?", "activate the script", answer="Run it.")
    before = lessons_of(windows, CAKE, LINUX)
    twin = entry("cake", "How do I start it on Centaur?", "activate the script", answer="Run it.")
    found = impact(ReplyCache(Snapshot.of(before)), lessons_of(windows, twin, LINUX), ["activate the script"])
    shift = next(each for each in found.shifts if each.question == "activate the script")
    assert (shift.before.ids, shift.after.kind, shift.times) == (frozenset({"windows"}), "suggestions", 1)
    (tie,) = [each for each in found.ties if each.question == "activate the script"]
    assert {tie.first.id, tie.second.id} == {"windows", "cake"}
    heads = [each for each in found.words() if not isinstance(each, Detail)]
    assert heads[-1].endswith("a different answer:"), "what is wrong comes first"
    assert str(tie) in found.words()
    pie = entry("pie", "How is a pie baked?")
    again = impact(
        ReplyCache(Snapshot.of(lessons_of(windows, twin, LINUX))), lessons_of(windows, twin, LINUX, pie)
    )
    assert "activate the script" not in {each.question for each in again.ties}, "it was one before"


def test_a_real_question_counts_how_often_it_was_asked():
    """Among equally grave changes, the question that was asked most is first."""
    asked = ["cat food", "dog food", "dog food", "hi"]
    after = lessons_of(WINDOWS, LINUX, CAKE, entry("pets", "Pets?", "cat food", "dog food"))
    found = impact(ReplyCache(Snapshot.of(BEFORE)), after, asked)
    assert [(each.question, each.times, each.before.kind, each.after.kind) for each in found.shifts] == [
        ("dog food", 2, "unknown", "answer"),
        ("cat food", 1, "unknown", "answer"),
    ]
    assert found.words(limit=1)[-1] == "… 1 more"
    assert found.words()[0] == "2 questions get a different answer:"
    assert "“dog food” (asked 2 times): no answer → “Pets?”" in found.words()
    shown = bullets(found.words())
    assert shown.startswith("- 2 questions get a different answer:\n  - “dog food”"), "details below their heading"


def test_a_phrasing_that_finds_another_entry_is_named_with_its_own():
    """The other entry can have it as its question: both would read the same."""
    bake = entry("oven", "How do I use the oven?", "How is a cake baked?")
    found = impact(ReplyCache(Snapshot.of(BEFORE)), lessons_of(WINDOWS, LINUX, CAKE, bake))
    said = "“How is a cake baked?”, a phrasing of “How do I use the oven?” → “How is a cake baked?”"
    assert [each for each in found.words() if each.startswith("“How is a cake baked?”, ")] == [said]


@pytest.mark.parametrize("room", range(150, 420, 10))
def test_a_list_that_is_cut_never_ends_after_a_heading(room: int):
    """Moderators read at least a part of the first line below it."""
    lines = [
        "One thing changes:",
        Detail("x " * 150),
        "Two things are wrong:",
        Detail("y " * 60),
        Detail("z" * 60),
    ]
    shown = bullets(lines, room).splitlines()
    assert sum(map(len, shown)) <= room + len("- and 5 more")
    for above, below in pairwise(shown):
        assert not above.endswith(":") or below.startswith("  - ")
    assert not shown[-1].endswith(":")


WORDS = st.lists(
    st.sampled_from("venv pip activate windows linux cake the how do".split()), min_size=1, max_size=4
)
sentences = WORDS.map(" ".join)


@settings(max_examples=examples(30), deadline=None)
@given(
    texts=st.lists(st.tuples(sentences, sentences, sentences), min_size=2, max_size=4),
    changed=st.tuples(sentences, sentences, sentences),
    asked=st.lists(sentences, max_size=5),
)
def test_impact_agrees_with_two_tutors_asked_one_by_one(texts, changed, asked):
    """Every reply that changes is named, and no other."""
    entries = [entry(f"e{n}", *some) for n, some in enumerate(texts)]
    first, *others = entries
    old, new = lessons_of(*entries), lessons_of(entry(first.id, *changed), *others)
    found = impact(ReplyCache(Snapshot.of(old)), new, asked)
    then, now = Snapshot.of(old), Snapshot.of(new)
    for question in [t for e in entries for t in (e.question, *e.phrasings)] + asked:
        kinds = []
        for known in (then, now):
            judged = known.judge(question, "balanced")
            sure = judged[1].sure if judged else None
            possible = frozenset(each.id for each in judged[1].possible) if judged else frozenset()
            kinds.append((sure.id if sure else None, possible))
        assert (kinds[0] != kinds[1]) == any(each.question == question for each in found.shifts)


@pytest.mark.parametrize("mode", ["cautious", "eager"])
def test_the_bots_own_mode_decides(mode):
    """Questions are replayed in the confidence mode that members get."""
    question = "activate linux please now"
    after = lessons_of(WINDOWS, CAKE)
    found = impact(ReplyCache(Snapshot.of(BEFORE), mode), after, [question])
    judged = Snapshot.of(BEFORE).judge(question, mode)
    shift = next((each for each in found.shifts if each.question == question), None)
    assert judged
    assert shift
    assert (shift.before.kind == "answer") == bool(judged[1].sure)
