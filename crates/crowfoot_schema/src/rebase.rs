//! Rebase: a change-set that was made on an older diagram, made fit for the newer one.
//!
//! It looks at the change-sets alone, so its cost follows them and not the diagram. What both
//! sides changed in different ways is a conflict; all else merges. `theirs` must be effective
//! change-sets, in which what a delete took along is written out.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Change, ChangeSet, ColumnId, Diagram, EntityId, TableId, Verb, change::placed};

/// Something that two people changed in ways that do not go together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub struct Conflict {
    /// The entity that it is about.
    pub entity: EntityId,
    /// The field that it is about, by its name in JSON; none for the entity as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Cow<'static, str>>,
    /// What they made of it; null where they deleted it.
    pub theirs: Value,
    /// What the rebased change-set would make of it; null where it deletes it.
    pub mine: Value,
    /// A stable name such as `conflict/both-changed`.
    #[cfg_attr(feature = "ts", ts(as = "String"))]
    pub code: Cow<'static, str>,
    /// What both did: lower case first, no full stop, names in backticks.
    pub message: String,
}

/// Makes a change-set fit to be applied after `theirs`, which were applied since it was made.
///
/// # Errors
/// With every conflict that was found, in the order of the changes of `mine`.
pub fn rebase(mine: &ChangeSet, theirs: &[ChangeSet]) -> Result<ChangeSet, Vec<Conflict>> {
    Rebase::new(None, theirs).run(mine)
}

impl Diagram {
    /// The same as [`rebase`], on the diagram as it is with all of `theirs` applied.
    ///
    /// Knowing the diagram, it also finds what a delete of mine would take along of what they
    /// changed, and calls things by their names.
    ///
    /// # Errors
    /// With every conflict that was found, in the order of the changes of `mine`.
    pub fn rebase(
        &self,
        mine: &ChangeSet,
        theirs: &[ChangeSet],
    ) -> Result<ChangeSet, Vec<Conflict>> {
        Rebase::new(Some(self), theirs).run(mine)
    }
}

/// What they did to one entity.
#[derive(Default)]
struct Touch<'a> {
    is_deleted: bool,
    created: Option<&'a Change>,
    updates: Vec<&'a Change>,
    /// What they created or updated in its lists.
    inside: Vec<&'a Change>,
    /// What they made point at it, with the field that points.
    used_by: Vec<(EntityId, &'static str)>,
}

struct Rebase<'a> {
    now: Option<&'a Diagram>,
    theirs: FxHashMap<EntityId, Touch<'a>>,
    conflicts: Vec<Conflict>,
    reported: FxHashSet<(EntityId, Option<String>)>,
}

/// The fields of a ref that only make sense together.
const ENDS: [&str; 3] = ["from", "to", "columns"];

impl<'a> Rebase<'a> {
    fn new(now: Option<&'a Diagram>, theirs: &'a [ChangeSet]) -> Self {
        let mut touches: FxHashMap<EntityId, Touch<'a>> = FxHashMap::default();
        for change in theirs.iter().flat_map(|it| &it.changes) {
            let entity = change.entity();
            let touch = touches.entry(entity).or_default();
            match change.verb() {
                Verb::Create => {
                    touch.is_deleted = false;
                    touch.created = Some(change);
                }
                Verb::Update => touch.updates.push(change),
                Verb::Move => continue,
                Verb::Delete => {
                    touch.is_deleted = true;
                    touch.created = None;
                    continue;
                }
            }
            if let Some(owner) = change.owner() {
                touches.entry(owner).or_default().inside.push(change);
            }
            change.for_each_use(|field, used| {
                // These lists are replaced whole: they name much that was there before. And what
                // was dismissed is no work that a delete could lose.
                let is_light = matches!(entity, EntityId::View(_) | EntityId::Dismissal(_));
                if !is_light && field != "records" {
                    touches.entry(used).or_default().used_by.push((entity, field));
                }
            });
        }
        Self { now, theirs: touches, conflicts: Vec::new(), reported: FxHashSet::default() }
    }

    fn run(mut self, mine: &ChangeSet) -> Result<ChangeSet, Vec<Conflict>> {
        let mut changes = Vec::with_capacity(mine.changes.len());
        for change in &mine.changes {
            if let Change::PlaceInView { id, thing, .. } = change {
                // Where something stood in what is gone is nobody's work.
                if !self.is_deleted(EntityId::View(*id)) && !self.is_deleted(placed(*thing)) {
                    changes.push(change.clone());
                }
                continue;
            }
            let stays = match change.verb() {
                Verb::Create => self.create(change),
                Verb::Update => self.update(change),
                Verb::Move => self.relocate(change),
                Verb::Delete => self.delete(change),
            };
            if stays {
                changes.push(change.clone());
            }
        }
        if self.conflicts.is_empty() {
            Ok(ChangeSet::new(mine.description.clone(), changes))
        } else {
            Err(self.conflicts)
        }
    }

