use crowfoot_schema::{
    Color, Column, ColumnId, ColumnType, Diagram, GroupId, Point, Table, TableId,
};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::{
    Rect, fit_text,
    sizes::{
        HEADER_HEIGHT, ICON_WIDTH, KEY_FACE, MAX_NAME_WIDTH, MAX_TITLE_WIDTH, MAX_TYPE_WIDTH,
        MIN_TABLE_WIDTH, NAME_FACE, NULL_WIDTH, PADDING, ROW_HEIGHT, TITLE_FACE, TYPE_FACE,
        TYPE_GAP,
    },
    text_width,
};

/// A table as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableBox {
    pub id: TableId,
    pub rect: Rect,
    /// Its name, cut to fit.
    pub title: SmolStr,
    /// Its schema, drawn before the name; none for the default one.
    pub schema: Option<SmolStr>,
    pub header_color: Option<Color>,
    pub group: Option<GroupId>,
    pub has_note: bool,
    pub rows: Vec<Row>,
}

/// A column as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub column: ColumnId,
    /// Its name, cut to fit.
    pub name: SmolStr,
    /// Its type, cut to fit; empty where none was said.
    pub ty: SmolStr,
    pub flags: RowFlags,
}

/// What marks a row, as bits for those who pass them on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RowFlags(pub u8);

impl RowFlags {
    /// Part of the primary key.
    pub const PRIMARY: Self = Self(1);
    /// Part of a foreign key.
    pub const FOREIGN: Self = Self(2);
    /// Unique by itself.
    pub const UNIQUE: Self = Self(4);
    /// Never null, said or because it is in the primary key.
    pub const NOT_NULL: Self = Self(8);
    /// Has a note.
    pub const NOTE: Self = Self(16);
    /// Its type is an enum of the diagram.
    pub const ENUM: Self = Self(32);

    /// Whether all bits of the other are set.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    fn set(&mut self, other: Self, on: bool) {
        if on {
            self.0 |= other.0;
        }
    }
}

impl TableBox {
    /// The box of a table, standing at that corner.
    pub fn new(diagram: &Diagram, table: &Table, at: Point) -> Self {
        let foreign = foreign_columns(diagram, table.id);
        let primary = table.primary_columns();
        let mut width = MIN_TABLE_WIDTH as f32;
        let mut rows = Vec::with_capacity(table.columns.len());
        for column in &table.columns {
            let mut flags = RowFlags::default();
            let is_primary = primary.contains(&column.id);
            flags.set(RowFlags::PRIMARY, is_primary);
            flags.set(RowFlags::FOREIGN, foreign.contains(&column.id));
            flags.set(RowFlags::UNIQUE, is_alone_unique(table, column.id));
            flags.set(RowFlags::NOT_NULL, is_primary || column.not_null);
            flags.set(RowFlags::NOTE, column.note.is_some());
            flags.set(RowFlags::ENUM, matches!(column.ty, ColumnType::Enum { .. }));

            let face = if is_primary { KEY_FACE } else { NAME_FACE };
            let name = fit_text(&column.name, face, MAX_NAME_WIDTH as f32);
            let ty = fit_text(&type_text(diagram, column), TYPE_FACE, MAX_TYPE_WIDTH as f32);
            let row = (2 * PADDING + ICON_WIDTH + TYPE_GAP + NULL_WIDTH) as f32
                + text_width(&name, face)
                + text_width(&ty, TYPE_FACE);
            width = width.max(row);
            rows.push(Row { column: column.id, name, ty, flags });
        }

        let title = fit_text(&table.name, TITLE_FACE, MAX_TITLE_WIDTH as f32);
        let schema = table.schema.as_ref().map(|it| fit_text(it, TYPE_FACE, MAX_TYPE_WIDTH as f32));
        let badge = schema.as_ref().map_or(0.0, |it| text_width(it, TYPE_FACE) + 6.0);
        let note = if table.note.is_some() { 18.0 } else { 0.0 };
        width = width.max(2.0 * PADDING as f32 + badge + text_width(&title, TITLE_FACE) + note);

        let width = (width / 10.0).ceil() as i32 * 10;
        let height = HEADER_HEIGHT + ROW_HEIGHT * rows.len() as i32;
        Self {
            id: table.id,
            rect: Rect { x: at.x, y: at.y, w: width, h: height },
            title,
            schema,
            header_color: table.header_color.clone(),
            group: table.group,
            has_note: table.note.is_some(),
            rows,
        }
    }

    /// The middle of a column's row; the middle of the header if there is no such column.
    pub fn row_y(&self, column: ColumnId) -> f32 {
        let at = self.rows.iter().position(|it| it.column == column);
        let offset = at.map_or(HEADER_HEIGHT / 2, |it| {
            HEADER_HEIGHT + ROW_HEIGHT * it as i32 + ROW_HEIGHT / 2
        });
        (self.rect.y + offset) as f32
    }

    /// The middles of the first and of the last of some columns' rows.
    pub(crate) fn row_span(&self, columns: impl Iterator<Item = ColumnId>) -> (f32, f32) {
        columns
            .map(|it| self.row_y(it))
            .fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), y| (low.min(y), high.max(y)))
    }

    /// Which row lies at that height, if it is not the header.
    pub fn row_at(&self, y: f32) -> Option<usize> {
        let offset = y - (self.rect.y + HEADER_HEIGHT) as f32;
        let row = (offset / ROW_HEIGHT as f32).floor();
        (row >= 0.0 && (row as usize) < self.rows.len()).then_some(row as usize)
    }
}

/// A column's type as people read it.
fn type_text(diagram: &Diagram, column: &Column) -> SmolStr {
    match &column.ty {
        ColumnType::Named(text) => text.clone(),
        ColumnType::Enum { id, dimensions } => {
            let name = diagram.enumeration(*id).map_or("enum", |it| it.name.as_str());
            let brackets = "[]".repeat(usize::from(*dimensions));
            SmolStr::from_iter([name, brackets.as_str()])
        }
    }
}

/// The columns of a table that hold a foreign key.
fn foreign_columns(diagram: &Diagram, table: TableId) -> FxHashSet<ColumnId> {
    let keys = diagram.refs_of(table).filter_map(|it| it.foreign_key());
    keys.filter(|(child, ..)| *child == table)
        .flat_map(|(_, _, pairs)| pairs.into_iter().map(|(column, _)| column))
        .collect()
}

fn is_alone_unique(table: &Table, column: ColumnId) -> bool {
    table.primary_columns() != [column] && table.is_unique(&[column])
}
