/** One backend's peculiarities: Conscrypt 2.9 on a JVM. */
@NullMarked
package io.omnitls.conscrypt;

import org.jspecify.annotations.NullMarked;
