"""Prints the results of an evaluation for authors of lessons."""

from __future__ import annotations

from rich.console import Console
from rich.table import Column, Table

from bot.evaluate.evaluating import Evaluation
from bot.lessons.nodes import cut_short
from bot.search.confidence import MAX_SUGGESTIONS
from bot.search.evaluation import EvaluatedQuestion, Metrics

MOST_WRONG = 20
RANKED_BY = {
    "words": "words alone",
    "table": "words, and by meaning with the table of word pieces",
    "model": "words, and by meaning with the model",
    "multilingual": "words, and by meaning in the language of the lessons",
    "languages": "meaning, in any language",
}


def report(evaluation: Evaluation, console: Console) -> None:
    """Print the metrics as a table, and below it the questions that went wrong, the worst first.

    The replies are those of the default confidence mode, `balanced`.
    """
    console.print(f"Ranked by {RANKED_BY[evaluation.understanding]}.\n", markup=False)
    console.print(_table(evaluation.metrics))
    wrong = went_wrong(evaluation.evaluated)
    lines = ["", "What went wrong:" if wrong else "Nothing went wrong."]
    for question in wrong[:MOST_WRONG]:
        lines += ["", *_told(question, evaluation)]
    if len(wrong) > MOST_WRONG:
        lines += ["", f"and {len(wrong) - MOST_WRONG:,} more"]
    # Questions are not rich's markup: "[dev]" is printed as "[dev]".
    console.print("\n".join(lines), markup=False, soft_wrap=not console.is_terminal)


def went_wrong(evaluated: tuple[EvaluatedQuestion, ...]) -> list[EvaluatedQuestion]:
    """The questions that went wrong: first wrong answers, then wrong suggestions, then missing answers."""
    order = {"answer": 0, "suggestions": 1, "unknown": 2}
    wrong = [each for each in evaluated if not each.is_right and not _is_among_suggestions(each)]
    return sorted(wrong, key=lambda each: order[each.reply])


def _is_among_suggestions(question: EvaluatedQuestion) -> bool:
    return question.reply == "suggestions" and (question.place() or MAX_SUGGESTIONS + 1) <= MAX_SUGGESTIONS


def _table(found: Metrics) -> Table:
    numbers = [Column(justify="right") for _ in range(2)]
    table = Table("", *numbers, box=None, show_header=False, pad_edge=False)

    def heading(text: str, count: str = "") -> None:
        if table.rows:
            table.add_row()
        table.add_row(text, count, style="bold")

    def share(text: str, count: float, whole: float) -> None:
        table.add_row(f"  {text}", f"{count:,}", f"{count / whole:.0%}")

    if inside := found["n_in"]:
        heading("Questions that the lessons answer", f"{inside:,}")
        right, wrong, offered, unknown = (
            found[key] for key in ("answered_right", "answered_wrong", "suggested_right", "unknown_in")
        )
        share("answered right", right, inside)
        share("answered wrong", wrong, inside)
        share("the right one offered among suggestions", offered, inside)
        share("only others offered", inside - right - wrong - offered - unknown, inside)
        share("not found", unknown, inside)
        table.add_row("  right one ranked first", "", f"{found['accuracy_at_1']:.0%}")
        table.add_row("  right one among the first three", "", f"{found['recall_at_3']:.0%}")
    if outside := found["n_out"]:
        heading("Questions out of scope", f"{outside:,}")
        share("out of scope but answered", found["out_answered"], outside)
        share("suggestions offered", found["out_suggested"], outside)
        share("said to be unknown", found["out_unknown"], outside)
    else:
        heading("Questions out of scope", "none asked")
    heading("Speed")
    table.add_row("  a reply takes", f"{found['p50_us'] / 1000:,.1f} ms")
    table.add_row("  99 of 100 take at most", f"{found['p99_us'] / 1000:,.1f} ms")
    table.add_row("  getting the entries ready", f"{found['build_s']:,.2f} s")
    table.add_row("  memory for that", f"{found['index_mb']:,.1f} MB")
    return table


def _told(question: EvaluatedQuestion, evaluation: Evaluation) -> list[str]:
    def named(id_: str) -> str:
        title = evaluation.titles.get(id_)
        return f"{_line(title)} [{_line(id_)}]" if title else f"[{_line(id_)}], which is no entry"

    offered = [named(match.id) for match in question.ranking[:MAX_SUGGESTIONS]]
    came = {
        "answer": f"answered: {offered[0]}" if offered else "",
        "suggestions": "offered:  " + f"\n{' ' * 12}".join(offered),
        "unknown": "not found",
    }
    expected = " or ".join(map(named, sorted(question.asked.expect))) or "no answer, as nothing answers it"
    return [f"“{_line(question.asked.text)}”", f"  {came[question.reply]}", f"  expected: {expected}"]


def _line(text: str) -> str:
    return cut_short(" ".join(text.split()), 100)
