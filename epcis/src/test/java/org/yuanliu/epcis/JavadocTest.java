package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a user of the library can name has its Javadoc, and none of it is malformed. */
class JavadocTest {
  private static final Path SOURCES = Path.of("src", "main", "java");

  @TempDir Path classes;

  @Test
  void everyPublicNameIsExplained() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null);
        Stream<Path> tree = Files.walk(SOURCES)) {
      List<Path> sources = tree.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(sources).hasSizeGreaterThan(50);
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  found,
                  List.of(
                      "-proc:none",
                      "-Xdoclint:all/protected",
                      "-Xmaxwarns",
                      "1000",
                      "-classpath",
                      System.getProperty("java.class.path")),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).isTrue();
    }
    // What a parameter or a result is, the description says where it is not plain.
    assertThat(
            found.getDiagnostics().stream()
                .filter(one -> one.getCode().startsWith("compiler.warn.proc.messager"))
                .filter(one -> !one.getMessage(Locale.ROOT).matches("no @(param|return|throws).*"))
                .filter(one -> !isCompactConstructor(one))
                .map(one -> one.getSource().getName() + ":" + one.getLineNumber() + ": " + one))
        .isEmpty();
  }

  /** The checks of a record's components, which the record's own comment explains. */
  private static boolean isCompactConstructor(Diagnostic<? extends JavaFileObject> diagnostic) {
    try {
      return diagnostic
          .getSource()
          .getCharContent(true)
          .toString()
          .lines()
          .skip(diagnostic.getLineNumber() - 1)
          .findFirst()
          .orElseThrow()
          .strip()
          .matches("public [A-Z][A-Za-z]* \\{");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
