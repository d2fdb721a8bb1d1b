/** Certificates that are not as they should be, and what OpenSSL makes of them. */
@org.jspecify.annotations.NullMarked
package io.omnitls.testkit.odd;
