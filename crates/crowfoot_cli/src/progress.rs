use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Says on a terminal what is being done, as long as it is done; says nothing elsewhere.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Nothing is shown before the first word, nor for work that is done at once.
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::new_spinner();
        let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.enable_steady_tick(Duration::from_millis(300));
        Self(bar)
    }

    /// What is being done from now on.
    pub(crate) fn say(&self, what: impl Into<String>) {
        self.0.set_message(what.into());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
