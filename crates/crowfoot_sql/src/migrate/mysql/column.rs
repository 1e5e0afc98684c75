//! Columns, in the one statement that alters the table.

use crowfoot_schema::{ColumnId, EntityId};

use super::{
    super::{expression::mentions, risk::is_widening, shape::ColumnShape},
    Pair, Planner, Side,
};

impl Planner {
    /// Which columns are altered, and which can only be made anew.
    pub(super) fn mark_columns(&mut self, pair: &Pair) {
        for column in &pair.is.shape.columns {
            let (Some(was), Some(mid)) =
                (pair.was.shape.column(column.id), pair.mid.shape.column(column.id))
            else {
                continue;
            };
            if mid.definition != column.definition || was.is_not_null != column.is_not_null {
                self.altered.insert(column.id);
            }
        }
        for column in &pair.is.shape.columns {
            let Some(mid) = pair.mid.shape.column(column.id) else { continue };
            if mid.generated.is_none() && column.generated.is_none() {
                continue;
            }
            let uses_renamed = |expr: &String| {
                pair.mid.shape.columns.iter().any(|it| {
                    let was = pair.was.shape.column(it.id);
                    let is_touched = was.is_some_and(|was| was.name != it.name)
                        || pair.is.shape.column(it.id).is_none()
                        || self.altered.contains(&it.id);
                    is_touched && it.id != column.id && mentions(self.source, expr, &it.name)
                })
            };
            if mid.definition != column.definition || mid.generated.iter().any(uses_renamed) {
                self.remade.insert(column.id);
                if mid.generated.is_none() {
                    let message = format!(
                        "column `{}.{}` is computed from now on: what it holds goes",
                        pair.is.shape.label, column.name
                    );
                    self.notices.lost(EntityId::Column(column.id), message);
                }
            }
        }
    }

    /// Gives enum values their new names in the rows.
    pub(super) fn values(&mut self, pair: &Pair) {
        for column in &pair.is.shape.columns {
            let (Some(was), Some((id, 0))) = (pair.was.shape.column(column.id), column.of_enum)
            else {
                continue;
            };
            let Some(renames) = self.values.get(&id).filter(|_| was.of_enum == Some((id, 0)))
            else {
                continue;
            };
            let table = &pair.is.shape.written;
            let name = self.name(&was.name);
            let text = |it: &str| self.rules.text_of(it);
            let Some(open) = was.ty.strip_suffix(')') else { continue };
            let mut all = open.to_owned();
            for (_, new) in renames {
                let literal = text(new);
                if !all.contains(&literal) {
                    all.push_str(", ");
                    all.push_str(&literal);
                }
            }
            let old_definition = was.definition.replacen(&was.ty, &format!("{all})"), 1);
            let cases: String = renames
                .iter()
                .map(|(a, b)| format!(" WHEN {} THEN {}", text(a), text(b)))
                .collect();
            let olds: Vec<String> = renames.iter().map(|it| text(&it.0)).collect();
            self.steps.values.push(format!("ALTER TABLE {table} MODIFY COLUMN {old_definition}"));
            self.steps.values.push(format!(
                "UPDATE {table} SET {name} = CASE {name}{cases} END WHERE {name} IN ({})",
                olds.join(", ")
            ));
        }
    }

