package org.yuanliu.platform.journal;

/**
 * The decoded content of an entry: an event, a registry change, … Each kind's capability owns its
 * type.
 */
public interface Subject {}
