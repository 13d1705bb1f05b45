"""A backup's whole life by aiohasupervisor, the client of Home Assistant Core.

    SUPERVISOR_TOKEN=… client_backups.py ADDRESS ARCHIVE SLUG ADDON

ADDRESS is the Supervisor's http://host:port, the token Core's own. ARCHIVE is a backup of that SLUG, which is not there yet; ADDON
an installed add-on. Says a line for each step; what is otherwise than expected is an assertion, hence exit code 1.
"""

import asyncio
import os
import sys
from pathlib import Path, PurePath

import aiohttp
from aiohasupervisor import SupervisorBadRequestError, SupervisorClient, SupervisorNotFoundError
from aiohasupervisor.models import backups

LIMIT = 60
"""Seconds for a job."""
PIECE = 1000
"""Octets that are sent at once."""


async def stream(content):
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]


async def expect(error, words, call):
    try:
        await call
    except error as refused:
        assert words in str(refused), refused
    else:
        raise AssertionError(f"{error.__name__} was expected")


async def content(client, slug, **options):
    chosen = backups.DownloadBackupOptions(**options) if options else None
    return b"".join([piece async for piece in await client.backups.download_backup(slug, chosen)])


async def done(client, job_id):
    async with asyncio.timeout(LIMIT):
        while True:
            job = await client.jobs.get_job(job_id)
            if job.done:
                assert not job.errors, job
                return job
            await asyncio.sleep(0.1)


async def uploaded(client, archive, slug):
    where = backups.UploadBackupOptions(location={".local"}, filename=PurePath("Moved in.tar"))
    assert await client.backups.upload_backup(stream(archive), where) == slug
    info = await client.backups.backup_info(slug)
    assert info.location_attributes[".local"].size_bytes == len(archive), info
    assert slug in [each.slug for each in await client.backups.list()]
    assert await content(client, slug) == archive
    assert await content(client, slug, location=".local") == archive
    await expect(SupervisorBadRequestError, "is not in location", content(client, slug, location=".cloud_backup"))
    print("uploaded", slug)


async def in_transit(client, archive, slug):
    await client.backups.upload_backup(stream(archive), backups.UploadBackupOptions(location={".cloud_backup"}))
    info = await client.backups.backup_info(slug)
    assert await content(client, slug, location=".cloud_backup") == archive
    await client.backups.remove_backup(slug, backups.RemoveBackupOptions(location={".cloud_backup"}))
    info = await client.backups.backup_info(slug)
    assert list(info.location_attributes) == [".local"], info
    print("in transit", slug)


async def made(client, addon):
    folders = {backups.Folder.SHARE}
    options = backups.PartialBackupOptions(
        name="By the client", addons={addon}, folders=folders, password="open", location=[".local"],
        extra={"instance_id": "test"}, filename=PurePath("By the client.tar"),
    )
    new = await client.backups.partial_backup(options)
    info = await client.backups.backup_info(new.slug)
    assert (info.name, info.extra["instance_id"]) == ("By the client", "test"), info
    assert [each.slug for each in info.addons] == [addon] and info.folders == ["share"], info
    assert info.location_attributes[".local"].protected, info
    await done(client, new.job_id)
    late = await client.backups.partial_backup(backups.PartialBackupOptions(folders=folders, background=True))
    assert late.slug is None
    reference = (await done(client, late.job_id)).reference
    assert (await client.backups.backup_info(reference)).folders == ["share"]
    await client.backups.remove_backup(reference)
    print("made", new.slug)
    return new.slug


async def restored(client, slug, addon):
    choice = {"addons": {addon}, "folders": {backups.Folder.SHARE}}
    wrong = backups.PartialRestoreOptions(password="shut", background=True, **choice)
    await expect(
        SupervisorBadRequestError, f"Invalid password for backup {slug}", client.backups.partial_restore(slug, wrong)
    )
    await expect(SupervisorBadRequestError, "is only a partial backup!", client.backups.full_restore(slug))
    job = await client.backups.partial_restore(slug, backups.PartialRestoreOptions(password="open", background=True, **choice))
    await done(client, job.job_id)
    job = await client.backups.partial_restore(slug, backups.PartialRestoreOptions(password="open", **choice))
    await done(client, job.job_id)
    print("restored", slug)


async def removed(client, *slugs):
    for slug in slugs:
        await client.backups.remove_backup(slug, backups.RemoveBackupOptions(location={".local"}))
        await expect(SupervisorNotFoundError, "", client.backups.backup_info(slug))
    await client.backups.reload()
    assert not (await client.backups.info()).backups
    print("removed", *slugs)


async def main(address, archive, slug, addon) -> None:
    async with aiohttp.ClientSession() as session:
        client = SupervisorClient(address, os.environ["SUPERVISOR_TOKEN"], session)
        octets = Path(archive).read_bytes()
        await uploaded(client, octets, slug)
        await in_transit(client, octets, slug)
        own = await made(client, addon)
        await restored(client, own, addon)
        await removed(client, slug, own)


asyncio.run(main(*sys.argv[1:]))
