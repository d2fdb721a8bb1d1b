/** One backend's peculiarities: Conscrypt 2.9 on a JVM, 2.7 on Android. */
@NullMarked
package io.omnitls.conscrypt;

import org.jspecify.annotations.NullMarked;
