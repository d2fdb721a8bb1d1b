/**
 * Traces for {@link io.omnitls.ContextBuilder#trace}: a module of its own, because Android has neither {@link System.Logger} nor
 * JDK Flight Recorder.
 */
@NullMarked
package io.omnitls.trace;

import org.jspecify.annotations.NullMarked;
