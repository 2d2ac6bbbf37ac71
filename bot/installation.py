"""How Lessonbot is installed here: what people type to call it."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path


def typed_command() -> str:
    """`lessonbot`, or its path where the shell does not find it: README's first steps activate no environment."""
    beside_python = shutil.which("lessonbot", path=str(Path(sys.executable).parent))
    return "lessonbot" if shutil.which("lessonbot") or not beside_python else shlex.quote(beside_python)
