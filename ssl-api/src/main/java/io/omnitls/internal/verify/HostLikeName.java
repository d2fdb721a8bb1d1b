package io.omnitls.internal.verify;

import io.omnitls.internal.x509.Attribute;
import io.omnitls.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What somebody may take a common name for: OpenSSL's {@code cn2dnsid}.
 *
 * @param name the host's name, when it looks like one
 * @param ambiguous whether one reader may see one name in it and the next reader another
 */
record HostLikeName(Optional<Bytes> name, boolean ambiguous) {

    static HostLikeName of(Attribute commonName) {
        Optional<String> text = commonName.string();
        if (text.isEmpty()) {
            return new HostLikeName(Optional.empty(), true);
        }
        int end = text.get().length();
        while (end > 0 && text.get().charAt(end - 1) == 0) {
            end--; // harmless, and in use once
        }
        String host = text.get().substring(0, end);
        if (host.indexOf(0) >= 0) {
            return new HostLikeName(Optional.empty(), true);
        }
        return new HostLikeName(
                looksLikeHost(host)
                        ? Optional.of(Bytes.copyOf(host.getBytes(StandardCharsets.US_ASCII)))
                        : Optional.empty(),
                false);
    }

    /** Two labels at least, of letters, digits and underscores, with hyphens inside of them. */
    private static boolean looksLikeHost(String text) {
        boolean dotted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_') {
                continue;
            }
            boolean inside = i > 0 && i < text.length() - 1;
            if (inside && c == '-') {
                continue;
            }
            if (!inside || c != '.' || "-.".indexOf(text.charAt(i + 1)) >= 0 || text.charAt(i - 1) == '-') {
                return false;
            }
            dotted = true;
        }
        return dotted;
    }
}
