"""Buttons, menus and forms of earlier versions still work, as their messages stay in channels for years."""

from __future__ import annotations

from bot.discord_ui.parts import ROOMS
from tests.support import forged
from tests.support.world import World

ENTRY, SCENARIO, SOLUTION = "why-virtual-environments", "two-django-versions", "install-directly"

# One of each kind as version 0.1.0 wrote it, before the wings got their names. Do not change these: add to them.
BUTTONS = [
    # for members
    f"lb:about:{SCENARIO}:story",
    "lb:show:what-is-a-virtual-environment",
    f"lb:show:{SCENARIO}.{SOLUTION}",
    f"lb:share:{ENTRY}",
    f"lb:share:{ENTRY}:1",
    "lb:contents",
    "lb:shelf",
    "lb:page:0123abcd:1",
    f"lb:helped:1:{ENTRY}",
    f"lb:not:1:{ENTRY}",
    "lb:none:1",
    "lb:pass:1",
    "lb:want:1",
    "lb:unwant:1",
    "lb:dismiss:123456789012345678",
    "lb:dismiss:123456789012345678:asked",
    "lb:dismiss:123456789012345678:unasked",
    "lb:try",
    "lb:go-on:1",
    f"lb:go-on:0:{ENTRY}",
    "lb:forget-all",
    "lb:forget-none",
    "lb:forget-walks",
    "lb:keep-walks",
    f"lb:reply:{ENTRY}:3x5ab9",
    f"lb:reply:{ENTRY}:3x5ab9:1",
    f"lb:with:{ENTRY}:3x5ab9",
    f"lb:with:{ENTRY}:3x5ab9:1",
    "lb:with-search:3x5ab9",
    "lb:with-search:3x5ab9:1",
    f"lb:suggest:{ENTRY}:3x5ab9",
    f"lb:suggest:{ENTRY}:3x5ab9:1",
    f"lb:both:{ENTRY}:3x5ab9:1",
    "lb:similar:1:3x5ab9",
    f"lb:wrong:{ENTRY}",
    f"lb:wrong:{SCENARIO}.{SOLUTION}",
    "lb:my-proposals:1",
    "lb:withdraw:1",
    "lb:name-me:1",
    "lb:name-nobody:1",
    # for learners
    f"lb:walk:{SCENARIO}:story:next",
    f"lb:walk:{SCENARIO}:{SOLUTION}:back",
    f"lb:try:{SCENARIO}:{SOLUTION}",
    f"lb:choose:{SCENARIO}:0123abcd",
    f"lb:stuck:{SCENARIO}",
    f"lb:hint:{SCENARIO}",
    f"lb:again:{SCENARIO}:story",
    f"lb:over:{SCENARIO}:story",
    f"lb:continue:{SCENARIO}",
    f"lb:look:{SCENARIO}:story",
    f"lb:stop:{SCENARIO}",
    f"lb:open:{SCENARIO}:story",
    f"lb:remind:{SCENARIO}",
    f"lb:forgo:{SCENARIO}",
    "lb:recall:1:0123abcd",
    "lb:recall-shown:1",
    "lb:all-walk:story:next",
    "lb:all-walk:story:stuck",
    "lb:all-walk:check:hint",
    f"lb:all-try:{SOLUTION}",
    "lb:all-choose:0123abcd",
    "lb:all-stop",
    # for moderators
    "lb:advice:0",
    "lb:discard-import",
    "lb:import:0123456789ab:here:question, answer",
    "lb:import:0123456789ab:source:",
    "lb:import:0123456789ab:1f:",
    "lb:edit:1:text",
    f"lb:edit:1:texts.{SOLUTION}",
    "lb:publish:1",
    "lb:publish:1:0123abcd",
    "lb:discard:1",
    "lb:merge:1:mine",
    "lb:merge:1:theirs",
    "lb:undo:1",
    "lb:undo-all:1",
    "lb:older::1",
    f"lb:older:{ENTRY}:1",
    "lb:miss:1",
    "lb:miss-turn:1:earlier",
    "lb:miss-turn:1:next",
    "lb:miss-search:1",
    "lb:miss-ignore:1",
    "lb:miss-undo:1",
    "lb:miss-new:1",
    f"lb:miss-phrase:1:{ENTRY}",
    f"lb:miss-answered:1:{ENTRY}",
    "lb:import:0123456789ab",
    "lb:set-feedback:off",
    "lb:set-all",
    "lb:set-lessons:open",
    "lb:set-lessons:back",
    "lb:set-lessons-page:1:0",
    "lb:set-lessons-clean",
    "lb:usage",
    "lb:draft-words:1",
    "lb:misses:1",
    "lb:miss-first",
    "lb:miss-ignore-all:1.2",
    "lb:miss-undo-all:1.2",
    "lb:draft-leave:1",
    f"lb:draft-close:1:{ENTRY}",
    f"lb:draft-append:1:{ENTRY}",
    "lb:proposals:0",
    "lb:proposal:1",
    "lb:proposal-draft:1",
    f"lb:proposal-add:1:phrasing:{ENTRY}",
    f"lb:proposal-add:1:answer:{ENTRY}",
    "lb:proposal-decline:1",
    "lb:proposal-reopen:1",
    "lb:inbox-take:1",
    "lb:inbox-over:1:123456789012345678",
    "lb:inbox-list:1",
    "lb:ask-back:1",
    "lb:inquiry:1",
    "lb:digest-off:1",
    "lb:set-inbox-options",
]
MENUS = {
    "lb:lesson": "0123abcd",
    "lb:entry:0123abcd:0": ENTRY,
    "lb:scenarios": SCENARIO,
    "lb:related": ENTRY,
    "lb:openone": SCENARIO,
    f"lb:leap:{SCENARIO}:story": SOLUTION,
    f"lb:tryone:{SCENARIO}": SOLUTION,
    "lb:all-leap:story": SOLUTION,
    "lb:all-tryone": SOLUTION,
    "lb:all-scenarios": SCENARIO,
    "lb:edit-part:1:0": "story",
    "lb:never:1": "1",
    "lb:revision:": "1",
    f"lb:revision:{ENTRY}": "1",
    "lb:miss-entry:1": ENTRY,
    "lb:miss-lesson:1": "0123abcd",
    "lb:miss-open:0": "1",
    "lb:miss-several:0": "1",
    "lb:take:0123456789ab:here:0:": "1",
    "lb:take:0123456789ab:1f:3:question, answer": "99",
    "lb:miss-phrase-all:1.2": ENTRY,
    "lb:stats": SCENARIO,
    "lb:set-language": "as-discord",
    "lb:set-lessons-in:1:0": "0123abcd",
    "lb:with-other:3x5ab9": ENTRY,
    "lb:withdraw-one": "1",
    "lb:proposal-open:0": "1",
}
# The menus of roles and channels.
CHOICES = {
    "lb:set-role": forged.ROLES,
    "lb:set-listens": forged.CHANNELS,
    "lb:set-notices": forged.CHANNELS,
    "lb:set-lessons-of": forged.CHANNELS,
    "lb:set-inbox": forged.CHANNELS,
}
FORMS = {
    f"lb:question:{SCENARIO}:story": {"question": "what is a venv"},
    "lb:passed:1": {"context": "With rye."},
    f"lb:going-on:1:{ENTRY}": {"question": "what is a venv"},
    "lb:tried:new": {"question": "what is a venv"},
    "lb:draft:1:text": {"question": "Why?"},
    "lb:miss-find:1": {"wanted": "venv"},
    "lb:with-found:3x5ab9": {"words": "venv"},
    "lb:propose:123456789012345678": {"question": "Why?", "answer": "So.", "note": ""},
    f"lb:fix:{ENTRY}:0123abcd": {"answer": "So.", "note": ""},
    f"lb:fix:{SCENARIO}.{SOLUTION}": {"note": "Why?"},
    "lb:proposal-declined:1": {"reason": "No."},
    "lb:inbox-form:all": {"most": "5"},
    "lb:asked-back:1": {"text": "Which version?"},
    "lb:inquiry-reply:1": {"reply": "3.12"},
}


