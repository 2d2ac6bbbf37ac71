"""An entry's id is readable and unique."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lessons.ids import id_for

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("What is a venv?", "what-is-a-venv"),
        ("  What's new in C++20 & C#? ", "whats-new-in-cpp20-csharp"),
        ("¿Qué es una función?", "que-es-una-funcion"),
        ("Größe ändern – wie?", "grosse-andern-wie"),
        ("Как активировать окружение?", "kak-aktivirovat-okruzhenie"),
        ("Τι είναι το venv;", "ti-einai-to-venv"),
        ("What is a Virtual Environment and why?", "what-is-a-virtual-environment"),
        ("Donaudampfschifffahrtsgesellschaftskapitän", "donaudampfschifffahrtsgesellscha"),
        ("什么是虚拟环境", "shen-me-shi-xu-ni-huan-jing"),
    ],
)
def test_an_id_is_made_of_the_question(question, id_):
    """In ASCII letters; if it has no letters, the id contains a hash."""
    assert id_for(question, set()) == id_


@pytest.mark.parametrize(
    ("question", "taken", "id_"),
    [
        ("Why?", ("why", "why-2"), "why-3"),
        ("???", ("entry-a03b221c",), "entry-a03b221c-2"),
        ("a" * 40, ("a" * 32,), "a" * 30 + "-2"),
    ],
)
def test_an_id_that_is_taken_gets_a_number(question, taken, id_):
    """Two entries may have the same question and different ids."""
    assert id_for(question, taken) == id_


@given(st.text(max_size=80), st.integers(0, 30))
def test_every_question_gets_an_id_that_is_free(question, others):
    """However often it is used; and short enough for a button."""
    taken: set[str] = set()
    for _ in range(others + 1):
        made = id_for(question, taken)
        assert ID.fullmatch(made)
        assert len(made) <= 32
        assert made not in taken
        taken.add(made)
