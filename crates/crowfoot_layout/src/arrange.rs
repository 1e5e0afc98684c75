use crowfoot_schema::{Diagram, Point, Table, TableId};

use crate::{Rect, TableBox};

/// Places for the tables that have none, in the order of the diagram.
///
/// Tables that have a position stay where they are. The same diagram gives the same places.
pub fn arrange(diagram: &Diagram) -> Vec<(TableId, Point)> {
    let placed: Vec<Rect> = diagram
        .tables()
        .filter_map(|it| Some(TableBox::new(diagram, it, it.position?).rect))
        .collect();
    let top = placed.iter().map(|it| it.bottom()).max().map_or(0, |it| it + 80);
    let unplaced: Vec<&Table> = diagram.tables().filter(|it| it.position.is_none()).collect();
    let boxes: Vec<Rect> =
        unplaced.iter().map(|it| TableBox::new(diagram, it, Point::default()).rect).collect();
    let area: f64 = boxes.iter().map(|it| f64::from(it.w + 80) * f64::from(it.h + 50)).sum();
    let width = (area * 1.6).sqrt() as i32;
    let (mut x, mut y, mut shelf) = (0, top, 0);
    let mut places = Vec::with_capacity(boxes.len());
    for (table, rect) in unplaced.iter().zip(&boxes) {
        if x > 0 && x + rect.w > width {
            (x, y, shelf) = (0, y + shelf + 50, 0);
        }
        places.push((table.id, Point { x, y }));
        x += rect.w + 80;
        shelf = shelf.max(rect.h);
    }
    places
}
