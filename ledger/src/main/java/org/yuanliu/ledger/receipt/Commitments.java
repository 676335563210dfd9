package org.yuanliu.ledger.receipt;

import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.yuanliu.ledger.Suite;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the commitments to personal values in a body: {@code {"yl:commitment": "…"}}, and those
 * that the URIs of documents end in.
 */
final class Commitments {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Commitments() {}

  /** The commitments as hexadecimal; none in what is not JSON. */
  static Set<String> in(String body) {
    Set<String> found = new HashSet<>();
    if (!body.contains(PersonalValue.MEMBER) && !body.contains(PersonalValue.SEALED_NUMBER)) {
      return found;
    }
    Deque<JsonNode> open = new ArrayDeque<>();
    try {
      open.push(JSON.readTree(body));
    } catch (JacksonException e) {
      return found;
    }
    while (!open.isEmpty()) {
      JsonNode node = open.pop();
      JsonNode commitment =
          node.isObject() && node.size() == 1 ? node.get(PersonalValue.MEMBER) : null;
      if (commitment != null && commitment.isString()) {
        add(commitment.stringValue(), found);
      } else if (node.isString()) {
        String number = PersonalValue.sealedNumber(node.stringValue());
        if (number != null) {
          found.add(number);
        }
      } else {
        node.forEach(open::push);
      }
    }
    return found;
  }

  private static void add(String base64, Set<String> found) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      if (bytes.length == Suite.HASH_BYTES) {
        found.add(HexFormat.of().formatHex(bytes));
      }
    } catch (IllegalArgumentException e) {
      // a member of this name that is no commitment
    }
  }
}
