"""Whole conversations in German and in Spanish: what people press and read, and that nothing in English is left.

The lessons, the questions and the answers are in that language, too. Each conversation has what is wrong, late and
pressed twice. Other tests hold them in English.
"""

from __future__ import annotations

from typing import Any

from simcord import ChannelHandle, MemberActor

from bot.discord_ui.asking.hearing import UNSEEN
from bot.discord_ui.curating.draft_actions import NOT_YOURS
from bot.discord_ui.kit.permissions import NOT_ALLOWED
from bot.discord_ui.preview.spoken import locale_in
from bot.discord_ui.walking.shared_panel import OVER
from bot.store.servers import Choices
from tests.support import forged
from tests.support.asking import TEN_MINUTES, direct
from tests.support.forms import LESSON, lessons_in
from tests.support.inbox import cards, later, only
from tests.support.posts import answers_in, chosen_forum, open_post
from tests.support.proposals import SOLVED, SUGGEST, filled
from tests.support.tongues import Tongue
from tests.support.world import (
    World,
    buttons,
    components,
    message,
    noah_in,
    press_id,
    said,
    second_moderator,
    text,
    with_button,
)

DAY = 24 * 3600
SAVE = "Save as entry"


async def test_posts_are_answered_or_left_to_people(here: World, tongue: Tongue):
    """Sure: an answer, which only its author puts away. Nearly: suggestions. Else: silence."""
    world, t = here, tongue
    forum, noah = await chosen_forum(world), noah_in(world)
    known = await open_post(world, forum, world.mia, t.known, "…", late=True)
    (answer,) = answers_in(known)
    assert t("In this forum, I answer new posts when I'm sure.") in text(answer)
    assert t.start("Last reviewed on {date}, more than a year ago: it may be out of date") in text(answer)
    refused = await noah.click(answer, label=t("Dismiss"))
    assert t("Only the person who asked or a moderator can dismiss this answer.") in text(refused)
    await world.mia.click(answer, label=t("Dismiss"))
    assert answers_in(known) == []
    near = await open_post(world, forum, world.mia, t.fits_two)
    (offered,) = answers_in(near)
    assert t("Which of these did you mean?") in text(offered)
    assert (await noah.click(offered, label=t("Show {n}", n=2))).ephemeral
    await world.mia.click(offered, label=t("Show {n}", n=1))
    assert t("That helped") in buttons(answers_in(near)[0])
    assert answers_in(await open_post(world, forum, world.mia, t.wanted)) == [], "people answer it"
    metadata = world.env.backend.get_channel(near.id).thread_metadata
    assert metadata
    metadata.locked = metadata.archived = True
    world.env.backend.announce_channel_update(near.id)
    world.env.inject_error("POST", "/interactions/*", status=400, code=50083)
    await world.mia.click(answers_in(near)[0], label=t("That helped"))
    told = world.env.backend.messages[world.env.backend.get_dm_channel(world.mia.id).id]
    assert len(told) == 1, "the thread is closed, and the member reads that"


