package io.omnitls.protocol;

import java.util.List;
import java.util.stream.Collectors;

/**
 * JA4 as FoxIO's technical description has it, for TLS over TCP:
 * {@code t<version><SNI><suites><extensions><ALPN>_<hash of suites>_<hash of extensions and signature algorithms>}.
 */
final class Ja4 {
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;

    private Ja4() {}

    static String of(ClientHello hello) {
        List<Integer> suites = Grease.without(hello.cipherSuites());
        List<Integer> extensions = Grease.without(
                hello.extensions().stream().map(ClientHello.Extension::type).collect(Collectors.toList()));
        return "t" + version(hello)
                + (extensions.contains(SERVER_NAME) ? "d" : "i")
                + count(suites)
                + count(extensions)
                + protocol(hello.applicationProtocols())
                + "_" + hash(sorted(suites), "")
                + "_" + hash(sorted(withoutNames(extensions)), signatureSchemes(hello));
    }

    private static String version(ClientHello hello) {
        int newest = Grease.without(hello.supportedVersions()).stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        return switch (newest) {
            case 0x0304 -> "13";
            case 0x0303 -> "12";
            case 0x0302 -> "11";
            case 0x0301 -> "10";
            case 0x0300 -> "s3";
            case 0x0002 -> "s2";
            case 0xfeff -> "d1";
            case 0xfefd -> "d2";
            case 0xfefc -> "d3";
            default -> "00";
        };
    }

    /** Two digits; 99 stands for more as well. */
    private static String count(List<Integer> values) {
        int count = Math.min(values.size(), 99);
        return (count < 10 ? "0" : "") + count;
    }

    /**
     * The first and the last character of the first protocol, or of its hexadecimal form when one of the two is neither
     * letter nor digit. A GREASE protocol is not passed over: the description asks for the first one.
     */
    private static String protocol(List<String> protocols) {
        if (protocols.isEmpty() || protocols.get(0).isEmpty()) {
            return "00";
        }
        char first = protocols.get(0).charAt(0);
        char last = protocols.get(0).charAt(protocols.get(0).length() - 1);
        return alphanumeric(first) && alphanumeric(last)
                ? "" + first + last
                : "" + Character.forDigit(first >> 4, 16) + Character.forDigit(last & 0xf, 16);
    }

    private static boolean alphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    /** A client has the same hash whichever server it wants and whichever protocol it will speak there. */
    private static List<Integer> withoutNames(List<Integer> extensions) {
        return extensions.stream()
                .filter(type -> type != SERVER_NAME && type != ALPN)
                .collect(Collectors.toList());
    }

    private static String signatureSchemes(ClientHello hello) {
        List<Integer> ids =
                hello.signatureSchemes().stream().map(SignatureScheme::id).collect(Collectors.toList());
        String list = list(Grease.without(ids));
        return list.isEmpty() ? "" : "_" + list;
    }

    private static List<Integer> sorted(List<Integer> values) {
        return values.stream().sorted().collect(Collectors.toList());
    }

    private static String hash(List<Integer> values, String rest) {
        return values.isEmpty()
                ? "000000000000"
                : HexDigest.of("SHA-256", list(values) + rest).substring(0, 12);
    }

    private static String list(List<Integer> values) {
        return values.stream().map(RegistryId::hex).collect(Collectors.joining(","));
    }
}
