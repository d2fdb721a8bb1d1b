package io.omnitls.cert;

import io.omnitls.internal.x509.Ascii;
import io.omnitls.internal.x509.Excerpt;
import java.util.Objects;
import java.util.Optional;

/**
 * Whom a client wants to reach: a DNS name or an IP address, in the form that certificates are compared with. Made
 * without any look-up.
 */
public sealed interface PeerName {

    /**
     * A DNS name.
     *
     * @param name A-labels in lower case, without a trailing dot
     */
    record DnsName(String name) implements PeerName {
        public DnsName {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * An IP address.
     *
     * @param address 4 or 16 bytes, as hexadecimal digits in lower case
     * @param text the address as it was given, without brackets and zone
     */
    record IpAddress(String address, String text) implements PeerName {
        public IpAddress {
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A mailbox, for {@code CertificateVerifier} alone: no TLS connection goes to one.
     *
     * @param local what stands before the @
     * @param domain what stands behind it, in lower case
     */
    record EmailAddress(String local, String domain) implements PeerName {
        public EmailAddress {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(domain, "domain");
        }

        @Override
        public String toString() {
            return local + "@" + domain;
        }
    }

    /**
     * The mailbox {@code text}.
     *
     * @throws IllegalArgumentException when there is no local part or no domain, or a control character in it
     */
    static PeerName email(String text) {
        Objects.requireNonNull(text, "text");
        int at = text.lastIndexOf('@');
        if (at <= 0 || at == text.length() - 1 || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("'" + Excerpt.name(text) + "' is not an email address");
        }
        return new EmailAddress(text.substring(0, at), Ascii.lowerCase(text.substring(at + 1)));
    }

    /**
     * The name or address that {@code text} is: {@code example.org}, {@code bücher.example}, {@code 192.0.2.1},
     * {@code 2001:db8::1}, {@code [2001:db8::1]}. A trailing dot and an IPv6 zone are dropped. What only looks like an IPv4
     * address, as {@code 1.2.3} or {@code 192.0.2.0x1}, is no name: others take it for an address.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static PeerName of(String text) {
        Objects.requireNonNull(text, "text");
        return PeerNameParser.parse(text);
    }

    /** The name if this is a DNS name: what SNI sends (RFC 6066 section 3 has no addresses). */
    default Optional<String> dnsName() {
        return this instanceof DnsName dns ? Optional.of(dns.name()) : Optional.empty();
    }
}
