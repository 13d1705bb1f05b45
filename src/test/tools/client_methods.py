"""Calls every method of aiohasupervisor, the client of Home Assistant Core, and says in a line each how it went.

    SUPERVISOR_TOKEN=… client_methods.py ROUTES ADDRESS STARTED STOPPED REFUSED

ROUTES is endpoints.tsv, ADDRESS the Supervisor's http://host:port, the token Core's own. STARTED and STOPPED are slugs of
installed add-ons in these states, REFUSED one of the store that a cluster cannot run.

    parsed      the client made its objects of the answer
    refused     the error that was expected, the uniform one where the route is one that a cluster cannot serve
    not built   503 runtime_not_ready_error
    left out    not called, and why
    FAILED      anything else: exit code 1

The methods are found in the client's classes; one that client_calls.py does not know is FAILED.
"""

import asyncio
import contextlib
import inspect
import json
import os
import re
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import aiohttp
from aiohasupervisor import SupervisorClient, SupervisorError
from client_calls import CALLS, LEFT_OUT

LIMIT = 60
"""Seconds for one call."""
PATIENCE = 1
"""Seconds without a line after which a log that is followed is left."""


class Routes:
    """Which routes a cluster cannot serve."""

    def __init__(self, table: Path) -> None:
        rows = [line.split("\t") for line in table.read_text().splitlines()[2:]]
        routes = [(row[0], row[1], row[6] == "not_supported") for row in rows]
        self._rows = [(method, re.compile(re.sub(r"\{[^}]+}", "[^/]+", path)), refused) for method, path, refused in routes]

    def is_refused(self, method: str, path: str) -> bool:
        # A path without a variable is before one with it in the table.
        return next((refused for m, pattern, refused in self._rows if m == method and pattern.fullmatch(path)), False)


class Recorder(aiohttp.TraceConfig):
    """The last request and its answer: the client's errors leave most of it out."""

    def __init__(self) -> None:
        super().__init__()
        self.clear()
        self.on_request_end.append(self._ended)
        self.on_response_chunk_received.append(self._received)

    def clear(self) -> None:
        self.method, self.path, self.status, self.body = "", "", 0, b""

    async def _ended(self, _session, _context, params) -> None:
        self.method, self.path, self.status = params.method, params.url.path, params.response.status

    async def _received(self, _session, _context, params) -> None:
        self.body += params.chunk

    def error(self) -> dict:
        """The body of an error, empty unless it is of the contract's shape."""
        with contextlib.suppress(ValueError):
            body = json.loads(self.body)
            if body.get("result") == "error" and isinstance(body.get("message"), str):
                return body
        return {}


async def read(lines) -> None:
    """All lines of a log, or those that are there when it is followed."""
    with contextlib.suppress(TimeoutError):
        while True:
            await asyncio.wait_for(anext(lines), PATIENCE)


async def call(make, client, world) -> str | None:
    """What went wrong, an empty text for an error of the client's own kind, None for nothing."""
    try:
        async with asyncio.timeout(LIMIT):
            result = await make(client, world)
            if hasattr(result, "__anext__"):
                with contextlib.suppress(StopAsyncIteration):
                    await read(result)
                result.close()
        return None
    except SupervisorError:
        return ""
    except Exception as failure:  # the client's parser has no class of its own
        return f"{type(failure).__name__}: {failure}"


async def reread(session, address, token, seen) -> None:
    """The client does not read errors that are text: asks once more for what it said."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "text/plain"}
    async with session.get(address + seen.path, headers=headers) as response:
        await response.read()


def verdict(status: int | None, wrong: str | None, seen: Recorder, routes: Routes) -> tuple[str, str]:
    """How a call went, and what to say of it."""
    error = seen.error()
    key = error.get("error_key")
    if wrong:
        return "FAILED", wrong
    if wrong is None:
        return ("parsed", "") if status is None else ("FAILED", f"{status} was expected")
    if seen.status == 503 and (key == "runtime_not_ready_error" or seen.body.endswith(b" is not available yet")):
        return "not built", ""
    if key == "runtime_not_supported_error" and seen.status == 400 and (error.get("extra_fields") or {}).get("feature"):
        expected = status == 400 or (status is None and routes.is_refused(seen.method, seen.path))
        return "refused" if expected else "FAILED", error["extra_fields"]["feature"]
    # Refusals of the gate and of log routes are text.
    if status == seen.status and (error or not seen.body.startswith(b"{")):
        return "refused", key or error.get("message") or seen.body.decode()
    return "FAILED", f"{seen.status} {seen.body.decode(errors='replace')[:300]}"


def methods(client) -> list[str]:
    """Every public coroutine of the client and of its parts, as `part.method`."""
    parts = [name for name, value in vars(type(client)).items() if isinstance(value, property)]
    owners = {"": type(client)} | {f"{part}.": type(getattr(client, part)) for part in parts}
    found = [(of, name) for of, owner in owners.items() for name, _ in inspect.getmembers(owner, inspect.iscoroutinefunction)]
    known = list(CALLS)
    names = [of + name for of, name in found if not name.startswith("_")]
    # What takes something away comes after what reads it, as in CALLS.
    return sorted(names, key=lambda name: known.index(name) if name in known else -1)


async def world(session, address, token, slugs) -> SimpleNamespace:
    """What the calls are about: slugs, and the first job, issue, suggestion and check that there are."""

    async def first(path, *keys):
        async with session.get(address + path, headers={"Authorization": f"Bearer {token}"}) as response:
            found = (await response.json(content_type=None)).get("data") or {}
        for key in keys:
            found = found.get(key) if isinstance(found, dict) else next((each[key] for each in found), None)
            if found is None:
                return None
        return found

    job, issue, suggestion, check = [
        await first("/jobs/info", "jobs", "uuid"),
        await first("/resolution/info", "issues", "uuid"),
        await first("/resolution/info", "suggestions", "uuid"),
        await first("/resolution/info", "checks", "slug"),
    ]
    started, stopped, refused = slugs
    uuids = [UUID(each) if each else uuid4() for each in (job, issue, suggestion)]
    return SimpleNamespace(
        started=started, stopped=stopped, refused=refused,
        job=uuids[0], issue=uuids[1], suggestion=uuids[2], check=check or "free_space",
    )


async def main(table, address, *slugs) -> int:
    token, routes, seen, counts = os.environ["SUPERVISOR_TOKEN"], Routes(Path(table)), Recorder(), Counter()

    def say(outcome, name, *words):
        counts[outcome] += 1
        print(f"{outcome:10}", name, *[word for word in words if word], flush=True)

    async with aiohttp.ClientSession(trace_configs=[seen]) as session:
        about = await world(session, address, token, slugs)
        client = SupervisorClient(address, token, session)
        for name in methods(client):
            if name in LEFT_OUT:
                say("left out", name, LEFT_OUT[name])
            elif name not in CALLS:
                say("FAILED", name, "unknown here: neither called nor left out")
            for status, make in [] if name in LEFT_OUT else CALLS.get(name, []):
                seen.clear()
                wrong = await call(make, client, about)
                if wrong == "" and seen.method == "GET" and not seen.body:
                    await reread(session, address, token, seen)
                outcome, words = verdict(status, wrong, seen, routes)
                say(outcome, name, seen.method, seen.path, str(seen.status or ""), words)
    print(f"aiohasupervisor {version('aiohasupervisor')}:", ", ".join(f"{n} {outcome}" for outcome, n in counts.items()))
    return 1 if counts["FAILED"] else 0


sys.exit(asyncio.run(main(*sys.argv[1:])))
