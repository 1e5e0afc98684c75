//! Making a diagram of a whole document at once.

use std::sync::Arc;

use super::Work;
use crate::{Change, Diagram, Document, EntityId, Rejected};

impl Diagram {
    /// Makes a diagram of what a document holds.
    ///
    /// It is judged as if each entity were created by a change, in the order enums, groups,
    /// partials, tables, refs, notes, views, dismissals; but the large ones are moved in, not copied, and no
    /// inverse is kept.
    pub(crate) fn assemble(document: Document) -> Result<Self, Rejected> {
        let empty = Self { settings: document.settings, ..Self::default() };
        let mut work = Work::new(empty.clone());
        let mut next = 0;
        let mut count = || {
            next += 1;
            next - 1
        };

        for item in document.enums {
            work.at = count();
            let id = item.id;
            work.enums.insert(id, work.at);
            if let Some(twin) = work.diagram.enums.insert(id, item) {
                let message = format!("the enum `{}` has the id of another one", twin.name);
                work.refuse(EntityId::Enum(id), "schema/duplicate-enum", message);
            }
        }
        for group in document.groups {
            work.at = count();
            work.step(&Change::CreateGroup { group: Arc::unwrap_or_clone(group) });
        }
        for partial in document.partials {
            work.at = count();
            let partial = Box::new(Arc::unwrap_or_clone(partial));
            work.step(&Change::CreatePartial { partial });
        }
        for table in document.tables {
            work.at = count();
            let id = table.id;
            work.tables.insert(id, work.at);
            if let Some(twin) = work.diagram.tables.insert(id, table) {
                let message = format!("the table `{}` has the id of another one", twin.name);
                work.refuse(EntityId::Table(id), "schema/duplicate-table", message);
            }
        }
        for reference in document.refs {
            work.at = count();
            let id = reference.id;
            if work.diagram.refs.contains_key(&id) {
                work.refuse(EntityId::Ref(id), "schema/duplicate-ref", "the ref exists already");
                continue;
            }
            work.refs.insert(id, work.at);
            work.register_ref(&reference);
            work.diagram.refs.insert(id, reference);
        }
        for note in document.notes {
            work.at = count();
            work.step(&Change::CreateNote { note: Arc::unwrap_or_clone(note) });
        }
        for view in document.views {
            work.at = count();
            work.step(&Change::CreateView { view: Arc::unwrap_or_clone(view) });
        }
        for dismissal in document.dismissals {
            work.at = count();
            let dismissal = Arc::unwrap_or_clone(dismissal);
            work.step(&Change::DismissSuggestion { dismissal });
        }

        work.judge(&empty);
        if work.reasons.is_empty() {
            Ok(work.diagram)
        } else {
            Err(Rejected { reasons: work.reasons })
        }
    }
}
