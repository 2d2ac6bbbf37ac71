"""Checks and figures in a server with a different language than its lessons."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from bot.discord_ui.curating.chart import described, legend, weekly_chart
from bot.language.words import in_locale
from bot.store.usage import Week
from tests.support.pseudo import GREEK, outside, untranslated
from tests.support.world import World, components, message, options, text

greek = pytest.mark.parametrize("lessons", [GREEK], indirect=True)
WEEK = Week(datetime(2026, 11, 16, tzinfo=UTC), 12, 5, 4, 3, 2, 1, 0)


@greek
async def test_the_check_is_in_their_language(abroad: World, lessons: Path):
    """Advice is translated; only errors that all servers get have the same English text as the log."""
    shown = await abroad.max.slash(abroad.channel, "lessons check")
    assert "recommendation⟧" in text(shown)
    assert untranslated(shown) == []
    entries = "".join(f"- {{id: e{n}, question: Τι {n};, answer: Ναι.}}\n" for n in range(20))
    (lessons / "more.yaml").write_text(f"lesson: Ψωμί\nentries:\n{entries}", encoding="utf-8")
    (lessons / "wrong.yaml").write_text("lesson:\n", encoding="utf-8")
    abroad.bot.app.library.reload()
    shown = await abroad.max.slash(abroad.channel, "lessons check")
    assert untranslated(shown) == "must not be empty".split()
    later = await abroad.max.click(message(shown), custom_id="lb:advice:1")
    assert untranslated(later) == []


@greek
async def test_nothing_to_mend_is_said_in_their_language(abroad: World, lessons: Path):
    """The message that no problem was found is translated."""
    (lessons / "bread.yaml").write_text(
        "lesson: Ψωμί\nentries:\n- {id: a, question: Τι;, phrasings: [τι είναι], answer: Ναι.}\n", encoding="utf-8"
    )
    abroad.bot.app.library.reload()
    shown = await abroad.max.slash(abroad.channel, "lessons check")
    assert "⟦No problems found⟧" in text(shown)
    assert untranslated(shown) == []


@greek
async def test_the_figures_are_in_their_language(abroad: World):
    """The statistics of all questions, of a scenario, and of a scenario that does not exist are translated."""
    await abroad.mia.slash(abroad.channel, "ask", question="Τι είναι η μαγιά;")
    shown = await abroad.max.slash(abroad.channel, "lessons stats")
    assert "⟦Most asked questions⟧" in text(shown)
    assert untranslated(shown) == []
    (alt,) = [each["description"] for part in components(shown) for each in part.get("items", [])]
    assert outside(alt).strip("; ") == ""
    of_one = await abroad.max.slash(abroad.channel, "lessons stats", scenario="flat-bread")
    assert untranslated(of_one) == []
    assert options(of_one)
    assert outside(text(await abroad.max.slash(abroad.channel, "lessons stats", scenario="zzz"))) == ""


@pytest.mark.parametrize(("language", "day"), [("en", "Nov 16"), ("de", "16. Nov."), ("ja", "11月16日")])
def test_days_are_written_as_it_is_done_there(language, day):
    """Dates have the format of the language; the chart has no words, and its legend is translated."""
    with in_locale(language):
        said = described([WEEK])
        assert day in said
        assert {"12", "8"} <= {*re.findall(r"\d+", said.replace(day, ""))}
        picture = Image.open(io.BytesIO(weekly_chart([WEEK] * 8)))
    assert picture.format == "PNG"
    assert "wide bars" in legend()
