"""What people write in German and in Spanish, with lessons in each, and what the bot then says in that language.

A test that uses a `Tongue` is one conversation, held in each of these languages; other tests hold it in English.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.language.catalogues import catalogue
from bot.language.words import _, _n, in_locale

HERE = Path(__file__).parent
# What somebody types who tries what it does to the bot's messages.
HOSTILE = "@everyone <script>alert(1)</script> **[x](https://example.org)** <@&1> ```||"


@dataclass(frozen=True)
class Tongue:
    """A language, and what members and moderators write in it."""

    tag: str
    known: str  # an entry answers it
    fits_two: str  # two entries do
    wanted: str  # no entry does
    reworded: str
    answer: str  # what a person answers
    beside: str  # another question without an entry, and what a person answers
    answer_beside: str
    price: str
    note: str
    thanks: str
    insult: str
    solved: str  # what a forum calls its tag for solved posts
    different: str  # eleven words that have nothing in common
    # What people read: a few words of the catalogs, as a native speaker says them.
    publish: str
    saved: str

    @property
    def lessons(self) -> Path:
        return HERE / self.tag

    def __call__(self, text: str, **values: object) -> str:
        """What the bot says in place of this English text."""
        with in_locale(self.tag):
            said = _(text, **values)
        assert said != text, f"not translated: {text}"
        return said

    def start(self, text: str) -> str:
        """The same, up to the first value in it."""
        said = catalogue(self.tag).gettext(text)
        assert said != text, f"not translated: {text}"
        return said.partition("{")[0]

    def count(self, one: str, many: str, count: int) -> str:
        """The same for a text with a number."""
        with in_locale(self.tag):
            return _n(one, many, count)

    def __str__(self) -> str:
        return self.tag


GERMAN = Tongue(
    "de",
    known="Was ist Hefe?",
    fits_two="der Teig muss",
    wanted="Wie reinige ich eine Kaffeemaschine?",
    reworded="wie kann ich die kaffeemaschine reinigen",
    answer="Mit Essig **entkalken**, danach zweimal spülen.",
    beside="Welcher Käse passt zu Wein?",
    answer_beside="Ein alter Bergkäse.",
    price="Was kostet das?",
    note="Das fragen alle.",
    thanks="danke",
    insult="du bist dumm",
    solved="Gelöst!",
    different="Tulpen Roggen Lawinen Eichen Geigen Zebras Schach Kiefern Monde Anker Poesie",
    publish="Veröffentlichen",
    saved="Veröffentlicht",
)
SPANISH = Tongue(
    "es",
    known="¿Qué es la levadura?",
    fits_two="la masa debe reposar",
    wanted="¿Cómo limpio una cafetera?",
    reworded="como limpio mi cafetera",
    answer="Con vinagre para **descalcificar**, y enjuagar dos veces.",
    beside="¿Qué queso va con el vino?",
    answer_beside="Un queso curado.",
    price="¿Cuánto cuesta esto?",
    note="Lo preguntan todos.",
    thanks="gracias",
    insult="eres tonto",
    solved="✅ Resuelto",
    different="tulipanes centeno aludes robles violines cebras ajedrez pinos lunas anclas poesía",
    publish="Publicar",
    saved="Publicado",
)
TONGUES = (GERMAN, SPANISH)
