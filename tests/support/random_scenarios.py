"""Random scenarios, and random edits of one."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bot.lessons.lesson import Option, Picture, Quiz, Scenario, Solution

TEXT = st.sampled_from(["One.", "Two.", "Three words here.", "*Four*, `five`", "é 😀"])
IDS = [f"solution-{letter}" for letter in "abcdef"]
VERDICTS = st.none() | st.sampled_from(["works", "tedious", "fails"])
PICTURES = st.none() | st.builds(Picture, file=st.sampled_from(["a.png", "b.png"]), alt=TEXT, caption=TEXT)


@st.composite
def checks(draw: st.DrawFn) -> Quiz:
    texts = draw(st.lists(st.sampled_from("ABCDEF"), min_size=2, max_size=5, unique=True))
    right = draw(st.sets(st.sampled_from(texts), min_size=1))
    return Quiz(
        question=draw(TEXT),
        options=tuple(
            Option(text=each, correct=each in right, feedback=draw(TEXT), hint=draw(TEXT | st.just("")))
            for each in texts
        ),
    )


def solutions(id_: str) -> st.SearchStrategy[Solution]:
    maybe = st.none() | TEXT
    return st.builds(
        Solution,
        id=st.just(id_),
        title=TEXT,
        plan=TEXT,
        outcome=maybe,
        why=maybe,
        verdict=VERDICTS,
        cost=maybe,
        right_when=maybe,
        related=st.lists(st.sampled_from(["x", "y", "z"]), max_size=2, unique=True).map(tuple),
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=len(IDS), unique=True))
    return Scenario(
        id="scenario",
        title="A scenario",
        story=draw(TEXT),
        solutions=tuple(draw(solutions(id_)) for id_ in ids),
        picture=draw(PICTURES),
        behind_the_scenes=draw(st.none() | TEXT),
        check=draw(st.none() | checks()),
        takeaway=draw(st.none() | TEXT),
        related=draw(st.lists(st.sampled_from(["x", "y"]), max_size=2, unique=True).map(tuple)),
    )


@st.composite
def edits_of(draw: st.DrawFn, scenario: Scenario) -> Scenario:
    """One edit: of a text; a solution removed, renamed, added or moved; or the quiz changed or removed."""
    there = list(scenario.solutions)
    n = draw(st.integers(0, len(there) - 1))
    free = [id_ for id_ in IDS if id_ not in {each.id for each in there}]
    change: dict[str, Any] = {}
    match draw(st.sampled_from(["text", "out", "rename", "add", "move", "check", "rest", "all"])):
        case "text":
            change["solutions"] = (*there[:n], draw(solutions(there[n].id)), *there[n + 1 :])
        case "out" if len(there) > 1:
            change["solutions"] = (*there[:n], *there[n + 1 :])
        case "rename" if free:
            change["solutions"] = (*there[:n], there[n].model_copy(update={"id": free[0]}), *there[n + 1 :])
        case "add" if free:
            change["solutions"] = (*there[:n], draw(solutions(free[-1])), *there[n:])
        case "move":
            change["solutions"] = tuple(draw(st.permutations(there)))
        case "check":
            change["check"] = draw(st.none() | checks())
        case "rest":
            name, new = draw(
                st.sampled_from(
                    [
                        ("story", TEXT),
                        ("picture", PICTURES),
                        ("behind_the_scenes", st.none() | TEXT),
                        ("takeaway", st.none() | TEXT),
                    ]
                )
            )
            change[name] = draw(new)
        case "all":
            return draw(scenarios())
    return scenario.model_copy(update=change)