async def test_from_a_persons_answer_to_the_next_members(here: World, tongue: Tongue):
    """Saved in three presses, found by the next member, undone and redone after a look at what that does."""
    world, t = here, tongue
    forum, noah = await chosen_forum(world), noah_in(world)
    post = await open_post(world, forum, world.mia, t.wanted)
    answered = await noah.send(post, f"{world.mia.user.mention} {t.answer}")
    (command,) = (each for each in await world.bot.tree.fetch_commands() if each.name == SAVE)
    world.server.set_command_permissions(command, {world.mia: True})
    refused = await world.mia.context_menu(post, SAVE, answered)
    assert t(NOT_ALLOWED) in said(refused)
    box = await world.max.context_menu(post, SAVE, answered)
    assert box.modal
    assert box.modal["title"] == t("Question and answer")
    typed = filled(box)
    assert (typed["question"], typed["answer"]) == (t.wanted, t.answer)
    lesson = {LESSON: [next(iter(lessons_in(box).values()))]}
    wrong = await world.max.submit_modal(box, {**typed, **lesson, "answer": ""})
    assert t("Fix before publishing") in said(wrong)
    box = await press_id(world.max, wrong, "lb:edit:")
    draft = await world.max.submit_modal(box, {**filled(box), **lesson, "answer": t.answer})
    for expected in ("Preview of what members see", "Changes", "Effect on answers"):
        assert t(expected) in said(draft)
    card = with_button(draft, t.publish)
    publishing = next(part["custom_id"] for part in components(card) if part.get("label") == t.publish)
    assert t(NOT_YOURS) in said(await forged.press(world, second_moderator(world), publishing))
    await world.max.click(card, label=t.publish)
    assert t.saved in text(card)
    (asked,) = direct(world, noah)
    assert t("This answer is in the lessons now") in text(asked)
    await noah.user.click(asked, label=t("Show my name"))
    named = text(direct(world, noah)[0])
    assert t("Your name is below the answer now. To have it removed, ask a moderator.") in named

    reply = await world.ask(t.reworded)
    assert t.answer in text(reply)
    await world.mia.click(reply, label=t("That helped"))
    solved = await world.max.context_menu(post, SOLVED, await noah.send(post, t.answer_beside))
    assert t("Solved") in said(solved)
    twice = await world.mia.context_menu(post, SOLVED, answered)
    assert t("What solved this post is marked already.") in said(twice)


async def test_an_entry_is_changed_undone_and_redone(here: World, tongue: Tongue):
    """Each with a look at what it does; a second Undo says that it is done, and of two edits both are shown."""
    world, t = here, tongue

    async def edit(who: MemberActor, answer: str) -> Any:
        box = await who.slash(world.channel, "lessons edit", what="how-long")
        return await who.submit_modal(box, {**filled(box), "answer": answer})

    ada = second_moderator(world)
    late = await edit(ada, t.answer_beside)
    draft = await edit(world.max, t.answer)
    card = with_button(draft, t.publish)
    await world.max.click(card, label=t.publish)
    both = await ada.click(with_button(late, t.publish), label=t.publish)
    assert t("{author} made newer changes", author="max") in said(both)
    merge = t("Keep both, use my text where they differ")
    merged = await ada.click(with_button(both, merge), label=merge)
    await ada.click(with_button(merged, t.publish), label=t("Discard draft"))

    asked = await world.max.click(card, label=t("Undo"))
    await world.max.click(with_button(asked, t.publish), label=t.publish)
    assert t("Undone") in said(asked)
    again = await world.max.click(card, label=t("Undo"))
    assert t("This change no longer exists, or it has already been undone.") in said(again)
    redo = await world.max.click(with_button(asked, t("Redo")), label=t("Redo"))
    await world.max.click(with_button(redo, t.publish), label=t.publish)
    assert world.bot.app.library.lessons.entries["how-long"].answer.strip() == t.answer
    listed = await world.max.slash(world.channel, "lessons history", what="how-long")
    menu = next(part for part in components(listed) if part.get("options"))
    await world.max.select(message(listed), [menu["options"][0]["value"]])
    undo = await world.max.slash(world.channel, "lessons undo")
    await world.max.click(with_button(undo, t.publish), label=t.publish)
    assert t("There are no changes to undo.") in said(await world.max.slash(world.channel, "lessons undo"))
    box = await world.max.slash(world.channel, "lessons edit", what="flat-bread")
    assert box.modal
    removed = await world.max.slash(world.channel, "lessons remove", entry="find-platform")
    assert said(removed)


