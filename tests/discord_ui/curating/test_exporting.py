"""All lessons are exported as a zip file."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from tests.support.world import World, said, shown

FILE = "virtual-environments.yaml"


async def test_an_export_that_is_too_large_goes_without_its_pictures(world: World, takes: Any):
    """The reply says so; if it is still too large, it says where the lessons are."""
    takes(100_000)
    out = await world.max.slash(world.channel, "lessons export")
    assert "This zip file has no pictures" in shown(out)[0].content
    content = await next(each for sent in shown(out) for each in sent.attachments).read()
    assert len(content) <= 100_000
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert FILE in names
    assert not any(each.startswith("images/") for each in names)
    takes(1000)
    out = await world.max.slash(world.channel, "lessons export")
    assert "The bot owner can find the files" in said(out)
    assert not any(sent.attachments for sent in shown(out))
