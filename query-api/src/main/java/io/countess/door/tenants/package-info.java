/**
 * The door for clients of counter-api: tenants, their counters and credentials, over REST. It knows
 * the floor of doors, and what HTTP has for other doors; all that it remembers is in the log.
 */
package io.countess.door.tenants;
