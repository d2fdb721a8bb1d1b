#!/usr/bin/env python3
"""Writes the two tables of io.omnitls.internal.cipher from the OpenSSL that is installed.

suites.tsv   every suite that OpenSSL knows, in the order that its cipher-list language starts from:
             id, name, IANA name, protocol, kea, auth, symmetric, digest, aead, strength bits, key bits, description
aliases.tsv  every alias of the language and the ids of the suites that it stands for

The facts come from `openssl ciphers` and Python's ssl.SSLContext.get_ciphers(); the names of the aliases from
openssl-ciphers(1). Run it with the newest OpenSSL 3.0: ./cipher-tables.py ssl-api/src/main/resources/io/omnitls/internal/cipher
"""

import pathlib
import ssl
import subprocess
import sys

EVERYTHING = "ALL:COMPLEMENTOFALL:@SECLEVEL=0"
ALIASES = """
ALL COMPLEMENTOFALL COMPLEMENTOFDEFAULT HIGH MEDIUM LOW eNULL NULL aNULL FIPS
kRSA RSA aRSA kDHE kEDH DHE EDH ADH kECDHE kEECDH ECDHE EECDH AECDH aDSS DSS aECDSA ECDSA
TLSv1.2 TLSv1.0 TLSv1 SSLv3 AES128 AES256 AES AESGCM AESCCM AESCCM8 ARIA128 ARIA256 ARIA CAMELLIA128 CAMELLIA256
CAMELLIA CHACHA20 3DES DES RC4 RC2 IDEA SEED MD5 SHA1 SHA SHA256 SHA384 GOST89MAC aGOST aGOST01 aGOST12 kGOST
kGOST18 GOST94 PSK kPSK kECDHEPSK kDHEPSK kRSAPSK aPSK SRP kSRP aSRP CBC
""".split()


def listed(cipher_string):
    """The ids of the suites that a string selects, in order, without those of TLS 1.3, which no string touches."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.set_ciphers(cipher_string + ":@SECLEVEL=0")
    except ssl.SSLError:
        return []
    return [c["id"] & 0xFFFF for c in context.get_ciphers() if c["protocol"] != "TLSv1.3"]


def starting_order(suites):
    """OpenSSL starts from one list of all suites, but no single word shows it: ALL leaves out what does not encrypt.
    Each word shows a part in that order, so the parts are merged; where they leave a choice, the longer list decides."""
    parts = [listed(alias) for alias in ALIASES]
    remaining = listed(EVERYTHING)
    order = []
    while remaining:
        blocked = {b for part in parts for a, b in zip(part, part[1:])}
        first = next(s for s in remaining if s not in blocked)
        order.append(first)
        remaining.remove(first)
        parts = [[s for s in part if s != first] for part in parts]
    return [s for s in suites if suites[s]["protocol"] == "TLSv1.3"] + order


def main(folder):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_ciphers(EVERYTHING)
    suites = {c["id"] & 0xFFFF: c for c in context.get_ciphers()}
    names = {}
    output = subprocess.run(
        ["openssl", "ciphers", "-V", "-stdname", EVERYTHING], check=True, capture_output=True, text=True).stdout
    for line in output.splitlines():
        number, _, iana, _, _ = line.split(maxsplit=4)
        high, low = number.split(",")
        names[int(high, 16) << 8 | int(low, 16)] = iana

    folder = pathlib.Path(folder)
    with open(folder / "suites.tsv", "w", encoding="ascii") as out:
        for number in starting_order(suites):
            c = suites[number]
            print(f"{number:04x}", c["name"], names[number], c["protocol"], c["kea"], c["auth"], c["symmetric"] or "",
                  c["digest"] or "", str(c["aead"]).lower(), c["strength_bits"], c["alg_bits"],
                  " ".join(c["description"].split()), sep="\t", file=out)
    with open(folder / "aliases.tsv", "w", encoding="ascii") as out:
        for alias in ALIASES:
            members = listed(alias)
            if members:
                print(alias, " ".join(f"{number:04x}" for number in sorted(members)), sep="\t", file=out)


main(sys.argv[1])
