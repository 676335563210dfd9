/** Organisations by kind, the roles that people hold in them for a time, and delegation. */
@org.jspecify.annotations.NullMarked
package org.yuanliu.platform.organisation;
