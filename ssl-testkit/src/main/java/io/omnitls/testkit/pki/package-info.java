/** Certificates, made when a test runs. */
@NullMarked
package io.omnitls.testkit.pki;

import org.jspecify.annotations.NullMarked;
