package io.omnitls.cert;

/**
 * How much a context has loaded to verify its peers with: Python's {@code cert_store_stats()}. What stands in a directory
 * counts once it was used.
 *
 * @param x509 the certificates
 * @param crl the revocation lists
 * @param x509Ca those certificates that are an authority's
 */
public record CertificateStoreStats(int x509, int crl, int x509Ca) {}
