"""Everything that moderators read while they edit is in the language of their server."""

from __future__ import annotations

import re
from typing import Any

import pytest
from simcord import InteractionResult

from tests.support import forged
from tests.support.pictures import png
from tests.support.pseudo import GREEK, outside, untranslated
from tests.support.world import World, components, message, press_id, shown

pytestmark = pytest.mark.parametrize("lessons", [GREEK], indirect=True)

NAMES = {"max", "what", "is", "yeast", "how", "long"}
ENTRY, SCENARIO = "what-is-yeast", "flat-bread"


def foreign(result: InteractionResult) -> list[str]:
    """What is ours on any of the cards, and not in the server's language; names and ids have none."""
    return [word for each in shown(result) for word in untranslated(each) if word not in NAMES]


def foreign_in(modal: Any) -> list[str]:
    """The same of a form: its title, its labels, the notes at them; not what stands in the boxes."""
    texts = [modal["title"]]
    for part in modal["components"]:
        texts += [part["label"], part.get("description") or ""]
    return [word for text in texts for word in re.findall("[A-Za-z]{2,}", outside(text))]


async def slash(world: World, command: str, **options: Any) -> InteractionResult:
    return await world.max.slash(world.channel, f"lessons {command}", **options)


async def test_from_a_form_to_its_undoing(abroad: World):
    """Every form, preview, error and card of an edit, and the history, are in the server's language."""
    box = await slash(abroad, "edit", what=ENTRY)
    assert foreign_in(box.modal) == []
    wrong = await abroad.max.submit_modal(box, {"question": "", "phrasings": "α\n" + "β" * 300, "answer": ""})
    assert foreign(wrong) == []
    again = await press_id(abroad.max, wrong, "lb:edit:")
    assert foreign_in(again.modal) == []
    typed = {"question": "Τι είναι;", "phrasings": "μαγιά\nτι", "answer": "Μύκητες.\nΖωντανοί.\n" * 3}
    proposed = await abroad.max.submit_modal(again, typed)
    assert foreign(proposed) == []
    await press_id(abroad.max, proposed, "lb:publish:")
    assert foreign(proposed) == []
    listed = await slash(abroad, "history", what=ENTRY)
    assert foreign(listed) == []
    menu = next(part for part in components(message(listed)) if "options" in part)
    one = await abroad.max.select(message(listed), [menu["options"][0]["value"]])
    assert foreign(one) == []
    undoing = await press_id(abroad.max, proposed, "lb:undo:")
    assert foreign(undoing) == []
    await press_id(abroad.max, undoing, "lb:publish:")
    assert foreign(undoing) == []
    assert foreign(await press_id(abroad.max, one, "lb:undo:")) == []
    for command in ("history", "undo", "undo"):
        assert foreign(await slash(abroad, command)) == []


async def test_all_that_can_be_begun(abroad: World):
    """New entries, pictures, removals and all forms of a scenario are translated."""
    box = await slash(abroad, "add")
    assert foreign_in(box.modal) == []
    added = await abroad.max.submit_modal(box, {"question": "Τι;", "phrasings": "", "answer": "Ναι."})
    assert foreign(added) == []
    pictured = await slash(abroad, "picture", entry=ENTRY, picture=("a.png", png()), alt="Μαγιά")
    assert foreign(pictured) == []
    assert foreign(await press_id(abroad.max, pictured, "lb:discard:")) == []
    assert foreign(await slash(abroad, "picture", entry=ENTRY, picture=("a.png", b"<svg/>"), alt="Μαγιά")) == []
    assert foreign(await slash(abroad, "remove", entry=ENTRY)) == []
    for command, options in (("remove", {"entry": "x"}), ("edit", {"what": "x"}), ("add", {"lesson": "x"})):
        assert foreign(await slash(abroad, command, **options)) == []
    box = await slash(abroad, "edit", what=SCENARIO)
    assert foreign_in(box.modal) == []
    proposed = await abroad.max.submit_modal(box, {"title": "Ψωμί", "story": ""})
    assert foreign(proposed) == []
    card = shown(proposed)[-1]
    menu = next(part for part in components(card) if "options" in part)
    for each in menu["options"]:
        again = await abroad.max.select(card, [each["value"]])
        assert foreign_in(again.modal) == []
    box = await abroad.max.select(card, ["verdict.more-yeast"])
    place = "solutions.more-yeast."
    wrong = {f"{place}verdict": "ίσως", f"{place}cost": "", f"{place}right_when": "", f"{place}related": "ένα"}
    assert foreign_in(box.modal) == []
    drafts = await abroad.bot.app.curating.drafts.of(abroad.max.id)
    draft = next(each for each in drafts if each.kind == "scenario")
    # As in a form of an earlier version, where all of it was typed.
    assert foreign(await forged.submit(abroad, abroad.max, f"lb:draft:{draft.id}:verdict.more-yeast", wrong)) == []


