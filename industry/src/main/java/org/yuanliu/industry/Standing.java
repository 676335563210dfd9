package org.yuanliu.industry;

/** How a stored fact is known, the best-founded first. */
public enum Standing {
  /** Signed by the device that measured or read it. */
  SIGNED_BY_DEVICE,
  /** Confirmed by the other side of the same act. */
  CONFIRMED_BY_COUNTERPARTY,
  /** Verified by an authority. */
  VERIFIED_BY_AUTHORITY,
  /** Said by the party alone. */
  DECLARED,
  /** Said by nobody, concluded by the platform. */
  INFERRED
}
