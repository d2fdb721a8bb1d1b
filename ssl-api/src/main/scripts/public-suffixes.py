#!/usr/bin/env python3
"""Writes public-suffixes.txt of io.omnitls.internal.verify from a copy of the public suffix list.

Every rule of the list, a rule a line: lower case, labels of other scripts as A-labels, the ICANN section before the
PRIVATE one, each in the order of its bytes, which the look-up relies on. Comments of the list are left out; what it
says of its version and licence stays.

httpclient5 of Maven Central carries a copy of the list as it was when that release was made:

  mvn dependency:copy -Dartifact=org.apache.httpcomponents.client5:httpclient5:LATEST -DoutputDirectory=/tmp/psl
  unzip -p /tmp/psl/httpclient5-*.jar org/publicsuffix/list/effective_tld_names.dat |
      ./public-suffixes.py > ssl-api/src/main/resources/io/omnitls/internal/verify/public-suffixes.txt
"""

import re
import sys

SECTIONS = ("ICANN", "PRIVATE")
RULE = re.compile(r"(\*\.|!)?([a-z0-9]([a-z0-9-]*[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


def a_label(label):
    """The list has its U-labels in the one form that IDNA 2008 allows, so Punycode is all there is to do."""
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def rules(lines, section):
    begin, end = (f"// ==={edge} {section} DOMAINS===" for edge in ("BEGIN", "END"))
    found = set()
    for line in lines[lines.index(begin) + 1 : lines.index(end)]:
        if line.startswith("//") or not line.strip():
            continue
        rule = ".".join(a_label(label) for label in line.split()[0].lower().split("."))
        # A wildcard elsewhere than in front is legal, and no list has one: the look-up does without.
        if not RULE.fullmatch(rule):
            sys.exit(f"not a rule that the look-up knows: {rule}")
        found.add(rule)
    return sorted(found)


def stated(lines, what):
    return next(line for line in lines if line.startswith(f"// {what}: ")).removeprefix("// ")


lines = sys.stdin.read().splitlines()
print(
    "# The public suffix list of https://publicsuffix.org/list/, without its comments.",
    f"# {stated(lines, 'VERSION')}",
    f"# {stated(lines, 'COMMIT')}",
    "#",
    "# This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of the MPL was not",
    "# distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/.",
    "#",
    "# Written by src/main/scripts/public-suffixes.py.",
    sep="\n",
)
for section in SECTIONS:
    print(f"[{section}]", *rules(lines, section), sep="\n")
