"""What a review offers: to merge newer changes, or to add what was asked to the entry or to a similar one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.curating.clash import Side
from bot.curating.draft import Draft, is_asked_as
from bot.curating.errors import GoneError
from bot.discord_ui.curating import draft_actions
from bot.discord_ui.kit.cards import note_card
from bot.discord_ui.kit.delivery import replace, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import escaped, shorten
from bot.discord_ui.kit.press import ID, NUMBER, Button, number_in
from bot.language.words import _
from bot.lessons.lesson import normalized

LINE = 200  # of a phrasing, or of an entry's question


class DraftOffer(Button, template="$^"):
    """Changes a draft of the moderator who pressed, and shows it again."""

    async def pressed(self, interaction: Interaction) -> None:
        draft = await draft_actions.own_draft(interaction, number_in(self.ids["draft"]))
        if draft is None:
            return
        await interaction.response.defer()
        try:
            changed = await self.changed(interaction, draft)
        except GoneError:
            await tell(interaction, _(draft_actions.GONE))
            return
        if changed is None:
            return
        if changed.id != draft.id:  # the pressed card must not be pressed again
            instead = _("This is now a change to the similar entry. Its draft is below.")
            await replace(interaction, [note_card(instead)])
        await draft_actions.show_draft(interaction, changed)

    async def changed(self, interaction: Interaction, draft: Draft) -> Draft | None:
        """The draft to show; None if the reply was sent already. Raises `GoneError`."""
        raise NotImplementedError("each offer says what it changes")


class Merge(DraftOffer, template=rf"lb:merge:(?P<draft>{NUMBER}):(?P<take>mine|theirs)"):
    """Merges the draft with what somebody else published; `take` decides for fields that both changed."""

    kind = "merge"

    async def changed(self, interaction: Interaction, draft: Draft) -> Draft | None:
        curating = interaction.client.app.curating
        shown = await curating.review(draft.id)
        both = shown.clash.both if shown.clash else {}
        take: Side = "theirs" if self.ids["take"] == "theirs" else "mine"
        return await curating.drafts.merge(draft.id, dict.fromkeys(both, take))


class AddWords(DraftOffer, template=rf"lb:draft-words:(?P<draft>{NUMBER})"):
    """Adds the questions that do not find the draft's entry as phrasings."""

    kind = "draft-words"

    async def changed(self, interaction: Interaction, draft: Draft) -> Draft | None:
        curating = interaction.client.app.curating
        shown = await curating.review(draft.id)
        words = [*shown.draft.fields.get("phrasings", "").splitlines(), *shown.addable]
        return await curating.drafts.save(draft.id, {"phrasings": "\n".join(words)})


class LeaveOut(DraftOffer, template=rf"lb:draft-leave:(?P<draft>{NUMBER})"):
    """The draft answers something else than what was asked: those questions stay misses."""

    kind = "draft-leave"

    async def changed(self, interaction: Interaction, draft: Draft) -> Draft | None:
        app = interaction.client.app
        shown = await app.curating.review(draft.id)
        await app.asking.misses.leave_out(draft.id, shown.unfound)
        return await app.curating.drafts.leave_out(draft.id)


class MakePhrasing(DraftOffer, template=rf"lb:draft-close:(?P<draft>{NUMBER}):(?P<entry>{ID})"):
    """Makes the question of a new entry a phrasing of another one; the new entry's draft goes."""

    kind = "draft-close"

    async def changed(self, interaction: Interaction, draft: Draft) -> Draft | None:
        asked = draft.asked or draft.fields.get("question", "")
        advice = _("Add your text to its answer, or discard this draft.")
        return await _instead(
            interaction, draft, await begin_phrasing(interaction, [asked], self.ids["entry"], advice)
        )


class AddToAnswer(DraftOffer, template=rf"lb:draft-append:(?P<draft>{NUMBER}):(?P<entry>{ID})"):
    """Adds the answer of a new entry to that of another one, and its question as a phrasing; its draft goes."""

    kind = "draft-append"

    async def changed(self, interaction: Interaction, draft: Draft) -> Draft | None:
        asked, answer = draft.asked or draft.fields.get("question", ""), draft.fields.get("answer", "")
        advice = _("You can discard this draft.")
        other = await begin_phrasing(interaction, [asked], self.ids["entry"], advice, answer=answer)
        if other:
            await interaction.client.app.curating.credits.draft_instead(draft.id, other.id)
        return await _instead(interaction, draft, other)


COMPONENTS = (Merge, AddWords, LeaveOut, MakePhrasing, AddToAnswer)


async def _instead(interaction: Interaction, draft: Draft, other: Draft | None) -> Draft | None:
    """The other draft answers what this one was to; this one goes."""
    app = interaction.client.app
    if other:
        await app.asking.misses.draft_instead(draft.id, other.id)
        await app.curating.proposals.draft_instead(draft.id, other.id)
        await app.curating.drafts.discard(draft.id)
    return other


async def begin_phrasing(
    interaction: Interaction, asked: Sequence[str], entry: str, advice: str, *, answer: str = ""
) -> Draft | None:
    """A draft that adds questions to this entry, and an `answer` below its own.

    None if the entry is gone, or has all of it already: a reply says so, followed by `advice` on what to do then.
    The first of the questions has to find the entry then.
    """
    drafts = interaction.client.app.curating.drafts
    words = [shorten(each, LINE) for each in asked]
    try:
        draft: Draft = await drafts.begin(
            "edit", interaction.user.id, interaction.guild_id or 0, item_id=entry, other=words[0]
        )
    except GoneError:
        await tell(interaction, _("This entry was removed from the lessons. Choose another one."))
        return None
    new = {normalized(each): each for each in words if not is_asked_as(each, draft.fields)}
    added = {}
    if new:
        added["phrasings"] = "\n".join([*draft.fields.get("phrasings", "").splitlines(), *new.values()])
    own, more = draft.fields.get("answer", ""), answer.strip()
    if more not in own:
        added["answer"] = f"{own}\n\n{more}"
    if added:
        changed: Draft = await drafts.only_once(await drafts.save(draft.id, added))
        return changed
    await drafts.discard(draft.id)
    question = escaped(draft.fields.get("question", ""))
    if answer:
        there = _("**{question}** already has this question and this text.", question=question)
    else:
        there = _("**{question}** already has this question.", question=question)
    await tell(interaction, f"{there} {advice}")
    return None
