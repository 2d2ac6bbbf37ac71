"""In the edit forms, verdict, related entries, picture and review date are chosen, not typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simcord import InteractionResult

from bot.discord_ui.curating.draft_fields import KEEP, NONE, REMOVE_BOX, TODAY, UPLOAD_BOX
from bot.lessons.pictures import MAX_UPLOAD_BYTES
from tests.support import forged
from tests.support.editing import press
from tests.support.forms import filled, form
from tests.support.pictures import png
from tests.support.world import World, buttons, said, shown

ENTRY, OTHER = "why-virtual-environments", "what-is-a-virtual-environment"
SCENARIO = "two-django-versions"


async def opened(world: World, group: str) -> InteractionResult:
    """The form of a group of fields of an entry."""
    box = await world.max.slash(world.channel, "lessons edit", what=ENTRY)
    if box.modal:
        box = await world.max.submit_modal(box, {**filled(box), "answer": "It keeps packages apart."})
    return await press(world, box, f"Edit: {group}")


def entry(world: World) -> Any:
    return world.bot.app.library.lessons.entries[ENTRY]


async def test_related_entries_and_the_review_date_are_chosen(world: World):
    """The menu holds what is chosen already and entries like it; "today" is the day on which it was sent."""
    before = entry(world)
    box = await opened(world, "Related entries, review date, author")
    fields = form(box)
    assert {each["value"] for each in fields["related"]["options"] if each.get("default")} == {*before.related}
    assert OTHER in {each["value"] for each in fields["related"]["options"]}
    assert ENTRY not in {each["value"] for each in fields["related"]["options"]}
    assert len({each["label"] for each in fields["related"]["options"]}) == len(fields["related"]["options"])
    dates = [each["value"] for each in fields["reviewed"]["options"]]
    assert dates == ([KEEP] if before.reviewed else []) + [TODAY, NONE]
    proposed = await world.max.submit_modal(box, {"related": [OTHER], "reviewed": TODAY})
    await press(world, proposed, "Publish")
    assert entry(world).related == (OTHER,)
    assert entry(world).reviewed == world.env.now().date()
    again = await opened(world, "Related entries, review date, author")
    await press(world, await world.max.submit_modal(again, {"related": [], "reviewed": KEEP}), "Publish")
    assert entry(world).related == ()
    assert entry(world).reviewed == world.env.now().date()
    last = await opened(world, "Related entries, review date, author")
    await press(world, await world.max.submit_modal(last, {"related": [], "reviewed": NONE}), "Publish")
    assert entry(world).reviewed is None


async def test_a_form_shows_the_first_mistake_of_each_field(world: World):
    """It names the line, so that the next one is found after it."""
    box = await opened(world, "Never for these questions")
    wrong = ["who\nWhy do we need virtual environments?", f"who\n{'x' * 201}\n{'y' * 201}"]
    for typed, first in zip(wrong, ("line 2: is also", "line 2: has 201 characters"), strict=True):
        refused = await world.max.submit_modal(box, {"not": typed})
        box = await press(world, refused, "Edit: Never for these questions")
        assert first in str(box.modal)
        assert "line 3" not in str(box.modal)


async def test_a_picture_is_uploaded_in_the_form_and_taken_out_again(world: World, lessons: Path):
    """What is no picture is refused with the reason, and the texts beside it are kept."""
    box = await opened(world, "Picture")
    wrong = await world.max.submit_modal(
        box, {UPLOAD_BOX: ("notes.png", b"no picture"), "alt": "A drawing", "caption": ""}
    )
    assert "The picture was not added" in said(wrong)
    box = await press(world, wrong, "Edit: Picture")
    assert filled(box)["alt"] == "A drawing" or not entry(world).image
    large = ("large.png", b"x" * (MAX_UPLOAD_BYTES + 1))
    assert "too large" in said(await world.max.submit_modal(box, {**filled(box), UPLOAD_BOX: large}))
    box = await press(world, wrong, "Edit: Picture")
    proposed = await world.max.submit_modal(
        box, {**filled(box), UPLOAD_BOX: ("a.png", png()), "alt": "A drawing", "caption": "By hand"}
    )
    await press(world, proposed, "Publish")
    image = entry(world).image
    assert (image.alt, image.caption) == ("A drawing", "By hand")
    assert (lessons / image.file).is_file()
    box = await opened(world, "Picture")
    await press(world, await world.max.submit_modal(box, {**filled(box), REMOVE_BOX: True}), "Publish")
    assert entry(world).image is None


async def test_a_verdict_and_the_picture_of_a_scenario_are_chosen(world: World):
    """A solution without a verdict can have one, and lose it again; cost and advice stay typed."""

    async def part(shown_: InteractionResult, group: str) -> InteractionResult:
        return await world.max.select(shown(shown_)[-1], [group])

    def solution() -> Any:
        scenario = world.bot.app.tutor.scenario(SCENARIO)
        return next(each for each in scenario.solutions if each.id == "install-directly")

    place = "solutions.install-directly"
    box = await world.max.slash(world.channel, "lessons edit", what=SCENARIO)
    proposed = await world.max.submit_modal(box, {**filled(box), "story": "A new story."})
    box = await part(proposed, "verdict.install-directly")
    assert [each["value"] for each in form(box)[f"{place}.verdict"]["options"]] == [
        *("works", "tedious", "fails"),
        NONE,
    ]
    assert any(each.get("default") for each in form(box)[f"{place}.verdict"]["options"])
    proposed = await world.max.submit_modal(box, {**filled(box), f"{place}.verdict": "tedious"})
    box = await part(proposed, "picture")
    proposed = await world.max.submit_modal(
        box, {**filled(box), UPLOAD_BOX: ("a.png", png()), "alt": "Two boxes", "caption": ""}
    )
    await press(world, proposed, "Publish")
    assert solution().verdict == "tedious"
    assert world.bot.app.tutor.scenario(SCENARIO).picture.alt == "Two boxes"


async def test_a_form_of_an_earlier_version_still_works(world: World):
    """It may be open while the bot is updated: what was typed there counts, and mistakes are named."""
    box = await world.max.slash(world.channel, "lessons edit", what=ENTRY)
    await world.max.submit_modal(box, {**filled(box), "answer": "It keeps packages apart."})
    (draft,) = await world.bot.app.curating.drafts.of(world.max.id)
    old = {"related": OTHER, "image": "", "alt": "", "caption": "", "reviewed": "2026-02-30"}
    wrong = await forged.submit(world, world.max, f"lb:draft:{draft.id}:details", old)
    assert "Fix before publishing" in said(wrong)
    right = await forged.submit(
        world, world.max, f"lb:draft:{draft.id}:details", {**old, "reviewed": "2025-02-03"}
    )
    await press(world, right, "Publish")
    assert entry(world).related == (OTHER,)
    assert str(entry(world).reviewed) == "2025-02-03"


async def test_forged_choices_are_mistakes_and_not_more(world: World):
    """An upload that Discord did not send, an unknown verdict and an unknown entry."""
    box = await world.max.slash(world.channel, "lessons edit", what=ENTRY)
    await world.max.submit_modal(box, {**filled(box), "answer": "It keeps packages apart."})
    (draft,) = await world.bot.app.curating.drafts.of(world.max.id)
    typed = {UPLOAD_BOX: "123456789012345678", "related": "no-such-entry", REMOVE_BOX: "maybe"}
    wrong = await forged.submit(world, world.max, f"lb:draft:{draft.id}:picture", typed)
    assert "no-such-entry" in said(wrong)
    again = await press(world, wrong, "Edit: Related entries, review date, author")
    assert "no-such-entry" in {each["value"] for each in form(again)["related"]["options"]}
    mended = await world.max.submit_modal(again, {"related": [], "reviewed": KEEP})
    assert any("Publish" in buttons(each) for each in shown(mended))
