use crowfoot_layout::{Style, arrange_in, arrange_telling, tidy};
use crowfoot_schema::{
    Change, ChangeSet, Diagram, GroupId, NotePatch, Placed, Point, TableId, TablePatch,
    read_document,
};

use crate::{
    Editor,
    command::{ArrangeScope, ArrangeStyle, PlacedNote, PlacedTable},
    outcome::Fault,
    words::{count, label_of},
};

impl Editor {
    pub(super) fn plan_move(
        &self,
        tables: &[PlacedTable],
        notes: &[PlacedNote],
    ) -> Result<ChangeSet, Fault> {
        let mut changes = Vec::new();
        for it in tables {
            self.table_at(it.id)?;
        }
        if let Some(view) = self.view {
            let tables = tables.iter().map(|it| (Placed::Table(it.id), it.position));
            let places = tables.chain(notes.iter().map(|it| (Placed::Note(it.id), it.position)));
            changes.extend(self.placed_in(view, &places.collect::<Vec<_>>()));
        } else {
            changes.extend(self.moves(tables.iter().map(|it| (it.id, it.position)).collect()));
        }
        for it in notes {
            let position = self.view.is_none().then_some(Some(it.position));
            let patch = NotePatch { position, size: it.size.map(Some), ..NotePatch::default() };
            if !patch.is_empty() {
                changes.push(Change::UpdateNote { id: it.id, patch });
            }
        }
        let said = match (tables, notes) {
            ([one], []) => format!("move {}", label_of(&self.shown, one.id)),
            ([], notes) => format!("move {}", count(notes.len(), "note")),
            (tables, []) => format!("move {}", count(tables.len(), "table")),
            (tables, notes) => {
                format!("move {} and {}", count(tables.len(), "table"), count(notes.len(), "note"))
            }
        };
        Ok(ChangeSet::new(said, changes))
    }

    pub(super) fn plan_arrange(
        &self,
        scope: ArrangeScope,
        style: ArrangeStyle,
    ) -> Result<ChangeSet, Fault> {
        let places = match scope {
            ArrangeScope::All => arrange_all(&self.seen, style, &|_| {})?,
            ArrangeScope::Unplaced => arrange_in(&self.seen, style.into()),
        };
        Ok(ChangeSet::new("arrange the tables", self.moves(places)))
    }

    pub(super) fn plan_arranged(&self, tables: &[PlacedTable]) -> ChangeSet {
        let there = tables.iter().filter(|it| self.seen.table(it.id).is_some());
        let places = there.map(|it| (it.id, it.position)).collect();
        ChangeSet::new("arrange the tables", self.moves(places))
    }

    pub(super) fn plan_tidy(
        &self,
        tables: &[TableId],
        style: ArrangeStyle,
    ) -> Result<ChangeSet, Fault> {
        for &id in tables {
            self.table_at(id)?;
        }
        let places = tidy(&self.seen, tables, style.into());
        let whom = match tables {
            [one] => label_of(&self.shown, *one),
            many => count(many.len(), "table"),
        };
        Ok(ChangeSet::new(format!("tidy {whom}"), self.moves(places)))
    }

    /// The places that differ from where tables are: in the view that the canvas shows, or in the
    /// whole diagram.
    fn moves(&self, places: Vec<(TableId, Point)>) -> Vec<Change> {
        if let Some(view) = self.view {
            let places = places.into_iter().map(|(id, at)| (Placed::Table(id), at));
            return self.placed_in(view, &places.collect::<Vec<_>>());
        }
        let is_there = |id, at| self.shown.table(id).is_some_and(|it| it.position == Some(at));
        let moved = places.into_iter().filter(|(id, at)| !is_there(*id, *at));
        moved.map(|(id, at)| placed(id, Some(at))).collect()
    }

    pub(super) fn plan_grouping(&self, tables: &[TableId], group: Option<GroupId>) -> ChangeSet {
        let changes = tables.iter().map(|&id| grouped(id, group)).collect();
        let named = group.and_then(|id| self.shown.group(id));
        let whom = match tables {
            [one] => label_of(&self.shown, *one),
            many => count(many.len(), "table"),
        };
        let said = match named {
            Some(group) => format!("put {whom} into group {}", group.name),
            None => format!("take {whom} out of its group"),
        };
        ChangeSet::new(said, changes)
    }
}

/// Places for all tables, wherever they stand now.
fn arrange_all(
    diagram: &Diagram,
    style: ArrangeStyle,
    tell: &dyn Fn(f32),
) -> Result<Vec<(TableId, Point)>, Fault> {
    let mut loose = diagram.clone();
    let unplace = loose.tables().map(|it| placed(it.id, None)).collect();
    loose.apply(&ChangeSet::new("", unplace))?;
    Ok(arrange_telling(&loose, style.into(), tell))
}

/// Places for all tables of a document; `tell` hears how much is done, from 0 to 1.
///
/// # Errors
/// When the text is no document.
pub(crate) fn arrange_document(
    document: &str,
    style: ArrangeStyle,
    tell: &dyn Fn(f32),
) -> Result<Vec<PlacedTable>, Fault> {
    let diagram =
        read_document(document).map_err(|it| Fault::new("wasm/bad-document", it.to_string()))?;
    let places = arrange_all(&diagram, style, tell)?;
    Ok(places.into_iter().map(|(id, position)| PlacedTable { id, position }).collect())
}

impl From<ArrangeStyle> for Style {
    fn from(style: ArrangeStyle) -> Self {
        match style {
            ArrangeStyle::Compact => Self::Compact,
            ArrangeStyle::Layered => Self::Layered,
        }
    }
}

pub(super) fn grouped(id: TableId, group: Option<GroupId>) -> Change {
    let patch = TablePatch { group: Some(group), ..TablePatch::default() };
    Change::UpdateTable { id, patch }
}

fn placed(id: TableId, position: Option<Point>) -> Change {
    let patch = TablePatch { position: Some(position), ..TablePatch::default() };
    Change::UpdateTable { id, patch }
}
