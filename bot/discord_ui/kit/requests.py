"""The event that is being handled: its id, which is in each line of the log about it, and when it is answered."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

from bot.counting import counts

log = logging.getLogger(__name__)


@dataclass
class Request:
    """An event of one kind, from its arrival to its first answer."""

    kind: str
    id: str = field(default_factory=lambda: f"{random.getrandbits(32):08x}")
    begun: float = field(default_factory=time.perf_counter)
    is_answered: bool = False
    # Called at the first answer.
    then: list[Callable[[], None]] = field(default_factory=list)


# Each event is handled in a task of its own, with a context of its own.
_request: ContextVar[Request | None] = ContextVar("request", default=None)


def begin_request(kind: str) -> None:
    """Note that the event of this task is handled from now on."""
    request = Request(kind)
    _request.set(request)
    log.debug("%s: begun", kind)


def answered() -> None:
    """Note that the event of this task was answered; only its first answer counts."""
    request = _request.get()
    if request and not request.is_answered:
        request.is_answered = True
        seconds = time.perf_counter() - request.begun
        counts.answers[request.kind].observe(seconds)
        log.debug("%s: answered after %.0f ms", request.kind, 1000 * seconds)
        for each in tuple(request.then):
            each()


def end_with_answer(end: Callable[[], None]) -> None:
    """Call this once: at the first answer to this task's event, or at its end."""
    task, request = asyncio.current_task(), _request.get()
    is_over = False

    def once(*_: object) -> None:
        nonlocal is_over
        if not is_over:
            is_over = True
            if task:
                task.remove_done_callback(once)
            if request:
                request.then.remove(once)  # it refers to the request
            end()

    if task:
        task.add_done_callback(once)
    if request:
        request.then.append(once)


def request_id() -> str:
    """The id of this task's event; '' if it handles none."""
    request = _request.get()
    return request.id if request else ""
