"""Embeds questions that come at the same time together, in a thread beside the event loop."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from bot.search.meaning.model import Model

log = logging.getLogger(__name__)

MOST = 32


class Batches:
    """Embeds the questions of many members in batches. Belongs to one event loop."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self._thread = ThreadPoolExecutor(1, "embedding")
        self._work: asyncio.Task[None] | None = None

    async def embed(self, question: str) -> None:
        """Return when the model has embedded this question. Whoever does not want to wait longer cancels this."""
        if self._model.knows(question):
            return
        loop = asyncio.get_running_loop()
        future = self._waiting.setdefault(question, loop.create_future())
        if self._work is None or self._work.done():
            self._work = loop.create_task(self._embed_all())
        try:
            await asyncio.wait([future])  # cancelling this cancels nobody else who waits for the same
        finally:
            if not future.done():
                # Nobody waits for this question any more, so it must not delay others.
                self._waiting.pop(question, None)

    async def _embed_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch = dict(islice(self._waiting.items(), MOST))
            try:
                await loop.run_in_executor(self._thread, self._model.embed, list(batch))
            except Exception:
                log.exception("the model failed; questions are answered without it")
            for question, future in batch.items():
                if self._waiting.get(question) is future:
                    del self._waiting[question]
                if not future.done():
                    future.set_result(None)
