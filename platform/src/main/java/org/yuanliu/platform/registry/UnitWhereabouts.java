package org.yuanliu.platform.registry;

import java.util.UUID;
import org.yuanliu.platform.access.Viewer;

/** Where units have been; the trace knows, the registry only asks. */
public interface UnitWhereabouts {

  /** Whether there is a record of the unit that the viewer may read. */
  boolean seen(Viewer viewer, UUID unit);
}
