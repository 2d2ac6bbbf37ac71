"""Discord's limits in one table: the API refuses anything beyond them."""

from __future__ import annotations

CARD_TEXT = 4000  # characters of all text in one Components V2 message
CARD_COMPONENTS = 40  # nested ones included
BUTTONS_IN_A_ROW = 5
BUTTON_LABEL = 80
CUSTOM_ID = 100
SELECT_OPTIONS = 25
OPTION_TEXT = 100  # label, value and description each
CHOICES = 25  # of an autocomplete
CHOICE_TEXT = 100  # name and value each
ALT_TEXT = 1024
MODAL_INPUTS = 5
INPUT_TEXT = 4000
INPUT_LABEL = 45
INPUT_NOTE = 100  # description and placeholder each
MODAL_TITLE = 45
