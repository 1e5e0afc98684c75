use std::cell::Cell;

/// Tells how much of a long work is done, from 0 to 1.
pub(crate) struct Progress<'a> {
    tell: &'a dyn Fn(f32),
    n_tables: f32,
    done: Cell<f32>,
}

impl<'a> Progress<'a> {
    /// Of the work on so many tables.
    pub(crate) fn new(n_tables: usize, tell: &'a dyn Fn(f32)) -> Self {
        Self { tell, n_tables: n_tables.max(1) as f32, done: Cell::new(0.0) }
    }

    /// Where nobody listens.
    pub(crate) fn silent() -> Self {
        Self::new(1, &|_| {})
    }

    /// That share of the work on so many of the tables is done.
    pub(crate) fn did(&self, n_tables: usize, share: f32) {
        self.done.set(self.done.get() + share * n_tables as f32 / self.n_tables);
        (self.tell)(self.done.get().min(1.0));
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::Progress;

    #[test]
    fn shares_of_parts_add_up_to_the_whole() {
        let told = RefCell::new(Vec::new());
        let tell = |share| told.borrow_mut().push(share);
        let progress = Progress::new(8, &tell);
        progress.did(2, 1.0);
        progress.did(6, 0.5);
        progress.did(6, 0.5);
        progress.did(1, 1.0);
        assert_eq!(*told.borrow(), [0.25, 0.625, 1.0, 1.0]);
    }
}