async def test_whoever_asked_and_whoever_helps(here: World, tongue: Tongue):
    """A reply with a mention, *Answer this*, an edit and a deletion; and *Dismiss*, *Share* and ratings."""
    world, t = here, tongue
    noah = noah_in(world)
    asked = await world.mia.send(world.channel, t.known)
    await noah.send(world.channel, world.mention, reply_to=asked)
    reply = world.last
    assert reply.reference
    assert reply.reference.message_id == asked.id
    assert t("Something wrong here?") in buttons(reply)

    seen = await noah.context_menu(world.channel, "Answer this", asked)
    box = await noah.click(message(seen), label=t("Search the lessons"))
    await noah.submit_modal(box, {"words": t.fits_two})
    first = next(part["options"][0]["value"] for part in components(seen) if part.get("options"))
    await noah.select(message(seen), [first])
    post = t("Reply to this message")
    stored = world.env.backend.get_message(world.channel.id, message(seen).id)
    as_it_was = stored.components
    await noah.click(message(seen), label=post)
    stored.components = as_it_was
    assert t("Posted by {member}", member=noah.user.mention) in text(world.last)
    assert t("This answer has already been posted.") in said(await noah.click(message(seen), label=post))

    question = await world.mia.send(world.channel, f"{world.mention} {t.wanted}")
    unknown = world.last
    assert t("No lesson answers that yet") in text(unknown)
    await world.mia.edit(question, f"{world.mention} {t.known}")
    assert t("That helped") in buttons(world.last)
    offered = await world.max.click(world.last, label=t("Not what I asked"))
    assert t("Ask the moderators") in buttons(offered)
    await world.mia.delete(question)
    assert world.last.id != unknown.id, "the answer went with its question"

    private = await world.mia.slash(world.channel, "ask", question=t.known)
    await world.mia.click(message(private), label=t("Share in this channel"))
    assert t("Shared by {member}", member=world.mia.user.mention) in text(world.last)
    assert t("Shared") in text(private) or t("Share in this channel") not in buttons(private)
    vague = await world.mia.slash(world.channel, "ask", question=t.fits_two)
    none = await world.mia.click(message(vague), label=t("None of these"))
    assert t("I have no other answer") in text(none)
    await world.mia.slash(world.channel, "browse")
    for _again in range(9):
        hurried = await world.mia.slash(world.channel, "ask", question=t.known)
    assert t("You're welcome! Ask me anytime.") in text(await noah.slash(world.channel, "ask", question=t.thanks))
    assert said(hurried)


async def asked_in_inbox(world: World, t: Tongue) -> tuple[ChannelHandle, Any]:
    """A moderator chooses an inbox, and Mia's question comes there. Returns the inbox, and what Mia sees."""
    inbox = world.server.create_text_channel("inbox")
    settings = await world.max.slash(world.channel, "lessons settings")
    await world.max.select(message(settings), [inbox], custom_id="lb:set-inbox")
    form = await world.max.click(message(settings), label=t("Inbox options"))
    chosen = {"most": ["5"], "from": ["22:00"], "to": ["07:00"], "digest": ["on"]}
    await world.max.submit_modal(form, chosen)
    assert t("weekly digest on") in text(settings)
    await forged.submit(world, world.max, "lb:inbox-form:all", {"most": "5"})

    asked = await world.mia.slash(world.channel, "ask", question=t.wanted)
    box = await world.mia.click(message(asked), label=t("Ask the moderators"))
    await world.mia.submit_modal(box, {"context": t.note})
    for label in ("Notify me when it's answered", "Cancel notification", "Notify me when it's answered"):
        await world.mia.click(message(asked), label=t(label))
    assert t("I'll notify you") in text(asked)
    await world.env.settle()
    assert t.note in text(only(inbox))
    return inbox, asked


