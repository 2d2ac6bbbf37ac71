"""Pictures that are added to a draft: an uploaded one, or one of the message that the draft comes from."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Sequence

import discord

from bot.curating.draft import Draft
from bot.discord_ui.kit.delivery import tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import escaped
from bot.discord_ui.kit.refusals import REQUEST_ERRORS
from bot.errors import EditError
from bot.language.numbers import mebibytes
from bot.language.words import _
from bot.lessons.pictures import MAX_UPLOAD_BYTES

log = logging.getLogger(__name__)


async def add_pictures(
    interaction: Interaction, draft: Draft, chosen: str, uploads: Sequence[discord.Attachment]
) -> bool:
    """Add the picture of a message that was chosen, or an uploaded one. Returns whether there was any."""
    saved = draft
    if chosen.isdecimal() and int(chosen) < len(draft.pictures):
        url = draft.pictures[int(chosen)]
        saved = await _with_picture(interaction, saved, interaction.client.http.get_from_cdn(url))
    for each in uploads[:1]:
        saved = await _with_upload(interaction, saved, each)
    return saved is not draft


async def _with_upload(interaction: Interaction, draft: Draft, picture: discord.Attachment) -> Draft:
    """The draft with an uploaded picture; or without it, and a reply says why."""
    if picture.size <= MAX_UPLOAD_BYTES:
        return await _with_picture(interaction, draft, picture.read())
    await tell(interaction, too_large(picture))
    return draft


def too_large(picture: discord.Attachment) -> str:
    """What is wrong with a picture that is too large."""
    size, most = mebibytes(picture.size), mebibytes(MAX_UPLOAD_BYTES)
    return _("The picture is too large: {size} MB. The limit is {most} MB.", size=size, most=most)


async def _with_picture(interaction: Interaction, draft: Draft, reading: Awaitable[bytes]) -> Draft:
    """The draft with this picture, as soon as it is read; or without it, and a reply says why."""
    bot = interaction.client
    try:
        return await bot.app.curating.drafts.picture(draft.id, await reading, draft.fields.get("alt", ""))
    except REQUEST_ERRORS as error:
        log.info("a picture of a message could not be read: %s", error)
        await tell(interaction, _("The picture could not be read. Publish this, then use `/lessons picture`."))
    except EditError as error:
        await tell(interaction, _("The picture was not added: {why}", why=escaped(str(error))))
    return draft
