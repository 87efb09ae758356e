package io.countess.cluster;

import io.countess.answer.Answer;
import java.util.Set;

/** What was answered to a share of a question, of some of its partitions. */
record ShareAnswer<A>(Set<Integer> partitions, Answer<A> answer) {}
