/**
 * The vocabulary of TLS as plain values: versions, cipher suites, named groups, signature schemes, alerts and the
 * ClientHello. Names are those of the RFCs and of the IANA registries; nothing here has behaviour beyond look-up and
 * fingerprints, and every type is immutable and thread-safe.
 */
@NullMarked
package io.omnitls.protocol;

import org.jspecify.annotations.NullMarked;
