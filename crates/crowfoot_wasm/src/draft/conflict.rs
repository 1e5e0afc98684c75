//! A conflict of a draft in words: what it is about, what they made of it, what is pending.

use crowfoot_schema::{DraftConflict as Conflict, EntityId};

use super::{
    show::{Show, field_name},
    texts::{Texts, check_texts, index_label},
};
use crate::{
    view::DraftConflict,
    words::{label_of, table_label},
};

impl Show<'_> {
    pub(super) fn conflict(&self, conflict: &Conflict) -> DraftConflict {
        let field = conflict.field.as_deref().map(|it| field_name(conflict.entity, it).to_owned());
        let label = self.entity_label(conflict.entity);
        let (theirs, mine) = match &field {
            Some(field) => {
                let text = |texts: Option<Texts>| {
                    let found = texts.into_iter().flatten().find(|(name, _)| name == field);
                    found.map_or_else(String::new, |(_, text)| text)
                };
                (text(self.base_texts(conflict.entity)), text(self.now_texts(conflict.entity)))
            }
            None => whole(&conflict.code),
        };
        let shown = |text: &str| match text {
            "" => "nothing".to_owned(),
            text => format!("`{text}`"),
        };
        let words = match (&field, &*conflict.code) {
            (Some(field), _) => format!(
                "{label}: the {} was set to {} meanwhile, you set it to {}",
                field_words(field),
                shown(&theirs),
                shown(&mine)
            ),
            (None, "conflict/deleted") => {
                format!("{label} was deleted meanwhile, you changed or use it")
            }
            (None, "conflict/deletes-changed") => {
                format!("you drop {label}, which was changed meanwhile")
            }
            (None, "conflict/deletes-used") => {
                format!("you drop {label}, on which something was built meanwhile")
            }
            (None, _) => format!("what {label} points at was deleted meanwhile"),
        };
        DraftConflict {
            id: conflict_id(conflict),
            entity: conflict.entity,
            field,
            label,
            theirs,
            mine,
            code: conflict.code.to_string(),
            words,
        }
    }

    fn entity_label(&self, entity: EntityId) -> String {
        let (own, base) = (self.draft.table(), self.draft.base_table());
        let tables = || [Some(own), base].into_iter().flatten();
        match entity {
            EntityId::Column(id) => {
                let column = tables().find_map(|it| it.column(id));
                format!("the column `{}`", column.map_or("", |it| it.name.as_str()))
            }
            EntityId::Index(id) => {
                let label = tables().find_map(|it| Some(index_label(it, it.index(id)?)));
                format!("the index on `{}`", label.unwrap_or_default())
            }
            EntityId::Check(id) => {
                let check = tables().find_map(|it| it.check(id));
                format!("the check `{}`", check.map_or("", |it| it.expr.as_str()))
            }
            EntityId::Ref(id) => {
                let sketch = self.draft.reference(id).or_else(|| self.draft.base_ref(id));
                let label = sketch.map(|it| self.now.sketch_label(own, it));
                format!("the foreign key `{}`", label.unwrap_or_default())
            }
            _ => {
                let label = match base {
                    Some(base) => table_label(base),
                    None => label_of(self.now.diagram, own.id),
                };
                format!("the table `{label}`")
            }
        }
    }

    fn base_texts(&self, entity: EntityId) -> Option<Texts> {
        let base = self.draft.base_table()?;
        Some(match entity {
            EntityId::Column(id) => self.base.column_texts(base, base.column(id)?),
            EntityId::Index(id) => self.base.index_texts(base, base.index(id)?),
            EntityId::Check(id) => check_texts(base.check(id)?),
            EntityId::Ref(id) => self.base.ref_texts(base, self.draft.base_ref(id)?),
            _ => self.base.head_texts(base),
        })
    }

    fn now_texts(&self, entity: EntityId) -> Option<Texts> {
        let table = self.draft.table();
        Some(match entity {
            EntityId::Column(id) => self.now.column_texts(table, table.column(id)?),
            EntityId::Index(id) => self.now.index_texts(table, table.index(id)?),
            EntityId::Check(id) => check_texts(table.check(id)?),
            EntityId::Ref(id) => self.now.ref_texts(table, self.draft.reference(id)?),
            _ => self.now.head_texts(table),
        })
    }
}

/// Names a conflict among those of its draft.
pub(super) fn conflict_id(conflict: &Conflict) -> String {
    let entity = match conflict.entity {
        EntityId::Table(id) => format!("table {id}"),
        EntityId::Column(id) => format!("column {id}"),
        EntityId::Index(id) => format!("index {id}"),
        EntityId::Check(id) => format!("check {id}"),
        EntityId::Ref(id) => format!("ref {id}"),
        _ => "other".to_owned(),
    };
    format!("{entity} {}", conflict.field.as_deref().unwrap_or("*"))
}

/// What stays when a conflict about a whole row is decided: for them, and for me.
fn whole(code: &str) -> (String, String) {
    let (theirs, mine) = match code {
        "conflict/deleted" => ("deleted", "kept"),
        "conflict/deletes-changed" | "conflict/deletes-used" => ("kept", "dropped"),
        _ => ("dropped", "kept, to point elsewhere"),
    };
    (theirs.to_owned(), mine.to_owned())
}

/// A field of the view as people call it.
fn field_words(field: &str) -> &str {
    match field {
        "isNotNull" => "not null",
        "primary" => "primary key",
        "pairs" => "columns",
        "onDelete" => "on delete",
        "onUpdate" => "on update",
        "color" => "colour",
        "parts" => "columns",
        other => other,
    }
}
