"""SimCord's page of the preview, with our places beside it. Needs the extra `preview`."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web
from simcord import Preview
from simcord.preview._server import PreviewServer

from bot.discord_ui.preview.actions import TabActions
from bot.discord_ui.preview.navigation import Navigation
from bot.discord_ui.preview.turns import Turns

PAGE = Path(__file__).parent / "page"
HEAD = '<link rel="stylesheet" href="/places.css"><script type="module" src="/places.js"></script></head>'


class PageServer(PreviewServer):
    """Adds our script and our style to SimCord's page, and says what they draw.

    The page sends its presses to SimCord's own address for them: its token, and the check of where a request comes
    from, protect ours, too.
    """

    _STATIC_FILES = PreviewServer._STATIC_FILES | {
        "/places": "",
        "/places.css": str(PAGE / "places.css"),
        "/places.js": str(PAGE / "places.js"),
    }
    _STATIC_CONTENT_TYPES = PreviewServer._STATIC_CONTENT_TYPES | {str(PAGE / "places.css"): "text/css"}

    def __init__(self, page: Preview, port: int, navigation: Navigation) -> None:
        super().__init__(page, port)
        self._navigation = navigation

    async def _index(self, request: web.Request) -> web.Response:
        answer: web.Response = await super()._index(request)
        answer.text = (answer.text or "").replace("</head>", HEAD, 1)
        return answer

    async def _static(self, request: web.Request) -> web.Response:
        if request.path != "/places":
            answer: web.Response = await super()._static(request)
            return answer
        if not self._authorized(request):
            raise web.HTTPUnauthorized
        tab = self.preview._pages.get(request.headers.get("X-Simcord-Context", ""))
        if tab is None:  # SimCord closes the tabs that nobody looks at
            raise web.HTTPGone
        return web.json_response(self._navigation.seen(tab), headers=self._SECURITY_HEADERS)


def page_of(navigation: Navigation, turns: Turns, *, port: int, timezone: str) -> Preview:
    """The page of the preview: entered as a context, it is served until it is left."""
    first, members = navigation.first, navigation.members
    page = navigation.env.preview(first, viewers=members, layout="channel", port=port, timezone=timezone)
    page._server = PageServer(page, port, navigation)
    TabActions(page, navigation, turns).lead()
    turns.lead(page)
    return page
