package io.countess.door.metricnexus;

import io.countess.door.net.Certificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** What has Jetty speak HTTPS. */
final class Https {
  private static final String ALIAS = "door";
  private static final char[] NO_PASSWORD = {};

  private Https() {}

  /** With a certificate, whatever name it is called by. */
  static SslContextFactory.Server with(Certificate certificate) {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      var chain = certificate.chain().toArray(X509Certificate[]::new);
      store.setKeyEntry(ALIAS, certificate.key(), NO_PASSWORD, chain);
      var https = new SslContextFactory.Server();
      https.setKeyStore(store);
      https.setKeyStorePassword("");
      https.setSniRequired(false);
      https.setIncludeProtocols("TLSv1.2", "TLSv1.3");
      return https;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
