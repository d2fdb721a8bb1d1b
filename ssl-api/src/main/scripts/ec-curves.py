#!/usr/bin/env python3
"""Writes the table of named curves, as the openssl command on this machine has them.

    ec-curves.py > ../resources/io/omnitls/internal/x509/curves.tsv

Separated by tabs, a line has the curve's object identifier, its name and the bits of its order; those over a prime field also have, in
hexadecimal, p, a, b, the generator's x and y, the order and the cofactor. Names are those of SEC 2 and RFC 5639, and so of the registry of
groups, where OpenSSL uses older ones.
"""
import re
import subprocess

NAMES = {"prime256v1": "secp256r1", "prime192v1": "secp192r1"}


def openssl(*arguments, data=None):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout


def read(der, at=0):
    """The tag and the content of an element, and where the next one begins."""
    tag, length = der[at], der[at + 1]
    at += 2
    if length & 0x80:
        size = length & 0x7F
        length = int.from_bytes(der[at:at + size], "big")
        at += size
    return tag, der[at:at + length], at + length


def elements(content):
    at, found = 0, []
    while at < len(content):
        _, element, at = read(content, at)
        found.append(element)
    return found


def dotted(oid):
    arcs, arc = [], 0
    for byte in oid:
        arc = arc << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, [first, arcs[0] - 40 * first] + arcs[1:]))


def hexadecimal(number):
    return "%x" % int.from_bytes(number, "big")


PRIME_FIELD = bytes.fromhex("2a8648ce3d0101")

for name in re.findall(r"^\s*(\S+)\s*:", openssl("ecparam", "-list_curves").decode(), re.MULTILINE):
    named = openssl("ecparam", "-name", name, "-outform", "DER")
    if named[0] != 6:
        continue
    explicit = openssl("ecparam", "-name", name, "-param_enc", "explicit", "-outform", "DER")
    version, field, curve, base, order, *rest = elements(read(explicit)[1])
    row = [dotted(read(named)[1]), NAMES.get(name, name), int.from_bytes(order, "big").bit_length()]
    kind, prime = elements(field)[:2]
    # WAP has names of its own for curves of SEC 2: parameters that are spelt out are those of the others.
    if kind == PRIME_FIELD and not name.startswith("wap-"):
        a, b = elements(curve)[:2]
        assert base[0] == 4
        half = len(base) // 2
        row += map(hexadecimal, [prime, a, b, base[1:half + 1], base[half + 1:], order, rest[0]])
    print(*row, sep="\t")
