use std::collections::BTreeSet;

use crowfoot_schema::{GroupId, NoteId, TableId};

use crate::{GroupBox, Line, NoteBox, Rect, Scene, TableBox, scene};

/// What of a scene a picture shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    All,
    /// These things, and the lines between these tables.
    Only { tables: BTreeSet<TableId>, groups: BTreeSet<GroupId>, notes: BTreeSet<NoteId> },
}

impl Part {
    pub(super) fn has_table(&self, table: TableId) -> bool {
        match self {
            Self::All => true,
            Self::Only { tables, .. } => tables.contains(&table),
        }
    }

    /// The tables that it shows, ordered by their ids.
    pub fn tables<'a>(&self, scene: &'a Scene) -> Vec<&'a TableBox> {
        let tables = scene.tables().map(|it| it.1);
        let mut tables: Vec<&TableBox> = tables.filter(|it| self.has_table(it.id)).collect();
        tables.sort_by_key(|it| it.id);
        tables
    }

    /// The lines that it shows, ordered by their ids.
    pub(super) fn lines<'a>(&self, scene: &'a Scene) -> Vec<&'a Line> {
        let both = |it: &&Line| self.has_table(it.from.table) && self.has_table(it.to.table);
        let mut lines: Vec<&Line> = scene.lines().map(|it| it.1).filter(both).collect();
        lines.sort_by_key(|it| it.id);
        lines
    }

    pub(super) fn groups<'a>(&self, scene: &'a Scene) -> Vec<&'a GroupBox> {
        let is_in = |it: &&GroupBox| match self {
            Self::All => true,
            Self::Only { groups, .. } => groups.contains(&it.id),
        };
        let mut groups: Vec<&GroupBox> = scene.groups().iter().filter(is_in).collect();
        groups.sort_by_key(|it| it.id);
        groups
    }

    pub(super) fn notes<'a>(&self, scene: &'a Scene) -> Vec<&'a NoteBox> {
        let is_in = |it: &&NoteBox| match self {
            Self::All => true,
            Self::Only { notes, .. } => notes.contains(&it.id),
        };
        scene.notes().iter().filter(is_in).collect()
    }

    /// Whether anything that it shows reaches into a rectangle.
    pub fn reaches(&self, scene: &Scene, frame: Rect) -> bool {
        let runs_in = |it: &Line| {
            let pieces = it.points.windows(2).filter_map(scene::line_bounds);
            pieces.into_iter().any(|it| it.grown(1).overlaps(frame))
        };
        self.tables(scene).iter().any(|it| it.rect.overlaps(frame))
            || self.groups(scene).iter().any(|it| it.rect.overlaps(frame))
            || self.notes(scene).iter().any(|it| it.rect.overlaps(frame))
            || self.lines(scene).into_iter().any(runs_in)
    }

    /// The smallest rectangle around all that it shows; none when that is nothing.
    pub fn bounds(&self, scene: &Scene) -> Option<Rect> {
        let tables = self.tables(scene).into_iter().map(|it| it.rect);
        let groups = self.groups(scene).into_iter().map(|it| it.rect);
        let notes = self.notes(scene).into_iter().map(|it| it.rect);
        let lines = self.lines(scene);
        let lines = lines.into_iter().filter_map(|it| scene::line_bounds(&it.points));
        tables.chain(groups).chain(notes).chain(lines).reduce(Rect::union)
    }
}
