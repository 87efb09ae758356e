package io.countess.bench;

/** What is measured of servers that have just started, and of the same when they are warm. */
record ColdFigures(Workbench bench, Results results) {
  private static final String ONCE_WARM = Folding.COUNTESS + ", once warm";

  /** When something is measured. */
  enum When {
    COLD("right after the start"),
    WARM("once warm");

    private final String title;

    When(String title) {
      this.title = title;
    }
  }

  /**
   * Something that servers do.
   *
   * @param what they do
   * @param of the server
   */
  record Work(String what, String of) {}

  /**
   * Adds a figure. Those of a warm Countess stand beside those of a cold one, too.
   *
   * @param figure what is measured of the work
   */
  void add(When when, Work work, String figure, Unit unit, double value) {
    results.add(title(when, work, figure), unit, work.of, value);
    if (when == When.WARM && work.of.equals(Folding.COUNTESS)) {
      results.add(title(When.COLD, work, figure), unit, ONCE_WARM, value);
    }
    bench.step("  %s, %s: %s".formatted(work.of, title(when, work, figure), unit.format(value)));
  }

  /** Says how long it took until the compiler was quiet, and what it still took then. */
  void add(Work work, Warmup.Went went) {
    String title = work.what + ", warming up, ";
    results.add(title + "time", Unit.SECONDS, work.of, went.seconds());
    results.add(
        title + "compiler's share of a processor in the end",
        Unit.PERCENT,
        work.of,
        went.compilerPercent());
  }

  private static String title(When when, Work work, String figure) {
    return work.what + ", " + when.title + ", " + figure;
  }
}
