//! Expressions, in the target's words.

use super::{Printer, plan::TablePlan};

impl Printer<'_> {
    /// A condition or formula over the columns of a table; none if it has no translation that is
    /// certain. What nobody said the dialect of is copied.
    pub(super) fn condition(&self, _: &TablePlan<'_>, expr: &str) -> Option<String> {
        (self.is_own() || self.source.is_none()).then(|| expr.to_owned())
    }
}
