"""A minimal client of the remote protocol Mozilla's programs speak on a loopback port."""

from __future__ import annotations

import json
import socket
from typing import Any

from .common import LOOPBACK, RigError


class Marionette:
    """Run scripts with the program's own rights inside it."""

    def __init__(self, port: int, timeout: float = 60.0) -> None:
        self._peer = socket.create_connection((LOOPBACK, port), timeout=timeout)
        self._in = self._peer.makefile("rb")
        self._last = 0
        self._receive()  # the greeting
        self.call("WebDriver:NewSession", {"capabilities": {}})
        self.call("Marionette:SetContext", {"value": "chrome"})
        self.call("WebDriver:SetTimeouts", {"script": int(timeout * 1000)})

    def close(self) -> None:
        """Leave without ending the program."""
        self._in.close()
        self._peer.close()

    def call(self, command: str, parameters: dict[str, Any]) -> Any:
        """Send one command and return what it answers."""
        self._last += 1
        told = json.dumps([0, self._last, command, parameters]).encode()
        self._peer.sendall(str(len(told)).encode() + b":" + told)
        _, _, error, result = self._receive()
        if error:
            raise RigError(f"{command}: {error.get('message')}\n{error.get('stacktrace', '')}")
        return result

    def script(self, body: str, *arguments: Any) -> Any:
        """Run the body of an async function whose parameter args holds the arguments."""
        parameters = {
            "script": "const [args, done] = [[...arguments].slice(0, -1), [...arguments].at(-1)];"
            f"(async () => {{ {body} }})().then(r => done({{ok: r}}), e => done({{error: `${{e}}`"
            " + e?.stack}));",
            "args": list(arguments),
            "newSandbox": True,
            "sandbox": "system",
        }
        value = self.call("WebDriver:ExecuteAsyncScript", parameters)["value"]
        if "error" in value:
            raise RigError(f"script failed: {value['error']}")
        return value.get("ok")

    def _receive(self) -> Any:
        size = b""
        while not size.endswith(b":"):
            byte = self._in.read(1)
            if not byte:
                raise RigError("the program closed its remote port")
            size += byte
        return json.loads(self._in.read(int(size[:-1])))