async def test_a_question_in_the_inbox(here: World, tongue: Tongue):
    """Taken and taken over, asked back, ignored and open again; refused to members, and nothing twice."""
    world, t = here, tongue
    inbox, _asked = await asked_in_inbox(world, t)
    for label in ("I'll take this", "Ask the member", "Ignore"):
        assert t(NOT_ALLOWED) in text(await world.mia.click(only(inbox), label=t(label)))
    await world.max.click(only(inbox), label=t("I'll take this"))
    ada = second_moderator(world)
    world.spoken[ada.id] = world.spoken[world.max.id]
    over, late = [await ada.click(only(inbox), label=t("Release or take over")) for _twice in range(2)]
    assert t("Take over") in buttons(over)
    await ada.click(message(over), label=t("Take over"))
    assert t("You took this over. The card in the inbox shows it.") in text(over)
    for label in ("Release or take over", "I'll take this"):
        await ada.click(only(inbox), label=t(label))
    await world.max.click(only(inbox), label=t("Release or take over"))
    assert ada.mention in text(only(inbox)), "not by one press"
    await ada.click(message(late), label=t("Take over"))
    assert ada.mention in text(late), "who has it by now"
    form = await world.max.click(only(inbox), label=t("Ask the member"))
    await world.max.submit_modal(form, {"text": t.beside})
    await world.env.settle()
    question = direct(world)[-1]
    assert t("The moderators have a question") in text(question)
    form = await world.mia.user.click(question, label=t("Reply"))
    twice = await world.mia.user.click(question, label=t("Reply"))
    await world.mia.user.submit_modal(form, {"reply": t.answer_beside})
    assert text(await world.mia.user.submit_modal(twice, {"reply": t.note}))
    await world.env.settle()
    assert t.answer_beside in text(only(inbox))

    await world.max.click(only(inbox), label=t("Ignore"))
    await world.env.settle()
    assert t("Ignored by {moderator}", moderator=world.max.user.mention) in text(only(inbox))
    await world.max.click(only(inbox), label=t("Open again"))
    await world.env.settle()
    assert t("Add as new entry") in buttons(only(inbox))


async def test_from_the_inbox_to_a_direct_message(here: World, tongue: Tongue):
    """An entry that its question does not find is not published. Then the member is told; and the digest."""
    world, t = here, tongue
    inbox, asked = await asked_in_inbox(world, t)
    box = await world.max.click(only(inbox), label=t("Add as new entry"))
    lesson = {LESSON: [next(iter(lessons_in(box).values()))]}
    typed = {**filled(box), "question": t.beside, "phrasings": "", "answer": t.answer, **lesson}
    unfound = await world.max.submit_modal(box, typed)
    box = await press_id(world.max, unfound, "lb:edit:")
    unfound = await world.max.submit_modal(box, {**typed, "phrasings": ""})
    card = with_button(unfound, t("Discard draft"))
    assert t("Not published yet: the question that led to this draft still does not find the entry.") in text(card)
    assert t.publish not in buttons(card)
    added = await press_id(world.max, unfound, "lb:draft-words:")
    await world.max.click(with_button(added, t.publish), label=t.publish)
    await world.env.settle()
    assert t.start("Is now a phrasing of {question}, by {moderator}") in text(only(inbox))
    told = direct(world)[-1]
    assert t("Your question now has an answer.") in text(told)
    late = await world.mia.click(message(asked), label=t("Cancel notification"))
    assert t.answer in said(late) + text(asked)
    gone = await forged.press(world, world.max, "lb:inbox-take:1")
    assert t("This has already been resolved, or it was deleted.") in text(gone)

    await later(world, 7 * DAY)
    digest = cards(inbox)[-1]
    assert t("The last seven days") in text(digest)
    await world.max.click(digest, label=t("Turn off the digest"))


