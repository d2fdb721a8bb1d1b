/**
 * What a context is asked for, and what becomes of it: immutable settings in groups, each of which holds itself against what
 * the provider can do. Builders fill them in, contexts read them.
 */
@NullMarked
package io.omnitls.internal.settings;

import org.jspecify.annotations.NullMarked;
