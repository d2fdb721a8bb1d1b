package io.omnitls.internal.android;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A class that calls what Android's API level 26 lacks, for one concern, and is never reached there: its comment says why. The
 * build's check of all other classes passes it over.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface NotOnAndroid {}
