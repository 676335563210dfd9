package org.yuanliu.platform.command;

import java.io.Console;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.ConsoleAccounts;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.Standing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Makes an account while the server is stopped: the way to the first one, for there is no default
 * password. Later ones are made through {@code POST /api/v1/accounts}. And the way back in for an
 * administration that has lost its last account.
 */
@Command(
    name = "account",
    mixinStandardHelpOptions = true,
    description =
        "Make an account, the first one for instance, or let one in again; stop the server first.")
final class AccountCommand implements Callable<Integer> {
  @Mixin private ServerOptions options = new ServerOptions();

  @Option(names = "--name", required = true, description = "what one signs in with")
  private String name = "";

  @Option(
      names = "--party",
      description = "of a new one: whom it acts for, e.g. urn:yuanliu:uscc:91610100MA6U123487")
  private String party = "";

  @Option(
      names = "--recover",
      description =
          "let one in again that is there: a new password, enabled, unlocked, without second"
              + " factor")
  private boolean recover;

  @Option(names = "--disable", description = "switch one off that is there")
  private boolean disable;

  @Option(
      names = "--kind",
      description = "operator, regulator or enterprise; default ${DEFAULT-VALUE}")
  private String kind = "operator";

  @Option(
      names = "--division",
      description = "for a regulator: leading digits of its divisions, e.g. 6101")
  private String division = "";

  @Option(
      names = "--duty",
      description =
          "of an operator: system, security or audit administration, each an account of its own;"
              + " default ${DEFAULT-VALUE}")
  private Duty duty = Duty.system;

  @Option(names = "--key", description = "also make an API key and print it, this once")
  private boolean key;

  @Override
  public Integer call() {
    if ((recover ? 1 : 0) + (disable ? 1 : 0) + (party.isEmpty() ? 0 : 1) != 1) {
      throw new IllegalArgumentException(
          "give --party for a new account, else either --recover or --disable");
    }
    ViewerKind viewer = ViewerKind.valueOf(kind.toUpperCase(Locale.ROOT));
    String password = disable ? "" : password();
    options.port = 0;
    options.lan = false;
    try (ConfigurableApplicationContext context =
        options.start(List.of("--logging.threshold.console=warn"))) {
      ConsoleAccounts console = context.getBean(ConsoleAccounts.class);
      if (disable) {
        console.disable(name);
        System.out.println("账号已停用    account disabled: " + name);
        return 0;
      }
      if (recover) {
        console.recover(name, password);
        System.out.println("账号已恢复，请尽快重设第二重验证    account recovered: " + name);
        return 0;
      }
      Accounts accounts = context.getBean(Accounts.class);
      UUID account =
          console.create(
              new Accounts.NewAccount(
                  name,
                  password,
                  party,
                  viewer,
                  division,
                  Set.of(),
                  permissions(viewer, duty),
                  viewer == ViewerKind.ENTERPRISE ? Standing.DECLARED : Standing.AUTHORITY));
      System.out.println("账号已建立    account made: " + name);
      if (key) {
        Accounts.IssuedKey issued =
            accounts.createKey(
                account,
                new Accounts.NewKey(
                    "made with the account",
                    permissions(viewer, duty),
                    Standing.DECLARED,
                    null,
                    null));
        System.out.println("API key (只显示这一次    shown this once): " + issued.token());
      }
    }
    return 0;
  }

  /** The three administrations, as they are typed. */
  enum Duty {
    system,
    security,
    audit
  }

  private static Set<Permission> permissions(ViewerKind viewer, Duty duty) {
    return switch (viewer) {
      case OPERATOR ->
          switch (duty) {
            case system -> Permission.ofOperator();
            case security -> EnumSet.of(Permission.SECURE);
            case audit -> EnumSet.of(Permission.AUDIT);
          };
      case REGULATOR -> EnumSet.of(Permission.QUERY, Permission.REGISTER, Permission.CAPTURE);
      case ENTERPRISE -> EnumSet.of(Permission.QUERY, Permission.REGISTER, Permission.CAPTURE);
    };
  }

  /** Asked for at the terminal, unseen; else the first line of standard input. */
  private static String password() {
    Console console = Terminal.console();
    if (console != null) {
      char[] typed =
          console.readPassword(
              "口令（至少 %1$d 位）    Password (%1$d or more): ", Accounts.MIN_PASSWORD_LENGTH);
      return typed == null ? "" : new String(typed);
    }
    @Nullable String line =
        new java.util.Scanner(System.in, StandardCharsets.UTF_8)
            .useDelimiter("\\R")
            .tokens()
            .findFirst()
            .orElse(null);
    return line == null ? "" : line;
  }
}