async def test_what_members_propose(here: World, tongue: Tongue):
    """A suggestion, a correction, what became of them; refused, withdrawn, decided twice. Then everything goes."""
    world, t = here, tongue
    asked = await world.mia.send(world.channel, t.wanted)
    answered = await world.max.send(world.channel, t.answer, reply_to=asked)

    async def suggest(**typed: Any) -> str:
        box = await world.mia.context_menu(world.channel, SUGGEST, answered)
        return said(await world.mia.submit_modal(box, {**filled(box), **typed}))

    assert t("Not sent: a proposal needs a question and an answer.") in await suggest(question=" ")
    assert t("Sent to the moderators") in await suggest(note=t.note)
    again = await suggest()
    assert t("Not sent: the same was proposed already. The moderators will look at it.") in again
    shown_ = await world.ask(t.known)
    box = await world.mia.click(shown_, label=t("Something wrong here?"))
    same = await world.mia.submit_modal(box, filled(box))
    assert t("Not sent: the text is the same as before, and there is no note.") in said(same)
    for told in (
        "Sent to the moderators",
        "Not sent: the same was proposed already. The moderators will look at it.",
    ):
        box = await world.mia.click(shown_, label=t("Something wrong here?"))
        assert t(told) in said(await world.mia.submit_modal(box, {**filled(box), "answer": t.answer_beside}))
    await world.mia.slash(world.channel, "ask", question=t.wanted)
    misses = await world.max.slash(world.channel, "lessons misses")
    assert t("A member proposed an answer to this.") in text(misses)

    listed = await world.max.slash(world.channel, "lessons proposals")
    assert t("Proposed correction") in text(listed)
    refused = await forged.press(world, world.mia, "lb:proposal-decline:2")
    assert t(NOT_ALLOWED) in said(refused)
    box = await forged.press(world, world.max, "lb:proposal-decline:2")
    declined = await world.max.submit_modal(box, {"reason": t.note})
    assert t.start("**Declined** {when}.") in said(declined)
    late = await forged.submit(world, world.max, "lb:proposal-declined:2", {"reason": t.note})
    assert t("This proposal was decided already. This is what happened to it:") in said(late)
    box = await forged.press(world, world.max, "lb:proposal-draft:1")
    lesson = {LESSON: [next(iter(lessons_in(box).values()))]}
    draft = await world.max.submit_modal(box, {**filled(box), **lesson})
    await world.max.click(with_button(draft, t.publish), label=t.publish)
    await world.env.settle()
    letters = [text(each) for each in direct(world)]
    assert t("Your proposal was not accepted") in letters[0]
    assert any(t("Your proposal was accepted") in each for each in letters)
    mine = await world.mia.slash(world.channel, "ask", question="proposals")
    assert t("Accepted.") in text(mine)
    open_ = await forged.press(world, world.max, "lb:proposal-reopen:2")
    assert t("**Waiting** for a moderator.") in said(open_)
    withdrawn = await forged.press(world, world.mia, "lb:withdraw:2")
    assert t("Withdrawn. The moderators no longer see it.") in said(withdrawn)

    await world.mia.slash(world.channel, "ask", question="my data")
    forget = await world.mia.slash(world.channel, "ask", question="forget")
    assert t("Delete your data?") in text(forget)
    await world.mia.click(message(forget), label=t("Keep my data"))
    forget = await world.mia.slash(world.channel, "ask", question="forget")
    await world.mia.click(message(forget), label=t("Delete my data"))
    assert t.start("Deleted: {what}.") in text(forget)
    assert buttons(await world.mia.slash(world.channel, "ask", question="forget")) == [], "nothing is left"


async def test_the_list_of_misses(here: World, tongue: Tongue):
    """Several at once, the figures, the check and the settings; and a list that is empty in the end."""
    world, t = here, tongue
    for question in (t.wanted, t.beside, t.fits_two):
        await world.mia.slash(world.channel, "ask", question=question)
    await world.env.advance_time(TEN_MINUTES)
    listed = await world.max.slash(world.channel, "lessons misses")
    assert t.count("{count} open question", "{count} open questions", 3) in text(listed)
    several = next(part for part in components(listed) if part.get("custom_id", "").startswith("lb:miss-several:"))
    values = [each["value"] for each in several["options"]]
    await world.max.select(message(listed), values[:2], custom_id=several["custom_id"])
    await world.max.click(message(listed), label=t.count("Ignore {count} question", "Ignore {count} questions", 2))
    box = await press_id(world.max, listed, "lb:miss-search:")
    await world.max.submit_modal(box, {"wanted": t.known})
    draft = await press_id(world.max, listed, "lb:miss-phrase:")
    await world.max.click(with_button(draft, t.publish), label=t.publish)
    late = await press_id(world.max, listed, "lb:miss-ignore:")
    assert t("No open questions") in text(await world.max.slash(world.channel, "lessons misses"))
    assert said(late)
    for command in ("stats", "check", "settings", "proposals"):
        await world.max.slash(world.channel, f"lessons {command}")
    left = await world.max.slash(world.channel, "lessons add")
    lesson = {LESSON: [next(iter(lessons_in(left).values()))]}
    await world.max.submit_modal(left, {**filled(left), **lesson, "question": t.beside, "answer": t.answer_beside})
    assert t("There are no changes to undo.") not in said(await world.max.slash(world.channel, "lessons undo"))


