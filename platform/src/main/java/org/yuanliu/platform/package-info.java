/** The server: one Spring Boot application with one package a capability. */
@NullMarked
package org.yuanliu.platform;

import org.jspecify.annotations.NullMarked;