async def test_two_who_change_the_same(abroad: World):
    """What the second moderator reads about the changes of the first one is translated."""
    nina = abroad.server.add_member(abroad.env.create_user("νίνα"), roles=[abroad.server.roles["Moderators"]])
    cards = []
    for who, answer in ((abroad.max, "Ένα."), (nina, "Δύο.")):
        box = await who.slash(abroad.channel, "lessons edit", what=ENTRY)
        typed = {"question": "Τι;", "phrasings": "", "answer": answer}
        cards.append(await who.submit_modal(box, typed))
    publish = next(
        (each, part["custom_id"])
        for each in shown(cards[1])
        for part in components(each)
        if part.get("custom_id", "").startswith("lb:publish:")
    )
    await press_id(abroad.max, cards[0], "lb:publish:")
    clashed = await nina.click(publish[0], custom_id=publish[1])
    assert any(
        part.get("custom_id", "").startswith("lb:merge") for each in shown(clashed) for part in components(each)
    )
    assert foreign(clashed) == []


async def test_whole_lessons_and_imports(abroad: World):
    """New lessons, their title and aliases, merges, moves and imports are translated."""
    box = await slash(abroad, "new")
    assert foreign_in(box.modal) == []
    made = await abroad.max.submit_modal(box, {"lesson": "Ψάρια", "course": "Μαγειρική"})
    # The lines of YAML have the keys of a lesson.
    assert set(foreign(made)) <= {"lesson", "course", "psaria", "yaml"}
    await press_id(abroad.max, made, "lb:publish:")
    box = await slash(abroad, "edit", what="psaria.yaml")
    assert foreign_in(box.modal) == []
    assert foreign(await abroad.max.submit_modal(box, {"lesson": "", "course": "", "aliases": "ψάρι"})) == []
    merged = await slash(abroad, "edit", what="how-long", merge_into=ENTRY)
    assert foreign(merged) == []
    await press_id(abroad.max, merged, "lb:discard:")
    refusals: tuple[dict[str, str], ...] = (
        {"what": ENTRY, "merge_into": ENTRY},
        {"what": ENTRY, "move_to": "bread.yaml"},
        {"what": ENTRY, "move_to": "bread.yaml", "merge_into": ENTRY},
        {"what": "bread.yaml", "move_to": "bread.yaml"},
    )
    for options in refusals:
        assert foreign(await slash(abroad, "edit", **options)) == []
    moved = await slash(abroad, "edit", what="how-long", move_to="psaria.yaml")
    assert set(foreign(moved)) <= {"psaria", "yaml", "bread"}
    page = "Καλημέρα.\n\n# Τυρί\n\n## Τι είναι το τυρί? <!-- α -->\n\nΓάλα [α](β).\n"
    proposed = await slash(abroad, "import", file=("turi.md", page.encode()))
    keys = {"lesson", "source", "entries", "id", "question", "answer"}
    assert set(foreign(proposed)) <= {*keys, "turi", "tyri", "ti", "einai", "to", "md", "yaml"}
    assert foreign(await slash(abroad, "import", file=("turi.md", "Καλημέρα.".encode()))) == ["turi", "md"]
    sheet = "Τι είναι;,Γάλα.\n".encode()
    assert set(foreign(await slash(abroad, "import", file=("a.csv", sheet)))) <= {"csv"}
    card = next(each for each in shown(proposed) if "lb:discard-import" in str([*components(each)]))
    assert foreign(await abroad.max.click(card, custom_id="lb:discard-import")) == []