    fn is_deleted(&self, entity: EntityId) -> bool {
        self.theirs.get(&entity).is_some_and(|it| it.is_deleted)
    }

    /// Whether the owner is there still; reports it if not.
    fn owner_is_there(&mut self, change: &Change) -> bool {
        let Some(owner) = change.owner().filter(|it| self.is_deleted(*it)) else { return true };
        let message = format!("{} was deleted by somebody else, you changed it", self.name(owner));
        self.report(owner, None, Value::Null, json(change), "conflict/deleted", message);
        false
    }

    fn create(&mut self, change: &Change) -> bool {
        let theirs = self.theirs.get(&change.entity()).and_then(|it| it.created);
        if theirs == Some(change) {
            return false;
        }
        if matches!(change, Change::DismissSuggestion { .. }) {
            // Without its columns it will never be suggested anyway.
            let mut is_over = false;
            change.for_each_use(|_, used| is_over |= self.is_deleted(used));
            return !is_over;
        }
        self.owner_is_there(change);
        self.uses_are_there(change);
        true
    }

    fn update(&mut self, change: &Change) -> bool {
        if !self.owner_is_there(change) {
            return true;
        }
        let entity = change.entity();
        let Some(touch) = self.theirs.get(&entity) else {
            self.uses_are_there(change);
            return true;
        };
        if touch.is_deleted {
            let what = self.named(change);
            let message = format!("{what} was deleted by somebody else, you changed it");
            let mine = Value::Object(change.patch_json());
            self.report(entity, None, Value::Null, mine, "conflict/deleted", message);
            return true;
        }
        let theirs = fields_of(touch);
        let mine = change.patch_json();
        let is_ref = matches!(entity, EntityId::Ref(_));
        let ends_differ = is_ref
            && ENDS.iter().any(|it| theirs.contains_key(*it))
            && ENDS.iter().any(|it| mine.get(*it) != theirs.get(*it));
        for (field, value) in &mine {
            let is_place = field == "position";
            let clash = match theirs.get(field) {
                Some(other) => other != value,
                None => ends_differ && ENDS.contains(&field.as_str()),
            };
            if !clash || is_place {
                continue;
            }
            let other = theirs.get(field).cloned().unwrap_or(Value::Null);
            let what = self.named(change);
            let message = format!(
                "{what}: somebody else set `{field}` to {}, you set it to {}",
                short(&other),
                short(value)
            );
            let field = Some(field.clone());
            self.report(entity, field, other, value.clone(), "conflict/both-changed", message);
        }
        self.uses_are_there(change);
        true
    }

    /// Order is not work that could be lost: the last move wins, and what they deleted stays so.
    fn relocate(&mut self, change: &Change) -> bool {
        let owner_is_gone = change.owner().is_some_and(|it| self.is_deleted(it));
        !owner_is_gone && !self.is_deleted(change.entity())
    }

    fn delete(&mut self, change: &Change) -> bool {
        let entity = change.entity();
        let owner_is_gone = change.owner().is_some_and(|it| self.is_deleted(it));
        if owner_is_gone || self.is_deleted(entity) {
            return false;
        }
        self.unchanged(entity, change);
        for taken in self.taken_along(change) {
            self.unchanged(taken, change);
        }
        true
    }

    /// What a delete of mine takes along by itself, as far as the diagram tells.
    fn taken_along(&self, change: &Change) -> Vec<EntityId> {
        let Some(now) = self.now else { return Vec::new() };
        if let Change::DeleteTable { id } = change {
            return now.refs_of(*id).map(|it| EntityId::Ref(it.id)).collect();
        }
        let Change::DeleteColumn { table, id } = change else { return Vec::new() };
        let Some(owner) = now.table(*table) else { return Vec::new() };
        let refs = now.refs_of(*table).filter(|it| it.mentions(*table, *id));
        let indexes = owner.indexes.iter().filter(|it| it.mentions(*id));
        let checks = owner.checks.iter().filter(|it| it.column == Some(*id));
        refs.map(|it| EntityId::Ref(it.id))
            .chain(indexes.map(|it| EntityId::Index(it.id)))
            .chain(checks.map(|it| EntityId::Check(it.id)))
            .collect()
    }

