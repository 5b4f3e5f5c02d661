"""The open connections of a running server, so that stopping ends all of them and leaks none.

Both protocols register the task that serves a connection. Lives in the server's loop only.
"""

from __future__ import annotations

import asyncio

_HANDSHAKES = 0.2  # seconds for connections that are just being accepted


class Connections:
    """The tasks of one run of the server."""

    def __init__(self) -> None:
        self.closing = False
        self._tasks: set[asyncio.Task[object]] = set()

    def enter(self) -> None:
        """Register the current task until it ends."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def release(self, transport: asyncio.BaseTransport | None) -> None:
        """Let go of a transport: politely, unless the whole server stops."""
        if transport is None:
            return
        if self.closing and isinstance(transport, asyncio.WriteTransport):
            # A polite end under TLS waits for a peer that may never answer.
            transport.abort()
        else:
            transport.close()

    async def end(self) -> None:
        """End every connection, those that were accepted a moment ago included."""
        self.closing = True
        deadline = asyncio.get_running_loop().time() + _HANDSHAKES
        me = asyncio.current_task()
        while others := asyncio.all_tasks() - {me}:
            late = asyncio.get_running_loop().time() > deadline
            for task in others if late else others & self._tasks:
                task.cancel()
            await asyncio.wait(others, timeout=0.02)
        for _ in range(3):  # closed transports let go of their sockets in the next turns
            await asyncio.sleep(0)
