package org.yuanliu.platform.problem;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * How large a body may be that is read into a record. Doors that take documents read for themselves
 * and have their own limits.
 */
@ControllerAdvice
class BodyLimits extends RequestBodyAdviceAdapter {
  /** A name, a password, a passkey's answer: whoever signs in is nobody yet. */
  static final long SIGN_IN_BYTES = 16 << 10;

  /** The longest lists of codes and rights are some hundred kilobytes. */
  static final long BYTES = 2 << 20;

  private static final String SIGN_IN = "/api/v1/session";

  @Override
  public boolean supports(
      MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public HttpInputMessage beforeBodyRead(
      HttpInputMessage message,
      MethodParameter parameter,
      Type type,
      Class<? extends HttpMessageConverter<?>> converter)
      throws IOException {
    boolean signsIn =
        RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes asked
            && asked.getRequest().getRequestURI().startsWith(SIGN_IN);
    long most = signsIn ? SIGN_IN_BYTES : BYTES;
    if (message.getHeaders().getContentLength() > most) {
      throw tooLarge();
    }
    InputStream body = new Counted(message.getBody(), most);
    return new HttpInputMessage() {
      @Override
      public InputStream getBody() {
        return body;
      }

      @Override
      public HttpHeaders getHeaders() {
        return message.getHeaders();
      }
    };
  }

  private static ProblemException tooLarge() {
    return new ProblemException(StandardProblems.of(413));
  }

  /** Of unknown length. */
  private static final class Counted extends FilterInputStream {
    private long left;

    Counted(InputStream in, long most) {
      super(in);
      this.left = most;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      if (one >= 0) {
        count(1);
      }
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      if (read > 0) {
        count(read);
      }
      return read;
    }

    private void count(int bytes) {
      left -= bytes;
      if (left < 0) {
        throw tooLarge();
      }
    }
  }
}
