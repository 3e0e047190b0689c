"""localstripe on a free port of the loopback; prints the port, and ends when its input does.

localstripe is GPL-3.0: it runs as a program of its own here, and nothing of it is copied. Its own start() listens on every
interface, and each write dumps all it has into one file for all; neither is wanted.
"""

import asyncio
import os
import socket
import sys
import threading

from aiohttp import web
from localstripe import resources
from localstripe.server import app

resources.Store.dump_to_disk = lambda self: None


def end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


async def main():
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("127.0.0.1", 0))
    await web.SockSite(runner, listener).start()
    print(listener.getsockname()[1], flush=True)
    await asyncio.Event().wait()


threading.Thread(target=end_with_parent, daemon=True).start()
asyncio.run(main())
