package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small OpenID Connect provider on a socket: discovery, keys, authorization with PKCE, codes that
 * work once, signed tokens. What its tokens say can be spoilt, one thing at a time.
 */
final class OidcIssuer implements AutoCloseable {
  static final String CLIENT = "yuanliu";
  static final String SECRET = "a secret of the two";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** How a token is signed. */
  enum Signing {
    OWN_KEY,
    /** A key that is not published, under the id of one that is. */
    OTHER_KEY,
    /** The client's secret as a symmetric key. */
    SECRET_AS_KEY,
    NONE
  }

  private record Begun(String nonce, String challenge, String redirect) {}

  private final HttpServer server;
  private final RSAKey key;
  private final RSAKey otherKey;
  private final Map<String, Begun> codes = new ConcurrentHashMap<>();
  private volatile Clock clock = Clock.systemUTC();
  private volatile String subject = "nobody";
  private volatile Consumer<JWTClaimsSet.Builder> spoil = claims -> {};
  private volatile Signing signing = Signing.OWN_KEY;
  private volatile int exchanges;

  OidcIssuer() throws IOException, JOSEException {
    key = new RSAKeyGenerator(2048).keyID("1").generate();
    otherKey = new RSAKeyGenerator(2048).keyID("1").generate();
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/realm";
  }

  void clock(Clock given) {
    clock = given;
  }

  /** Who signs in next, and what is said of him beside that. */
  void next(String who, Consumer<JWTClaimsSet.Builder> more) {
    subject = who;
    spoil = more;
    signing = Signing.OWN_KEY;
  }

  void sign(Signing how) {
    signing = how;
  }

  int exchanges() {
    return exchanges;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      switch (path) {
        case "/realm/.well-known/openid-configuration" -> answer(exchange, 200, metadata());
        case "/realm/keys" -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toJSONObject());
        case "/realm/authorize" -> authorize(exchange);
        case "/realm/token" -> token(exchange);
        default -> answer(exchange, 404, Map.of());
      }
    } catch (JOSEException e) {
      throw new IOException(e);
    }
  }

  private Map<String, Object> metadata() {
    return Map.of(
        "issuer",
        issuer(),
        "authorization_endpoint",
        issuer() + "/authorize",
        "token_endpoint",
        issuer() + "/token",
        "jwks_uri",
        issuer() + "/keys",
        "end_session_endpoint",
        issuer() + "/logout",
        "response_types_supported",
        List.of("code"),
        "subject_types_supported",
        List.of("public"),
        "id_token_signing_alg_values_supported",
        List.of("RS256"));
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
    if (!CLIENT.equals(asked.get("client_id"))
        || !"S256".equals(asked.get("code_challenge_method"))) {
      answer(exchange, 400, Map.of("error", "invalid_request"));
      return;
    }
    String code = UUID.randomUUID().toString();
    codes.put(
        code,
        new Begun(asked.get("nonce"), asked.get("code_challenge"), asked.get("redirect_uri")));
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            asked.get("redirect_uri")
                + "?code="
                + code
                + "&state="
                + java.net.URLEncoder.encode(asked.get("state"), UTF_8));
    exchange.sendResponseHeaders(302, -1);
  }

  private void token(HttpExchange exchange) throws IOException, JOSEException {
    exchanges++;
    Map<String, String> asked = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    Begun begun = codes.remove(asked.getOrDefault("code", ""));
    String basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((CLIENT + ":" + SECRET.replace(' ', '+')).getBytes(UTF_8));
    boolean client = basic.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!client) {
      answer(exchange, 401, Map.of("error", "invalid_client"));
      return;
    }
    String proven =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                KeyToken.sha256(asked.getOrDefault("code_verifier", "").getBytes(UTF_8)));
    if (begun == null
        || !proven.equals(begun.challenge())
        || !begun.redirect().equals(asked.get("redirect_uri"))) {
      answer(exchange, 400, Map.of("error", "invalid_grant"));
      return;
    }
    answer(
        exchange,
        200,
        Map.of(
            "access_token",
            "opaque",
            "token_type",
            "Bearer",
            "expires_in",
            60,
            "id_token",
            idToken(begun.nonce())));
  }

  private String idToken(String nonce) throws JOSEException {
    Instant now = clock.instant();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .subject(subject)
            .audience(CLIENT)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))))
            .claim("nonce", nonce);
    spoil.accept(claims);
    JWTClaimsSet said = claims.build();
    return switch (signing) {
      case OWN_KEY -> signed(said, key);
      case OTHER_KEY -> signed(said, otherKey);
      case SECRET_AS_KEY -> {
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), said);
        token.sign(new MACSigner((SECRET + "x".repeat(32)).getBytes(UTF_8)));
        yield token.serialize();
      }
      case NONE -> new PlainJWT(said).serialize();
    };
  }

  private static String signed(JWTClaimsSet claims, RSAKey with) throws JOSEException {
    var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("1").build(), claims);
    token.sign(new RSASSASigner(with));
    return token.serialize();
  }

  private static Map<String, String> form(String text) {
    Map<String, String> values = new HashMap<>();
    for (String pair : text.split("&")) {
      String[] parts = pair.split("=", 2);
      values.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return values;
  }

  private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
