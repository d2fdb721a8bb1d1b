/**
 * What carries the records, and the plumbing around it: sockets, channels and memory below a connection, what is left of them
 * when TLS ends, and the sources that writes are gathered from.
 */
@NullMarked
package io.omnitls.internal.transport;

import org.jspecify.annotations.NullMarked;
