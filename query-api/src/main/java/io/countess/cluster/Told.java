package io.countess.cluster;

import io.countess.answer.Answer;
import java.util.Set;

/** What was answered of some partitions. */
record Told<A>(Set<Integer> partitions, Answer<A> answer) {}
