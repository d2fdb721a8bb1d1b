package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.AsIdentifiers;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.IpAddressBlocks;
import io.omnitls.internal.x509.NumberRange;
import io.omnitls.protocol.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether each certificate's addresses and autonomous systems are among those of its issuer (RFC 3779): OpenSSL's {@code
 * X509v3_asid_validate_path} and {@code X509v3_addr_validate_path}. Where the leaf has none, nobody's are looked at.
 */
record ResourcesCheck() implements ChainCheck {

    @Override
    public Optional<Finding> check(CertificatePath path) {
        return systems(path).or(() -> addresses(path));
    }

    private static Optional<Finding> systems(CertificatePath path) {
        if (path.leaf().extensions().asIdentifiers().isEmpty()) {
            return Optional.empty();
        }
        Claim numbers = new Claim(AsIdentifiers::numbers);
        Claim domains = new Claim(AsIdentifiers::routingDomains);
        for (int depth = 0; depth < path.size(); depth++) {
            Optional<AsIdentifiers> held = path.get(depth).extensions().asIdentifiers();
            if (held.filter(identifiers -> !identifiers.canonical()).isPresent()) {
                return malformed(path.get(depth), depth);
            }
            if (!numbers.heldBy(held) || !domains.heldBy(held)) {
                return unnested(path.get(depth), depth);
            }
        }
        int top = path.size() - 1;
        // An anchor has nobody to inherit from.
        return path.get(top)
                        .extensions()
                        .asIdentifiers()
                        .filter(ResourcesCheck::inherits)
                        .isPresent()
                ? unnested(path.get(top), top)
                : Optional.empty();
    }

    private static boolean inherits(AsIdentifiers identifiers) {
        return identifiers.numbers().filter(AsIdentifiers.Choice::inherits).isPresent()
                || identifiers
                        .routingDomains()
                        .filter(AsIdentifiers.Choice::inherits)
                        .isPresent();
    }

    /** What was claimed so far of one kind of numbers, on the way up. */
    private static final class Claim {
        private final Function<AsIdentifiers, Optional<AsIdentifiers.Choice>> kind;
        private Optional<List<NumberRange>> claimed = Optional.empty();
        private boolean inheriting;
        private boolean begun;

        Claim(Function<AsIdentifiers, Optional<AsIdentifiers.Choice>> kind) {
            this.kind = kind;
        }

        /** Goes one certificate up; whether that holds what was claimed below it. */
        boolean heldBy(Optional<AsIdentifiers> identifiers) {
            Optional<AsIdentifiers.Choice> choice = identifiers.flatMap(kind);
            if (!begun) {
                begun = true;
                inheriting = choice.filter(AsIdentifiers.Choice::inherits).isPresent();
                claimed = choice.flatMap(AsIdentifiers.Choice::ranges);
                return true;
            }
            if (choice.isEmpty()) {
                return claimed.isEmpty();
            }
            Optional<List<NumberRange>> held = choice.get().ranges();
            if (held.isEmpty()) {
                return true; // from further up
            }
            if (!inheriting && claimed.isPresent() && !NumberRange.contains(held.get(), claimed.get())) {
                return false;
            }
            claimed = held;
            inheriting = false;
            return true;
        }
    }

    private static Optional<Finding> addresses(CertificatePath path) {
        Optional<IpAddressBlocks> leaf = path.leaf().extensions().ipAddressBlocks();
        if (leaf.isEmpty()) {
            return Optional.empty();
        }
        if (!leaf.get().canonical()) {
            return malformed(path.leaf(), 0);
        }
        Map<Bytes, Optional<List<NumberRange>>> claimed = new HashMap<>();
        leaf.get().families().forEach(family -> claimed.put(family.identifier(), family.ranges()));
        for (int depth = 1; depth < path.size(); depth++) {
            Optional<IpAddressBlocks> held = path.get(depth).extensions().ipAddressBlocks();
            if (held.filter(blocks -> !blocks.canonical()).isPresent()) {
                return malformed(path.get(depth), depth);
            }
            for (Map.Entry<Bytes, Optional<List<NumberRange>>> claim : claimed.entrySet()) {
                Optional<IpAddressBlocks.Family> family = held.flatMap(blocks -> blocks.family(claim.getKey()));
                if (!nested(claim.getValue(), family)) {
                    return unnested(path.get(depth), depth);
                }
                claim.setValue(family.flatMap(IpAddressBlocks.Family::ranges).or(claim::getValue));
            }
        }
        int top = path.size() - 1;
        boolean inherits = path.get(top).extensions().ipAddressBlocks().stream()
                .flatMap(blocks -> blocks.families().stream())
                .anyMatch(family -> family.inherits() && claimed.containsKey(family.identifier()));
        return inherits ? unnested(path.get(top), top) : Optional.empty();
    }

    /** Whether what was claimed, empty for what is inherited, is held by a family, which may be absent or inherit too. */
    private static boolean nested(Optional<List<NumberRange>> claimed, Optional<IpAddressBlocks.Family> held) {
        if (claimed.isEmpty() || held.isPresent() && held.get().inherits()) {
            return true;
        }
        return held.isPresent() && NumberRange.contains(held.get().ranges().orElseThrow(), claimed.get());
    }

    private static Optional<Finding> malformed(CertificateView certificate, int depth) {
        return Finding.of(
                VerifyCode.INVALID_EXTENSION,
                depth,
                "the addresses or autonomous systems of " + certificate + " are not in the form of RFC 3779");
    }

    private static Optional<Finding> unnested(CertificateView certificate, int depth) {
        return Finding.of(
                VerifyCode.UNNESTED_RESOURCE,
                depth,
                certificate + " does not hold the addresses or autonomous systems that were claimed below it");
    }
}
