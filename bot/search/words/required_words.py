"""Finds the words of which an entry must be asked with one, to answer what a question asks about its subject."""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.words.aspects import maker_in, rating_in
from bot.search.words.comparisons import COMPARING, RECOMMENDING, asks_for_the_best, compares
from bot.search.words.small_words import Words


def asked_with_one_of(tokens: Sequence[str]) -> Words:
    """These words for a question that compares things, or asks for the best, how good one is or who made it."""
    if compares(tokens):
        return COMPARING
    return RECOMMENDING if asks_for_the_best(tokens) else rating_in(tokens) or maker_in(tokens)
