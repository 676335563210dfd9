package org.yuanliu.platform.query;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.yuanliu.codes.PrefixTable;

/** What queries are made of beside their own classes. */
@Configuration(proxyBeanMethods = false)
class QueryConfiguration {

  /** The lengths of company prefixes; empty where no table is configured. */
  @Bean
  PrefixTable prefixTable(QuerySettings settings) {
    if (settings.prefixTable() == null) {
      return PrefixTable.empty();
    }
    try (Reader csv = Files.newBufferedReader(settings.prefixTable())) {
      return PrefixTable.read(csv);
    } catch (IOException e) {
      throw new UncheckedIOException("prefix-table " + settings.prefixTable(), e);
    }
  }
}
