"""An end of the process in the middle of an action."""

from __future__ import annotations


class Killed(BaseException):
    """What no handler of ours may see: the process is gone."""
