"""Small pictures."""

from __future__ import annotations

import io

from PIL import Image

# How a PNG file begins.
PNG = b"\x89PNG\r\n\x1a\n"


def png(width: int = 40, height: int = 30, *, color: str = "navy", kind: str = "PNG") -> bytes:
    """A picture of one color, as the content of a file of this kind."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), color).save(out, kind)
    return out.getvalue()
