"""Reads logs with aiohasupervisor, where pods have some; says in a line each how many lines came.

    SUPERVISOR_TOKEN=… client_logs.py ADDRESS ADDON
"""

import asyncio
import contextlib
import os
import sys

import aiohttp
from aiohasupervisor import SupervisorClient, models

LIMIT = 60
"""Seconds for one log."""
PATIENCE = 2
"""Seconds without a line after which a log that is followed is left."""

WAYS = {
    "whole": {},
    "end": {"options": models.LogsOptions(lines=2)},
    "boot": {"boot": 0},
    "follow": {"follow": True},
    "latest": {"latest": True},
}


async def count(lines) -> int:
    found = 0
    with contextlib.suppress(TimeoutError, StopAsyncIteration):
        while True:
            line = await asyncio.wait_for(anext(lines), PATIENCE)
            found += bool(line.strip())
    with contextlib.suppress(AttributeError):
        lines.close()
    return found


async def main(address, addon) -> None:
    async with aiohttp.ClientSession() as session:
        client = SupervisorClient(address, os.environ["SUPERVISOR_TOKEN"], session)
        logs = {
            "addon": lambda **way: client.addons.addon_logs(addon, **way),
            "core": client.homeassistant.logs,
            "supervisor": client.supervisor.logs,
        }
        for name, call in logs.items():
            for way, options in WAYS.items():
                async with asyncio.timeout(LIMIT):
                    print(name, way, await count(await call(**options)), flush=True)


asyncio.run(main(*sys.argv[1:]))
