"""The bot at a terminal prompt."""

from bot.terminal_ui.chat import Terminal
from bot.terminal_ui.replies import as_json
from bot.terminal_ui.screen import Screen

__all__ = ["Screen", "Terminal", "as_json"]
