package io.omnitls.cli;

import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import io.omnitls.spi.Limits;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows what the doctor found: as a table for people, as JSON for programs. */
final class DoctorReport {
    private static final int WIDTH = 100;
    private static final int LABEL = 13;

    private DoctorReport() {}

    static void print(List<Checkup> checkups, PrintWriter out) {
        out.printf(
                "%-12s %-34s %-6s %-12s %-7s %s%n", "PROVIDER", "LIBRARY", "WORKS", "VERSIONS", "SUITES", "HANDSHAKE");
        for (Checkup checkup : checkups) {
            out.println(row(checkup));
        }
        for (Checkup checkup : checkups) {
            out.println();
            out.println(checkup.name());
            checkup.trouble().ifPresent(why -> field(out, "trouble", List.of(why.split(" ", -1)), " "));
            checkup.findings().ifPresent(findings -> details(out, findings));
        }
        if (checkups.isEmpty()) {
            out.println("(no provider was found)");
        }
    }

    private static String row(Checkup checkup) {
        if (checkup.findings().isEmpty()) {
            return "%-12s %-34s %-6s".formatted(checkup.name(), "-", "no").stripTrailing();
        }
        Checkup.Findings found = checkup.findings().get();
        return String.format(
                Locale.ROOT,
                "%-12s %-34s %-6s %-12s %-7d %.1f ms",
                checkup.name(),
                found.info().library() + " " + found.info().version(),
                "yes",
                found.capabilities().versions().stream()
                        .map(version -> version.protocolName().replace("TLSv", ""))
                        .collect(Collectors.joining(" ")),
                found.capabilities().cipherSuites().size(),
                found.millis());
    }

    private static void details(PrintWriter out, Checkup.Findings found) {
        Capabilities capabilities = found.capabilities();
        field(out, "handshake", List.of(found.handshake().toString().split("(?<=,) ", -1)), " ");
        field(out, "groups", names(capabilities.groups().stream().map(NamedGroup::name)), ", ");
        field(out, "keys", capabilities.keyAlgorithms(), ", ");
        field(out, "key curves", names(capabilities.keyCurves().stream().map(NamedGroup::name)), ", ");
        field(
                out,
                "signatures",
                capabilities.signatureSchemes().isEmpty()
                        ? List.of("its own choice")
                        : names(capabilities.signatureSchemes().stream().map(SignatureScheme::name)),
                ", ");
        field(out, "default", names(found.defaultCiphers().stream().map(CipherSuite::name)), ", ");
        field(out, "limits", limits(capabilities.limits()), ", ");
        field(out, "has", phrases(present(capabilities)), ", ");
        field(out, "lacks", phrases(capabilities.missing()), ", ");
    }

    private static List<String> limits(Limits limits) {
        List<String> list = new ArrayList<>();
        if (limits.serverCertificates() < Integer.MAX_VALUE) {
            list.add(limits.serverCertificates() + " certificates of a server");
            list.add(limits.clientCertificates() + " of a client");
        }
        list.add(limits.certificateMessage() + " bytes for a message with them");
        return list;
    }

    private static List<Feature> present(Capabilities capabilities) {
        return Stream.of(Feature.values()).filter(capabilities::has).toList();
    }

    private static List<String> phrases(List<Feature> features) {
        return features.isEmpty() ? List.of("nothing") : names(features.stream().map(Feature::phrase));
    }

    private static List<String> names(Stream<String> names) {
        return names.toList();
    }

    /** A label and a list, folded at {@link #WIDTH} columns. */
    private static void field(PrintWriter out, String label, List<String> items, String separator) {
        StringBuilder line = new StringBuilder(String.format("  %-" + (LABEL - 2) + "s", label));
        boolean fresh = true;
        for (int i = 0; i < items.size(); i++) {
            String item = items.get(i) + (i + 1 < items.size() ? separator : "");
            if (!fresh && line.length() + item.stripTrailing().length() > WIDTH) {
                out.println(line.toString().stripTrailing());
                line.setLength(0);
                line.append(" ".repeat(LABEL));
            }
            line.append(item);
            fresh = false;
        }
        out.println(line.toString().stripTrailing());
    }

    static String json(List<Checkup> checkups) {
        List<Object> providers = new ArrayList<>();
        for (Checkup checkup : checkups) {
            Map<String, Object> provider = new LinkedHashMap<>();
            provider.put("name", checkup.name());
            provider.put("works", checkup.trouble().isEmpty());
            checkup.trouble().ifPresent(why -> provider.put("trouble", why));
            checkup.findings().ifPresent(found -> describe(provider, found));
            providers.add(provider);
        }
        return Json.write(Map.of("providers", providers));
    }

    private static void describe(Map<String, Object> provider, Checkup.Findings found) {
        Capabilities capabilities = found.capabilities();
        provider.put("library", found.info().library());
        provider.put("version", found.info().version());
        provider.put(
                "versions",
                capabilities.versions().stream().map(TlsVersion::protocolName).toList());
        provider.put("cipherSuites", capabilities.cipherSuites());
        provider.put(
                "groups", capabilities.groups().stream().map(NamedGroup::name).toList());
        provider.put("keyAlgorithms", capabilities.keyAlgorithms());
        provider.put(
                "keyCurves",
                capabilities.keyCurves().stream().map(NamedGroup::name).toList());
        provider.put("sessionTickets", capabilities.sessionTickets());
        provider.put(
                "signatureSchemes",
                capabilities.signatureSchemes().stream()
                        .map(SignatureScheme::name)
                        .toList());
        provider.put(
                "features", present(capabilities).stream().map(Feature::name).toList());
        provider.put(
                "missing", capabilities.missing().stream().map(Feature::name).toList());
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("serverCertificates", capabilities.limits().serverCertificates());
        limits.put("clientCertificates", capabilities.limits().clientCertificates());
        limits.put("certificateMessage", capabilities.limits().certificateMessage());
        provider.put("limits", limits);
        provider.put(
                "defaultCiphers",
                found.defaultCiphers().stream().map(CipherSuite::name).toList());
        Map<String, Object> handshake = new LinkedHashMap<>();
        handshake.put("version", found.handshake().version().protocolName());
        handshake.put("cipher", found.handshake().cipher().name());
        handshake.put(
                "group", found.handshake().namedGroup().map(NamedGroup::name).orElse(""));
        handshake.put("milliseconds", Math.round(found.millis() * 100) / 100.0);
        handshake.put("fipsApproved", found.handshake().fipsApproved());
        provider.put("handshake", handshake);
    }
}
