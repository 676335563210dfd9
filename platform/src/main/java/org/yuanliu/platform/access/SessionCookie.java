package org.yuanliu.platform.access;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.Cookie.SameSite;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.server.servlet.Session;
import org.springframework.stereotype.Component;

/**
 * The session's cookie: never for scripts, never sent along by other sites. Where the world speaks
 * HTTPS with this server or its proxy, only over it, and bound to this host by its name.
 */
@Component
class SessionCookie implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {
  private final boolean https;

  SessionCookie(@Value("${yuanliu.access.https:false}") boolean https) {
    this.https = https;
  }

  @Override
  public void customize(ConfigurableServletWebServerFactory factory) {
    Session session = new Session();
    Cookie cookie = session.getCookie();
    cookie.setName(https ? "__Host-yuanliu" : "yuanliu");
    cookie.setHttpOnly(true);
    cookie.setSecure(https);
    cookie.setPath("/");
    cookie.setSameSite(SameSite.LAX);
    factory.setSession(session);
  }
}
