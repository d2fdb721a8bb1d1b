/**
 * Certificates, keys and trust: where they come from ({@link io.omnitls.cert.Credentials},
 * {@link io.omnitls.cert.TrustStore}), what they hold ({@link io.omnitls.cert.CertificateInfo}) and whom they speak for
 * ({@link io.omnitls.cert.HostnameMatcher}).
 */
@NullMarked
package io.omnitls.cert;

import org.jspecify.annotations.NullMarked;
