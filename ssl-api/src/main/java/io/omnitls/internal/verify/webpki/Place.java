package io.omnitls.internal.verify.webpki;

import java.util.EnumSet;
import java.util.Set;

/** Where in its path a certificate stands. */
public enum Place {
    /** The peer's own, be it trusted itself or not. */
    LEAF,
    INTERMEDIATE,
    /** A trust anchor that somebody else has issued: an intermediate that needs no issuer. */
    ANCHOR,
    /** A trust anchor that says it issued itself. */
    ROOT;

    static final Set<Place> ALL = EnumSet.allOf(Place.class);
    static final Set<Place> ISSUERS = EnumSet.of(INTERMEDIATE, ANCHOR, ROOT);
    /** Those whose bytes come from the peer: roots of old do not keep rules that are younger than they are. */
    static final Set<Place> PRESENTED = EnumSet.of(LEAF, INTERMEDIATE);

    static final Set<Place> SUBORDINATES = EnumSet.of(INTERMEDIATE, ANCHOR);
}
