#!/usr/bin/env python3
"""measure.py fill UKI KERNEL: puts KERNEL into UKI's .linux section, SizeOfImage bytes in memory, as builders before ukify do.
measure.py expect FOLDER IMAGE...: prints the digests that hashlib, pesign, osslsigncode and systemd-measure give."""
import hashlib
import json
import os
import re
import subprocess
import sys

import pefile
from virt.peutils import pesign

ALGORITHMS = ["sha1", "sha256", "sha384", "sha512"]
MEASURED = ["linux", "osrel", "cmdline", "initrd", "ucode", "splash", "dtb", "uname", "sbat", "pcrpkey", "profile", "hwids"]


def fill(uki, kernel):
    pe = pefile.PE(uki)
    data = open(kernel, "rb").read()
    section = pe.sections[-1]
    section.Misc_VirtualSize = pefile.PE(kernel).OPTIONAL_HEADER.SizeOfImage
    section.SizeOfRawData = len(data)
    content = pe.write()[: section.PointerToRawData] + data
    open(uki, "wb").write(content)


def name(section):
    return section.Name.rstrip(b"\0").decode().lstrip(".")


def chosen(pe, profile):
    groups = [[]]
    for section in pe.sections:
        if name(section) == "profile":
            groups.append([])
        groups[-1].append(section)
    sections = {name(section): section for section in reversed(groups[0])}
    if len(groups) > 1:
        sections.update({name(section): section for section in reversed(groups[profile + 1])})
    return sections


def pcr11(folder, pe, profile):
    options = []
    for section, header in chosen(pe, profile).items():
        if section in MEASURED:
            path = os.path.join(folder, "section." + section)
            with open(path, "wb") as out:
                out.write(header.get_data()[: header.Misc_VirtualSize].ljust(header.Misc_VirtualSize, b"\0"))
            options.append(f"--{section}={path}")
    command = ["/usr/lib/systemd/systemd-measure", "calculate", "--json=short", *options]
    phases = ["", "enter-initrd", "enter-initrd:leave-initrd", "enter-initrd:leave-initrd:sysinit",
              "enter-initrd:leave-initrd:sysinit:ready", "enter-initrd:leave-initrd:sysinit:ready:shutdown:final"]
    values = {}
    for phase in phases:
        out = json.loads(subprocess.run([*command, "--phase=" + (phase or ":")], check=True, capture_output=True).stdout)
        for bank, [value] in out.items():
            values.setdefault(bank, {})[phase] = value["hash"]
    return values


def expect(folder, images):
    result = {}
    for image in images:
        path = os.path.join(folder, image + ".efi")
        data = open(path, "rb").read()
        pe = pefile.PE(path)
        entry = {
            "size": len(data),
            "file": {alg: hashlib.new(alg, data).hexdigest() for alg in ALGORITHMS},
            "virt-firmware": {alg: pesign.pe_authenticode_hash(pe, alg).hex() for alg in ALGORITHMS},
        }
        text = open(os.path.join(folder, image + ".pesign")).read()
        entry["pesign"] = re.findall(r"\b[0-9a-f]{64}\b", text)
        text = open(os.path.join(folder, image + ".osslsigncode")).read()
        entry["osslsigncode"] = [hash.lower() for hash in re.findall(r"(?:Current|Calculated) message digest *: *([0-9A-F]{64})", text)]
        if any(name(section) == "linux" for section in pe.sections):
            profiles = max(1, sum(name(section) == "profile" for section in pe.sections))
            entry["systemd-measure"] = [pcr11(folder, pe, profile) for profile in range(profiles)]
        result[image] = entry
    print(json.dumps(result, indent=1))


if sys.argv[1] == "fill":
    fill(*sys.argv[2:])
else:
    expect(sys.argv[2], sys.argv[3:])
