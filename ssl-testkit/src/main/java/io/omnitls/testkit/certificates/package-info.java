/** Certificates for tests of programs that speak TLS: {@link io.omnitls.testkit.certificates.TestCertificates}. */
@NullMarked
package io.omnitls.testkit.certificates;

import org.jspecify.annotations.NullMarked;
