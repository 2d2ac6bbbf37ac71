"""German and Spanish: what moderators write, import and take back, and what becomes of old forms and buttons."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from bot.discord_ui.curating.commands import NO_LESSON, UNKNOWN
from bot.discord_ui.curating.draft_actions import GONE, NOT_YOURS
from bot.discord_ui.curating.draft_cards import SIMILAR
from bot.discord_ui.curating.draft_fields import NONE, REMOVE_BOX, TODAY, UPLOAD_BOX
from bot.discord_ui.kit.permissions import NOT_ALLOWED
from bot.language.words import _n, in_locale
from tests.support import forged
from tests.support.asking import TEN_MINUTES
from tests.support.forms import LESSON, form, lessons_in
from tests.support.pictures import png
from tests.support.proposals import filled
from tests.support.tongues import HOSTILE, Tongue
from tests.support.world import (
    World,
    buttons,
    components,
    message,
    noah_in,
    part_of,
    press_id,
    said,
    second_moderator,
    shown,
    text,
    with_button,
)

SAVE = "Save as entry"
RED = 0xDA373C
NOT_BOTH = "Choose a lesson to move to or an entry to merge into, not both."


def lesson_of(box: Any, number: int = 0) -> dict[str, list[str]]:
    """A lesson that is chosen in a form."""
    return {LESSON: [list(lessons_in(box).values())[number]]}


def id_of(card: Any, start: str) -> str:
    return str(part_of(card, start)["custom_id"])


async def test_a_picture_then_a_duplicate_then_what_is_over(here: World, tongue: Tongue, new_bot: Any):
    """A person's answer with a picture; the same once more becomes a phrasing; old forms and buttons say so."""
    world, t = here, tongue
    over = t(GONE).partition("`")[0]
    asked = await world.mia.send(world.channel, t.wanted)
    files = [("a.png", png()), ("b.txt", b"no picture")]
    said_ = f"{t.answer} {HOSTILE}"
    answered = await noah_in(world).send(world.channel, said_, reply_to=asked, attachments=files)
    box = await world.max.context_menu(world.channel, SAVE, answered)
    late = await world.max.context_menu(world.channel, SAVE, answered)
    chosen = {**lesson_of(box), "picture-of-message": ["0"], "alt": t.note}
    draft = await world.max.submit_modal(box, {**filled(box), **chosen})
    card = with_button(draft, t.publish)
    publishing = id_of(card, "lb:publish:")
    await world.max.click(card, label=t.publish)
    entry = next(each for each in world.bot.app.library.lessons.entries.values() if t.answer in each.answer)
    assert entry.image
    assert entry.image.alt == t.note
    assert "@everyone" not in entry.answer
    await world.env.restart_bot(new_bot())
    assert over in said(await forged.press(world, world.max, publishing)), "twice"

    gone = await world.max.submit_modal(late, {**filled(late), **lesson_of(late)})
    assert over in said(gone), "a form of a draft that was published"

    box, late = [await world.max.context_menu(world.channel, SAVE, answered) for _twice in range(2)]
    again = await world.max.submit_modal(box, {**filled(box), **lesson_of(box), "question": t.reworded})
    assert t.start(SIMILAR) in said(again)
    card = with_button(again, t("Discard draft"))
    assert t("Add to that answer") in buttons(card)
    instead = await press_id(world.max, again, "lb:draft-close:")
    before = world.env.backend.get_message(world.channel.id, card.id)
    assert t("This is now a change to the similar entry. Its draft is below.") in str(before.components)
    assert "lb:publish:" not in str(before.components)
    gone = await world.max.submit_modal(late, {**filled(late), **lesson_of(late)})
    assert over in said(gone), "its draft became that of the phrasing"
    other = second_moderator(world)
    world.spoken[other.id] = world.spoken[world.max.id]
    phrasing = shown(instead)[-1]
    assert t(NOT_YOURS) in said(await forged.press(world, other, id_of(phrasing, "lb:publish:")))
    assert t(NOT_ALLOWED) in said(await forged.press(world, world.mia, id_of(phrasing, "lb:discard:")))
    discarding = id_of(phrasing, "lb:discard:")
    await world.max.click(phrasing, label=t("Discard draft"))
    for old in (discarding, discarding.replace("discard", "draft-words"), f"{discarding}0"):
        assert over in said(await forged.press(world, world.max, old))


