package org.yuanliu.codes;

/** A code that carries the division (行政区划) under which it was given out. */
public interface InDivision {
  DivisionCode division();
}
