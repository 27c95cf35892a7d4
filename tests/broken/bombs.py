"""Small files that are large, slow or many to whoever reads them without counting."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

MB = 1 << 20


def yaml_aliases(levels: int = 9) -> bytes:
    """A script whose header holds aliases of aliases: 10 to the power of `levels` texts."""
    lines = ["# ---", "# jupyter:", "#   a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, levels):
        aliases = ", ".join([f"*a{level - 1}"] * 10)
        lines.append(f"#   a{level}: &a{level} [{aliases}]")
    return "\n".join([*lines, "# ---", "", "# %%", "answer = 42", ""]).encode()


def zip_of(names: list[str], start: bytes, size: int) -> bytes:
    """A zip whose entries all inflate to `start` and line feeds, `size` bytes; packed once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = start.ljust(MB, b"\n")
    parts = [packer.compress(content)]
    for _ in range(size // MB - 1):
        parts.append(packer.compress(b"\n" * MB))
    packed, crc = b"".join([*parts, packer.flush()]), 0
    for part in (content, *[b"\n" * MB] * (size // MB - 1)):
        crc = zlib.crc32(part, crc)
    fields = (20, 0, 8, 0, 0x21, crc, len(packed), size // MB * MB)
    body, directory = io.BytesIO(), io.BytesIO()
    for name in map(str.encode, names):
        at = body.tell()
        local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", *fields, len(name), 0)
        body.write(local + name + packed)
        central = (b"PK\1\2", 20, *fields, len(name), 0, 0, 0, 0, 0, at)
        directory.write(struct.pack("<4sHHHHHHIIIHHHHHII", *central) + name)
    counts = (0, 0, len(names), len(names), directory.tell(), body.tell(), 0)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", *counts)
    return body.getvalue() + directory.getvalue() + end


def zips_in_zips(outer: int, inner: int, size: int) -> bytes:
    """A zip of zips, each of "zips" that are none."""
    bomb = zip_of([f"{n}.zip" for n in range(inner)], b"PK\3\4", size)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(outer):
            archive.writestr(f"{number}.zip", bomb)
    return content.getvalue()


def many_scripts(count: int, size: int = MB) -> bytes:
    """A zip of scripts without cells."""
    return zip_of([f"{n}.py" for n in range(count)], b"", size)


def many_entries(count: int) -> bytes:
    """A zip of empty files with long names."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number:0100}.txt", b"")
    return content.getvalue()