async def test_what_is_typed_into_a_form(here: World, tongue: Tongue):
    """Titles, not ids; what is unknown, too long, of the future or hostile; and a question that finds nothing."""
    world, t = here, tongue
    wrong = await world.max.slash(world.channel, "lessons edit", what=HOSTILE)
    assert t(UNKNOWN).partition("`")[0] in said(wrong)  # behind it, a command that can be pressed
    wrong = await world.max.slash(world.channel, "lessons add", lesson=HOSTILE)
    assert t(NO_LESSON).partition("`")[0] in said(wrong)
    first, second = (each.lesson.lesson for each in world.bot.app.library.lessons.documents)
    for typed, told in (
        ({"what": t.known, "move_to": first}, "The entry is in that lesson already."),
        ({"what": t.known, "merge_into": t.known}, "An entry can't be merged into itself."),
        ({"what": t.known, "move_to": second, "merge_into": t.known}, NOT_BOTH),
        ({"what": first, "move_to": second}, "Only entries can be moved or merged."),
    ):
        assert t(told) in said(await world.max.slash(world.channel, "lessons edit", **typed))
    moved = await world.max.slash(world.channel, "lessons edit", what=t.known, move_to=second)
    await world.max.click(with_button(moved, t.publish), label=t.publish)
    library = world.bot.app.library.lessons
    assert library.file_of("what-is-yeast") == library.documents[1].file
    removed = await world.max.slash(world.channel, "lessons remove", entry=t.known)
    await world.max.click(with_button(removed, t("Discard draft")), label=t("Discard draft"))

    box = await world.max.slash(world.channel, "lessons add", lesson=second)
    long = f"{HOSTILE} {t.answer} " * 200
    typed = {**filled(box), "question": f"{t.wanted} {HOSTILE}", "answer": long[:4000]}
    draft = await world.max.submit_modal(box, typed)
    assert said(draft)
    (kept,) = await world.bot.app.curating.drafts.of(world.max.id)
    for reviewed in ("2999-01-01", "<script>"):
        future = await forged.submit(world, world.max, f"lb:draft:{kept.id}:details", {"reviewed": reviewed})
        assert t("Fix before publishing") in said(future)
        assert all(t.publish not in buttons(each) for each in shown(future))
    right = {"reviewed": date(2026, 1, 1).isoformat()}
    await forged.submit(world, world.max, f"lb:draft:{kept.id}:details", right)

    await world.mia.slash(world.channel, "ask", question=t.beside)
    await forged.press(world, world.max, "lb:discard:99999")
    box = await forged.press(world, world.max, "lb:miss-new:1")
    typed = {**filled(box), **lesson_of(box), "question": t.wanted, "answer": t.answer}
    unfound = await world.max.submit_modal(box, {**typed, "phrasings": ""})
    box = await press_id(world.max, unfound, "lb:edit:")
    unfound = await world.max.submit_modal(box, {**typed, "phrasings": ""})
    card = with_button(unfound, t("Discard draft"))
    assert any(part.get("accent_color") == RED for part in components(card))
    assert t.publish not in buttons(card)
    other = await world.max.click(card, label=t("It answers another question"))
    assert t.publish in buttons(with_button(other, t.publish))


async def test_a_lesson_is_removed_while_its_title_is_edited(here: World, tongue: Tongue, lessons: Path):
    """It comes back with all that was in it, or the draft goes; pressed late and by members, nothing happens."""
    world, t = here, tongue
    document = world.bot.app.library.lessons.documents[0]
    box, late = [await world.max.slash(world.channel, "lessons edit", what=document.file) for _twice in range(2)]
    lessons.joinpath(document.file).unlink()
    asked = await world.max.submit_modal(box, {**filled(box), "lesson": f"{t.note} {HOSTILE}"})
    assert t("Someone made newer changes") in said(asked)
    again = t("Add it again with my text")
    merging = id_of(with_button(asked, again), "lb:merge:")
    assert t(NOT_ALLOWED) in said(await forged.press(world, world.mia, merging))
    added = await world.max.click(with_button(asked, again), label=again)
    await world.max.click(with_button(added, t.publish), label=t.publish)
    back = next(each for each in world.bot.app.library.lessons.documents if each.file == document.file)
    assert back.lesson.lesson == f"{t.note} {HOSTILE}"
    assert back.lesson.entries == document.lesson.entries
    over = t(GONE).partition("`")[0]
    assert over in said(await world.max.submit_modal(late, filled(late)))
    assert over in said(await forged.press(world, world.max, merging))


