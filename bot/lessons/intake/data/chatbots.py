"""Reads training data of chatbots: `intents.json`, of Dialogflow, Botpress, and Rasa with its responses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.language.words import N_, _, _n
from bot.lessons.intake.data.botpress import from_botpress
from bot.lessons.intake.data.dialogflow import from_dialogflow
from bot.lessons.intake.data.nodes import Data, Map, Scalar, folded, no_field, scalars
from bot.lessons.intake.data.record_shapes import is_draft
from bot.lessons.intake.drafts import DRAFT
from bot.lessons.intake.material import NO_TITLE, Pair, Section, Source, Unplaced, text_block
from bot.lessons.intake.question_text import asks

OTHER_RESPONSE = N_("another response; an entry has one answer: add what it says by hand")
_NO_RESPONSE = N_("an intent without a response")
_NO_EXAMPLE = N_("a response without an intent that asks for it")
FILLED_IN = N_("a placeholder that the chatbot filled in; members read it as it is: write what it stands for")
_PARTS = ("nlu", "responses", "rules", "stories")
_NLU = re.compile(r"^nlu:[ \t]*$", re.MULTILINE)
_RASA = re.compile(
    r"^(?:nlu:[ \t]*\n\s*-\s+(?:intent|synonym|regex|lookup):|responses:[ \t]*\n\s+utter_"
    r"|rules:[ \t]*\n\s*-\s+rule:|stories:[ \t]*\n\s*-\s+story:)",
    re.MULTILINE,
)
# `{name}` and `{{ .User.Mention }}` in a response, which the chatbot fills in; Dialogflow's `$name` and
# `#context.name`; not in code.
_CODE = r"(?P<code>(?<!`)(`+)(?!`)[^\n]{1,1000}?(?<!`)\2(?!`))"
BRACES = re.compile(_CODE + r"|\{\{?[^\W\d][\w .-]{0,60}\}?\}|\{\{[^{}\n]{1,200}\}\}")
_DOLLAR = re.compile(_CODE + r"|(?<!\w)(?:\$|#[a-z][\w-]{0,60}\.)[a-z][\w-]{0,60}(?:\.original)?(?<!-)")
_ENTITY = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\{[^{}]*\})(?:\{[^{}]*\})?")


def rasa_project(texts: Mapping[Path, str]) -> tuple[Path, list[Path]] | None:
    """The file with the intents of a Rasa project, and the files to read together with it; None without one."""
    parts = [path for path, text in texts.items() if path.suffix in (".yml", ".yaml") and _RASA.search(text)]
    first = next((path for path in parts if _NLU.search(texts[path])), None)
    return (first, [path for path in parts if path != first]) if first else None


def as_one_project(data: Data | None, others: Sequence[Data | None]) -> Data | None:
    """The parts of a Rasa project, joined as if they were one file."""
    if not isinstance(data, Map) or not others:
        return data
    files = [each for each in (data, *others) if isinstance(each, Map)]
    pairs = [pair for each in files for pair in each.pairs if folded(pair[0]) not in _PARTS]
    for kind in _PARTS:
        found = [each.get(kind) for each in files]
        maps = [pair for each in found if isinstance(each, Map) for pair in each.pairs]
        lists = [one for each in found if isinstance(each, list) for one in each]
        if maps or lists:
            pairs.append((Scalar(kind, 1), Map(maps) if maps else lists))
    return Map(pairs)


def read_chatbot(data: Data) -> Source | None:
    """The source in this data; None if it is not training data."""
    dialogflow = from_dialogflow(data)
    if found := dialogflow or from_botpress(data):
        intents, rest = found
        source = _intents(intents, _DOLLAR if dialogflow else BRACES)
        if source:
            for key, each in rest:
                _leave(source, iter([(key, each)]), no_field(key) if key else _("a text outside of every intent"))
        return source
    if isinstance(data, Map) and isinstance(data.get("intents"), list) and data.get("nlu", "responses") is None:
        return _intents(data)
    if isinstance(data, Map) and isinstance(data.get("nlu"), list):
        return _rasa(data)
    return None


def _intents(data: Map, placeholder: re.Pattern[str] = BRACES) -> Source | None:
    source = Source(NO_TITLE, NO_TITLE, [Section()])
    intents = data.get("intents")
    assert isinstance(intents, list)
    if not any(
        isinstance(each, Map) and each.get("patterns", "examples", "utterances") is not None for each in intents
    ):
        return None
    for intent in intents:
        if not isinstance(intent, Map):
            _leave(source, scalars(intent), _("a text outside of every intent"))
            continue
        if is_draft(intent):
            _leave(source, scalars(intent), _(DRAFT))
            continue
        tag = intent.get("tag", "intent", "name")
        patterns = intent.get("patterns", "examples", "utterances")
        responses = intent.get("responses", "response", "answers", "answer")
        said = _texts(responses)
        if _add(source, tag, _texts(patterns), said):
            _leave(source, placeholders_in(said[0], placeholder), _(FILLED_IN))
        for key, value in intent.pairs:
            if value is not tag and value is not patterns and value is not responses:
                _leave(source, scalars(value), no_field(key))
    _leave_others(source, data, ("intents",))
    source.seen = _n("{count} intent", "{count} intents", len(intents))
    return source


def _add(source: Source, tag: Data | None, patterns: list[Scalar], responses: list[Scalar]) -> bool:
    """Add an entry, and report the other responses. Returns whether there is one."""
    name = tag if isinstance(tag, Scalar) else None
    if not responses or not patterns:
        left = [*([name] if name else []), *patterns, *responses]
        _leave(source, (("", each) for each in left), _(_NO_RESPONSE if not responses else _NO_EXAMPLE))
        return False
    first = next((each for each in patterns if asks(each)), patterns[0])
    phrasings = [text_block(each, each.line) for each in patterns if each is not first]
    answer = [text_block(responses[0], responses[0].line)]
    source.sections[-1].items.append(Pair(text_block(first, first.line), answer, phrasings, name or ""))
    _leave(source, (("", each) for each in responses[1:]), _(OTHER_RESPONSE))
    return True


def placeholders_in(
    response: Scalar, placeholder: re.Pattern[str], *, in_lines: bool = False
) -> Iterator[tuple[str, Scalar]]:
    """The placeholders in a response. With `in_lines`, each line of it is a line of the file, too."""
    for found in placeholder.finditer(response):
        if not found["code"]:
            below = response.count("\n", 0, found.start()) if in_lines else 0
            yield "", Scalar(found[0], response.line + below, response.file)


def _rasa(data: Map) -> Source:
    source = Source(NO_TITLE, NO_TITLE, [Section()])
    nlu = data.get("nlu")
    assert isinstance(nlu, list)
    responses = data.get("responses", "templates")
    said = {folded(key): value for key, value in responses.pairs} if isinstance(responses, Map) else {}
    actions = dict(_actions(data))
    used: set[str] = set()
    for each in nlu:
        intent = each.get("intent") if isinstance(each, Map) else None
        if not isinstance(each, Map) or not isinstance(intent, Scalar):
            _leave(source, scalars(each), _("training data that is not an intent"))
            continue
        examples = each.get("examples")
        action = actions.get(intent) or f"utter_{intent}"
        answers = list(_responses(source, said.get(folded(action))))
        used.add(folded(action))
        if _add(source, intent, list(_examples(source, examples)), answers):
            _leave(source, placeholders_in(answers[0], BRACES, in_lines=True), _(FILLED_IN))
        rest = [(key, value) for key, value in each.pairs if value is not intent and value is not examples]
        for key, value in rest:
            _leave(source, scalars(value), no_field(key))
    for name, value in said.items():
        if name not in used:
            _leave(source, scalars(value), _(_NO_EXAMPLE))
    _leave_others(source, data, ("nlu", "responses", "templates"))
    source.seen = _(
        "{intents} and {responses}",
        intents=_n("{count} intent", "{count} intents", len(nlu)),
        responses=_n("{count} response", "{count} responses", len(said)),
    )
    return source


def _actions(data: Map) -> Iterator[tuple[str, str]]:
    """Pairs of an intent and the action that follows it in a rule or a story."""
    for kind in ("rules", "stories"):
        told = data.get(kind)
        for each in told if isinstance(told, list) else []:
            steps = each.get("steps") if isinstance(each, Map) else None
            intent = ""
            for step in steps if isinstance(steps, list) else []:
                asked = step.get("intent") if isinstance(step, Map) else None
                action = step.get("action") if isinstance(step, Map) else None
                if isinstance(asked, Scalar):
                    intent = asked
                elif isinstance(action, Scalar) and intent:
                    yield intent, action
                    intent = ""


def _responses(source: Source, value: Data | None) -> Iterator[Scalar]:
    for each in value if isinstance(value, list) else [value] if value is not None else []:
        if isinstance(each, Map):
            text = each.get("text")
            if isinstance(text, Scalar):
                yield text
            rest = ((key, inner) for key, other in each.pairs if other is not text for __, inner in scalars(other))
            _leave(source, rest, _("a part of a response that is not text"))
        elif isinstance(each, Scalar):
            yield each


def _examples(source: Source, value: Data | None) -> Iterator[Scalar]:
    """The examples of an intent: a text with lines such as `- what is a [port](thing)`, or a list."""
    if isinstance(value, Scalar):
        lines = [(line, value.line + n) for n, line in enumerate(value.split("\n"))]
    else:
        lines = [(text, text.line) for __, text in scalars(value)] if value is not None else []
    for line, number in lines:
        text = re.sub(r"^\s*[-*]\s+", "", line).strip()
        for found in _ENTITY.finditer(text):
            source.unplaced.append(
                Unplaced(number, found[0], _("the mark of an entity, which a phrasing does not have"))
            )
        text = _ENTITY.sub(r"\1", text)
        if text:
            yield Scalar(text, number)


def _texts(value: Data | None) -> list[Scalar]:
    return [each for __, each in scalars(value) if each.strip()] if value is not None else []


def _leave(source: Source, left: Iterator[tuple[str, Scalar]], why: str) -> None:
    source.unplaced += [Unplaced(each.line, each, why, each.file) for __, each in left if each.strip()]


def _leave_others(source: Source, data: Map, used: tuple[str, ...]) -> None:
    for key, value in data.pairs:
        if folded(key) not in used:
            _leave(source, scalars(value), no_field(key))
