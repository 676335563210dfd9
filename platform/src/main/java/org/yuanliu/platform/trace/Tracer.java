package org.yuanliu.platform.trace;

/** Follows units through events (design: "Tracing"). */
public interface Tracer {
  Trace trace(TraceRequest request);
}
