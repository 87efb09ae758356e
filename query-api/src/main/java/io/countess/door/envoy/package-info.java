/**
 * The Envoy door: Envoy's rate limit service over gRPC, and its JSON over HTTP, by the
 * configuration that envoyproxy/ratelimit reads. It knows the floor of doors, and what HTTP has for
 * other doors; what is counted is in the log.
 */
package io.countess.door.envoy;
