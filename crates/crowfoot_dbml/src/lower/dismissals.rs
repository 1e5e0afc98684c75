//! Dismissed suggestions, which stand as refs in a setting of the project.

use crowfoot_schema::{ColumnId, ColumnPairs, Dismissal, TableId};
use crowfoot_text::Span;

use super::{Lower, items, key};
use crate::{
    DISMISSED,
    ast::{Ast, Endpoint, Item},
    parse,
};

impl<'a> Lower<'a, '_> {
    /// The suggestions that the project says were dismissed. What names nothing that is there is
    /// reported and left out: nothing of the schema is lost with it.
    pub(super) fn dismissals(&mut self, ast: &'a Ast<'a>) -> Vec<Dismissal> {
        let mut found = Vec::new();
        let project = items!(ast, Project).next();
        let settings = project.into_iter().flat_map(|it| &it.settings);
        for setting in settings.filter(|it| it.is(DISMISSED)) {
            let Some(text) = self.text_of(setting) else { continue };
            let mut problems = Vec::new();
            let text = format!("Ref {{\n{text}\n}}");
            let refs = parse::parse(&text, &mut problems);
            let mut n_lost = problems.len();
            for item in &refs.items {
                match item {
                    Item::Ref(item) => match self.dismissal(&item.left, &item.right) {
                        Some(dismissal) => found.push(dismissal),
                        None => n_lost += 1,
                    },
                    _ => n_lost += 1,
                }
            }
            if n_lost > 0 {
                self.tell_lost_dismissals(setting.span, n_lost);
            }
        }
        found
    }

    fn tell_lost_dismissals(&mut self, span: Span, n: usize) {
        let what = if n == 1 { "1 line is".to_owned() } else { format!("{n} lines are") };
        let message = format!("{what} no ref between columns that exist, and left out");
        self.warn("dbml/lost-dismissal", span, message);
    }

    fn dismissal(&mut self, left: &Endpoint<'_>, right: &Endpoint<'_>) -> Option<Dismissal> {
        let ((from, ones), (to, others)) = (self.known_end(left)?, self.known_end(right)?);
        if ones.len() != others.len() {
            return None;
        }
        let columns = ColumnPairs::new(ones.into_iter().zip(others).collect()).ok()?;
        Some(Dismissal { id: self.mint.id(), from, to, columns })
    }

    fn known_end(&self, end: &Endpoint<'_>) -> Option<(TableId, Vec<ColumnId>)> {
        let table = &self.tables[*self.table_names.get(&key(&end.table))?];
        let column = |name: &crate::ast::Name<'_>| Some(table.column_named(&name.text)?.id);
        Some((table.id, end.columns.iter().map(column).collect::<Option<_>>()?))
    }
}
