package org.yuanliu.platform.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.Syntax;

/**
 * Sends deliveries to webhooks: to guarded addresses alone, no redirect followed, no cookie kept,
 * no proxy, every step and the whole bounded in time, and of the answer no more read than its head
 * needs.
 */
@Component
final class WebhookClient implements AutoCloseable {
  static final String SIGNATURE = "GS1-Signature";
  static final String DELIVERY = "Yuanliu-Delivery";
  private static final String MAC = "HmacSHA256";

  /** Of the answer's body; a longer one costs the receiver the kept connection. */
  static final int MAX_ANSWER_BYTES = 16 << 10;

  /** One slow receiver with many subscriptions holds no more connections than this. */
  private static final int MAX_PER_RECEIVER = 8;

  private static final int MAX_RETRY_AFTER_S = 86_400;

  private final CloseableHttpClient http;
  private final Duration timeout;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("webhook-watch").factory());

  WebhookClient(AddressGuard guard, SubscriptionSettings settings) {
    this.timeout = settings.timeout();
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(guard)
            .setMaxConnTotal(settings.parallel())
            .setMaxConnPerRoute(Math.min(settings.parallel(), MAX_PER_RECEIVER))
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                    .setSocketTimeout(Timeout.of(timeout))
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                    .build())
            .build();
    this.http =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(Timeout.of(timeout))
                    .setResponseTimeout(Timeout.of(timeout))
                    .build())
            .setUserAgent("Yuanliu")
            .evictIdleConnections(TimeValue.ofSeconds(30))
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableAutomaticRetries()
            .disableContentCompression()
            .build();
  }

  /**
   * One delivery.
   *
   * @param token signs it; null: it is not signed
   * @param isNotice no events, but why none come
   */
  record Delivery(
      UUID id,
      URI dest,
      byte[] body,
      DeliveryForm form,
      @Nullable String token,
      boolean isNotice) {}

  /**
   * @param retryAfter what the receiver asks for; null: nothing
   */
  record Answer(int status, @Nullable Duration retryAfter) {}

  /**
   * Sends a delivery and waits for the answer.
   *
   * @throws IOException the receiver was not reached, or did not answer in time
   */
  Answer send(Delivery delivery) throws IOException {
    HttpPost request = new HttpPost(delivery.dest());
    String version = delivery.form().syntax() == Syntax.XML_1_2 ? "1.2.0" : "2.0.0";
    request.setHeader(DELIVERY, delivery.id().toString());
    request.setHeader("GS1-EPCIS-Version", version);
    request.setHeader("GS1-CBV-Version", version);
    request.setHeader("GS1-EPC-Format", delivery.form().epcs().value());
    if (delivery.token() != null) {
      request.setHeader(SIGNATURE, signature(delivery.token(), delivery.body()));
    }
    ContentType type =
        delivery.form().syntax() == Syntax.JSON_LD
            ? delivery.isNotice()
                ? ContentType.APPLICATION_PROBLEM_JSON
                : ContentType.APPLICATION_JSON
            : ContentType.TEXT_XML.withCharset(UTF_8);
    request.setEntity(new ByteArrayEntity(delivery.body(), type));
    ScheduledFuture<?> end =
        watch.schedule(request::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
    try {
      ClassicHttpResponse response = http.executeOpen(null, request, null);
      try {
        HttpEntity entity = response.getEntity();
        InputStream in = entity == null ? null : entity.getContent();
        if (in != null && in.readNBytes(MAX_ANSWER_BYTES).length == MAX_ANSWER_BYTES) {
          // To close an answer would read it to its end: who sends so much is cut off.
          request.cancel();
        }
        return new Answer(response.getCode(), retryAfter(response.getFirstHeader("Retry-After")));
      } finally {
        Closer.closeQuietly(response);
      }
    } finally {
      end.cancel(false);
    }
  }

  private static @Nullable Duration retryAfter(@Nullable Header header) {
    if (header == null || !header.getValue().matches("[0-9]{1,9}")) {
      return null;
    }
    return Duration.ofSeconds(Math.min(Integer.parseInt(header.getValue()), MAX_RETRY_AFTER_S));
  }

  /** HMAC-SHA256 of the body under the subscriber's token, in lower-case hexadecimal digits. */
  static String signature(String token, byte[] body) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(token.getBytes(UTF_8), MAC));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public void close() throws IOException {
    watch.shutdownNow();
    http.close();
  }
}
