/**
 * What can go wrong, in OpenSSL's words. {@link io.omnitls.error.TlsException} is an
 * {@link javax.net.ssl.SSLException}, so code that catches {@link java.io.IOException} keeps working; its
 * {@link io.omnitls.error.ErrorReason} is the same on every provider for the same fault.
 */
@NullMarked
package io.omnitls.error;

import org.jspecify.annotations.NullMarked;
