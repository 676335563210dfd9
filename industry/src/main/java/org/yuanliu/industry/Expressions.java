package org.yuanliu.industry;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelVarDecl;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yuanliu.codes.CodeParts;

/**
 * Compiles the expressions of packs. They see the variables that they are given and nothing else; a
 * loop runs over a list that an event brought, no further than a limit; nothing in them can make a
 * text or a list longer than it was (without concatenation no nesting of loops can double
 * anything), so that whoever writes one can neither reach outside nor keep the server busy.
 */
final class Expressions {
  /** The longest in the packs is a third of this. */
  static final int MAX_LENGTH = 1_000;

  /** How deep an expression may be nested. */
  static final int MAX_DEPTH = 32;

  /** Nodes of its tree. */
  static final int MAX_NODES = 500;

  /** Rounds of all its loops together: an event of a thousand units can be gone through thrice. */
  static final int MAX_ITERATIONS = 3_000;

  /** Instructions of a regular expression, which RE2 runs in linear time. */
  static final int MAX_REGEX_PROGRAM = 500;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(MAX_DEPTH)
          .maxParseExpressionNodeCount(MAX_NODES)
          .comprehensionMaxIterations(MAX_ITERATIONS)
          .maxRegexProgramSize(MAX_REGEX_PROGRAM)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  /** Without dyn() every type is known; without concatenation nothing grows. */
  private static final CelStandardDeclarations DECLARATIONS =
      CelStandardDeclarations.newBuilder()
          .filterFunctions(
              (function, overload) ->
                  function != StandardFunction.DYN
                      && !(function == StandardFunction.ADD
                          && Set.of("add_string", "add_list", "add_bytes")
                              .contains(overload.celOverloadDecl().overloadId())))
          .build();

  private static final String PART = "part";

  private static final String PART_OVERLOAD = "part_string_string";

  /** {@code part(code, "registration")}: what a code says beside naming its unit. */
  private static final CelFunctionDecl PART_DECLARATION =
      CelFunctionDecl.newFunctionDeclaration(
          PART,
          CelOverloadDecl.newGlobalOverload(
              PART_OVERLOAD, SimpleType.STRING, SimpleType.STRING, SimpleType.STRING));

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.legacyCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addFunctionBindings(
              CelFunctionBinding.from(PART_OVERLOAD, String.class, String.class, CodeParts::of))
          .build();

  private Expressions() {}

  /** The variables that every expression has, beside the elements. */
  static Map<String, CelType> standardVariables() {
    Map<String, CelType> variables = new LinkedHashMap<>();
    variables.put("given", ListType.create(SimpleType.STRING));
    variables.put("event_time", SimpleType.TIMESTAMP);
    variables.put("record_time", SimpleType.TIMESTAMP);
    variables.put("link", SimpleType.STRING);
    variables.put("product", SimpleType.STRING);
    variables.put("place_kind", SimpleType.STRING);
    variables.put("documents", ListType.create(SimpleType.STRING));
    variables.put("unit_count", SimpleType.INT);
    return variables;
  }

  /** The CEL type of an element. */
  static CelType type(Element element) {
    CelType one =
        switch (element.type()) {
          case TEXT, CODE, UNIT, PARTY, PLACE, DOCUMENT -> SimpleType.STRING;
          case INTEGER -> SimpleType.INT;
          case DECIMAL -> SimpleType.DOUBLE;
          case BOOLEAN -> SimpleType.BOOL;
          case DATE, TIME -> SimpleType.TIMESTAMP;
          case READINGS -> ListType.create(SimpleType.DOUBLE);
        };
    return element.list() && element.type() != ElementType.READINGS ? ListType.create(one) : one;
  }

  /**
   * @throws IllegalArgumentException with the compiler's words if the expression is not well typed,
   *     is no yes-or-no, or is larger than allowed
   */
  static Expression compile(String text, Map<String, CelType> variables) {
    CelCompiler compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(DECLARATIONS)
            .setStandardMacros(
                CelStandardMacro.ALL, CelStandardMacro.EXISTS, CelStandardMacro.EXISTS_ONE)
            .addVarDeclarations(
                variables.entrySet().stream()
                    .map(e -> CelVarDecl.newVarDeclaration(e.getKey(), e.getValue()))
                    .toList())
            .addFunctionDeclarations(PART_DECLARATION)
            .setResultType(SimpleType.BOOL)
            .build();
    try {
      CelAbstractSyntaxTree tree = compiler.compile(text).getAst();
      requireKnownParts(tree);
      Set<String> uses =
          CelNavigableAst.fromAst(tree)
              .getRoot()
              .allNodes()
              .filter(node -> node.getKind() == ExprKind.Kind.IDENT)
              .map(node -> node.expr().ident().name())
              .filter(variables::containsKey)
              .collect(Collectors.toSet());
      return new Expression(text, RUNTIME.createProgram(tree), uses);
    } catch (CelValidationException e) {
      throw new IllegalArgumentException(firstLine(String.valueOf(e.getMessage())), e);
    } catch (CelEvaluationException e) {
      throw new IllegalArgumentException(firstLine(String.valueOf(e.getMessage())), e);
    }
  }

  /** A part that no code has would be an empty text for ever, and what is asked of it idle. */
  private static void requireKnownParts(CelAbstractSyntaxTree tree) {
    CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .filter(node -> node.getKind() == ExprKind.Kind.CALL)
        .map(node -> node.expr().call())
        .filter(call -> call.function().equals(PART))
        .map(call -> call.args().get(1))
        .filter(name -> !isKnownPart(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "part() takes one of " + new TreeSet<>(CodeParts.NAMES));
            });
  }

  private static boolean isKnownPart(CelExpr name) {
    return name.exprKind().getKind() == ExprKind.Kind.CONSTANT
        && name.constant().getKind() == CelConstant.Kind.STRING_VALUE
        && CodeParts.NAMES.contains(name.constant().stringValue());
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
