package io.omnitls.internal.settings;

import io.omnitls.protocol.TlsOption;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The versions to negotiate, and OpenSSL's options.
 *
 * @param minimum the oldest version; empty for TLS 1.2
 * @param maximum the newest version; empty for the newest that the provider has
 * @param on the options that were turned on
 * @param off the options that were turned off
 */
public record ProtocolSettings(
        Optional<TlsVersion> minimum, Optional<TlsVersion> maximum, Set<TlsOption> on, Set<TlsOption> off) {
    /** TLS 1.2 and newer, no options. */
    public static final ProtocolSettings DEFAULT =
            new ProtocolSettings(Optional.empty(), Optional.empty(), Set.of(), Set.of());

    public ProtocolSettings {
        on = Set.copyOf(on);
        off = Set.copyOf(off);
    }

    /** The same from this version on. */
    public ProtocolSettings withMinimum(TlsVersion version) {
        return new ProtocolSettings(Optional.of(version), maximum, on, off);
    }

    /** The same up to this version. */
    public ProtocolSettings withMaximum(TlsVersion version) {
        return new ProtocolSettings(minimum, Optional.of(version), on, off);
    }

    /** The same with these options on. */
    public ProtocolSettings with(TlsOption... options) {
        return new ProtocolSettings(minimum, maximum, plus(on, options), minus(off, options));
    }

    /** The same with these options off. */
    public ProtocolSettings without(TlsOption... options) {
        return new ProtocolSettings(minimum, maximum, minus(on, options), plus(off, options));
    }

    private static Set<TlsOption> plus(Set<TlsOption> set, TlsOption... options) {
        Set<TlsOption> changed = EnumSet.noneOf(TlsOption.class);
        changed.addAll(set);
        changed.addAll(List.of(options));
        return changed;
    }

    private static Set<TlsOption> minus(Set<TlsOption> set, TlsOption... options) {
        Set<TlsOption> changed = EnumSet.noneOf(TlsOption.class);
        changed.addAll(set);
        changed.removeAll(List.of(options));
        return changed;
    }

    /** Whose order of cipher suites counts; a client's own order is the only one that it has. */
    public boolean preferServerCiphers() {
        return !off.contains(TlsOption.CIPHER_SERVER_PREFERENCE);
    }

    /** Whether a transport that ends without close_notify ends the data. */
    public boolean ignoresUnexpectedEof() {
        return on.contains(TlsOption.IGNORE_UNEXPECTED_EOF);
    }

    /** The options that are on with this backend, those that always are among them. */
    public Set<TlsOption> inForce(Capabilities capabilities) {
        Set<TlsOption> inForce = EnumSet.noneOf(TlsOption.class);
        inForce.addAll(on);
        Arrays.stream(TlsOption.values()).filter(TlsOption::alwaysOn).forEach(inForce::add);
        if (!capabilities.has(Feature.SESSION_TICKETS_TLS12)) {
            inForce.add(TlsOption.NO_TICKET);
        }
        return Set.copyOf(inForce);
    }

    /** Whether tickets of TLS 1.2 are wanted; refuses to do without them if the backend cannot. */
    boolean ticketsTls12(Requirements requirements) {
        boolean wanted = !on.contains(TlsOption.NO_TICKET);
        if (!wanted && requirements.capabilities().has(Feature.SESSION_TICKETS_TLS12)) {
            requirements.require(Feature.SESSION_TICKET_CHOICE);
        }
        return wanted;
    }

    /** What is always on with the backend cannot be turned off. */
    public void requireClearable(Requirements requirements) {
        if (off.contains(TlsOption.NO_TICKET)) {
            requirements.require(Feature.SESSION_TICKETS_TLS12);
        }
    }

    /**
     * The versions to negotiate, oldest first. A lower bound below the provider's oldest is that:
     * SSL_CTX_set_min_proto_version moves up over the versions that OpenSSL was built without.
     */
    public List<TlsVersion> versions(Requirements requirements) {
        minimum.ifPresent(version -> requireVersionOrNewer(requirements, version));
        maximum.ifPresent(version -> requireVersion(requirements, version));
        TlsVersion oldest = minimum.orElse(TlsVersion.TLS_1_2);
        TlsVersion newest = maximum.orElse(TlsVersion.TLS_1_3);
        if (oldest.compareTo(newest) > 0) {
            throw new IllegalArgumentException("no version is at least " + oldest + " and at most " + newest
                    + (minimum.isPresent() ? "" : "; set minimumVersion too"));
        }
        List<TlsVersion> range = requirements.capabilities().versions().stream()
                .filter(version -> version.atLeast(oldest) && newest.atLeast(version))
                .collect(Collectors.toList());
        if (range.isEmpty()) {
            throw new IllegalArgumentException(
                    "provider '" + requirements.provider().name() + "' has no version from " + oldest + " to " + newest
                            + ", it has " + requirements.capabilities().versions());
        }
        return withoutExcluded(range);
    }

    private List<TlsVersion> withoutExcluded(List<TlsVersion> range) {
        List<TlsVersion> left = range.stream()
                .filter(version -> !on.contains(TlsOption.excluding(version)))
                .collect(Collectors.toList());
        if (left.isEmpty()) {
            throw new IllegalArgumentException("the options exclude all of the versions " + range);
        }
        TlsVersion newest = left.get(left.size() - 1);
        // A client names the newest of its versions (before TLS 1.3), and a server may choose any that is older.
        if (!range.subList(range.indexOf(left.get(0)), range.indexOf(newest) + 1)
                .equals(left)) {
            throw new IllegalArgumentException("the options leave a hole in the versions " + range + ": " + left);
        }
        return List.copyOf(left);
    }

    private static void requireVersionOrNewer(Requirements requirements, TlsVersion oldest) {
        requireNotProhibited(oldest);
        requirements.require(
                oldest + " or newer",
                capabilities -> capabilities.versions().stream().anyMatch(version -> version.atLeast(oldest)));
    }

    private static void requireVersion(Requirements requirements, TlsVersion version) {
        requireNotProhibited(version);
        requirements.require(
                version.protocolName(), capabilities -> capabilities.versions().contains(version));
    }

    private static void requireNotProhibited(TlsVersion version) {
        if (version == TlsVersion.SSL_3_0) {
            throw new IllegalArgumentException("SSL 3.0 is prohibited (RFC 7568); the oldest choice is TLS 1.0");
        }
    }
}
