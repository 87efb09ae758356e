package io.countess.door.net;

import io.countess.door.FileProblems;
import io.countess.event.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate and its key, as they stand in two files in PEM.
 *
 * @param chain the certificate, and those that vouch for it
 */
public record Certificate(List<X509Certificate> chain, PrivateKey key) {
  private static final Logger LOG = LoggerFactory.getLogger(Certificate.class);
  private static final Duration NOTICE = Duration.ofDays(30);
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]++)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
  private static final long MAX_BYTES = 1 << 20;

  /** The settings that say where both are, by which messages name them. */
  public record Names(String certificate, String key) {}

  /**
   * Reads both.
   *
   * @throws InvalidInputException naming what is wrong with which of them
   */
  public static Certificate read(Names names, Path certificate, Path key) {
    var read = new Certificate(chain(names, certificate), key(names, key));
    if (!read.isPair()) {
      throw new InvalidInputException(
          names.key(), key + " is not the key of the certificate in " + certificate);
    }
    Instant end = read.chain().get(0).getNotAfter().toInstant();
    if (end.isBefore(Instant.now().plus(NOTICE))) {
      LOG.warn("The certificate of {}, {}, ends at {}.", names.certificate(), certificate, end);
    }
    return read;
  }

  private static List<X509Certificate> chain(Names names, Path file) {
    var chain = new ArrayList<X509Certificate>();
    try {
      byte[] bytes = bytes(names.certificate(), file);
      var factory = CertificateFactory.getInstance("X.509");
      for (var one : factory.generateCertificates(new ByteArrayInputStream(bytes))) {
        chain.add((X509Certificate) one);
      }
    } catch (CertificateException malformed) {
      throw new InvalidInputException(
          names.certificate(), file + " holds no certificate in PEM: " + malformed.getMessage());
    }
    if (chain.isEmpty()) {
      throw new InvalidInputException(names.certificate(), file + " holds no certificate in PEM");
    }
    return chain;
  }

  private static PrivateKey key(Names names, Path file) {
    String text = new String(bytes(names.key(), file), StandardCharsets.ISO_8859_1);
    Matcher found = PKCS8.matcher(text);
    if (found.find()) {
      try {
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
        for (String algorithm : ALGORITHMS) {
          PrivateKey key = keyOrNull(algorithm, spec);
          if (key != null) {
            return key;
          }
        }
      } catch (IllegalArgumentException malformed) {
        // The message below says what would be right, without what may be a part of the key.
      }
    }
    throw new InvalidInputException(
        names.key(),
        file
            + " holds no key of RSA, EC or Ed25519 as PRIVATE KEY in PEM; 'openssl pkcs8 -topk8"
            + " -nodes -in FILE' makes one of other forms");
  }

  private static PrivateKey keyOrNull(String algorithm, PKCS8EncodedKeySpec spec) {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(spec);
    } catch (InvalidKeySpecException other) {
      return null;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] bytes(String setting, Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new InvalidInputException(setting, file + " has more than " + MAX_BYTES + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new InvalidInputException(
          setting, file + " can't be read: " + FileProblems.reason(unreadable));
    }
  }

  /** Whether what the key signs is what the certificate says its owner has signed. */
  private boolean isPair() {
    try {
      String algorithm =
          switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
          };
      var signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      byte[] signed = signing.sign();
      var verifying = Signature.getInstance(algorithm);
      verifying.initVerify(chain.get(0).getPublicKey());
      return verifying.verify(signed);
    } catch (GeneralSecurityException another) {
      return false;
    }
  }
}
