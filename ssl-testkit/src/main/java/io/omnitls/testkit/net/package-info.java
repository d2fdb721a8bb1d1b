/** Ways to connect two ends: in memory with any segmentation, over loopback sockets, and to OpenSSL and Python. */
@NullMarked
package io.omnitls.testkit.net;

import org.jspecify.annotations.NullMarked;
