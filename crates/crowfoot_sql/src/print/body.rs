//! The list between the parentheses of CREATE TABLE.

use super::Printer;

/// Puts commas and line ends between the items of a list; a remark follows the comma.
#[derive(Default)]
pub(crate) struct Body {
    n_items: usize,
    remark: Option<String>,
}

impl Body {
    /// Ends the item before and begins the next one.
    pub(crate) fn item(&mut self, printer: &mut Printer<'_>) {
        if self.n_items == 0 {
            printer.put(" (\n    ");
        } else {
            printer.put(",");
            self.flush(printer);
            printer.put("\n    ");
        }
        self.n_items += 1;
    }

    /// A remark for people at the end of the present item.
    pub(crate) fn remark(&mut self, text: &str) {
        self.remark = Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
    }

    fn flush(&mut self, printer: &mut Printer<'_>) {
        if let Some(remark) = self.remark.take() {
            printer.put(" -- ");
            printer.put(&remark);
        }
    }

    /// Closes the list.
    pub(crate) fn end(mut self, printer: &mut Printer<'_>) {
        if self.n_items == 0 {
            printer.put(" (");
        }
        self.flush(printer);
        printer.put(if self.n_items == 0 { ")" } else { "\n)" });
    }
}
