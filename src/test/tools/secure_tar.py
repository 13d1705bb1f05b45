"""Reads and writes backups with securetar, which is what upstream and Home Assistant Core do it with.

    secure_tar.py read BACKUP PART PASSWORD TARGET     unpacks a part, named with its suffix, as upstream restores it
    secure_tar.py write BACKUP PART PASSWORD TREE VERSION     makes a backup with that part

An empty PASSWORD is none.
"""

import io
import sys
import tarfile
from pathlib import Path

from securetar import SecureTarArchive, SecureTarFile, SecureTarRootKeyContext, atomic_contents_add


def context(password: str) -> SecureTarRootKeyContext | None:
    return SecureTarRootKeyContext(password) if password else None


def read(backup: str, part: str, password: str, target: str) -> None:
    with tarfile.open(backup, "r:") as outer:
        assert outer.getnames()[-1] == "./backup.json", outer.getnames()
        inner = SecureTarFile(
            fileobj=outer.extractfile(part), gzip=part.endswith(".gz"), root_key_context=context(password)
        )
        with inner as tar:
            tar.extractall(path=target, filter="tar")


def write(backup: str, part: str, password: str, tree: str, version: str) -> None:
    with SecureTarArchive(
        Path(backup), "w", root_key_context=context(password), create_version=int(version)
    ) as archive:
        with archive.create_tar(part, gzip=part.endswith(".gz")) as tar:
            atomic_contents_add(tar, Path(tree), file_filter=lambda path: False, arcname=".")
        metadata = tarfile.TarInfo("./backup.json")
        metadata.size = 2
        archive.tar.addfile(metadata, io.BytesIO(b"{}"))


{"read": read, "write": write}[sys.argv[1]](*sys.argv[2:])
