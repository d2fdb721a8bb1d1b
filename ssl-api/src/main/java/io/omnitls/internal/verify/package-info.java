/**
 * Who is trusted, decided once for all backends and as OpenSSL decides it: the order of the checks and the codes are
 * those of OpenSSL 3.0's {@code x509_vfy.c}.
 */
@NullMarked
package io.omnitls.internal.verify;

import org.jspecify.annotations.NullMarked;
