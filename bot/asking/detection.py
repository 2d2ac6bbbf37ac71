"""Detects whether a message in a channel reads as a question to everybody. In doubt, it does not."""

from __future__ import annotations

import re

from bot.search.words.wording import fold

LONGEST = 300  # characters; a longer message tells a story, and needs a person
FEWEST_WORDS = 3

# A Chinese or Japanese character counts as a word.
_SIGN = "\u3040-\u30ff\u4e00-\u9fff"
_WORD = re.compile(rf"[{_SIGN}]|[^\W{_SIGN}][^\s{_SIGN}]*")
_A = "['\u2019]?"  # one of the two apostrophes, or none, as many people leave it out
_NO_PROSE = re.compile(r"`[^`]*`|(?<!\S)\S+?://\S+|www\.\S+", re.IGNORECASE)
# French puts a space before the question mark. In the middle of a line, that may be code.
_MARK = re.compile(r"(?<![?؟!.)*_~])(?:[!.)*_~]++|(?<=[^\s(]))[?؟][?؟!.)*_~]*+(?=\s|$)|？|\s\?+\s*$")
_END = re.compile(r"[.!?:;]\s|[？。]")
# People who help ask a question in return, and others ask who joins them.
_ASKS_PEOPLE = re.compile(
    r"(?:have|did|are)\s+(?:you|u)\b"
    r"|(?:how|what|where|when|why|who)\s+(?:are|r)\s+(?:you|u)\b(?!\s+(?:allowed|supposed|meant)\b)"
    rf"|why\s+(?:not|don{_A}t)\b"
    r"|(?:hast|bist|nutzt|benutzt|verwendest)\s+du\b|(?:habt|seid)\s+ihr\b|(?:warum|wieso|weshalb)\s+nicht\b"
    r"|(?:ya\s+)?(?:has|probaste|intentaste|miraste|usas)\b"
    r"|por\s+que\s+no\s+(?:lo\s+|la\s+)?(?:usas|pruebas|intentas|miras|haces|lees)\b"
    rf"|(?:(?:do\s+)?(?:you|u)\s+)?(?:want\s+to|wanna)\b(?!\s+(?:know|ask)\b)|shall\s+we\b|let{_A}s\b"
    rf"|(?:any(?:one|body)|who|who{_A}s)\s+(?:here\s+)?(?:wants?\s+to|up\s+for|down\s+for|coming|joining)\b"
    r"|(?:can|could|will|would)\s+(?:you|u)\s+(?:(?:please|pls|maybe|just|also)\s+)*"
    r"(?!(?:tell|explain|show|teach|help|give|point|direct|guide|walk|remind|recommend)\b|let\s+(?:me|us)\s+know\b)"
    r"\w+\s+(?:with\s+)?(?:me|us)\b"
    r"|(?:hat|habt)\s+(?:jemand|wer|ihr)\s+lust\b|wer\s+(?:hat\s+lust|kommt\s+mit|ist\s+dabei|will)\b"
    r"|(?:wollt|kommt)\s+ihr\b|(?:willst|kommst)\s+du\b"
    r"|(?:alguien|quien)\s+(?:se\s+apunta|viene|quiere)\b|(?:quieres|quereis|vienes|venis)\b",
    re.IGNORECASE,
)

_LEAD = re.compile(
    r"^(?:(?:hey|hi|hello|yo|bro|dude|um|help|ok|okay|so|and|but|please|pls|guys|all|everyone"
    r"|(?:(?:quick|noob|stupid|dumb|one|another)\s+)?question|sorry|excuse\s+me)\b[\s,!:]*+)+",
    re.IGNORECASE,
)
_INDIRECT = r"(?:how|what|when|where|why|which|who|if|whether)"
_IS = r"is|are|was|were|does|do|did|can|could|should|would|will"
# "Who's late has to wait" is no question.
_WHATS = rf"(?:(?:what|wat){_A}s|(?:where|when|who){_A}s\s+(?:the|my|our|next))"
_ASKED = rf"""
    how\s+(?:{_IS}|to|much|many|long|often)
  | (?:what|wat)\s+(?:{_IS}|happens\s+(?:if|when)) | {_WHATS}
  | (?:why|y)\s+(?:{_IS}|am|has|have|can{_A}t|doesn{_A}t|isn{_A}t|won{_A}t)
  | (?:where|when)\s+(?:{_IS}|to)
  | who\s+(?:is|are|can|knows)
  | which\s+(?:\w+\s+){{1,3}}(?:do|does|can|should|would|will)\s+(?:i|we|you|u|it|one)
  | (?:do|did|have|am|shall)\s+(?:i|we|they)
  | do\s+(?:you|u)
  | (?:can|could|should|would|will)\s+(?:my|i|we|you|u|it|they|this|there|any(?:one|body)|some(?:one|body))
  | (?:is|does|has)\s+(?:it|this|that|there|my|any(?:one|body)|some(?:one|body))
  | are\s+(?:there|these|those|they|we|my)
  | (?:is|are)\s+(?!(?:not|never|always|only|also|now|already|still|usually)\b)(?:\w+\s+){{1,3}}
      (?:allowed|permitted|required|included|mandatory|necessary|possible|open|free|on|off|enabled|disabled)$
  | any(?:one|body)\s+(?:here\s+)?knows?\s+{_INDIRECT}
  | (?:(?:i\s+(?:am|was)|i{_A}m|just|was)\s+)*(?:wondering|curious)\s+{_INDIRECT}
"""
_BEGINS = re.compile(rf"(?:{_ASKED})\b", re.IGNORECASE | re.VERBOSE)
# "I got banned, how do I appeal", but not "I am bored, what should we play" or "Tom, how do I get to you".
_ENDS = re.compile(
    r"\s\S+,\s+(?:and\s+|so\s+|but\s+)?"
    r"(?:(?:how|where|when|what)\s+(?:do|can|should|am|did)\s+i|why\s+(?:do|am|did)\s+i|how\s+(?:do|can)\s+we)\b",
    re.IGNORECASE,
)

