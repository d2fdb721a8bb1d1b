/**
 * The rules of {@code VerifyProfile.WEBPKI} that OpenSSL does not have, as tables: of RFC 5280, RFC 9525 and the Baseline
 * Requirements of the CA/Browser Forum (BR). The numbers are those of SPEC.md.
 */
@NullMarked
package io.omnitls.internal.verify.webpki;

import org.jspecify.annotations.NullMarked;
