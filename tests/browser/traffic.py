"""What a page and its Streamlit server say to each other: whether an answer is still to come."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from playwright.sync_api import Page, WebSocket

_NEXT_FRAMES = "() => new Promise((f) => requestAnimationFrame(() => requestAnimationFrame(f)))"
_NOT_RUNNING = """() =>
  document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"""


class Traffic:
    """Whether a page waits for a run of its script, seen on its WebSocket.

    A run that was asked for is over when one that began afterwards ends. Ones that end early,
    to begin again with what was asked meanwhile, do not count.
    """

    def __init__(self, page: Page) -> None:
        self.asked = False
        self._begun = False
        page.on("domcontentloaded", lambda _: self._ask())
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _ask(self) -> None:
        self.asked, self._begun = True, False

    def _sent(self, payload: bytes | str) -> None:
        if isinstance(payload, bytes) and BackMsg.FromString(payload).HasField("rerun_script"):
            self._ask()

    def _received(self, payload: bytes | str) -> None:
        if isinstance(payload, str):
            return
        message = ForwardMsg.FromString(payload)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._begun = True
        elif kind == "script_finished" and self._begun:
            self.asked = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN


_watched: WeakKeyDictionary[object, Traffic] = WeakKeyDictionary()


def watch(page: Page) -> None:
    """From its beginning, so that `rest` knows what its page waits for."""
    _watched[page] = Traffic(page)


def rest(page: Page, patience: float = 240_000) -> None:
    """Wait until the server has answered all that was asked of it, and that is drawn.

    Args:
        patience: milliseconds for an answer.
    """
    traffic, end = _watched[page], time.monotonic() + patience / 1000
    page.evaluate(_NEXT_FRAMES)  # what was done just now is on its way
    while traffic.asked:
        assert time.monotonic() < end, "the server does not answer"
        page.evaluate(_NEXT_FRAMES)
        if not traffic.asked:
            page.wait_for_function(_NOT_RUNNING, timeout=patience)
            page.evaluate(_NEXT_FRAMES)  # a drawing may ask for another run
