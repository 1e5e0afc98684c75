use std::collections::BTreeSet;

use crowfoot_layout::Part;
use crowfoot_schema::{Change, ChangeSet, Diagram, Table, TableId, View};

/// What of a diagram is asked for, by name. Nothing at all means all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picks {
    /// Tables: `name`, `schema.name` or an id.
    pub tables: Vec<String>,
    /// Groups, with their tables.
    pub groups: Vec<String>,
    /// A view of the diagram.
    pub view: Option<String>,
}

/// Something was asked for that the diagram does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PickError {
    #[error("there is no {kind} `{name}`{}", there_are(known))]
    Unknown {
        kind: &'static str,
        name: String,
        /// Some that there are.
        known: Vec<String>,
    },
    #[error("the view `{0}` shows nothing")]
    EmptyView(String),
}

/// How many names an error offers.
const OFFERED: usize = 8;

impl Picks {
    /// Whether all of the diagram is asked for.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// The part of a diagram that is asked for.
    ///
    /// # Errors
    /// When a name is not in the diagram.
    pub fn part(&self, diagram: &Diagram) -> Result<Part, PickError> {
        if self.is_all() {
            return Ok(Part::All);
        }
        let mut tables = BTreeSet::new();
        let mut groups = BTreeSet::new();
        let mut notes = BTreeSet::new();
        for name in &self.tables {
            let found = diagram.tables().filter(|it| is_called(it, name)).map(|it| it.id);
            let before = tables.len();
            tables.extend(found);
            if tables.len() == before && !diagram.tables().any(|it| is_called(it, name)) {
                return Err(unknown("table", name, diagram.tables().map(|it| it.name.as_str())));
            }
        }
        for name in &self.groups {
            let found = diagram.groups().find(|it| it.name.eq_ignore_ascii_case(name));
            let Some(group) = found else {
                return Err(unknown("group", name, diagram.groups().map(|it| it.name.as_str())));
            };
            groups.insert(group.id);
            tables.extend(diagram.tables().filter(|it| it.group == Some(group.id)).map(|it| it.id));
        }
        if let Some(name) = &self.view {
            let view = view_named(diagram, name)?;
            tables.extend(diagram.tables_of(view).map(|it| it.id));
            groups.extend(diagram.groups().filter(|it| view.groups.has(&it.id)).map(|it| it.id));
            notes.extend(diagram.notes().filter(|it| view.has_note(it)).map(|it| it.id));
            if tables.is_empty() && notes.is_empty() {
                return Err(PickError::EmptyView(name.clone()));
            }
        }
        Ok(Part::Only { tables, groups, notes })
    }

    /// The part, and the diagram to draw it from. Of a view that is what it shows, at its own places.
    /// Where no table has a place yet, it is a diagram of the part alone, so that it is not strewn
    /// over the place of all the rest.
    ///
    /// # Errors
    /// When a name is not in the diagram.
    pub fn cut(&self, diagram: &Diagram) -> Result<(Diagram, Part), PickError> {
        let part = self.part(diagram)?;
        if let (Some(name), [], []) = (&self.view, &*self.tables, &*self.groups) {
            return Ok((diagram.seen_by(view_named(diagram, name)?), Part::All));
        }
        let mut diagram = diagram.clone();
        if let Part::Only { tables, .. } = &part
            && diagram.tables().all(|it| it.position.is_none())
        {
            let others = diagram.tables().map(|it| it.id).filter(|it| !tables.contains(it));
            let changes = others.map(|id: TableId| Change::DeleteTable { id }).collect();
            diagram
                .apply(&ChangeSet::new("leave out", changes))
                .expect("a table that is there can be taken away with what hangs on it");
        }
        Ok((diagram, part))
    }
}

fn is_called(table: &Table, name: &str) -> bool {
    let rest = table.schema.as_ref().and_then(|schema| {
        let (head, rest) = name.split_at_checked(schema.len())?;
        if head.eq_ignore_ascii_case(schema) { rest.strip_prefix('.') } else { None }
    });
    table.name.eq_ignore_ascii_case(name)
        || rest.is_some_and(|it| table.name.eq_ignore_ascii_case(it))
        || table.id.to_string() == name
}

fn view_named<'a>(diagram: &'a Diagram, name: &str) -> Result<&'a View, PickError> {
    let found = diagram.views().find(|it| it.name.eq_ignore_ascii_case(name));
    found.ok_or_else(|| unknown("view", name, diagram.views().map(|it| it.name.as_str())))
}

fn unknown<'a>(kind: &'static str, name: &str, known: impl Iterator<Item = &'a str>) -> PickError {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    let near = |it: &&str| {
        let (it, name) = (it.to_lowercase(), name.to_lowercase());
        it.contains(&name) || name.contains(&it)
    };
    let offered: Vec<&str> = known.iter().copied().filter(near).take(OFFERED).collect();
    let offered = if offered.is_empty() && known.len() <= OFFERED { known } else { offered };
    PickError::Unknown {
        kind,
        name: name.to_owned(),
        known: offered.into_iter().map(str::to_owned).collect(),
    }
}

fn there_are(known: &[String]) -> String {
    if known.is_empty() {
        return String::new();
    }
    let names: Vec<String> = known.iter().map(|it| format!("`{it}`")).collect();
    format!(", there is {}", names.join(", "))
}
