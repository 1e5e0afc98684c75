use crowfoot_schema::{ColumnId, GroupId, NoteId, RefId, TableId};

use super::Scene;
use crate::{Facing, Pt, Rect};

/// How far around a table's edge the handle of a row reaches.
const HANDLE: f32 = 7.0;

/// What lies under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// The handle at the edge of a row, from which a ref is drawn.
    Handle {
        table: TableId,
        column: ColumnId,
        facing: Facing,
    },
    Row {
        table: TableId,
        column: ColumnId,
    },
    Header(TableId),
    Line(RefId),
    Note(NoteId),
    /// The ground of a group.
    Group(GroupId),
}

impl Scene {
    /// What lies at a point, topmost first. Lines are hit from `tolerance` away; the nearest wins.
    pub fn hit(&self, x: f32, y: f32, tolerance: f32) -> Option<Hit> {
        self.hit_table(x, y)
            .or_else(|| self.hit_line(x, y, tolerance).map(Hit::Line))
            .or_else(|| {
                let note = self.notes.iter().rev().find(|it| it.rect.contains(x, y));
                note.map(|it| Hit::Note(it.id))
            })
            .or_else(|| {
                let group = self.groups.iter().rev().find(|it| it.rect.contains(x, y));
                group.map(|it| Hit::Group(it.id))
            })
    }

    fn hit_table(&self, x: f32, y: f32) -> Option<Hit> {
        let mut near = Vec::new();
        self.table_grid.query(around(x, y, HANDLE), &mut near);
        let tables = near.into_iter().rev().filter_map(|slot| self.table(slot));
        let mut beside = None;
        for table in tables {
            let (left, right) = (table.rect.x as f32, table.rect.right() as f32);
            let row = table.row_at(y).map(|at| table.rows[at].column);
            let facing = if (x - left).abs() <= HANDLE {
                Some(Facing::Left)
            } else if (x - right).abs() <= HANDLE {
                Some(Facing::Right)
            } else {
                None
            };
            let is_inside = table.rect.contains(x, y);
            match (row, facing) {
                (Some(column), Some(facing)) => {
                    let hit = Hit::Handle { table: table.id, column, facing };
                    if is_inside {
                        return Some(hit);
                    }
                    beside = beside.or(Some(hit));
                }
                (Some(column), None) if is_inside => {
                    return Some(Hit::Row { table: table.id, column });
                }
                _ if is_inside => return Some(Hit::Header(table.id)),
                _ => {}
            }
        }
        beside
    }

    /// The nearest line that is at most so far from a point.
    pub fn hit_line(&self, x: f32, y: f32, tolerance: f32) -> Option<RefId> {
        let mut near = Vec::new();
        self.line_grid.query(around(x, y, tolerance), &mut near);
        let lines = near.into_iter().filter_map(|slot| self.line(slot));
        let mut best = None;
        for line in lines {
            let distance = line.distance(Pt::new(x, y));
            if distance <= tolerance && best.is_none_or(|(nearest, _)| distance < nearest) {
                best = Some((distance, line.id));
            }
        }
        best.map(|(_, id)| id)
    }

    /// The slots of the tables that a rectangle may show, ascending.
    pub fn tables_in(&self, rect: Rect, found: &mut Vec<u32>) {
        let start = found.len();
        self.table_grid.query(rect, found);
        let shown = |&slot: &u32| self.table(slot).is_some_and(|it| it.rect.overlaps(rect));
        let kept: Vec<u32> = found[start..].iter().copied().filter(shown).collect();
        found.truncate(start);
        found.extend(kept);
    }

    /// The slots of the lines that a rectangle may show, ascending.
    pub fn lines_in(&self, rect: Rect, found: &mut Vec<u32>) {
        self.line_grid.query(rect, found);
    }
}

fn around(x: f32, y: f32, reach: f32) -> Rect {
    Rect::spanning(
        (x - reach).floor() as i32,
        (y - reach).floor() as i32,
        (x + reach).ceil() as i32,
        (y + reach).ceil() as i32,
    )
}
