/**
 * What bytes say: certificates, revocation lists and OCSP responses as views that are read once and strictly ({@link
 * io.omnitls.internal.x509.CertificateView}), DER and PEM, and the forms that private keys come in.
 */
@NullMarked
package io.omnitls.internal.x509;

import org.jspecify.annotations.NullMarked;