    /// Reports what they did to an entity that `change` would delete.
    fn unchanged(&mut self, entity: EntityId, change: &Change) {
        let Some(touch) = self.theirs.get(&entity).filter(|it| !it.is_deleted) else { return };
        let mut fields = fields_of(touch);
        fields.remove("position");
        // Tables are put out of a group when the group goes: nobody's work.
        if fields.get("group") == Some(&Value::Null) {
            fields.remove("group");
        }
        let is_alive = |it: &EntityId| self.theirs.get(it).is_none_or(|it| !it.is_deleted);
        let inside: Vec<EntityId> =
            touch.inside.iter().map(|it| it.entity()).filter(is_alive).collect();
        let used_by: Vec<(EntityId, &str)> =
            touch.used_by.iter().filter(|(it, _)| is_alive(it)).copied().collect();
        let is_created = touch.created.is_some() && entity != change.entity();
        let what = self.name(entity);
        if !fields.is_empty() || is_created {
            let message = format!("{what} was changed by somebody else, you delete it");
            let theirs = Value::Object(fields);
            self.report(entity, None, theirs, Value::Null, "conflict/deletes-changed", message);
        } else if let Some(first) = inside.first() {
            let message =
                format!("somebody else changed {} of {what}, which you delete", kind(*first));
            let theirs = json(&inside);
            self.report(entity, None, theirs, Value::Null, "conflict/deletes-changed", message);
        } else if let Some((user, _)) = used_by.first() {
            let message =
                format!("somebody else uses {what} in {}, you delete it", self.name(*user));
            let theirs = json(&used_by.iter().map(|(it, _)| it).collect::<Vec<_>>());
            self.report(entity, None, theirs, Value::Null, "conflict/deletes-used", message);
        }
    }

    /// Reports what `change` points at and they deleted.
    fn uses_are_there(&mut self, change: &Change) {
        let mut gone = Vec::new();
        change.for_each_use(|field, used| {
            if self.is_deleted(used) {
                gone.push((field, used));
            }
        });
        for (field, used) in gone {
            let what = self.named(change);
            let message = format!("{what} uses {}, which somebody else deleted", kind(used));
            let (entity, field) = (change.entity(), Some(field.to_owned()));
            self.report(entity, field, Value::Null, json(&used), "conflict/uses-deleted", message);
        }
    }

    fn report(
        &mut self,
        entity: EntityId,
        field: Option<String>,
        theirs: Value,
        mine: Value,
        code: &'static str,
        message: String,
    ) {
        if self.reported.insert((entity, field.clone())) {
            let field = field.map(Cow::Owned);
            let code = Cow::Borrowed(code);
            self.conflicts.push(Conflict { entity, field, theirs, mine, code, message });
        }
    }

    /// The entity of a change by name.
    fn named(&self, change: &Change) -> String {
        match (change.entity(), change.owner_table()) {
            (EntityId::Column(id), Some(table)) => self.column_name(table, id),
            (entity, _) => self.name(entity),
        }
    }

    fn column_name(&self, table: TableId, id: ColumnId) -> String {
        let table = self.now.and_then(|it| it.table(table));
        match table.and_then(|it| Some((it, it.column(id)?))) {
            Some((table, column)) => format!("the column `{}.{}`", table.name, column.name),
            None => kind(EntityId::Column(id)).to_owned(),
        }
    }

    /// An entity by name if the diagram has it, else by its kind.
    fn name(&self, entity: EntityId) -> String {
        let name = self.now.and_then(|now| match entity {
            EntityId::Table(id) => now.table(id).map(|it| it.name.clone()),
            EntityId::Ref(id) => now.reference(id).and_then(|it| it.name.clone()),
            EntityId::Enum(id) => now.enumeration(id).map(|it| it.name.clone()),
            EntityId::Group(id) => now.group(id).map(|it| it.name.clone()),
            EntityId::Note(id) => now.note(id).map(|it| it.name.clone()),
            EntityId::View(id) => now.view(id).map(|it| it.name.clone()),
            EntityId::Partial(id) => now.partial(id).map(|it| it.name.clone()),
            EntityId::Settings
            | EntityId::Column(_)
            | EntityId::Index(_)
            | EntityId::Check(_)
            | EntityId::EnumValue(_)
            | EntityId::Dismissal(_) => None,
        });
        match name {
            Some(name) => {
                let kind = kind(entity);
                format!("the {} `{name}`", kind.split_once(' ').map_or(kind, |(_, word)| word))
            }
            None => kind(entity).to_owned(),
        }
    }
}

/// The fields that they set, each with its last value.
fn fields_of(touch: &Touch<'_>) -> Map<String, Value> {
    let mut fields = Map::new();
    for change in &touch.updates {
        fields.extend(change.patch_json());
    }
    fields
}

fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

fn short(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) if text.chars().count() <= 60 => format!("`{text}`"),
        Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::String(_) | Value::Array(_) | Value::Object(_) => "something else".to_owned(),
    }
}

fn kind(entity: EntityId) -> &'static str {
    match entity {
        EntityId::Settings => "the diagram",
        EntityId::Table(_) => "a table",
        EntityId::Column(_) => "a column",
        EntityId::Index(_) => "an index",
        EntityId::Check(_) => "a check",
        EntityId::Ref(_) => "a ref",
        EntityId::Enum(_) => "an enum",
        EntityId::EnumValue(_) => "an enum value",
        EntityId::Group(_) => "a group",
        EntityId::Note(_) => "a note",
        EntityId::View(_) => "a view",
        EntityId::Partial(_) => "a table partial",
        EntityId::Dismissal(_) => "a dismissed suggestion",
    }
}

#[cfg(test)]
mod tests;
