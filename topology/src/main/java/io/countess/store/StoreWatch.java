package io.countess.store;

/** Is told which stores are open: those that are folded into, and those only kept up to date. */
public interface StoreWatch {
  /** Does not care. */
  StoreWatch NOBODY =
      new StoreWatch() {
        @Override
        public void opened(int partition, HotStore store) {}

        @Override
        public void closed(int partition, HotStore store) {}
      };

  void opened(int partition, HotStore store);

  void closed(int partition, HotStore store);
}
