/** DER, PEM and the forms that private keys come in. */
@NullMarked
package io.omnitls.internal.x509;

import org.jspecify.annotations.NullMarked;