async def test_a_page_is_imported(here: World, tongue: Tongue, lessons: Path, new_bot: Any):
    """Preview, refusal, publish, again, conflict, discard and undo; by members, late, twice, after a restart."""
    world, t = here, tongue

    async def import_(content: str, name: str = "cafe.md") -> Any:
        return await world.max.slash(world.channel, "lessons import", file=(name, content.encode()))

    page = f"# Café\n\n## {t.wanted}\n\n{t.answer}\n\n## {t.beside}\n\n{t.answer_beside}\n"
    refused = await import_("lesson: [", "x.yaml")
    assert t.count("This file can't be imported:", "These files can't be imported:", 1) in said(refused)
    proposed = await import_(page)
    assert t.count("{count} entry or scenario added", "{count} entries or scenarios added", 2) in said(proposed)
    publishing = id_of(with_button(proposed, t.publish), "lb:import:")
    assert t(NOT_ALLOWED) in said(await forged.press(world, world.mia, publishing))
    assert t("The file is no longer available. Please upload it again.") in said(
        await forged.press(world, world.max, publishing)
    )
    await world.env.restart_bot(new_bot())
    preview = with_button(proposed, t.publish)
    stored = world.env.backend.get_message(world.channel.id, preview.id)
    as_it_was, its_files = stored.components, stored.attachments
    await world.max.click(preview, label=t.publish)
    assert t("Imported") in text(with_button(proposed, t("Undo import")))
    stored.components, stored.attachments = as_it_was, its_files
    twice = await world.max.click(preview, label=t.publish)
    assert t("Imported") in said(twice)
    assert t("There is nothing to import. The lessons already match this file.") in said(await import_(page))

    (file,) = (each for each in lessons.glob("*.yaml") if "cafe.md" in each.read_text(encoding="utf-8"))  # noqa: ASYNC240
    ours = file.read_text(encoding="utf-8").replace(t.answer_beside, t.note)
    file.write_text(ours, encoding="utf-8")
    newer = page.replace(t.answer_beside, f"{t.thanks} {HOSTILE}")
    conflict = await import_(newer)
    assert t("Changed here and in the file") in said(conflict)
    card = with_button(conflict, t("Discard import"))
    (menu,) = [part for part in components(card) if "options" in part]
    await world.max.select(card, ["0"], custom_id=menu["custom_id"])
    file.write_text(ours.replace(t.note, f"{t.note} {t.note}"), encoding="utf-8")
    card = with_button(conflict, t("Discard import"))
    chosen = t("Publish, take the chosen texts of the file")
    reviewed = await world.max.click(card, label=chosen)
    assert t("Not published: the lessons have changed since this preview. Please review it again:") in said(
        conflict
    )
    await world.max.click(with_button(reviewed, chosen), label=t("Discard import"))
    assert t("Import discarded. The lessons have not changed.") in said(reviewed) + said(conflict)


async def test_what_is_open_when_its_entry_is_removed(here: World, tongue: Tongue, new_bot: Any):
    """Forms and buttons of members and moderators say that it is gone; after Undo, they work again."""
    world, t = here, tongue
    private = await world.mia.slash(world.channel, "ask", question=t.known)
    shared = await world.ask(t.known)
    editing = await world.max.slash(world.channel, "lessons edit", what=t.known)
    wrong = await world.mia.click(shared, label=t("Something wrong here?"))
    removed = await world.max.slash(world.channel, "lessons remove", entry=t.known)
    ada = second_moderator(world)
    world.spoken[ada.id] = world.spoken[world.max.id]
    box = await ada.slash(world.channel, "lessons edit", what=t.known)
    theirs = await ada.submit_modal(box, {**filled(box), "answer": t.answer_beside})
    await ada.click(with_button(theirs, t.publish), label=t.publish)
    asked = await world.max.click(with_button(removed, t.publish), label=t.publish)
    anyway = t("Remove it anyway")
    assert t("Keep both, use their text where they differ") not in buttons(with_button(asked, anyway))
    removed = await world.max.click(with_button(asked, anyway), label=anyway)
    card = shown(removed)[-1]
    await world.max.click(card, label=t.publish)
    assert "what-is-yeast" not in world.bot.app.library.lessons.entries
    late = await world.max.submit_modal(editing, {**filled(editing), "answer": t.answer})
    assert t("You made newer changes") in said(late)
    again = t("Add it again with my text")
    added = await world.max.click(with_button(late, again), label=again)
    assert t.publish in buttons(shown(added)[-1])
    await world.max.click(shown(added)[-1], label=t("Discard draft"))
    assert said(await world.mia.submit_modal(wrong, {**filled(wrong), "answer": f"{t.answer} {HOSTILE}"}))
    await world.env.restart_bot(new_bot())
    assert said(
        await world.mia.click(with_button(private, t("Share in this channel")), label=t("Share in this channel"))
    )
    for label in ("That helped", "Not what I asked", "Something wrong here?"):
        assert said(await world.mia.click(shared, label=t(label)))
    asked = await press_id(world.max, card, "lb:undo")
    await world.max.click(with_button(asked, t.publish), label=t.publish)
    box = await world.mia.click(shared, label=t("Something wrong here?"))
    assert box.modal