async def test_a_walkthrough_and_its_end(here: World, tongue: Tongue):
    """Picked, told why it comes later, hint before answer, the end, the quiz days later; stopped and deleted."""
    world, t = here, tongue
    scenario = world.bot.app.tutor.scenario("flat-bread")
    panel = await world.mia.slash(world.channel, "walkthrough", scenario="flat-bread")
    await world.mia.click(message(panel), label=t("Next"))
    assert t("Skip") in buttons(panel)
    await world.mia.click(message(panel), label=scenario.solutions[1].title)
    assert t.start("You picked {solution}. You'll see {count} other solution first.") in text(panel)
    await world.mia.click(message(panel), label=t("Go to your pick"))
    assert t("Your pick.") in text(panel)
    for _step in range(4):
        await world.mia.click(message(panel), label=t("Next"))
    wrong = right_letter(panel, scenario.check.options[1].text)
    await world.mia.click(message(panel), label=wrong)
    assert t("Not quite.") in text(panel)
    while t("Show a hint") in buttons(panel):
        await world.mia.click(message(panel), label=t("Show a hint"))
    await world.mia.click(message(panel), label=right_letter(panel, scenario.check.options[0].text))
    assert t("This is correct.") in text(panel)
    assert t("Show the answer") not in buttons(panel)
    await world.mia.click(message(panel), label=t("Next"))
    for expected in ("The end", "Your pick", "Quiz result", "You found the right answer."):
        assert t(expected) in text(panel)
    assert scenario.takeaway in text(panel)
    related = next(
        part for part in components(panel) if t.known in [each["label"] for each in part.get("options", [])]
    )
    opened = await world.mia.select(message(panel), ["what-is-yeast"], custom_id=related["custom_id"])
    assert world.bot.app.tutor.explain("what-is-yeast").text in said(opened)
    following = next(each for each in world.bot.app.tutor.scenarios if each.id == "old-bread")
    assert t("Next walkthrough: {title}", title=following.title) in buttons(panel)
    told = await world.mia.click(message(panel), label=t("Quiz me in a few days"))
    assert t("Stop reminders") in buttons(told)
    await world.mia.click(message(panel), label=t("Close"))
    assert t("You finished this walkthrough.") in text(panel)
    for _day in range(3):
        await world.env.advance_time(DAY)
    reminder = next(each for each in direct(world) if t("Do you remember?") in text(each))
    await world.mia.user.click(reminder, label=t("Show the answer"))
    await world.mia.click(message(told), label=t("Stop reminders"))
    again = await world.mia.click(message(told), label=t("Stop reminders"))
    assert t("You have no reminders for this walkthrough.") in said(again)
    gone = await world.mia.slash(world.channel, "walkthrough", forget=True)
    await world.mia.click(message(gone), label=t("Delete my walkthroughs"))
    assert t.start("Deleted: {what}. I no longer have any data about your walkthroughs.") in text(gone)


async def test_a_shared_walkthrough(here: World, tongue: Tongue):
    """Picks, hints for one and for all, the end; refused to who does not lead it, and late."""
    world, t = here, tongue
    scenario = world.bot.app.tutor.scenario("flat-bread")
    await world.mia.slash(world.channel, "walkthrough", scenario="flat-bread", share=True)
    shared = world.last
    await world.mia.click(shared, label=t("Next"))
    for member in (world.mia, world.max, world.max):
        picked = await member.click(world.last, label=scenario.solutions[0].title)
    assert said(picked)
    noah = noah_in(world)
    refused = await noah.click(world.last, label=t("Next"))
    assert t("Only {starter} or a moderator can go to another step.", starter=world.mia.user.mention) in said(
        refused
    )
    await world.mia.select(world.last, ["check"])
    hint = next(each.hint for each in scenario.check.options if each.hint)
    for _twice in range(2):
        alone = await noah.click(world.last, label=t("Show a hint"))
        assert t("Hint: {hint}", hint=hint) in said(alone)
        assert t("Only you see this. There are no more hints.") in said(alone)
        assert hint not in text(world.last)
    await world.mia.click(world.last, label=t("Show a hint"))
    assert hint in text(world.last), "the leader shows it to everybody"
    await world.mia.select(world.last, ["finish"])
    assert t("Our picks") in text(world.last)
    await world.mia.click(world.last, label=t("End for everyone"))
    assert buttons(world.last) == [t("Do it on my own")]
    late = await forged.press(world, noah, "lb:all-walk:check:hint")
    assert t(OVER).partition("`")[0] in said(late)


