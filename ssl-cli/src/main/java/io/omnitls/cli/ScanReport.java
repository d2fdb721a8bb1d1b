package io.omnitls.cli;

import io.omnitls.cert.VerifyResult;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsVersion;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** Shows what a scan has found: as a table for people, as JSON for programs. */
final class ScanReport {
    private static final int LABEL = 13;

    private final Target target;
    private final ScanFindings findings;
    private final Function<List<X509Certificate>, VerifyResult> judge;
    private final boolean complete;

    /** @param complete whether there was time for all of it */
    ScanReport(
            Target target,
            ScanFindings findings,
            Function<List<X509Certificate>, VerifyResult> judge,
            boolean complete) {
        this.target = target;
        this.findings = findings;
        this.judge = judge;
        this.complete = complete;
    }

    private static List<TlsVersion> newestFirst() {
        List<TlsVersion> versions = new ArrayList<>(List.of(TlsVersion.values()));
        Collections.reverse(versions);
        return versions;
    }

    /** What a version comes to: {@code yes}, {@code no}, or {@code not tried} where no provider here has it. */
    private String verdict(TlsVersion version) {
        if (findings.versions().has(version)) {
            return "yes";
        }
        return findings.tried().has(version) ? "no" : "not tried";
    }

    void print(PrintWriter out) {
        row(out, "Server", target + ", seen by " + (everybody().isEmpty() ? "nobody" : String.join(", ", everybody())));
        String label = "Versions";
        for (TlsVersion version : newestFirst()) {
            String verdict = verdict(version);
            String why = verdict.equals("no") ? findings.refusal(version).orElse("") : "";
            String suffix = verdict.equals("yes") ? by(findings.versions(), version) : why.isEmpty() ? "" : ": " + why;
            row(out, label, String.format("%-8s %s", version, verdict) + suffix);
            label = "";
        }
        for (TlsVersion version : newestFirst()) {
            Sightings<CipherSuite> suites = findings.suites(version);
            list(out, version.protocolName(), suites, CipherSuite::name);
        }
        list(out, "Groups", findings.groups(), NamedGroup::name);
        list(out, "ALPN", findings.protocols(), protocol -> protocol);
        for (List<X509Certificate> chain : findings.chains()) {
            certificate(out, chain);
        }
        if (!complete) {
            out.println("There was no time for all of it: --limit.");
        }
    }

    private void certificate(PrintWriter out, List<X509Certificate> chain) {
        CertificateFacts facts = new CertificateFacts(chain.get(0));
        row(out, "Certificate", facts.key() + ", " + facts.info().subject());
        row(out, "", Validity.of(facts.info(), Instant.now()).text());
        String label = "verified ";
        for (String text : new Verdict(judge.apply(chain)).lines()) {
            row(out, "", label + text);
            label = "  ";
        }
    }

    private <T> void list(PrintWriter out, String label, Sightings<T> sightings, Function<T, String> name) {
        String current = label;
        for (T item : sightings.all()) {
            row(out, current, name.apply(item) + by(sightings, item));
            current = "";
        }
    }

    /** By whom, where it was not everybody. */
    private <T> String by(Sightings<T> sightings, T item) {
        List<String> who = sightings.by(item);
        return who.equals(everybody()) ? "" : " (" + String.join(", ", who) + ")";
    }

    /** The providers that have agreed on anything. */
    private List<String> everybody() {
        TreeSet<String> names = new TreeSet<>();
        findings.versions()
                .all()
                .forEach(version -> names.addAll(findings.versions().by(version)));
        return List.copyOf(names);
    }

    private static void row(PrintWriter out, String label, String text) {
        out.println((label + " ".repeat(LABEL - label.length()) + Printable.of(text)).stripTrailing());
    }

    Map<String, Object> json() {
        List<Object> versions = new ArrayList<>();
        for (TlsVersion version : newestFirst()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("version", version.protocolName());
            facts.put("tried", findings.tried().has(version));
            facts.put("accepted", findings.versions().has(version));
            facts.put("by", findings.versions().by(version));
            if (verdict(version).equals("no")) {
                findings.refusal(version).ifPresent(why -> facts.put("refusal", why));
            }
            facts.put("ciphers", json(findings.suites(version), CipherSuite::name));
            versions.add(facts);
        }
        List<Object> certificates = new ArrayList<>();
        for (List<X509Certificate> chain : findings.chains()) {
            Map<String, Object> facts = new CertificateFacts(chain.get(0)).json();
            facts.put("verified", new Verdict(judge.apply(chain)).json());
            certificates.add(facts);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("target", target.toString());
        all.put("complete", complete);
        all.put("versions", versions);
        all.put("groups", json(findings.groups(), NamedGroup::name));
        all.put("alpn", json(findings.protocols(), protocol -> protocol));
        all.put("certificates", certificates);
        return all;
    }

    private static <T> List<Object> json(Sightings<T> sightings, Function<T, String> name) {
        List<Object> list = new ArrayList<>();
        for (T item : sightings.all()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("name", name.apply(item));
            facts.put("by", sightings.by(item));
            list.add(facts);
        }
        return list;
    }
}