async def test_what_is_proposed_for_what_was_missed(here: World, tongue: Tongue):
    """An entry that was opened by chance is not, one that fits is. No insults; ten a page; titles are found."""
    world, t, noah = here, tongue, noah_in(here)

    async def opens(lesson: int, entry: str) -> None:
        shelf = message(await world.mia.slash(world.channel, "browse"))
        (lessons_,) = (part for part in components(shelf) if part.get("custom_id") == "lb:lesson")
        await world.mia.select(shelf, [lessons_["options"][lesson]["value"]], custom_id="lb:lesson")
        await world.mia.select(shelf, [entry], custom_id=part_of(shelf, "lb:entry:")["custom_id"])

    for said_ in (t.insult, t.thanks):
        await noah.slash(world.channel, "ask", question=said_)
    for question, lesson, entry in ((t.wanted, 1, "find-platform"), (t.fits_two, 0, "how-long")):
        await world.mia.slash(world.channel, "ask", question=question)
        await opens(lesson, entry)
        await world.env.advance_time(TEN_MINUTES)
    listed = await world.max.slash(world.channel, "lessons misses")
    assert t.count("{count} open question", "{count} open questions", 2) in text(listed)
    menu = part_of(listed, "lb:miss-open:")
    first = {each["label"]: each["value"] for each in menu["options"]}
    await world.max.select(message(listed), [first[t.wanted]], custom_id=menu["custom_id"])
    assert buttons(listed)[0] == t("Add as new entry"), "what she opened then has nothing to do with it"
    await press_id(world.max, listed, "lb:misses:")
    await world.max.select(message(listed), [first[t.fits_two]], custom_id=menu["custom_id"])
    question = world.bot.app.library.lessons.entries["how-long"].question
    assert buttons(listed)[0] == t("Add as phrasing of: {question}", question=question)

    await press_id(world.max, listed, "lb:misses:")
    several = part_of(listed, "lb:miss-several:")
    await world.max.select(message(listed), [first[t.fits_two]], custom_id=several["custom_id"])
    phrase = part_of(listed, "lb:miss-phrase-all:")
    drafted = await world.max.select(message(listed), ["how-long"], custom_id=phrase["custom_id"])
    published = with_button(drafted, t.publish)
    await world.max.click(published, label=t.publish)
    following = await world.max.click(published, label=t("Next question"))
    assert t.wanted in said(following)
    assert t("Undo") in buttons(published), "it stays"
    assert t(NOT_ALLOWED) in said(await forged.choose(world, world.mia, phrase["custom_id"], "how-long"))
    late = await forged.choose(world, world.max, phrase["custom_id"], "how-long")
    assert t("These questions have already been resolved, or they were deleted.") in said(late)

    for word in t.different.split():
        await world.bot.app.store.questions.log(world.server.id, word, world.env.now(), "unknown")
    listed = await world.max.slash(world.channel, "lessons misses")
    assert "10. " in text(listed)
    assert "11. " not in text(listed)
    await world.max.click(message(listed), label=t("Next"))
    assert t("Page {n} of {total}", n=2, total=2) in text(listed)
    assert t(NOT_ALLOWED) in said(await forged.press(world, world.mia, "lb:misses:1"))
    last = await forged.press(world, world.max, "lb:misses:9999")
    assert "13. " in text(last)

    title, other = (each.lesson.lesson for each in world.bot.app.library.lessons.documents)
    for typed, found in ((t.known[:8].lower(), t.known), (title[:6], title), (other[:6].upper(), other)):
        offered = await world.max.autocomplete(world.channel, "lessons edit", "what", typed)
        assert found in offered[0]["name"], "the beginning of its title"
    box = await world.max.slash(world.channel, "lessons edit", what=offered[0]["name"])
    assert filled(box)["lesson"] == other, "its name, as Discord may send it"
    assert await world.max.autocomplete(world.channel, "lessons edit", "what", HOSTILE) == []


