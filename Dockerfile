# Holds what `mvn package` or ./countess --prepare has made; nothing is compiled here.
FROM eclipse-temurin:25-jre

RUN groupadd --gid 10001 countess \
 && useradd --uid 10001 --gid countess --no-create-home --home-dir /data countess \
 && mkdir -p /data /opt/countess/cds \
 && chown countess:countess /data /opt/countess/cds
COPY ingest-cli/target/countess/lib /opt/countess/lib
COPY ingest-cli/target/countess/countess.jar countess /opt/countess/

USER 10001:10001
# Here, since what a JVM remembers of a rehearsal is for that JVM and these very files.
RUN ["/opt/countess/countess", "--prepare"]

# The heap follows from the container's memory: docs/decisions/021.
ENV COUNTESS_BIND=0.0.0.0 \
    COUNTESS_DATA=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/${COUNTESS_HTTP_PORT:-8080} && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]"]
ENTRYPOINT ["/opt/countess/countess"]
CMD ["serve"]