    /// The clauses for the columns, in an order in which each finds its place.
    pub(super) fn column_clauses(&mut self, pair: &Pair) -> Vec<String> {
        let mut clauses = Vec::new();
        for column in &pair.was.shape.columns {
            let is_gone = pair.is.shape.column(column.id).is_none();
            let clause = format!("DROP COLUMN {}", self.name(&column.name));
            if is_gone {
                clauses.push(clause);
                let message =
                    format!("column `{}.{}` goes with its data", pair.was.shape.label, column.name);
                self.notices.lost(EntityId::Column(column.id), message);
            } else if self.remade.contains(&column.id) {
                self.steps.drop_computed.add(&pair.was.shape.written, clause);
            }
        }

        let wanted: Vec<ColumnId> = pair.is.columns.iter().map(|it| it.0).collect();
        let stands: Vec<ColumnId> = pair
            .was
            .columns
            .iter()
            .map(|it| it.0)
            .filter(|it| wanted.contains(it) && !self.remade.contains(it))
            .collect();
        let staying = longest_common(&stands, &wanted);
        let mut placed = staying.clone();
        for (at, (id, text)) in pair.is.columns.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| wanted[at]);
            let place = match before.and_then(|it| pair.is.shape.column(it)) {
                Some(before) => format!(" AFTER {}", self.name(&before.name)),
                None => " FIRST".to_owned(),
            };
            if staying.contains(id) {
                clauses.extend(self.change(pair, *id, text, ""));
                continue;
            }
            let is_last = placed.last().copied() == before;
            let next = before.and_then(|it| placed.iter().position(|at| *at == it));
            placed.insert(next.map_or(0, |it| it + 1), *id);
            if stands.contains(id) {
                clauses.extend(self.change(pair, *id, text, &place));
            } else {
                let place = if is_last && before.is_some() { "" } else { &place };
                clauses.push(format!("ADD COLUMN {}{place}", self.added(&pair.is, *id, text)));
                self.tell_added(pair, *id);
            }
        }
        clauses
    }

    /// A new column has its check with it in every database.
    fn added(&self, is: &Side, id: ColumnId, text: &str) -> String {
        let mut text = text.to_owned();
        for check in is.shape.checks.iter().filter(|it| it.column == Some(id)) {
            let hidden = format!("/*M! {} */", check.definition);
            text = text.replacen(&hidden, &check.definition, 1);
        }
        text
    }

    fn tell_added(&mut self, pair: &Pair, id: ColumnId) {
        let Some(column) = pair.is.shape.column(id) else { return };
        let is_filled =
            column.default.is_some() || column.generated.is_some() || column.counter.is_some();
        if column.is_not_null && !is_filled {
            let message = format!(
                "column `{}.{}` must not be null and has no default: rows that are there get \
                 what is empty for its type",
                pair.is.shape.label, column.name
            );
            self.notices.may_fail(EntityId::Column(id), message);
        }
    }

    /// The clause that alters a column; none if it stays as and where it is.
    fn change(&mut self, pair: &Pair, id: ColumnId, text: &str, place: &str) -> Option<String> {
        let was = pair.was.shape.column(id)?;
        let is = pair.is.shape.column(id)?;
        let mid = pair.mid.columns.iter().find(|it| it.0 == id)?;
        let is_same = mid.1 == text
            && was.is_not_null == is.is_not_null
            && !(was.of_enum.is_some() && was.ty != is.ty);
        if is_same && was.name == is.name && place.is_empty() {
            return None;
        }
        self.tell_altered(pair, was, is);
        let verb = if was.name == is.name {
            "MODIFY COLUMN".to_owned()
        } else {
            format!("CHANGE COLUMN {}", self.name(&was.name))
        };
        Some(format!("{verb} {text}{place}"))
    }

    fn tell_altered(&mut self, pair: &Pair, was: &ColumnShape, is: &ColumnShape) {
        let entity = EntityId::Column(is.id);
        let label = &pair.is.shape.label;
        let is_key =
            pair.is.shape.primary_key.as_ref().is_some_and(|it| it.columns.contains(&is.id));
        if !was.is_not_null && is.is_not_null && !is_key {
            let message = format!(
                "column `{label}.{}` must not be null: the script fails if a row has nothing there",
                is.name
            );
            self.notices.may_fail(entity, message);
        }
        let is_wider = is_widening(&was.kind, &is.kind) && is.of_enum.is_none();
        let is_longer = is.of_enum.is_some()
            && was.of_enum == is.of_enum
            && was.ty.strip_suffix(')').is_some_and(|it| is.ty.starts_with(it));
        if was.ty != is.ty && !is_wider && !is_longer {
            let message = format!(
                "column `{label}.{}`: type `{}` becomes `{}`; the script fails if a value does \
                 not fit",
                is.name, was.ty, is.ty
            );
            self.notices.may_fail(entity, message);
        }
    }
}

/// The longest list of elements that stand in both lists in the same order.
fn longest_common(left: &[ColumnId], right: &[ColumnId]) -> Vec<ColumnId> {
    let places: Vec<usize> =
        left.iter().filter_map(|id| right.iter().position(|it| it == id)).collect();
    // For each element the longest rise that ends with it, and the one before it.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(places.len());
    for (at, place) in places.iter().enumerate() {
        let before = (0..at).filter(|&it| places[it] < *place).max_by_key(|&it| best[it].0);
        best.push((before.map_or(1, |it| best[it].0 + 1), before));
    }
    let mut chosen = Vec::new();
    let mut next = (0..best.len()).max_by_key(|&it| best[it].0);
    while let Some(at) = next {
        chosen.push(right[places[at]]);
        next = best[at].1;
    }
    chosen.reverse();
    chosen
}
