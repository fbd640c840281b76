#!/usr/bin/env python3
"""Writes a small PE image: tiny-pe.py OUTPUT [--pe32] [--size-of-image N] [--trailing TEXT] NAME=TEXT..."""
import argparse
import struct

parser = argparse.ArgumentParser()
parser.add_argument("output")
parser.add_argument("--pe32", action="store_true")
parser.add_argument("--size-of-image", type=int, default=0)
parser.add_argument("--trailing", default="", help="data behind the last section")
parser.add_argument("sections", nargs="+", metavar="NAME=TEXT")
args = parser.parse_args()

FILE_ALIGNMENT, SECTION_ALIGNMENT, SIZE_OF_HEADERS, PE_OFFSET = 512, 4096, 1536, 64


def up(value, alignment):
    return -(-value // alignment) * alignment


table, body, address, characteristics = b"", b"", SECTION_ALIGNMENT, 0x60000020
for section in args.sections:
    name, text = section.split("=", 1)
    data = text.encode()
    table += struct.pack(
        "<8sIIIIIIHHI",
        name.encode(),
        len(data),
        address,
        up(len(data), FILE_ALIGNMENT),
        SIZE_OF_HEADERS + len(body),
        0, 0, 0, 0,
        characteristics,
    )
    body += data.ljust(up(len(data), FILE_ALIGNMENT), b"\0")
    address += up(len(data), SECTION_ALIGNMENT)
    characteristics = 0x40000040
size_of_image = args.size_of_image or address

optional = struct.pack("<HBBIIIII", 0x10B if args.pe32 else 0x20B, 1, 0, 512, len(body), 0, 4096, 4096)
optional += struct.pack("<II", 4096, 0) if args.pe32 else struct.pack("<Q", 0)
optional += struct.pack("<IIHHHHHHIIIIHH", SECTION_ALIGNMENT, FILE_ALIGNMENT, 0, 0, 1, 1, 0, 0, 0, size_of_image,
                        SIZE_OF_HEADERS, 0x11223344, 10, 0x100)
optional += struct.pack("<IIII" if args.pe32 else "<QQQQ", 0, 0, 0, 0)
optional += struct.pack("<II", 0, 16) + bytes(16 * 8)
coff = struct.pack("<4sHHIIIHH", b"PE\0\0", 0x14C if args.pe32 else 0x8664, len(args.sections), 0, 0, 0, len(optional),
                   0x102 if args.pe32 else 0x22)
headers = (b"MZ".ljust(60, b"\0") + struct.pack("<I", PE_OFFSET) + coff + optional + table).ljust(SIZE_OF_HEADERS, b"\0")
with open(args.output, "wb") as output:
    output.write(headers + body + args.trailing.encode())
