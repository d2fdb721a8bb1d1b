/**
 * How bytes become a connection. {@link io.omnitls.internal.engine.EnginePump} alone calls the engine and never blocks;
 * {@link io.omnitls.internal.engine.ConnectionCore} is the only loop that touches a
 * {@link io.omnitls.internal.engine.Transport}; sockets and memory BIOs differ in their transport alone.
 */
@NullMarked
package io.omnitls.internal.engine;

import org.jspecify.annotations.NullMarked;
