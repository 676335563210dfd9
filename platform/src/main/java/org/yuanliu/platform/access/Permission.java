package org.yuanliu.platform.access;

/** What a credential may do; what it may see is the viewer's matter. */
public enum Permission {
  CAPTURE,
  QUERY,
  REGISTER,
  ADMINISTER
}
