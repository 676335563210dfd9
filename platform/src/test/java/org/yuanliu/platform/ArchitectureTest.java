package org.yuanliu.platform;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms' boundaries (docs/architecture.md, "Rooms"), as rules that fail the build. */
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.yuanliu");

  private static final Path SOURCES = Path.of("src/main/java/org/yuanliu/platform");

  /** Whose tables are whose: by the prefix of the migration's author. */
  private static final Map<String, String> MIGRATIONS =
      Map.ofEntries(
          Map.entry("V1__journal.sql", "journal"),
          Map.entry("V2__registry.sql", "registry"),
          Map.entry("V3__access.sql", "access"),
          Map.entry("V4__trace.sql", "trace"),
          Map.entry("V5__capture.sql", "capture"),
          Map.entry("V6__ledger.sql", "transparency"),
          Map.entry("V7__query.sql", "query"),
          Map.entry("V7_1__master_data.sql", "query"),
          Map.entry("V11__codes.sql", "codes"),
          Map.entry("V30__subscription.sql", "subscription"),
          Map.entry("V35__checks.sql", "checks"),
          Map.entry("V85__check_equivalence.sql", "checks"),
          Map.entry("V41__catalogue.sql", "catalogue"),
          Map.entry("V25__query_slices.sql", "query"),
          Map.entry("V72__mandate_sides.sql", "registry"),
          Map.entry("V73__provider_links.sql", "access"),
          Map.entry("V74__organisations.sql", "organisation"),
          Map.entry("V75_1__passkeys.sql", "access"),
          Map.entry("V50__sign_in.sql", "access"),
          Map.entry("V68__personal.sql", "personal"),
          Map.entry("V69__legal_hold.sql", "hold"),
          Map.entry("V71__retention.sql", "retention"),
          Map.entry("V97__task.sql", "operations"),
          Map.entry("V90__open_data.sql", "opendata"),
          Map.entry("V91__partner_agreements.sql", "organisation"),
          Map.entry("V51__audit_log.sql", "access"));

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

  private static final Pattern CREATED =
      Pattern.compile(
          "create\\s+(?:unlogged\\s+)?table\\s+(?:if not exists\\s+)?(\\w+)",
          Pattern.CASE_INSENSITIVE);

  @Test
  void codesNeedTheJdkAlone() {
    classes()
        .that(resideInAPackage("org.yuanliu.codes.."))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("org.yuanliu.codes..", "java..", "javax..", "org.jspecify.."))
        .check(ALL);
  }

  @Test
  void librariesLookDownOnly() {
    noClasses()
        .that(resideInAPackage("org.yuanliu.epcis.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.yuanliu.industry..", "org.yuanliu.ledger..", "org.yuanliu.platform.."))
        .check(ALL);
    noClasses()
        .that(resideInAPackage("org.yuanliu.ledger.."))
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.yuanliu..").and(not(resideInAPackage("org.yuanliu.ledger.."))))
        .check(ALL);
    noClasses()
        .that(resideInAPackage("org.yuanliu.industry.."))
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.yuanliu.ledger..", "org.yuanliu.platform.."))
        .check(ALL);
  }

  @Test
  void librariesKnowNoFramework() {
    noClasses()
        .that(
            resideInAnyPackage(
                "org.yuanliu.codes..",
                "org.yuanliu.epcis..",
                "org.yuanliu.ledger..",
                "org.yuanliu.industry.."))
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.springframework..", "jakarta..", "java.sql.."))
        .check(ALL);
  }

  @Test
  void capabilitiesFormNoCircles() {
    slices().matching("org.yuanliu.platform.(*)..").should().beFreeOfCycles().check(ALL);
  }

  /** A capability's tables are its own: no other package's SQL names them. */
  @Test
  void tablesBelongToOneCapability() throws IOException {
    List<String> trespasses = new ArrayList<>();
    for (Map.Entry<String, String> migration : MIGRATIONS.entrySet()) {
      Path file = Path.of("src/main/resources/db/migration", migration.getKey());
      assertThat(file).exists();
      Matcher tables = CREATED.matcher(Files.readString(file));
      while (tables.find()) {
        Pattern use =
            Pattern.compile(
                "(?:from|join|into|update|table|copy)\\s+" + tables.group(1) + "\\b",
                Pattern.CASE_INSENSITIVE);
        try (Stream<Path> sources = Files.walk(SOURCES)) {
          for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
            boolean own = source.startsWith(SOURCES.resolve(migration.getValue()));
            if (!own && use.matcher(withoutComments(Files.readString(source))).find()) {
              trespasses.add(
                  source + " names the table " + tables.group(1) + " of " + migration.getValue());
            }
          }
        }
      }
    }
    assertThat(trespasses).isEmpty();
  }

  private static String withoutComments(String java) {
    return COMMENT.matcher(java).replaceAll(" ");
  }
}
