use crowfoot_schema::TableId;

use super::{Scene, SceneDelta};

impl Scene {
    /// Shows those tables moved by so much from where the diagram has them, with their lines.
    ///
    /// Called again on each move of the pointer. The diagram knows nothing of it: it ends with
    /// [`Self::drop_preview`], or with the update that moves the tables for good.
    pub fn preview_move(&mut self, tables: &[TableId], dx: i32, dy: i32) -> SceneDelta {
        let mut delta = SceneDelta::default();
        for &id in tables {
            let Some(slot) = self.table_slot(id) else { continue };
            let home = match self.previewed.iter().find(|(it, _)| *it == slot) {
                Some((_, home)) => *home,
                None => {
                    let Some(table) = self.table(slot) else { continue };
                    let home = table.rect;
                    self.previewed.push((slot, home));
                    home
                }
            };
            self.move_box(slot, home.moved(dx, dy));
            delta.tables.push(slot);
        }
        delta.lines = self.settle(true);
        delta
    }

    /// Puts the tables that a preview moved back.
    pub fn drop_preview(&mut self) -> SceneDelta {
        let mut delta = SceneDelta::default();
        for (slot, home) in std::mem::take(&mut self.previewed) {
            self.move_box(slot, home);
            delta.tables.push(slot);
        }
        delta.lines = self.settle(false);
        delta
    }

    fn move_box(&mut self, slot: u32, rect: crate::Rect) {
        let Some(Some(table)) = self.tables.get_mut(slot as usize) else { return };
        table.rect = rect;
        self.table_grid.remove(slot);
        self.table_grid.insert(slot, rect);
        self.router.place(slot, rect);
        for line in self.router.wires_of(slot).to_vec() {
            self.reconnect(line);
        }
    }
}
