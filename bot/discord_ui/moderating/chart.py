"""Weeks as a small picture: what was asked, and how much of it found an answer."""

from __future__ import annotations

import io
from collections.abc import Sequence

from bot.store.questions import Week

WIDTH, HEIGHT = 720, 300
LEFT, TOP, BOTTOM = 48, 48, 44
# Two colours that differ in lightness too, on a ground that both of Discord's themes bear.
GROUND, ASKED, ANSWERED, INK = "#2b2d31", "#9aa0b5", "#23a55a", "#f2f3f5"


def weekly_chart(weeks: Sequence[Week]) -> bytes:
    """A PNG: for each week how many questions there were, and, before that, how many found an answer."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 -- the bot starts without it

    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(15)
    draw.rectangle((LEFT, 18, LEFT + 12, 30), fill=ASKED)
    draw.text((LEFT + 20, 15), "asked", fill=INK, font=font)
    draw.rectangle((LEFT + 90, 18, LEFT + 102, 30), fill=ANSWERED)
    draw.text((LEFT + 110, 15), "found an answer", fill=INK, font=font)
    most = max([1, *(week.asked for week in weeks)])
    floor = HEIGHT - BOTTOM
    for number in (0, most):
        y = floor - (floor - TOP) * number / most
        draw.line((LEFT, y, WIDTH - 12, y), fill="#4e5058")
        draw.text((LEFT - 8, y), str(number), fill=INK, font=font, anchor="rm")
    step = (WIDTH - LEFT - 12) / max(1, len(weeks))
    for n, week in enumerate(weeks):
        x = LEFT + n * step
        found = week.answered + week.taken
        for count, begin, end, colour in ((week.asked, 0.18, 0.82, ASKED), (found, 0.30, 0.70, ANSWERED)):
            top = floor - (floor - TOP) * min(count, most) / most
            if count:
                draw.rectangle((x + step * begin, top, x + step * end, floor), fill=colour)
        draw.text((x + step / 2, floor + 8), f"{week.begins:%d %b}", fill=INK, font=font, anchor="ma")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def described(weeks: Sequence[Week]) -> str:
    """The same in words, for whoever does not see it."""
    return "; ".join(f"week of {w.begins:%d %b}: {w.asked} asked, {w.answered + w.taken} found" for w in weeks)