async def test_the_first_minutes_and_what_is_missing(here: World, tongue: Tongue):
    """The card of a new server, its settings, what was deleted there, and a helper's mention without its text."""
    world, t = here, tongue
    second = world.env.create_guild("Kurs", preferred_locale=locale_in(t.tag).value)
    general = second.create_text_channel("general")
    await world.bot.on_guild_join(world.bot.get_guild(second.id))
    (card,) = general.history()
    assert t("Try a question") in buttons(card)
    refused = await second.add_member(world.mia.user).select(card, [t.tag], custom_id="lb:set-language")
    assert t(NOT_ALLOWED) in text(refused)
    gone = world.server.create_text_channel("gone")
    chosen = Choices(language=t.tag, listens_in=(gone.id,), notices_in=gone.id)
    await world.bot.app.servers.set(world.server.id, chosen)
    await world.bot.get_channel(gone.id).delete()
    settings = await world.max.slash(world.channel, "lessons settings")
    assert t.count("{count} deleted channel", "{count} deleted channels", 1) in text(settings)
    page = await world.max.click(message(settings), label=t("Lessons for certain channels"))
    await world.max.select(message(page), [world.channel], custom_id="lb:set-lessons-of")
    keys = [each["value"] for part in components(page) for each in part.get("options", [])]
    await world.max.select(message(page), keys[-1:])
    opened = await world.mia.slash(world.channel, "browse")
    await world.mia.click(message(opened), label=t("All lessons"))


async def test_without_the_text_of_messages(here: World, tongue: Tongue, new_bot: Any):
    """Titles of posts are answered all the same; a helper and a reply are told what to do, and nobody twice."""
    world, t = here, tongue
    await world.env.restart_bot(new_bot())
    forum = await chosen_forum(world)
    assert t("That helped") in buttons(answers_in(await open_post(world, forum, world.mia, t.known, "…"))[0])
    asked = await world.mia.send(world.channel, t.known)
    await world.max.send(world.channel, world.mention, reply_to=asked)
    assert t(UNSEEN, menu=t("Answer this")) in text(world.last)
    twice = await world.max.send(world.channel, world.mention, reply_to=asked)
    assert world.last.id == twice.id, "once"
    for _twice in range(2):
        await world.env.restart_bot(new_bot())
        await world.env.advance_time(TEN_MINUTES / 2)
    assert world.channel.history()[-2].id != twice.id
    assert answers_in(world.channel) == [], "the hint is gone after ten minutes"
    pointing = await world.max.send(world.channel, world.mention, reply_to=asked)
    assert t(UNSEEN, menu=t("Answer this")) in text(world.last)
    await world.max.delete(pointing)
    assert answers_in(world.channel) == [], "or with the message of the helper"
    private = await world.mia.slash(world.channel, "ask", question=t.known)
    await world.mia.click(message(private), label=t("Share in this channel"))
    shared = world.last
    await world.mia.send(world.channel, t.fits_two, reply_to=shared)
    box = await world.mia.click(world.last, label=t("Ask about this answer"))
    gone_on = await world.mia.submit_modal(box, {"question": t.fits_two})
    assert t("Share in this channel") in buttons(gone_on), "among two, it goes on from the answer"
    second = await world.mia.send(world.channel, t.thanks, reply_to=shared)
    assert world.last.id == second.id, "once"
    own = await world.mia.context_menu(world.channel, SUGGEST, shared)
    assert t("Choose a message that a person wrote and that has a text or a picture.") in said(own)


def right_letter(panel: Any, option: str) -> str:
    """The letter that an option of the quiz got."""
    return next(line[2] for line in text(panel).splitlines() if line.startswith("**") and option in line)
