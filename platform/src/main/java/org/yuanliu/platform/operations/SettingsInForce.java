package org.yuanliu.platform.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Every setting that application.yaml documents, with the comment that says its effect and the
 * value in force. What may be a secret is never shown, not even its length.
 */
@Component
final class SettingsInForce {
  static final String MASK = "••••••";

  private static final String FILE = "application.yaml";

  /** The effects in Chinese, by name. */
  private static final String CHINESE = "settings_zh.properties";

  /** Of the file: two spaces a level, a key, perhaps a value. */
  private static final Pattern LINE = Pattern.compile("( *)([A-Za-z][A-Za-z0-9.-]*):(?: (.*))?");

  private static final Pattern COMMENT = Pattern.compile(" *# ?(.*)");

  private static final Pattern SECRET =
      Pattern.compile("password|secret|token$|credential|private|(^|[.-])key$|public-key|command");

  /** A URL may carry a password. */
  private static final Pattern PASSWORD_IN_URL =
      Pattern.compile("(://[^:/@]*:)[^@/]*@|([?&]password=)[^&]*", Pattern.CASE_INSENSITIVE);

  private final ConfigurableEnvironment environment;
  private final List<Documented> documented;

  SettingsInForce(ConfigurableEnvironment environment) {
    this.environment = requireNonNull(environment, "environment is null");
    try {
      Properties chinese = new Properties();
      chinese.load(new StringReader(new ClassPathResource(CHINESE).getContentAsString(UTF_8)));
      this.documented =
          parse(new ClassPathResource(FILE).getContentAsString(UTF_8), chinese::getProperty);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Documented(String name, String effect, @Nullable String effectZh) {}

  /**
   * @param effect what the setting does, as application.yaml says
   * @param effectZh the same in Chinese; null where nobody has written it
   * @param changed whether it is not the program's own default
   * @param from where the value comes from
   */
  record Setting(
      String name,
      String effect,
      @Nullable String effectZh,
      String value,
      boolean changed,
      String from) {}

  List<Setting> all() {
    return documented.stream().map(this::setting).toList();
  }

  private Setting setting(Documented one) {
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source.getName().equals("configurationProperties")) {
        continue; // stands for all the others
      }
      Object value = source.getProperty(one.name());
      if (value != null) {
        boolean own = source.getName().contains("class path resource [" + FILE);
        return setting(one, !own, own ? "default" : from(source));
      }
    }
    // From a variable of the environment, whose name is another.
    return setting(one, true, "environment");
  }

  private Setting setting(Documented one, boolean changed, String from) {
    return new Setting(one.name(), one.effect(), one.effectZh(), shown(one.name()), changed, from);
  }

  private String shown(String name) {
    @Nullable String value = environment.getProperty(name);
    if (value == null) {
      return "";
    }
    if (SECRET.matcher(name.toLowerCase(Locale.ROOT)).find()) {
      return value.isEmpty() ? "" : MASK;
    }
    Matcher password = PASSWORD_IN_URL.matcher(value);
    return password.replaceAll(
        found ->
            found.group(1) != null
                ? Matcher.quoteReplacement(found.group(1) + MASK + "@")
                : Matcher.quoteReplacement(found.group(2) + MASK));
  }

  private static String from(PropertySource<?> source) {
    String name = source.getName();
    if (name.contains("ommandLine")) {
      return "command line";
    }
    return name.contains("ystemEnvironment") ? "environment" : "yuanliu.yaml";
  }

  /** Keys of the file that have a value, each with the comment lines above it. */
  private static List<Documented> parse(String text, Function<String, @Nullable String> chinese) {
    List<Documented> found = new ArrayList<>();
    Deque<String> path = new ArrayDeque<>();
    // What stands above a group is said of those in it that have no comment of their own.
    Deque<String> groups = new ArrayDeque<>();
    StringBuilder comment = new StringBuilder();
    for (String line : text.lines().toList()) {
      Matcher remark = COMMENT.matcher(line);
      Matcher key = LINE.matcher(line);
      if (remark.matches()) {
        comment.append(comment.isEmpty() ? "" : " ").append(remark.group(1));
      } else if (key.matches()) {
        int level = key.group(1).length() / 2;
        while (path.size() > level) {
          path.removeLast();
          groups.removeLast();
        }
        path.addLast(key.group(2));
        String name = String.join(".", path);
        if (key.group(3) != null && name.matches("(yuanliu|server)\\..*")) {
          found.add(
              new Documented(
                  name,
                  comment.isEmpty() && !groups.isEmpty() ? groups.getLast() : comment.toString(),
                  chinese.apply(name)));
        }
        groups.addLast(comment.toString());
        comment.setLength(0);
      } else {
        comment.setLength(0);
      }
    }
    return List.copyOf(found);
  }
}
