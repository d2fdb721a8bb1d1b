#!/usr/bin/env python3
"""Writes the table of objects that have an identifier, as the OpenSSL of this machine's Python has them.

    object-identifiers.py > ../resources/io/omnitls/cert/objects.tsv

Separated by tabs, a line has OpenSSL's number (NID), the object identifier with dots, the short and the long name.
"""
import ssl

LAST_NID = 4000  # beyond all that OpenSSL has given out

for nid in range(1, LAST_NID):
    try:
        known = ssl._ASN1Object.fromnid(nid)
    except ValueError:
        continue
    if known.oid:
        print(known.nid, known.oid, known.shortname, known.longname, sep="\t")