# The same in German and Spanish, of folded texts: "wie erstelle ich", but not "wie gesagt" or "wie du siehst".
_WHO = r"ich|man|wir|du|ihr|er|sie|es|das|die|der|den|dem|ein|eine|einen|mein|meine|meinen|jemand|mir|mich|sich"
_CAN = r"kann|konnte|konnt|muss|soll|sollte|darf|geht|ist|sind|war|funktioniert|lauft|macht|heisst|bedeutet"
# "Bekomme ich nicht hin" and "brauche ich auch" tell something.
_TELLING = "nicht|leider|auch|immer|morgen|heute|noch|schon|hin"
_GERMAN = rf"""
    (?:wie(?:\s+(?:oft|viele?|lange?|hoch|gross|weit|teuer))?|warum|wieso|weshalb|wo|woher|wohin|wozu|womit|wofur
      |(?:(?:bis|ab|seit)\s+)?wann)\s+
      (?:(?:{_CAN})\b|(?!(?:{_WHO}|gesagt|gehabt|immer|gewohnt|oben|schon|auch|oft|viele?|lange?)\b)\w+\s+(?:{_WHO})\b)
  | (?:warum|wieso|weshalb)\s+(?!(?:{_WHO}|auch|immer)\b)\w+t\s+\w+
  | was\s+(?:{_CAN}|passiert|mache?|macht|tun?|tut|brauche?|braucht|heissen|bedeuten|kostet|gehort(?!\s+hab))
  | (?:(?:ab|bis|seit|in|mit|von|zu)\s+)?welche[mnrs]?\s+(?:\w+\s+){{1,3}}
      (?:soll(?:en|te|ten)?|kann|konnen|darf|durfen|muss|mussen|brauche|nehme|benutze|nutze|verwende|ist|sind)
  | wer\s+(?:kann|weiss|kennt|hat|ist|(?!nicht\b)\w+t\s+(?:den|die|mein|meine|meinen)\b(?!\s+schon\b|.*,))
  | (?:kann|konnte|darf|muss|soll|sollte)\s+(?:ich|man|wir|mir|uns|jemand|das|es|einer|wer)
  | (?:gibt|braucht)\s+(?:es|man|ich)|gibts|(?:brauche?|bekomme?)\s+ich(?!\s+(?:{_TELLING})\b)
  | (?:weiss|kennt|hat)\s+(?:hier\s+)?(?:jemand|wer|einer)
  | (?:ist|sind|geht|funktioniert|lauft)\s+(?:das|es|die|der|mein|meine|ein|eine)
  | (?:ist|sind)\s+(?!(?:{_TELLING}|nie|nur|jetzt|wieder)\b)(?:\w+\s+){{1,3}}
      (?:erlaubt|verboten|notig|pflicht|offen|geoffnet|kostenlos)$
"""
_SPANISH = r"""
    como\s+(?:puedo|puede|podemos|podria|se|hago|hacer|le\s+hago|es\s+que|funciona|instalo|uso|creo\s+(?:un|una|el|la)
      |(?!puedes|dije|siempre|esta|este|el|la|un|una|yo|lo|no)\w+o\s+(?:un|una|el|la|los|las|mi|mis|esto)
      |\w+[aei]r)
  | por\s+que\s+(?:no|me|se|es|esta|da|sale|tengo|hay|necesito|debo|mi|el|la|pip|python)
  | (?:para|con|en)\s+que\s+(?:sirve|es|se|puedo|carpeta|archivo)
  | (?:a\s+|de\s+)?donde\s+(?:esta|estan|se|puedo|va|van|queda|encuentro|descargo|guarda|instala)
  | (?:que|cual|cuales)\s+(?:es|son|significa|hace|hago|pasa|debo|puedo|necesito)
  | (?:(?:a|con|de|en)\s+)?que\s+(?!(?:nunca|siempre|tambien|todos?)\b)\w{4,}\s+
      (?:necesito|uso|usais|usan|estan?\s+permitid[oa]s?)
  | que\s+(?:diferencia|horario)\s+(?:hay|tiene|tienen|teneis) | a\s+que\s+(?:hora|temperatura)
  | cuando\s+(?:debo|se|tengo|uso|hay) | (?:hasta|desde)\s+cuando\s+(?:puedo|puede|debo|tengo|se|hay|es|esta)
  | quien\s+(?:puede|sabe|me)|cuant[oa]s?\s+\w+
  | (?:puedo|se\s+puede|hay\s+(?:que|alguna?|forma|manera))
  | (?:alguien|alguno)\s+(?:sabe|puede|conoce|me)|sabe[ns]?\s+(?:alguien|como|si|por)
  | es\s+(?:posible|necesario|seguro|normal|mejor)
"""
# Only the accent tells "cuándo es" from "cuando es tarde", and "cómo trabajo" from "como trabajo en casa".
_SPANISH_BY_ACCENT = r"""
    (?:hasta\s+|desde\s+)?cuándo\s+(?!no\b)|(?:a\s+|de\s+)?dónde|por\s+qué\s+(?!s[ií]\b|ser[aá]\b)\w+
  | cómo\s+(?:(?:me|te|le|les|nos|lo|la|los|las|se)\s+)*+
      (?!(?:adoro|agradezco|amo|disfruto|echo|extraño|odio|quiero|siento)\b)(?:\w+o|doy)
"""
_LEAD_IN = (
    r"(?:(?:hey|hi|hallo|moin|servus|guten\s+(?:morgen|tag|abend)|bitte|leute|zusammen|also|und|aber|sorry|ok|okay|na"
    r"|hola|buenas|buenos\s+d[ií]as|oye|oigan|perd[oó]n|disculpa|por\s+favor|chicos|amigos|y|pero|todos|a"
    r"|(?:(?:kurze|dumme|eine|ne)\s+)?frage|(?:una\s+)?(?:pregunta|duda)|(?:me|nos)\s+(?:pod[eé]is|puedes|pueden)\s+decir"
    r")\b[\s,!.:]*+)*"
)
_BEGINS_ELSEWHERE = re.compile(rf"[\s¿¡]*+{_LEAD_IN}[¿\s]*+(?:{_GERMAN}|{_SPANISH})\b", re.VERBOSE)
_BEGINS_WITH_ACCENT = re.compile(
    rf"[\s¿¡]*+{_LEAD_IN}[¿\s]*+(?:{_SPANISH_BY_ACCENT})\b", re.IGNORECASE | re.VERBOSE
)
# "Was du brauchst, ist …", "Wo es liegt, steht …": a comma and a verb follow a clause, and no question.
_ANSWERS_ELSEWHERE = re.compile(r",\s+(?:ist|sind|steht|findest|zeigt|erklart|hangt|es|esta|lo)\b")
# "What you need is a venv", "How to do it: …": an answer begins as its question does.
_ANSWERS = re.compile(
    rf"""
    [:;.!]\s
  | ^(?:(?:what|wat)\s+(?:{_IS})|{_WHATS}|(?:how|where|when)\s+to)\b.*\s(?:is|are|was|were)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def reads_as_question(text: str) -> bool:
    """Whether a line is a question: it ends with a question mark, or is worded as one in the bot's languages.

    Quotes, code and lists are not, nor are answers that only begin like a question.
    """
    said = text.strip()
    if len(said) > LONGEST or "\n" in said or said.startswith((">", "-", "`", "*", "#")) or "```" in said:
        return False
    said = _NO_PROSE.sub("…", said)
    folded = fold(said)
    asked = _LEAD.sub("", said)
    if _ASKS_PEOPLE.match(asked) or _ASKS_PEOPLE.match(folded.lstrip("¿¡ ")):
        return False
    if any(_is_long_enough(_END.split(said[: mark.start()])[-1]) for mark in _MARK.finditer(said)):
        return True
    if not _is_long_enough(said) or _ANSWERS.search(asked):
        return False
    if _BEGINS.match(asked) or _ENDS.search(asked):
        return True
    begins = _BEGINS_ELSEWHERE.match(folded) or _BEGINS_WITH_ACCENT.match(said)
    return begins is not None and not _ANSWERS_ELSEWHERE.search(folded)


def _is_long_enough(said: str) -> bool:
    return len(_WORD.findall(said)) >= FEWEST_WORDS
