package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the public values of a key exchange must be, in TLS 1.3 and before. */
final class KeyShareRules {
    private KeyShareRules() {}

    /**
     * Judges the shares of a ClientHello that is answered by TLS 1.3.
     *
     * <p>RFC 8446 section 4.2.8: no two for one group, and none for a group that supported_groups lacks. Every one must be
     * well formed, whether it is the one that is going to be used or not.
     */
    static void requireOffered(ClientHello hello) throws TlsException {
        Set<NamedGroup> seen = new HashSet<>();
        for (KeyShare share : KeyShare.offeredIn(hello)) {
            if (!hello.namedGroups().contains(share.group())) {
                throw badShare("key_share has " + share.group() + ", which supported_groups has not");
            }
            if (!seen.add(share.group())) {
                throw badShare("key_share has " + share.group() + " twice");
            }
            requireForm(share.group(), share.keyExchange(), Role.CLIENT);
        }
    }

    /** Judges the group that a HelloRetryRequest asks for: RFC 8446 section 4.1.4. */
    static void requireRetried(ClientHello hello, NamedGroup group) throws TlsException {
        if (!hello.namedGroups().contains(group) || hello.keyShares().contains(group)) {
            throw badShare("HelloRetryRequest asks for a share of " + group
                    + ", expected a group of supported_groups without one");
        }
    }

    /** Judges a server's share: RFC 8446 section 4.2.8. */
    static void requireAnswer(ClientHello hello, KeyShare share) throws TlsException {
        if (!hello.keyShares().contains(share.group())) {
            throw badShare("ServerHello has a share of " + share.group() + ", the client offered " + hello.keyShares());
        }
        requireForm(share.group(), share.keyExchange(), Role.SERVER);
    }

    /** Judges the second ClientHello's share: RFC 8446 section 4.1.2 wants one, for the group that was asked for. */
    static void requireRetryTaken(ClientHello hello, NamedGroup group) throws TlsException {
        if (!hello.keyShares().equals(List.of(group))) {
            throw badShare(
                    "the second ClientHello has shares of " + hello.keyShares() + ", the server asked for " + group);
        }
    }

    /** Judges one public value. Of a group that is not known here nothing is required. */
    static void requireForm(NamedGroup group, Bytes value, Role sender) throws TlsException {
        Optional<ShareForm.Flaw> flaw = ShareForm.of(group).flatMap(form -> form.flaw(value.toByteArray(), sender));
        if (flaw.isPresent()) {
            throw Refusal.of(
                    flaw.get().reason(),
                    AlertDescription.ILLEGAL_PARAMETER,
                    "the " + sender.name().toLowerCase(Locale.ROOT) + "'s public value for " + group + " is "
                            + flaw.get().found());
        }
    }

    private static TlsException badShare(String found) {
        return Refusal.of(ErrorReason.BAD_KEY_SHARE, AlertDescription.ILLEGAL_PARAMETER, found);
    }
}
