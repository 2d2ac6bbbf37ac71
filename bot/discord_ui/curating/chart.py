"""Draws a small chart of questions by week, and how many of them found an answer.

It has no words, as the only font that comes with Pillow has no letters beyond ASCII.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from bot.asking.asking import Week
from bot.language.words import _, current_locale

WIDTH, HEIGHT = 720, 272
LEFT, TOP, BOTTOM = 48, 20, 44
# Two colors that differ in lightness, too, on a background that fits both of Discord's themes.
GROUND, ASKED, ANSWERED, INK = "#2b2d31", "#9aa0b5", "#23a55a", "#f2f3f5"


def weekly_chart(weeks: Sequence[Week]) -> bytes:
    """The chart as PNG: for each week a bar for all questions, and in front of it one for those with an answer."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 -- the bot starts without it

    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(15)
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
        draw.text((x + step / 2, floor + 8), _day(week.begins, "Md"), fill=INK, font=font, anchor="ma")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def described(weeks: Sequence[Week]) -> str:
    """The alt text of the chart: the same figures in words."""
    return "; ".join(
        _(
            "week of {day}: {asked} asked, {found} answered",
            day=_day(week.begins, "MMMd"),
            asked=week.asked,
            found=week.answered + week.taken,
        )
        for week in weeks
    )


def legend() -> str:
    """The legend. It describes the bars by their width, as not everybody can tell their colors apart."""
    return _("Chart: questions per week (wide bars) and how many were answered (narrow bars)")


def _day(day: date, parts: str) -> str:
    """A date as people write it in the current language."""
    from babel.dates import format_skeleton  # noqa: PLC0415 -- large, and few charts are drawn

    return format_skeleton(parts, day, locale=current_locale())
