package io.omnitls.internal.verify.webpki;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.Ascii;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.Excerpt;
import io.omnitls.internal.x509.GeneralNameView;
import io.omnitls.internal.x509.NameConstraintsView;
import io.omnitls.internal.x509.NameConstraintsView.Subtree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Name constraints beyond what OpenSSL makes of them (RFC 5280 section 4.2.1.10). */
public final class ConstraintRules {
    private ConstraintRules() {}

    /** 5.80: what is wrong with the constraints themselves, whether a name meets them or not. */
    public static Optional<Broken> syntax(NameConstraintsView constraints) {
        Optional<List<Subtree>> permitted = constraints.permitted();
        Optional<List<Subtree>> excluded = constraints.excluded();
        boolean vain = permitted.isEmpty() && excluded.isEmpty()
                || permitted.filter(List::isEmpty).isPresent()
                || excluded.filter(List::isEmpty).isPresent();
        if (vain) {
            return Optional.of(new Broken(VerifyCode.INVALID_EXTENSION, "has nameConstraints without a subtree"));
        }
        for (Subtree subtree : all(constraints)) {
            if (subtree.bounded()) {
                return Optional.of(
                        new Broken(VerifyCode.SUBTREE_MINMAX, "has nameConstraints with a minimum or a maximum"));
            }
            if (!wellFormed(subtree.base())) {
                return Optional.of(new Broken(
                        VerifyCode.UNSUPPORTED_CONSTRAINT_SYNTAX,
                        "has a nameConstraints' subtree that is malformed: " + shown(subtree.base())));
            }
        }
        return Optional.empty();
    }

    /** 5.81, 5.82: what is wrong with the names of {@code certificate}, which somebody above constrains. */
    public static Optional<Broken> names(NameConstraintsView constraints, CertificateView certificate) {
        Set<Integer> constrained = new HashSet<>();
        all(constraints).forEach(subtree -> constrained.add(subtree.base().kind()));
        Map<String, String> excluded = excludedByParent(constraints);
        for (GeneralNameView name : certificate.extensions().subjectAltName().orElse(List.of())) {
            Optional<String> complaint =
                    constrained.contains(name.kind()) ? NameSyntax.complaint(name) : Optional.empty();
            if (complaint.isPresent()) {
                return Optional.of(new Broken(VerifyCode.UNSUPPORTED_NAME_SYNTAX, complaint.get()));
            }
            if (name.kind() == GeneralNameView.DNS && name.text().startsWith("*.")) {
                // CVE-2025-61727: the excluded name of exactly one label more, which no comparison of names finds.
                String reached = excluded.get(Ascii.lowerCase(name.text().substring(1)));
                if (reached != null) {
                    return Optional.of(new Broken(
                            VerifyCode.EXCLUDED_VIOLATION,
                            "has the wildcard " + Excerpt.name(name.text()) + ", which stands for "
                                    + Excerpt.name(reached) + " too, an excluded name"));
                }
            }
        }
        return Optional.empty();
    }

    /** The excluded dNSNames of two labels or more, by what follows the first label. */
    private static Map<String, String> excludedByParent(NameConstraintsView constraints) {
        Map<String, String> excluded = new HashMap<>();
        for (Subtree subtree : constraints.excluded().orElse(List.of())) {
            String base = subtree.base().kind() == GeneralNameView.DNS
                    ? Ascii.lowerCase(subtree.base().text())
                    : "";
            if (base.indexOf('.') > 0) {
                excluded.put(base.substring(base.indexOf('.')), base);
            }
        }
        return excluded;
    }

    private static List<Subtree> all(NameConstraintsView constraints) {
        List<Subtree> all = new ArrayList<>(constraints.permitted().orElse(List.of()));
        all.addAll(constraints.excluded().orElse(List.of()));
        return all;
    }

    private static boolean wellFormed(GeneralNameView base) {
        String text = base.text();
        return switch (base.kind()) {
            case GeneralNameView.DNS -> text.isEmpty() || NameSyntax.isHost(text);
            case GeneralNameView.EMAIL ->
                text.isEmpty() || NameSyntax.isMailbox(text) || NameSyntax.isHost(withoutDot(text));
            case GeneralNameView.URI -> text.isEmpty() || NameSyntax.isHost(withoutDot(text));
            case GeneralNameView.IP -> addresses(base.content().toByteArray());
            default -> true;
        };
    }

    private static String withoutDot(String host) {
        return host.startsWith(".") ? host.substring(1) : host;
    }

    /** An address and a mask of as many octets, whose ones come first (RFC 4632). */
    private static boolean addresses(byte[] base) {
        if (base.length != 8 && base.length != 32) {
            return false;
        }
        boolean zeros = false;
        for (int bit = base.length * 4; bit < base.length * 8; bit++) {
            boolean one = (base[bit / 8] >> (7 - bit % 8) & 1) != 0;
            if (one && zeros) {
                return false;
            }
            zeros |= !one;
        }
        return true;
    }

    private static String shown(GeneralNameView base) {
        return base.kind() == GeneralNameView.IP
                ? "an iPAddress of " + base.content().size() + " octets, or with a mask that is none"
                : "'" + Excerpt.name(base.text()) + "'";
    }
}
