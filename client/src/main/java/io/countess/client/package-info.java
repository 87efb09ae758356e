/**
 * What a Java service needs to count: {@link io.countess.client.Puts} appends events to the log
 * through Kafka, {@link io.countess.client.Counts} asks and commands over HTTP. Knows the wire
 * contract, kafka-clients and Jackson, and nothing of the server.
 *
 * <pre>{@code
 * var logins = CounterName.of("failed-logins", address);
 * try (var puts = Puts.open(PutsConfig.of("127.0.0.1:9092"));
 *     var counts = Counts.open(CountsConfig.of("http://127.0.0.1:8080"))) {
 *   Position position = puts.put(logins).join(); // in the log
 *   long now = counts.including(position).count(logins).count(); // and counted
 *   boolean mayPass = counts.put(logins, 1).outcome() == Outcome.ACCEPTED; // within the limit
 *
 *   // One of five seats, of which those sold before Countess came are in a database.
 *   var seats = CounterName.of("seats", "{flight-7}");
 *   Claimed seat = counts.claims().claim(seats, 1, () -> database.sold("flight-7"));
 *   if (seat.isGranted() && !paid()) {
 *     counts.claims().release(seats, seat.id());
 *   }
 * }
 * }</pre>
 */
package io.countess.client;