async def test_old_buttons_answer(world: World):
    """Buttons that earlier versions sent still work, or say what to do instead."""
    for custom_id in BUTTONS:
        member = world.mia if custom_id.startswith("lb:dismiss:") else world.max  # moderators may dismiss all
        pressed = await forged.press(world, member, custom_id)
        assert pressed.response or pressed.modal, custom_id


async def test_old_menus_answer(world: World):
    """Menus that earlier versions sent still work, whichever option is chosen."""
    for custom_id, value in MENUS.items():
        chosen = await forged.choose(world, world.max, custom_id, value)
        assert chosen.response or chosen.modal, custom_id


async def test_old_menus_of_the_settings_answer(world: World):
    """Cards with settings that earlier versions sent still work."""
    for custom_id, kind in CHOICES.items():
        what = world.server.roles["Moderators"] if kind == forged.ROLES else world.channel
        assert (await forged.choose(world, world.max, custom_id, what, kind=kind)).response, custom_id


async def test_old_forms_answer(world: World):
    """A form that was opened before an update can be sent after it."""
    for custom_id, typed in FORMS.items():
        assert (await forged.submit(world, world.max, custom_id, typed)).response, custom_id


def test_every_component_is_on_record():
    """Add each new button, menu or form to the lists above; from then on it has to work."""
    ids = [*BUTTONS, *MENUS, *CHOICES]
    for component in (each for room in ROOMS for each in room.COMPONENTS):
        assert any(component.__discord_ui_compiled_template__.fullmatch(id_) for id_ in ids), component
    for form in (each for room in ROOMS for each in getattr(room, "FORMS", ())):
        assert any(form.match(f"{id_}:1") for id_ in FORMS), form
