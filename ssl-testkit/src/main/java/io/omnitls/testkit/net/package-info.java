/** Ways to connect two ends: in memory with any segmentation, over loopback sockets, and to the {@code openssl} command. */
@NullMarked
package io.omnitls.testkit.net;

import org.jspecify.annotations.NullMarked;
