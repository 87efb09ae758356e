/**
 * The MetricNexus door: gauges over REST, shown to Prometheus, in the words of MetricNexus. It
 * knows the floor of doors, and what HTTP has for other doors; all that it remembers is in the log.
 */
package io.countess.door.metricnexus;
