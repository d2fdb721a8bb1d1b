/**
 * The front door. {@link io.omnitls.ClientContext} and {@link io.omnitls.ServerContext} hold the settings;
 * {@link io.omnitls.TlsSocket}, {@link io.omnitls.TlsChannel} and {@link io.omnitls.TlsBioConnection} are connections;
 * {@link io.omnitls.TlsProviders} lists the crypto backends of this process.
 */
@NullMarked
package io.omnitls;

import org.jspecify.annotations.NullMarked;
