package io.omnitls.cert;

import io.omnitls.internal.given.Given;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A distinguished name (RFC 5280 section 4.1.2.4), its parts in the order of the certificate.
 *
 * @param rdns the relative distinguished names, each with one attribute or more
 */
public record DistinguishedName(List<List<Attribute>> rdns) {

    /**
     * One attribute.
     *
     * @param type OpenSSL's long name, for instance {@code commonName}, or the object identifier with dots
     * @param value the value as text
     */
    public record Attribute(String type, String value) {
        public Attribute {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return type + "=" + value;
        }
    }

    /** The name without any part. */
    public static final DistinguishedName EMPTY = new DistinguishedName(List.of());

    public DistinguishedName {
        Given.all(rdns, "rdns");
        rdns = List.copyOf(rdns.stream().map(List::copyOf).collect(Collectors.toList()));
    }

    /** The values of all attributes of a type, in their order. */
    public List<String> values(String type) {
        Objects.requireNonNull(type, "type");
        return List.copyOf(rdns.stream()
                .flatMap(List::stream)
                .filter(attribute -> attribute.type().equals(type))
                .map(Attribute::value)
                .collect(Collectors.toList()));
    }

    /** For instance {@code countryName=DE, commonName=example.org}. */
    @Override
    public String toString() {
        return rdns.stream()
                .map(rdn -> rdn.stream().map(Attribute::toString).collect(Collectors.joining("+")))
                .collect(Collectors.joining(", "));
    }
}