async def test_what_is_chosen_in_a_form(here: World, tongue: Tongue):
    """Related entries, the day of a review, a verdict and a picture; and a form that is old, or forged."""
    world, t = here, tongue

    def entry() -> Any:
        return world.bot.app.library.lessons.entries["how-warm"]

    async def form_of(card: Any, group: str) -> Any:
        label = t("Edit: {fields}", fields=t(group))
        return await world.max.click(with_button(card, label), label=label)

    box = await world.max.slash(world.channel, "lessons edit", what="how-warm")
    draft = await world.max.submit_modal(box, {**filled(box), "answer": t.answer_beside})
    (kept,) = await world.bot.app.curating.drafts.of(world.max.id)
    details, picture = f"lb:draft:{kept.id}:details", f"lb:draft:{kept.id}:picture"
    forged_ = {UPLOAD_BOX: "123456789012345678", REMOVE_BOX: "maybe", "alt": HOSTILE}
    assert said(await forged.submit(world, world.max, picture, forged_))
    old = {"related": "xyzzy", "reviewed": "2026-02-30", "image": "", "alt": "", "caption": ""}
    wrong = await forged.submit(world, world.max, details, old)
    assert t("Fix before publishing") in said(wrong)
    assert "xyzzy" in said(wrong)
    assert t(NOT_YOURS) in said(await forged.submit(world, second_moderator(world), details, old))
    box = await form_of(wrong, "Related entries, review date, author")
    fields = form(box)
    assert "how-warm" not in {each["value"] for each in fields["related"]["options"]}, "not to itself"
    draft = await world.max.submit_modal(box, {"related": ["what-is-yeast"], "reviewed": TODAY})
    box = await form_of(draft, "Picture")
    draft = await world.max.submit_modal(
        box, {**filled(box), UPLOAD_BOX: ("a.png", png()), "alt": t.note, "caption": ""}
    )
    await world.max.click(with_button(draft, t.publish), label=t.publish)
    assert entry().related == ("what-is-yeast",)
    assert entry().reviewed == world.env.now().date()
    assert entry().image.alt == t.note
    assert t(GONE).partition("`")[0] in said(await forged.submit(world, world.max, details, old)), "too late"

    box = await world.max.slash(world.channel, "lessons edit", what="flat-bread")
    draft = await world.max.submit_modal(box, {**filled(box), "story": t.note})
    box = await world.max.select(shown(draft)[-1], ["verdict.wait"])
    verdict = "solutions.wait.verdict"
    assert [each["value"] for each in form(box)[verdict]["options"]] == ["works", "tedious", "fails", NONE]
    draft = await world.max.submit_modal(box, {**filled(box), verdict: "tedious"})
    await world.max.click(with_button(draft, t.publish), label=t.publish)
    solutions = world.bot.app.tutor.scenario("flat-bread").solutions
    assert [each.verdict for each in solutions if each.id == "wait"] == ["tedious"]


async def test_where_three_members_agree_a_phrasing_is_proposed(here: World, tongue: Tongue):
    """Not what one picks twice, or rates as wrong. Published, it is found; undone, it is proposed again."""
    world, t, noah = here, tongue, noah_in(here)
    question = world.bot.app.library.lessons.entries["how-long"].question

    def agreed(times: int, members: int) -> str:
        once = "Picked {count} time, by {members} members: {question}. Make it a phrasing?"
        with in_locale(t.tag):
            many = once.replace("time", "times")
            return _n(once, many, times, members=members, question=f"**{question}**")

    async def picks(member: Any) -> Any:
        asked = await member.slash(world.channel, "ask", question=t.fits_two)
        await member.click(message(asked), custom_id=part_of(asked, "lb:suggest:how-long:")["custom_id"])
        return asked

    async def misses() -> Any:
        return await world.max.slash(world.channel, "lessons misses")

    none, proposes = t("No open questions"), t("Add as phrasing of: {question}", question=question)
    wrong = await picks(noah)
    await noah.click(message(wrong), label=t("Not what I asked"))
    assert proposes not in buttons(await misses()), "it was wrong"
    for member in (world.mia, world.mia, world.max):
        await picks(member)
    assert agreed(times=3, members=2) not in text(await misses()), "too few"
    await picks(second_moderator(world))
    proposed = await misses()
    assert agreed(times=4, members=3) in text(proposed)
    draft = await world.max.click(message(proposed), label=proposes)
    card = with_button(draft, t.publish)
    await world.max.click(card, label=t.publish)
    assert f"## {question}" in text(await world.ask(t.fits_two))
    assert none in text(await misses())
    undo = await press_id(world.max, card, "lb:undo")
    await world.max.click(with_button(undo, t.publish), label=t.publish)
    assert proposes in buttons(await misses())
