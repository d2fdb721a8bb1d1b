/** What says where Android ends: see docs/android.md. */
@NullMarked
package io.omnitls.internal.android;

import org.jspecify.annotations.NullMarked;
