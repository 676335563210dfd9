package org.yuanliu.epcis;

import org.jspecify.annotations.Nullable;

/**
 * A place in a document, as a chain towards its root: made cheaply on the way down, written as a
 * JSON pointer only when something is wrong.
 */
record Where(@Nullable Where parent, @Nullable String name, int index) {
  static final Where ROOT = new Where(null, null, -1);

  /** What the text of a place in XML begins with, before {@link XPaths} has made an XPath of it. */
  static final char ELEMENT = '#';

  /** The same for an event, whose inner places are those of its JSON form. */
  static final char EVENT = '@';

  /** An element of an XML document, by the number of its start tag. */
  static Where element(int ordinal) {
    return new Where(null, ELEMENT + Integer.toString(ordinal), -1);
  }

  /** An event of an XML document, by the number of its start tag. */
  static Where event(int ordinal) {
    return new Where(null, EVENT + Integer.toString(ordinal), -1);
  }

  Where in(String member) {
    return new Where(this, member, -1);
  }

  Where at(int position) {
    return new Where(this, null, position);
  }

  String pointer() {
    StringBuilder out = new StringBuilder();
    write(out);
    return out.toString();
  }

  private void write(StringBuilder out) {
    if (parent == null) {
      if (name != null) {
        out.append(name);
      }
      return;
    }
    parent.write(out);
    out.append('/');
    if (name == null) {
      out.append(index);
      return;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      switch (c) {
        case '~' -> out.append("~0");
        case '/' -> out.append("~1");
        default -> out.append(c);
      }
    }
  }
}
