package io.omnitls.protocol;

import java.util.List;
import java.util.stream.Collectors;

/** JA3, which Salesforce published in 2017: {@code version,suites,extensions,groups,point formats}. */
final class Ja3 {
    private Ja3() {}

    static String of(ClientHello hello) {
        List<Integer> extensions =
                hello.extensions().stream().map(ClientHello.Extension::type).collect(Collectors.toList());
        List<Integer> groups = hello.namedGroups().stream().map(NamedGroup::id).collect(Collectors.toList());
        return hello.legacyVersion()
                + "," + list(hello.cipherSuites())
                + "," + list(extensions)
                + "," + list(groups)
                + "," + list(hello.ecPointFormats());
    }

    private static String list(List<Integer> values) {
        return Grease.without(values).stream().map(String::valueOf).collect(Collectors.joining("-"));
    }
}
