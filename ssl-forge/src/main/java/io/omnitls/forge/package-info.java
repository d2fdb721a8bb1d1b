/** Writes certificates, CRLs and trust anchors field by field, as bytes: no parser has a say in what can be written. */
@NullMarked
package io.omnitls.forge;

import org.jspecify.annotations.NullMarked;
