"""Reads and writes backups with securetar, which is what upstream and Home Assistant Core do it with.

    secure_tar.py read BACKUP PART PASSWORD TARGET     unpacks a part, named with its suffix, as upstream restores it
    secure_tar.py unpack BACKUP PASSWORD TARGET    unpacks every part that backup.json names, and writes that file beside them
    secure_tar.py write BACKUP PART PASSWORD TREE VERSION     makes a backup with that part

An empty PASSWORD is none.
"""

import io
import json
import sys
import tarfile
from pathlib import Path

from securetar import SecureTarArchive, SecureTarFile, SecureTarRootKeyContext, atomic_contents_add


def context(password: str) -> SecureTarRootKeyContext | None:
    return SecureTarRootKeyContext(password) if password else None


def extract(
    outer: tarfile.TarFile, part: str, password: SecureTarRootKeyContext | None, target: str | Path
) -> None:
    inner = SecureTarFile(
        fileobj=outer.extractfile(part), gzip=part.endswith(".gz"), root_key_context=password
    )
    with inner as tar:
        tar.extractall(path=target, filter="tar")


def read(backup: str, part: str, password: str, target: str) -> None:
    with tarfile.open(backup, "r:") as outer:
        assert outer.getnames()[-1] == "./backup.json", outer.getnames()
        extract(outer, part, context(password), target)


def unpack(backup: str, password: str, target: str) -> None:
    with tarfile.open(backup, "r:") as outer:
        content = outer.extractfile("./backup.json").read()
        metadata = json.loads(content)
        assert metadata["protected"] == bool(password), metadata
        names = ["homeassistant"] if metadata["homeassistant"] else []
        names += [addon["slug"] for addon in metadata["addons"]]
        names += [folder.replace("/", "_") for folder in metadata["folders"]]
        suffix = ".tar.gz" if metadata["compressed"] else ".tar"
        assert [name + suffix for name in names] + ["./backup.json"] == outer.getnames(), outer.getnames()
        # One context for all: upstream derives the key once.
        key = context(password)
        for name in names:
            extract(outer, name + suffix, key, Path(target) / name)
    (Path(target) / "backup.json").write_bytes(content)


def write(backup: str, part: str, password: str, tree: str, version: str) -> None:
    with SecureTarArchive(
        Path(backup), "w", root_key_context=context(password), create_version=int(version)
    ) as archive:
        with archive.create_tar(part, gzip=part.endswith(".gz")) as tar:
            atomic_contents_add(tar, Path(tree), file_filter=lambda path: False, arcname=".")
        metadata = tarfile.TarInfo("./backup.json")
        metadata.size = 2
        archive.tar.addfile(metadata, io.BytesIO(b"{}"))


{"read": read, "unpack": unpack, "write": write}[sys.argv[1]](*sys.argv[2:])
