package io.countess.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.UndeclaredThrowableException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The JVM of another process, which tells what its compiler does. */
final class AttachedJvm implements AutoCloseable {
  private final JMXConnector connector;
  private final CompilationMXBean compilation;

  private AttachedJvm(JMXConnector connector) throws IOException {
    this.connector = connector;
    compilation =
        ManagementFactory.newPlatformMXBeanProxy(
            connector.getMBeanServerConnection(),
            ManagementFactory.COMPILATION_MXBEAN_NAME,
            CompilationMXBean.class);
  }

  /** Has it listen to this machine, and connects. */
  @SuppressWarnings("BanJNDI") // the address is what a process of ours has just said
  static AttachedJvm attach(long pid) {
    try {
      var jvm = VirtualMachine.attach(Long.toString(pid));
      try {
        var address = new JMXServiceURL(jvm.startLocalManagementAgent());
        return new AttachedJvm(JMXConnectorFactory.connect(address));
      } finally {
        jvm.detach();
      }
    } catch (AttachNotSupportedException | IOException failed) {
      throw new BenchException("process " + pid + " can't be looked into: " + failed, failed);
    }
  }

  /** For how long its compiler has been at work so far. */
  long compiledMillis() {
    try {
      return compilation.getTotalCompilationTime();
    } catch (UndeclaredThrowableException failed) {
      throw new BenchException("a server does not tell of its compiler", failed);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException alreadyGone) {
      // As is the process.
    }
  }
}
