package io.countess.answer;

import io.countess.event.WindowSpan;

/**
 * The window that an answer is about.
 *
 * @param name what names it: its start on the local clock, or both its ends
 * @param ended whether it had ended at the instant of the answer
 */
public record CountedWindow(String name, WindowSpan span, boolean ended) {}
