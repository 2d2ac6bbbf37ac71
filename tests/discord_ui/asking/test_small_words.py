"""Who learns a language asks when to use one small word, and when another."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.support.world import World, text

ENTRIES = {
    "por-o-para": "¿Cuándo se usa por y cuándo para?",
    "ser-o-estar": "¿Cuál es la diferencia entre ser y estar?",
    "als-oder-wenn": "Wann benutzt man als und wann wenn?",
    "dass": "Was ist der Unterschied zwischen das und dass?",
}


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """A lesson on small words, in two languages."""
    entries = [{"id": id_, "question": question, "answer": f"See {id_}."} for id_, question in ENTRIES.items()]
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "words.yaml").write_text(yaml.safe_dump({"lesson": "Words", "entries": entries}), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("asked", "id_"),
    [
        ("por o para?", "por-o-para"),
        ("cuál es la diferencia entre por y para", "por-o-para"),
        ("no entiendo por y para", "por-o-para"),
        ("explícame ser y estar", "ser-o-estar"),
        ("als oder wenn?", "als-oder-wenn"),
        ("unterschied zwischen als und wenn", "als-oder-wenn"),
        ("wann sagt man wenn", "als-oder-wenn"),
        ("ich verstehe als und wenn nicht", "als-oder-wenn"),
    ],
)
async def test_they_are_the_subject_of_such_a_question(world: World, asked: str, id_: str):
    """The entry on both is the answer, and not one that asks in the same way for others."""
    assert f"See {id_}." in text(await world.ask(asked))


async def test_in_other_questions_they_stay_small(world: World):
    """ "Por favor" and "wenn das geht" ask for none of them."""
    for asked in ("por favor ayúdame", "ayuda para mañana", "wenn das geht", "ich verstehe es nicht"):
        assert "See " not in text(await world.ask(asked)), asked
