/** One backend's peculiarities: the JDK's SunJSSE on JDK 17 and later. */
@NullMarked
package io.omnitls.jsse;

import org.jspecify.annotations.NullMarked;
