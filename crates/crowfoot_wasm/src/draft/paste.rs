//! Columns from a clipboard: rows of a spreadsheet, or lines of DBML.

mod dbml;
mod sheet;

use crowfoot_schema::{Column, ColumnId, Diagram, Draft, Ends, IndexId, Ref, RefSketch, Table};

use super::{DraftColumnFields, write::set_keys};
use crate::{Editor, outcome::Fault};

/// What a text on the clipboard says.
#[derive(Debug, Default)]
struct Pasted {
    columns: Vec<DraftColumnFields>,
    refs: Vec<PastedRef>,
    /// What was not understood, each with its line, for people.
    told: Vec<String>,
}

/// A ref that was written at a column.
#[derive(Debug)]
struct PastedRef {
    reference: Ref,
    /// Its from columns, by their places in the paste.
    from: Vec<usize>,
    to: Vec<ColumnId>,
}

/// Reads a text as whichever of both it is.
fn read(text: &str, diagram: &Diagram, own: &Table) -> Pasted {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_sheet = text.contains('\t') || text.lines().all(|it| sheet::is_bare(it.trim()));
    if is_sheet { sheet::read(&text) } else { dbml::read(&text, diagram, own) }
}

impl Editor {
    /// Makes columns of a text in one step; what was not understood is told.
    pub(super) fn paste(
        &mut self,
        draft: &mut Draft,
        after: Option<ColumnId>,
        text: &str,
    ) -> Result<(), Fault> {
        let pasted = read(text, &self.shown, draft.table());
        self.notices = pasted.told;
        if pasted.columns.is_empty() {
            let why = self.notices.first().map_or("there is no column in it", String::as_str);
            return Err(Fault::new("draft/cannot-paste", format!("nothing was pasted: {why}")));
        }
        let mut columns: Vec<(Column, DraftColumnFields, IndexId)> = Vec::new();
        for fields in pasted.columns {
            let (id, fresh) = (self.mint.id(), self.mint.id());
            columns.push((self.new_column(draft, id, &fields), fields, fresh));
        }
        let ids: Vec<ColumnId> = columns.iter().map(|(column, ..)| column.id).collect();
        let mut refs: Vec<RefSketch> = Vec::new();
        for it in pasted.refs {
            let from = it.from.iter().filter_map(|at| ids.get(*at).copied().map(Some));
            let pairs = from.zip(it.to.into_iter().map(Some)).collect();
            let ends = Ends { from: Some(draft.id()), to: Some(it.reference.to), pairs };
            refs.push(RefSketch { id: self.mint.id(), ends, ..RefSketch::of(&it.reference) });
        }
        let mut after = after.or(draft.table().columns.last().map(|it| it.id));
        draft.edit(None, |pen| {
            for (column, fields, fresh) in columns {
                let id = column.id;
                pen.add_column(column, after);
                set_keys(pen, id, &fields, fresh);
                after = Some(id);
            }
            for sketch in refs {
                pen.put_ref(sketch);
            }
        });
        Ok(())
    }
}
