package org.yuanliu.platform.access;

/** Which kind of viewer an account is. The names are stored. */
public enum ViewerKind {
  ENTERPRISE,
  REGULATOR,
  OPERATOR
}
