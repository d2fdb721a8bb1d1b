/** The cipher suites, OpenSSL's language for choosing among them, and its security levels. */
@NullMarked
package io.omnitls.internal.cipher;

import org.jspecify.annotations.NullMarked;
