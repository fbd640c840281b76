#!/usr/bin/env python3
"""describe.py OUTPUT IMAGE...: from what the guest wrote to the folder OUTPUT (sysfs/ or tpm12-pcrs, eventlog.bin) makes
pcrs.json, and images.json about the PE images that were booted."""
import hashlib
import json
import pathlib
import shutil
import struct
import sys

SIZES = {4: ("sha1", 20), 11: ("sha256", 32), 12: ("sha384", 48), 13: ("sha512", 64)}
ALGORITHMS = [name for name, _ in SIZES.values()]


def pcrs(output):
    tpm12 = output / "tpm12-pcrs"
    if tpm12.exists():
        values = {}
        for line in tpm12.read_text().splitlines():
            pcr, value = line.split(":")
            values[str(int(pcr.removeprefix("PCR-")))] = value.replace(" ", "").lower()
        tpm12.unlink()
        return {"sha1": values}
    banks = {}
    for bank in ALGORITHMS:
        values = {file.name: file.read_text().strip().lower() for file in (output / "sysfs" / bank).iterdir()}
        banks[bank] = {str(pcr): values[str(pcr)] for pcr in sorted(map(int, values))}
    shutil.rmtree(output / "sysfs")
    return banks


def pcr4_digests(log):
    """Number of the event, digests in hex."""
    _, _, _, size = struct.unpack_from("<II20sI", log, 0)
    crypto_agile = log[32:48] == b"Spec ID Event03\0"
    position, number = (32 + size, 1) if crypto_agile else (0, 0)
    while position < len(log):
        pcr, _ = struct.unpack_from("<II", log, position)
        position += 8
        digests = {}
        if crypto_agile:
            (count,) = struct.unpack_from("<I", log, position)
            position += 4
            for _ in range(count):
                name, digest_size = SIZES[struct.unpack_from("<H", log, position)[0]]
                digests[name] = log[position + 2 : position + 2 + digest_size].hex()
                position += 2 + digest_size
        else:
            digests["sha1"] = log[position : position + 20].hex()
            position += 20
        (size,) = struct.unpack_from("<I", log, position)
        position += 4 + size
        if pcr == 4:
            yield number, digests
        number += 1


def authenticode(data, algorithm):
    (pe,) = struct.unpack_from("<I", data, 60)
    sections, optional_size = struct.unpack_from("<H", data, pe + 6)[0], struct.unpack_from("<H", data, pe + 20)[0]
    optional = pe + 24
    directory = optional + (112 if struct.unpack_from("<H", data, optional)[0] == 0x20B else 96) + 32
    (headers,) = struct.unpack_from("<I", data, optional + 60)
    (certificates,) = struct.unpack_from("<I", data, directory + 4)
    digest = hashlib.new(algorithm)
    for start, end in ((0, optional + 64), (optional + 68, directory), (directory + 8, headers)):
        digest.update(data[start:end])
    total = headers
    table = [struct.unpack_from("<II", data, optional + optional_size + 40 * i + 16) for i in range(sections)]
    for size, pointer in sorted(table, key=lambda section: section[1]):
        digest.update(data[pointer : pointer + size])
        total += size
    digest.update(data[total : len(data) - certificates])
    return digest.hexdigest()


def describe(name, data, events):
    digests = {algorithm: authenticode(data, algorithm) for algorithm in ALGORITHMS}
    return {
        "file": name,
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "authenticode": digests,
        "pcr4_events_with_authenticode_digest": [
            number for number, logged in events if all(digests[bank] == value for bank, value in logged.items())
        ],
    }


def kernel_of(uki):
    (pe,) = struct.unpack_from("<I", uki, 60)
    sections, optional_size = struct.unpack_from("<H", uki, pe + 6)[0], struct.unpack_from("<H", uki, pe + 20)[0]
    for i in range(sections):
        name, size, _, raw_size, pointer = struct.unpack_from("<8sIIII", uki, pe + 24 + optional_size + 40 * i)
        if name.rstrip(b"\0") == b".linux":
            return uki[pointer : pointer + min(size, raw_size)].ljust(size, b"\0")
    return None


output = pathlib.Path(sys.argv[1])
log = (output / "eventlog.bin").read_bytes()
events = list(pcr4_digests(log))
images = []
for path in map(pathlib.Path, sys.argv[2:]):
    data = path.read_bytes()
    images.append(describe(path.name, data, events))
    if (kernel := kernel_of(data)) is not None:
        images.append(describe(path.name + ":.linux", kernel, events))
(output / "pcrs.json").write_text(json.dumps(pcrs(output), indent=1) + "\n")
(output / "images.json").write_text(json.dumps(images, indent=1) + "\n")
for image in images:
    print(image["file"], "is in events", image["pcr4_events_with_authenticode_digest"])
