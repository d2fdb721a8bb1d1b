package io.omnitls.internal.cipher;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.CipherSuite;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The cipher suites that a string of OpenSSL's cipher-list language selects, with the semantics of
 * {@code ssl_create_cipher_list} (OpenSSL 3.0) and openssl-ciphers(1). The suites of TLS 1.3 are not among them: no
 * cipher list touches those.
 *
 * @param suites in order of preference, never empty
 * @param securityLevel what {@code @SECLEVEL} set, if it stood there
 */
public record CipherString(List<CipherSuite> suites, Optional<SecurityLevel> securityLevel) {
    /** Forward secrecy and authenticated encryption, or nothing. */
    public static final String SECURE_DEFAULT = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20:!aNULL:!PSK:!DSS";

    private static final String OPENSSL_DEFAULT = "ALL:!COMPLEMENTOFDEFAULT:!eNULL";
    private static final Pattern SEPARATORS = Pattern.compile("[:,; ]+");
    private static final Pattern RULE = Pattern.compile("([-+!]?)([A-Za-z0-9._=-]+(?:\\+[A-Za-z0-9._=-]+)*)\\+?");
    private static final Pattern SECURITY_LEVEL = Pattern.compile("@SECLEVEL=([0-5])");

    public CipherString {
        suites = List.copyOf(suites);
    }

    /**
     * What {@code list} selects from {@code supported}. The rules work on all suites that OpenSSL knows, so that the
     * order does not depend on the backend.
     *
     * @throws TlsException INVALID_COMMAND when something cannot be read, NO_CIPHER_MATCH when nothing is selected
     */
    public static CipherString select(String list, List<CipherSuite> supported) throws TlsException {
        Rules rules = new Rules();
        List<String> withoutEffect = new ArrayList<>();
        for (String rule : SEPARATORS.split(expand(list), -1)) {
            if (!rule.isEmpty() && !rules.apply(rule)) {
                withoutEffect.add(rule);
            }
        }
        List<CipherSuite> selected = rules.order.selected();
        if (selected.isEmpty()) {
            throw noMatch("the cipher list '" + list + "' selects nothing"
                    + (withoutEffect.isEmpty() ? "" : "; '" + withoutEffect.get(0) + "' names no cipher suite"));
        }
        selected.retainAll(new HashSet<>(supported));
        if (selected.isEmpty()) {
            throw noMatch("the cipher list '" + list + "' selects nothing that this provider supports");
        }
        return new CipherString(selected, rules.securityLevel);
    }

    private static TlsException noMatch(String message) {
        return new TlsException(ErrorReason.NO_CIPHER_MATCH, message);
    }

    private static TlsException unreadable(String message) {
        return new TlsException(ErrorReason.INVALID_COMMAND, message);
    }

    /** Some words are shorthands for whole lists, but only where the string begins. */
    private static String expand(String list) {
        String suiteB = "ECDHE-ECDSA-AES128-GCM-SHA256";
        String suiteB192 = "ECDHE-ECDSA-AES256-GCM-SHA384";
        // check_suiteb_cipher_list: such a string is nothing but its first word.
        if (list.startsWith("SUITEB128ONLY")) {
            return suiteB;
        }
        if (list.startsWith("SUITEB128")) {
            return suiteB + ":" + suiteB192;
        }
        if (list.startsWith("SUITEB192")) {
            return suiteB192;
        }
        return list.startsWith("DEFAULT") ? OPENSSL_DEFAULT + ":" + list.substring("DEFAULT".length()) : list;
    }

    private static final class Rules {
        private final CipherOrder order = new CipherOrder(
                CipherTable.all().stream().filter(suite -> !suite.tls13()).collect(Collectors.toList()));
        private Optional<SecurityLevel> securityLevel = Optional.empty();

        /** Applies one rule; false when it names no suite, which OpenSSL passes over. */
        boolean apply(String rule) throws TlsException {
            if (rule.startsWith("@")) {
                command(rule);
                return true;
            }
            Matcher parts = RULE.matcher(rule);
            if (!parts.matches()) {
                throw unreadable("cannot read '" + rule + "' in the cipher list");
            }
            Set<CipherSuite> suites = intersection(parts.group(2));
            switch (parts.group(1)) {
                case "!" -> order.kill(suites);
                case "-" -> order.remove(suites);
                case "+" -> order.moveToEnd(suites);
                default -> order.add(suites);
            }
            return !suites.isEmpty();
        }

        private void command(String rule) throws TlsException {
            Matcher level = SECURITY_LEVEL.matcher(rule);
            if (level.matches()) {
                securityLevel = Optional.of(SecurityLevel.of(Integer.parseInt(level.group(1))));
            } else if (rule.equals("@STRENGTH")) {
                order.sortByStrength();
            } else {
                throw unreadable(
                        "unknown command '" + rule + "' in the cipher list, expected @STRENGTH or @SECLEVEL=0 to 5");
            }
        }

        /** {@code A+B} is what is both A and B. */
        private static Set<CipherSuite> intersection(String words) {
            Set<CipherSuite> suites = new HashSet<>(CipherTable.all());
            for (String word : words.split("\\+", -1)) {
                suites.retainAll(CipherTable.named(word));
            }
            return suites;
        }
    }
}
