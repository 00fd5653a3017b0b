"""Firefox, driven through Marionette, the remote control that it brings along; and a proxy that gives nothing."""

import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

FIREFOX: Final = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
PATIENCE: Final = 60
"""Seconds to wait for a browser, on a machine that has much else to do."""


class Trap:
    """A proxy that notes what it is asked for, and gives nothing."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.asked: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._server.accept()
                threading.Thread(target=self._note, args=[caller], daemon=True).start()

    def _note(self, caller: socket.socket) -> None:
        with caller, suppress(OSError):
            caller.settimeout(PATIENCE)
            self.asked.append(caller.recv(4096).decode("latin-1").partition("\r\n")[0])
            caller.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    def caught(self, since: int = 0) -> list[str]:
        """Return what was asked of evil.example; browsers ask for things of their own too."""
        return [line for line in self.asked[since:] if "evil.example" in line.casefold()]

    def close(self) -> None:
        """Stop listening."""
        self._server.close()


class Firefox:
    """A running Firefox: opens pages, and evaluates expressions in them."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self._file = self._socket.makefile("rb")
        self._number = 0
        self._read()  # it says who it is
        self.call("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"unhandledPromptBehavior": "ignore"}}})

    def open(self, path: Path) -> None:
        """Open a file, and wait until it is there."""
        self.call("WebDriver:Navigate", {"url": path.as_uri()})

    def evaluate(self, expression: str) -> Any:
        """Return what an expression is in the page; no policy of the page stands in the way."""
        return self.call("WebDriver:ExecuteScript", {"script": f"return {expression}", "args": []})["value"]

    def asks(self) -> bool:
        """Say whether the page has a dialog open."""
        try:
            self.call("WebDriver:GetAlertText", {})
        except LookupError:
            return False
        return True

    def call(self, command: str, told: dict[str, Any]) -> Any:
        """Carry out a command; LookupError if it cannot be."""
        self._number += 1
        words = json.dumps([0, self._number, command, told]).encode()
        self._socket.sendall(b"%d:%s" % (len(words), words))
        _, _, error, answer = self._read()
        if error:
            raise LookupError(f"{error['error']}: {error['message']}")
        return answer

    def _read(self) -> Any:
        length = b""
        while (letter := self._file.read(1)) != b":":
            if not letter:
                raise ConnectionError("Firefox is gone")
            length += letter
        return json.loads(self._file.read(int(length)))

    def close(self) -> None:
        """Hang up."""
        self._file.close()
        self._socket.close()


@contextmanager
def firefox(profile: Path, trap: Trap) -> Iterator[Firefox]:
    """Start Firefox with a new profile, in which everything goes through the trap."""
    settings = {
        "marionette.port": 0,
        "network.proxy.type": 1,
        **{f"network.proxy.{kind}": "127.0.0.1" for kind in ("http", "ssl")},
        **{f"network.proxy.{kind}_port": trap.port for kind in ("http", "ssl")},
        "network.proxy.no_proxies_on": "",
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "browser.shell.checkDefaultBrowser": False,
        "browser.startup.homepage": "about:blank",
        "datareporting.policy.dataSubmissionEnabled": False,
        "toolkit.telemetry.enabled": False,
        "app.update.enabled": False,
        "extensions.update.enabled": False,
        "security.mixed_content.upgrade_display_content": False,  # so that what is asked for is seen as it is
    }
    profile.mkdir()
    lines = (f'user_pref("{name}", {json.dumps(value)});\n' for name, value in settings.items())
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [str(FIREFOX), "--headless", "--no-remote", "--marionette", "--profile", str(profile), "about:blank"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            browser = Firefox(_port(profile / "MarionetteActivePort", process))
            yield browser
            browser.close()
        finally:
            process.terminate()


def _port(file: Path, process: "subprocess.Popen[bytes]") -> int:
    """Return the port that Firefox has written down, once it has."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError, ValueError):
            return int(file.read_text())
        time.sleep(0.05)
    raise TimeoutError("Firefox does not start")
