package io.countess.client;

import io.countess.client.Verdict.Reason;
import java.util.Map;

/**
 * What a {@link Limiter} did since it was opened, for metrics.
 *
 * @param heard verdicts of the server
 * @param unheard verdicts without it, by their reason; reasons that did not come up are not there
 * @param sentLater puts that passed without the server, and are in the log by now
 * @param lost puts that passed without the server, were to be sent later, and never will be: there
 *     was no room, they grew too old, or the log did not take them
 * @param waiting puts that are still to be sent
 * @param isResting whether the server is left alone now
 */
public record LimiterTally(
    long heard,
    Map<Reason, Long> unheard,
    long sentLater,
    long lost,
    int waiting,
    boolean isResting) {}
