"""A bare aiohttp application: what a Python server of this machine can do at best.

yardstick.py PORT FOLDER: each file of FOLDER is served at /<its name>, as JSON, from memory.
"""

import pathlib
import sys

from aiohttp import web


def answer(body):
    async def handler(_request):
        return web.Response(body=body, content_type="application/json")

    return handler


def main(port, folder):
    application = web.Application()
    for file in sorted(pathlib.Path(folder).iterdir()):
        application.router.add_get("/" + file.name, answer(file.read_bytes()))
    web.run_app(application, host="127.0.0.1", port=int(port), access_log=None, print=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
