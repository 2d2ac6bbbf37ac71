"""Misses are grouped by meaning: the same question in different words is one card."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from bot.asking.clusters import GUESSES, TEXTS, clusters, guesses, likely
from bot.search.languages import GERMAN
from bot.store.meanings import Meaning
from bot.store.question_log import MAX_TEXT, LoggedQuestion
from bot.tutor import Tutor
from tests.support.growth import assert_linear

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WHY = "why-virtual-environments"
ids = count(1)


def missed(text: str, **more: object) -> LoggedQuestion:
    id_ = next(ids)
    at = NOW + timedelta(seconds=id_)
    question = LoggedQuestion(
        id_, 1, text, "", at, "unknown", "", "", "", "", passed=False, resolved="", resolved_by=""
    )
    return question._replace(**more)  # type: ignore[arg-type]


def test_the_same_in_other_words_is_one_cluster():
    """Typing errors, stop words and word order do not make it a different question."""
    asked = [
        "how do i deploy django on heroku",
        "deploying django to heroku??",
        "heroku deploy of a djanga app",
        "what is a docker container",
        "wat are docker containers",
        "how to bake bread",
    ]
    found = clusters([missed(text) for text in asked])
    assert [sorted(asked.index(text) for text in each.texts) for each in found] == [[0, 1, 2], [3, 4], [5]]


def test_what_was_rated_wrong_is_not_proposed(tutor: Tutor):
    """Unless more members say that it was right than wrong: then it may be a slip."""
    asked = missed("why do i need a venv", reply="answer", entry=WHY, outcome="not")

    def proposed(*voters: bool) -> list[str]:
        shown = [Meaning(asked.id, WHY, str(n), meant) for n, meant in enumerate(voters)]
        (cluster,) = clusters([asked], meanings=shown)
        return [each.id for each in likely(cluster, tutor)]

    assert WHY in proposed()
    assert WHY not in proposed(False)
    assert WHY not in proposed(False, True)
    assert WHY in proposed(False, True, True)


def test_what_members_agree_on_is_proposed():
    """Three members who mean the same with different questions count; a step of a scenario has no phrasings."""
    picked = [missed("renew the cert", reply="suggestions", outcome="taken", taken="renew") for _ in range(2)]
    first, second = (each.id for each in picked)

    def found(*shown: tuple[int, str, str, bool]) -> list[tuple[str, int, int]]:
        made = clusters([], {}, picked, [Meaning(*each) for each in shown])
        assert all(each.is_only_picked and each.found[0] == each.agreed.passage for each in made if each.agreed)
        return [(each.agreed.passage, each.agreed.members, each.agreed.times) for each in made if each.agreed]

    two = [(first, "renew", "mia", True), (second, "renew", "max", True)]
    assert found(*two) == []
    assert found(*two, (second, "renew", "mia", True)) == [], "the same member counts once"
    assert found(*two, (second, "other", "tom", True)) == []
    assert found(*two, (second, "renew", "tom", True)) == [("renew", 3, 2)]
    against = [(first, "renew", voter, False) for voter in ("ann", "bob", "eve")]
    assert found(*two, (second, "renew", "tom", True), *against[:2]) == [("renew", 3, 2)]
    assert found(*two, (second, "renew", "tom", True), *against) == []
    torn = (first, "renew", "tom", False)
    assert found(*two, (second, "renew", "tom", True), torn) == [], "who says both says neither"
    assert found(*((each, "story.why", voter, True) for each in (first, second) for voter in "abc")) == []


def test_what_says_little_alone_is_put_together_by_what_it_follows():
    """ "Why?" after one answer is not "why?" after another; a whole question is the same anywhere."""
    whys = [
        missed("why?", follows=said) for said in ("What is a kiln?", "What is a kiln?", "How do I glaze a cup?")
    ]
    whole = [missed("which clay is best for a teapot", follows=said) for said in ("", "What is a kiln?")]
    found = clusters([*whys, *whole])
    assert sorted((each.text, each.count) for each in found) == [
        ("which clay is best for a teapot", 2),
        ("why?", 1),
        ("why?", 2),
    ]
    assert sorted(each.follows for each in found) == [[], ["How do I glaze a cup?"], ["What is a kiln?"]]


def test_one_word_in_common_is_not_the_same_question():
    """Otherwise, every question about Django would be on one card."""
    found = clusters([missed("how do i deploy django"), missed("django admin password lost")])
    assert len(found) == 2


def test_most_asked_first_then_the_latest():
    """Moderators see first the question that helps most members."""
    found = clusters([missed(text) for text in ("cats", "dogs", "fish", "Fish", "dogs", "fish", "birds")])
    assert [(each.text, each.count) for each in found] == [("fish", 3), ("dogs", 2), ("birds", 1), ("cats", 1)]
    fish = found[0]
    assert fish.id == min(fish.ids)
    assert fish.last_seen == max(each.asked_at for each in fish.questions)
    assert fish.texts == ("fish", "Fish")


def test_a_cluster_keeps_its_name_while_more_are_asked():
    """The buttons of a card that a moderator has open still work."""
    asked = [missed("how to deploy django"), missed("bread")]
    before = {each.id for each in clusters(asked)}
    after = clusters([*asked, missed("deploy django how"), missed("deploying django"), missed("deploying django")])
    assert {each.id for each in after} == before


def test_aliases_of_the_lessons_mean_the_same():
    """Words that the lessons define as aliases count as the same word."""
    asked = [missed("share my venv with friends"), missed("share my virtual environment with friends")]
    assert len(clusters(asked, {"virtual environment": ["venv"]})) == 1


def test_nothing_missed_and_nothing_meant():
    """No misses, or a miss without any word, cause no error."""
    assert clusters([]) == []
    assert len(clusters([missed("???"), missed("🐍"), missed("how do i")])) >= 1


def test_the_order_of_asking_does_not_change_the_clusters():
    """The same misses always give the same cards."""
    asked = [missed(f"{verb} {noun}") for verb in ("install", "delete") for noun in ("django", "flask", "numpy")]
    shuffled = Random(1).sample(asked, len(asked))
    assert clusters(asked) == clusters(shuffled)


def test_the_best_guess_is_what_others_found(tutor):
    """If members rephrased and found an entry, that entry is proposed first."""
    found = next(entry.id for lesson in tutor.lessons for entry in lesson.entries if "delete" in entry.id)
    (cluster,) = clusters([missed("get rid of my venv"), missed("get rid of my venv", found=found)])
    offered = guesses(cluster, tutor)
    assert offered[0].id == found
    assert len(offered) <= GUESSES
    assert len({each.id for each in offered}) == len(offered)
    assert all("." not in each.id for each in offered), "a step of a walkthrough has no phrasings"


def test_other_entries_are_found_by_other_words(tutor):
    """A moderator can search for entries with words of their own."""
    (cluster,) = clusters([missed("bread")])
    assert any("pipx" in each.text for each in guesses(cluster, tutor, "pipx")[:2])


def test_long_questions_with_a_few_words_in_common_are_not_the_same():
    """Two long messages are not one question just because they share common words."""
    random = Random(3)
    made_up = ["".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(150)]
    asked = [" ".join(made_up[n : n + 30]) for n in range(0, 120, 21)]
    assert len(clusters([missed(text) for text in asked])) == len(asked)


def test_what_was_asked_often_is_first_whatever_was_asked_since():
    """If there are too many different texts, the rarest and oldest are left out."""
    often, old = [missed("bake bread") for n in range(300)], missed("x0 only once")
    since = [missed(f"x{n} y{n} z{n}") for n in range(1, TEXTS)]
    found = clusters([*often, old, *since])
    assert (found[0].text, found[0].count) == ("bake bread", 300)
    assert sum(each.count for each in found) == len(often) + len(since)
    assert not any(old.id in each.ids for each in found)


def test_many_misses_cost_no_more_than_their_number():
    """Moderators do not wait, even if members ask nonsense all day."""
    random = Random(7)
    words = [
        f"{a}{b}{c}"
        for a in ("pro", "re", "un", "con")
        for b in ("duct", "act", "form", "ject")
        for c in ("ion", "s", "ed", "able", "or")
    ]
    asked = [missed("how do i " + " ".join(random.choices(words, k=random.randint(1, 12)))) for _ in range(20_000)]
    assert_linear(lambda size: clusters(asked[:size]), 10_000)


def test_long_texts_that_all_differ_need_little_memory():
    """A member who pastes nonsense all day cannot exhaust the memory when a moderator looks."""
    random = Random(5)
    words = ["".join(random.choices("etaoinshrdlucmf", k=random.randint(3, 11))) for _ in range(6000)]
    asked = [missed(" ".join(random.choices(words, k=90))[:MAX_TEXT]) for _ in range(TEXTS)]
    tracemalloc.start()
    found = clusters(asked)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) > TEXTS / 2, "they do differ"
    assert peak < 150 * 2**20


def test_questions_on_german_lessons_are_compared_in_german():
    """German stop words do not count, and a word matches its other forms, such as its plural."""
    asked = ["wie lösche ich die umgebungen", "kann man denn auch eine umgebung löschen", "wie kann das sein"]
    found = clusters([missed(text) for text in asked], language=GERMAN)
    assert [sorted(asked.index(text) for text in each.texts) for each in found] == [[0, 1], [2]]
